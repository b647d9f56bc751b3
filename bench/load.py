"""A load of readers on one page: how many answers a second, how late, at what cost."""

from __future__ import annotations

import http.client
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

READERS = 4
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(kw_only=True)
class Measured:
    """What one page did under load. Times are in milliseconds."""

    requests_per_second: float
    p50: float
    p99: float
    cpu: float
    """Processor time of the server for one answer."""
    kilobytes: float


@dataclass
class _Reader:
    address: str
    path: str
    cookie: str
    until: float
    times: list[float] = field(default_factory=list)
    size: int = 0

    def read(self) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        headers = {"Cookie": self.cookie, "Host": "localhost"}
        while (start := time.perf_counter()) < self.until:
            connection.request("GET", self.path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != http.client.OK:
                raise RuntimeError(f"{self.path} answered {answer.status}")
            self.times.append((time.perf_counter() - start) * 1000)
            self.size = len(body)
        connection.close()


def measure(address: str, path: str, cookie: str, *, server: int, seconds: float) -> Measured:
    """Read one page with a few readers at once for some seconds, after warming it up.

    `server` is the process id whose processor time, with its children's, is counted.
    """
    _read(address, path, cookie, 1.0)
    cpu, start = cpu_seconds(server), time.perf_counter()
    readers = _read(address, path, cookie, seconds)
    elapsed, cpu = time.perf_counter() - start, cpu_seconds(server) - cpu
    times = sorted(moment for reader in readers for moment in reader.times)
    if not times:
        raise RuntimeError(f"{path} answered nothing in {seconds} s")
    return Measured(
        requests_per_second=len(times) / elapsed,
        p50=times[len(times) // 2],
        p99=times[int(len(times) * 0.99)],
        cpu=cpu * 1000 / len(times),
        kilobytes=readers[0].size / 1000,
    )


def _read(address: str, path: str, cookie: str, seconds: float) -> list[_Reader]:
    until = time.perf_counter() + seconds
    readers = [_Reader(address, path, cookie, until) for _ in range(READERS)]
    threads = [threading.Thread(target=reader.read) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return readers


def cpu_seconds(server: int) -> float:
    """User and system time of a process and of its children that still run."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return sum(_own_cpu_seconds(pid) for pid in [str(server), *children])


def _own_cpu_seconds(pid: str) -> float:
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS
