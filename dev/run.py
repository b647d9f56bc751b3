"""The whole platform on this machine: python -m dev.run [--empty].

Web pages and the tasks in the background, on SQLite in DATA_DIR unless DATABASE_URL and REDIS_URL
say otherwise. Ends all of it on Ctrl-C or SIGTERM, or when a part ends by itself.
"""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from dev.processes import start, stop

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60


def main(arguments: list[str]) -> int:
    """Prepare the data, start the parts, and wait; the answer is the exit code."""
    unknown = set(arguments) - {"--empty"}
    if unknown:
        return _refuse(f"does not know {' '.join(sorted(unknown))}. There is: --empty")
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    reason = _reason_against(host, port)
    if reason:
        return _refuse(reason)
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    environment = _environment(host, port)
    preparation = start(
        [sys.executable, "-m", "dev.prepare", *arguments], env=environment, cwd=ROOT
    )
    while preparation.poll() is None:
        if ending.wait(0.05):
            stop(preparation)
            return 130
    if preparation.returncode:
        return preparation.returncode
    return _serve(environment, host, int(port), ending)


def _serve(environment: dict[str, str], host: str, port: int, ending: threading.Event) -> int:
    commands = _commands(environment, host, port)
    parts = {"web": start(commands.pop("web"), env=environment, cwd=ROOT)}
    try:
        if _answers(host, port, parts["web"], ending):
            print(f"\nSmart MGMP: {environment['SITE_URL']}/   (Ctrl-C ends it)", flush=True)
        # The others start after the pages, which somebody is waiting for.
        for name, command in commands.items():
            parts[name] = start(command, env=environment, cwd=ROOT)
        while not ending.wait(0.2):
            for name, process in parts.items():
                if process.poll() is not None:
                    return _refuse(f"{name} ended by itself ({process.returncode}).")
    finally:
        stop(*parts.values())
    return 0


def _commands(environment: dict[str, str], host: str, port: int) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    web = [*python, "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4"]
    web += ["--host", host, "--port", str(port), "--log-level", "warning", "mgmp.wsgi:application"]
    celery = [*python, "celery", "-A", "mgmp", "--quiet"]
    commands = {"web": web, "beat": [*celery, "beat", "--loglevel", "warning"]}
    if environment.get("REDIS_URL"):
        commands["worker"] = [*celery, "worker", "--concurrency", "2", "--loglevel", "warning"]
    return commands


def _environment(host: str, port: str) -> dict[str, str]:
    """Our environment, and what the settings need that it does not say."""
    data = Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()
    data.mkdir(parents=True, exist_ok=True)
    name = _name_for_others(host)
    defaults = {
        "SECRET_KEY": _secret_key(data / "secret-key"),
        "SITE_URL": f"http://{name}:{port}",
        "ALLOWED_HOSTS": ",".join(dict.fromkeys([name, "localhost", "127.0.0.1", "[::1]"])),
    }
    given = {"DJANGO_SETTINGS_MODULE": "mgmp.settings", "DATA_DIR": str(data)}
    return {**defaults, **os.environ, **given}


def _secret_key(path: Path) -> str:
    """The key of this installation, made at its first start."""
    with contextlib.suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _name_for_others(host: str) -> str:
    """The address a browser asks for, which for 0.0.0.0 is this machine's in its network."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 -- it is asked about, not listened on
        return f"[{host}]" if ":" in host else host
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            # Sends nothing: it only asks which of our addresses would be used.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "localhost"
        address: str = probe.getsockname()[0]
        return address


def _reason_against(host: str, port: str) -> str:
    """Why nobody can listen there, or nothing."""
    if not port.isdigit() or not 0 < int(port) < 2**16:
        return f"PORT is {port!r}, which is no port. Use a number like 8000."
    try:
        family, kind, *_, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return f"cannot listen on {host} port {port}: {error.strerror}. Try PORT=8001 ./run"
    return ""


def _answers(host: str, port: int, web: subprocess.Popen[bytes], ending: threading.Event) -> bool:
    """Wait until the web server accepts connections."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- as above
    deadline = time.monotonic() + PATIENCE
    while web.poll() is None and time.monotonic() < deadline and not ending.wait(0.05):
        with contextlib.suppress(OSError), socket.create_connection((here, port), timeout=1):
            return True
    return False


def _refuse(reason: str) -> int:
    print(f"./run: {reason}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
