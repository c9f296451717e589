"""Runs whole processes and notes what each cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import yaml

from benchmarks.contestants import CHECKOUT, Contestant
from benchmarks.server import SEEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process cost.

    Arguments:
        seconds: from its start to its end.
        cpu: seconds of processor time, its own and the system's for it.
        memory: octets that it held at most.
        requests: how many it sent.
        first: seconds from its start to its first request, None where it sent none.
        span: seconds from its first request to its last one.
    """

    seconds: float
    cpu: float
    memory: int
    requests: int = 0
    first: float | None = None
    span: float = 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of several measurements, and their bounds."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of measurements."""
        return cls(median(values), min(values), max(values))


class Server:
    """The watched target, while it runs.

    Arguments:
        target: what its target file says.
        path: its target file.
    """

    def __init__(self, target: dict[str, Any], path: Path) -> None:
        self.target = target
        self.path = path

    def seen(self) -> list[dict[str, Any]]:
        """Return the requests since this was asked the last time."""
        with urllib.request.urlopen(self.target["base_url"] + SEEN) as answer:  # noqa: S310 - loopback
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def cost(self, contestant: Contestant) -> Cost:
        """Run a contestant and return what it cost; raises as ``run`` does."""
        began = 0.0

        def begin() -> None:
            nonlocal began
            self.seen()
            began = time.time()

        cost = _until_well(contestant, begin)
        seen = self.seen()
        first = seen[0]["at"] - began if seen else None
        span = seen[-1]["at"] - seen[0]["at"] if seen else 0.0
        return Cost(cost.seconds, cost.cpu, cost.memory, len(seen), first, span)


@contextmanager
def server(folder: Path, *, latency: float = 0.0, files: int | None = None) -> Iterator[Server]:
    """Run the watched target in a process of its own.

    Arguments:
        folder: where its target file may be written.
        latency: seconds that each request waits.
        files: number of files in the owner's chat, None for those of the reference.
    """
    words = [sys.executable, "-m", "benchmarks.server", str(latency)]
    words += [] if files is None else [str(files)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as process:  # noqa: S603
        try:
            assert process.stdout  # noqa: S101 - it is a pipe
            # All that it prints comes at once, and its end stays open.
            text = os.read(process.stdout.fileno(), 1 << 16).decode()
            path = folder / f"target-{process.pid}.yaml"
            path.write_text(text)
            yield Server(yaml.safe_load(text), path)
        finally:
            process.kill()


def run(contestant: Contestant) -> Cost:
    """Run a process to its end and return what it cost, its output dropped.

    Raises:
        RuntimeError: it did not end well, three times in a row; nobody may win by failing, and a
            busy machine lets a deadline pass now and then.
    """
    return _until_well(contestant, lambda: None)


def _until_well(contestant: Contestant, before: Callable[[], object]) -> Cost:
    status = 0
    for _ in range(ATTEMPTS):
        before()
        cost, status = _run_once(contestant)
        if not status:
            return cost
    raise RuntimeError(f"{contestant.name} ended with status {status}")


def _run_once(contestant: Contestant) -> tuple[Cost, int]:
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - the commands of this folder
        contestant.command,
        cwd=contestant.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    cost = Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
    return cost, process.returncode
