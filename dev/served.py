"""The platform as it is deployed: granian, the real settings, hashed files, the strict policy."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dev.processes import start, stop
from dev.services import free_port

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that answers: its address without a slash at the end, and its process id."""

    address: str
    pid: int


def environment_with(changes: Mapping[str, str]) -> dict[str, str]:
    """Our environment with these changes; a variable changed to an empty text is left out."""
    return {name: text for name, text in {**os.environ, **changes}.items() if text}


@contextmanager
def served(
    environment: Mapping[str, str],
    *,
    threads: int = 2,
    core: int | None = None,
    port: int | None = None,
    collects: bool = True,
) -> Iterator[Server]:
    """Serve under our environment and this one until the end of the block, by one worker.

    `core` keeps the server on one processor core. The front end must have been built. Without
    `collects` the files are served that were collected before.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    defaults = {"DJANGO_SETTINGS_MODULE": "mgmp.settings", "SITE_URL": address}
    given = environment_with({**defaults, **environment})
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    if collects:
        subprocess.run(collect, cwd=ROOT, env=given, check=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", str(threads), "--log-level", "warning"]
    command += ["--host", "127.0.0.1", "--port", str(port), "mgmp.wsgi:application"]
    server = start(command, env=given, cwd=ROOT)
    if core is not None:
        # At once: the worker that granian starts a moment later inherits it.
        os.sched_setaffinity(server.pid, {core})
    try:
        _wait(server, port)
        yield Server(address=address, pid=server.pid)
    finally:
        stop(server)


@contextmanager
def channelled(environment: Mapping[str, str], *, port: int) -> Iterator[Server]:
    """Run the event channel of pair rooms at a port until the end of the block."""
    given = environment_with({"DJANGO_SETTINGS_MODULE": "mgmp.settings", **environment})
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1"]
    command += ["--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
    server = start([*command, "mgmp.events:application"], env=given, cwd=ROOT)
    try:
        _wait(server, port)
        yield Server(address=f"http://127.0.0.1:{port}", pid=server.pid)
    finally:
        stop(server)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("granian ended before it answered")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("granian did not answer within 30 s")
