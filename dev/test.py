"""Everything that must hold, in stages: python -m dev.test [stage [pytest arguments]].

Ends with a table of what was run and counted. What this machine cannot run is reported as NOT RUN
and never passes silently: with CI=true in the environment it fails.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev.services import NotAvailable, postgres, redis

ROOT = Path(__file__).resolve().parent.parent
WORKERS = os.environ.get("TEST_WORKERS", "2")
CHECKS = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--quiet", "--check", "."],
    "djangofmt": ["djangofmt", "--check", "."],
    "import contracts": ["lint-imports", "--no-logo"],
    "makemigrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "tsc": ["npx", "tsc", "--noEmit"],
    "mypy": ["mypy", "."],
}


@dataclass(frozen=True)
class Outcome:
    """What one stage came to: how much passed and failed, or why it was not run."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    not_run: str = ""
    unit: str = "tests"

    @property
    def is_good(self) -> bool:
        return not self.failed and not self.not_run

    def __str__(self) -> str:
        if self.not_run:
            return f"NOT RUN  {self.not_run}"
        words = [f"{self.passed} {self.unit} passed"]
        words += [f"{self.failed} failed"] if self.failed else []
        words += [f"{self.skipped} skipped"] if self.skipped else []
        return ("ok       " if self.is_good else "FAILED   ") + ", ".join(words)


def main(arguments: list[str]) -> int:
    """Run the named stage or all, print the table, and give the exit code."""
    chosen, extra = arguments[:1], arguments[1:]
    if chosen and chosen[0] not in STAGES:
        print(f"./test: no stage {chosen[0]!r}. There are: {', '.join(STAGES)}.", file=sys.stderr)
        return 2
    outcomes, seconds = {}, {}
    for name in chosen or STAGES:
        print(f"\n=== {TITLES[name]} ===", flush=True)
        begun = time.monotonic()
        outcomes[name] = STAGES[name](extra)
        seconds[name] = time.monotonic() - begun
    return _report(outcomes, seconds)


def _report(outcomes: Mapping[str, Outcome], seconds: Mapping[str, float]) -> int:
    print("\n=== summary ===")
    for name, outcome in outcomes.items():
        print(f"{TITLES[name]:22} {seconds[name]:6.1f} s  {outcome}")
    not_run = [name for name, outcome in outcomes.items() if outcome.not_run]
    if not_run:
        print(f"\n!!! NOT RUN on this machine: {', '.join(TITLES[name] for name in not_run)}")
    passed = sum(outcome.passed for outcome in outcomes.values() if outcome.unit == "tests")
    failed = sum(outcome.failed for outcome in outcomes.values())
    print(f"\n{sum(seconds.values()):.0f} seconds in all")
    print(f"{passed} passed, {failed} failed")
    return int(bool(failed) or (bool(not_run) and os.environ.get("CI") == "true"))


# --- stages -------------------------------------------------------------------------------------


def lint(_: list[str]) -> Outcome:
    """Everything that reads the code without running it."""
    failed = []
    for name, command in CHECKS.items():
        begun = time.monotonic()
        check = subprocess.run(
            command,
            cwd=ROOT,
            env=_environment(
                DJANGO_SETTINGS_MODULE="tests.settings", DATABASE_URL="sqlite://:memory:"
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        verdict = "FAILED" if check.returncode else "ok"
        print(f"{name:18} {time.monotonic() - begun:5.1f} s  {verdict}", flush=True)
        if check.returncode:
            failed.append(name)
            print(check.stdout, flush=True)
    return Outcome(len(CHECKS) - len(failed), len(failed), unit="checks")


def on_sqlite(extra: list[str]) -> Outcome:
    """The suite on the embedded database, without Redis."""
    return _pytest(["-n", WORKERS, "--dist", "worksteal", *extra], DATABASE_URL="", REDIS_URL="")


def on_postgres(extra: list[str]) -> Outcome:
    """The suite again on PostgreSQL, with Redis and a Celery worker."""
    try:
        with _services() as addresses:
            return _pytest(["-n", WORKERS, "--dist", "worksteal", *extra], **addresses)
    except NotAvailable as reason:
        return Outcome(not_run=str(reason))


def vitest(_: list[str]) -> Outcome:
    """The islands, without a browser."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        reporters = ["--reporter=default", "--reporter=json", f"--outputFile.json={report}"]
        run = subprocess.run(
            ["npx", "vitest", "run", *reporters], cwd=ROOT, env=_environment(), check=False
        )
        counts = json.loads(report.read_text()) if report.exists() else {}
    failed = counts.get("numFailedTests", 0) or int(run.returncode != 0)
    return Outcome(counts.get("numPassedTests", 0), failed, counts.get("numPendingTests", 0))


def in_browser(extra: list[str]) -> Outcome:
    """The walks in Chromium, on PostgreSQL and Redis as in production."""
    try:
        chromium = _find_chromium()
        with _services() as addresses:
            return _pytest(["-m", "e2e", *extra], CHROMIUM=chromium, **addresses)
    except NotAvailable as reason:
        return Outcome(not_run=str(reason))


STAGES: dict[str, Callable[[list[str]], Outcome]] = {
    "lint": lint,
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "vitest": vitest,
    "browser": in_browser,
}
TITLES = {
    "lint": "lint",
    "sqlite": "pytest SQLite",
    "postgres": "pytest PostgreSQL+Redis",
    "vitest": "vitest",
    "browser": "browser",
}


# --- what the stages share ----------------------------------------------------------------------


def _pytest(arguments: list[str], **settings: str) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        run = subprocess.run(command, cwd=ROOT, env=_environment(**settings), check=False)
        if not report.exists():
            return Outcome(failed=1)
        suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 -- as above
    total, failures, errors, skipped = (
        sum(int(suite.get(count, 0)) for suite in suites)
        for count in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    if not total:
        return Outcome(not_run="no test was found")
    # A pytest that fails with no failing test broke down on the way.
    return Outcome(total - failed - skipped, failed or int(run.returncode != 0), skipped)


@contextmanager
def _services() -> Iterator[dict[str, str]]:
    """A PostgreSQL and a Redis: those of the environment, else ones that live only here."""
    with ExitStack() as stack:
        database = os.environ.get("DATABASE_URL", "")
        # One of another kind is for other stages: this one would pass without a PostgreSQL.
        if not database.startswith(("postgres://", "postgresql://")):
            database = stack.enter_context(postgres())
        broker = os.environ.get("REDIS_URL") or stack.enter_context(redis())
        yield {"DATABASE_URL": database, "REDIS_URL": broker}


def _find_chromium() -> str:
    path = _chromium_on_path()
    if not path:
        _install_chromium()
        path = _chromium_on_path()
    if not path:
        raise NotAvailable("no Chromium on PATH: install chromium")
    return path


def _chromium_on_path() -> str | None:
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        path = name and shutil.which(name)
        if path:
            answer = subprocess.run([path, "--version"], capture_output=True, check=False)
            if answer.returncode == 0:
                return path
    return None


def _install_chromium() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("installing Chromium", flush=True)
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-q", "-y"]
    for command in (["update"], ["install", "--no-install-recommends", "chromium"]):
        subprocess.run([*apt, *command], stdout=subprocess.DEVNULL, check=False)


def _environment(**changes: str) -> dict[str, str]:
    """What a tool is started with: our environment, and the project's own tools first on PATH.

    A variable changed to an empty text is left out: a stage says itself what it runs on.
    """
    tools = (str(ROOT / folder / "bin") for folder in (".venv", ".node-venv"))
    path = os.pathsep.join([*tools, os.environ.get("PATH", "")])
    given = {**os.environ, "PATH": path, **changes}
    return {name: value for name, value in given.items() if value or name not in changes}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
