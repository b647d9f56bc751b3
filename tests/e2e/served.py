"""The platform as it is deployed: granian, the real settings, hashed files, the strict policy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dev.processes import start, stop
from dev.services import free_port

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(database_url: str, data: Path) -> Iterator[str]:
    """Serve that database until the end of the block, and yield the address."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mgmp.settings",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)  # noqa: S603 -- our own program
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "2", "--log-level", "warning"]
    command += ["--host", "127.0.0.1", "--port", str(port), "mgmp.wsgi:application"]
    server = start(command, env=environment, cwd=ROOT)
    try:
        _wait(port)
        yield environment["SITE_URL"]
    finally:
        stop(server)


def _wait(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("granian did not answer within 30 s")
