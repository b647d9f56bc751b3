"""Child processes that end with their parent, however it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import TypedDict

PR_SET_PDEATHSIG = 1


class Identity(TypedDict, total=False):
    """Arguments of `Popen` that make a child another user; empty to stay who we are."""

    user: int
    group: int
    extra_groups: list[int]


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
    log: int | None = None,
    if_orphaned: signal.Signals = signal.SIGTERM,
    identity: Identity | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a process group of its own; `log` is the descriptor it writes to.

    On Linux the kernel sends it `if_orphaned` when this process dies without a word.
    """
    return subprocess.Popen(
        command,
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        # The child is still one thread there, and the function is one system call.
        preexec_fn=lambda: _die_with_parent(if_orphaned),  # noqa: PLW1509 -- see above
        **(identity or {}),
    )


def stop(
    *children: subprocess.Popen[bytes],
    by: signal.Signals = signal.SIGTERM,
    patience: float = 10,
) -> None:
    """Ask the children and all they started to end, and after `patience` seconds kill them."""
    for child in children:
        _signal_group(child, by)
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
        # Also what a child left behind when it ended by itself.
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _signal_group(child: subprocess.Popen[bytes], by: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, by)


def _die_with_parent(by: signal.Signals) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)
