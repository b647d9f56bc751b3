"""What a newcomer reads when ./run cannot start: one line that says why."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def run(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    ours = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "", "PORT": "0", "REDIS_URL": ""}
    return subprocess.run(  # noqa: S603 -- it is our own program
        [sys.executable, "-m", "dev.run", *arguments],
        cwd=ROOT,
        env=os.environ | ours | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_taken_port_is_one_clear_line(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        ended = run(tmp_path, PORT=port)

    assert ended.returncode == 1
    reason = f"cannot listen on 127.0.0.1 port {port}: Address already in use."
    assert ended.stderr == f"./run: {reason} Try PORT=8001 ./run\n"


def test_port_that_is_none_is_one_clear_line(tmp_path: Path):
    ended = run(tmp_path, PORT="web")

    assert ended.returncode == 1
    assert ended.stderr == "./run: PORT is 'web', which is no port. Use a number like 8000.\n"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "Scheme '://' is unknown"),
        ("postgres://[", "not a valid url"),
        ("postgres://mgmp@127.0.0.1:1/mgmp", "Connection refused"),
        ("sqlite:////no/such/folder/mgmp.sqlite3", "unable to open database file"),
    ],
)
def test_broken_database_is_one_clear_line(tmp_path: Path, url: str, reason: str):
    ended = run(tmp_path, DATABASE_URL=url, PORT=free_port())

    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.startswith("./run: cannot use DATABASE_URL: ")
    assert reason in ended.stderr


def test_unknown_argument_is_one_clear_line(tmp_path: Path):
    ended = run(tmp_path, "--demo")

    assert ended.returncode == 1
    assert ended.stderr == "./run: does not know --demo. There is: --empty\n"
