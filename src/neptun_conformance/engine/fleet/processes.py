"""Judges many targets, each in a child of its own of one warm process.

Where there is ``forkserver`` (on POSIX), the children are forked from a process that has imported
everything, has one thread and reads no target; elsewhere each is a new process. A child knows its
own target alone. It may crash, hang or fill its memory: that is its own target's result.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any

from neptun_conformance.engine.fleet import worker
from neptun_conformance.engine.fleet.worker import Ended, Job
from neptun_conformance.results.verdict import ExitStatus

GRACE = 60.0
"""Seconds past its own deadlines after which a child is ended from outside."""

LAST_WORDS = 20.0
"""Seconds that a child may take to end by itself when the fleet is interrupted."""

WORST_FIRST = (
    ExitStatus.ERROR,
    ExitStatus.USAGE,
    ExitStatus.NONCONFORMANT,
    ExitStatus.UNREACHABLE,
    ExitStatus.INCOMPLETE,
)
"""Which status of a target makes that of the fleet; an interrupt comes before all of them."""

_SAFE_PATH = "PYTHONSAFEPATH"


def worst(statuses: Iterable[int]) -> ExitStatus:
    """Return the exit status of a fleet whose targets ended with these."""
    found = set(statuses)
    if ExitStatus.INTERRUPTED in found:
        return ExitStatus.INTERRUPTED
    return next((one for one in WORST_FIRST if one in found), ExitStatus.CONFORMANT)


@dataclass(slots=True)
class _Child:
    """A child under way, and when it is ended from outside, by the monotonic clock."""

    job: Job
    process: Any
    answer: Connection
    latest: float

    def ended(self) -> Ended:
        """Return what it said, or how it ended without a word."""
        self.process.join()
        try:
            told = self.answer.recv() if self.answer.poll() else None
        except (EOFError, OSError):
            told = None
        finally:
            self.answer.close()
        if isinstance(told, Ended):
            return told
        status = self.process.exitcode
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        return Ended.without_result(ExitStatus.ERROR, f"the process ended {how}, without a result")


class Fleet:
    """The children of one process, so many at once.

    Arguments:
        jobs: what to judge, in this order.
        at_once: children under way at once.
    """

    def __init__(self, jobs: Iterable[Job], *, at_once: int) -> None:
        """Make ready; nothing is started yet."""
        self._waiting = deque(jobs)
        self._at_once = at_once
        self._running: list[_Child] = []
        method = "forkserver" if sys.platform != "win32" else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(["neptun_conformance.engine.fleet.warm"])

    def ended(self) -> Iterator[tuple[Job, Ended]]:
        """Yield each job as it ends, with what became of it; whoever stops early ends the rest."""
        try:
            while self._waiting or self._running:
                while self._waiting and len(self._running) < self._at_once:
                    self._start(self._waiting.popleft())
                yield from self._next()
        finally:
            self._stop()

    def _start(self, job: Job) -> None:
        here, there = self._context.Pipe(duplex=False)
        process = self._context.Process(target=worker.main, args=(job, there), daemon=False)
        with _without_the_working_directory():
            process.start()
        there.close()
        seconds = job.settings.run_deadline + job.settings.wait + GRACE
        self._running.append(_Child(job, process, here, monotonic() + seconds))

    def _next(self) -> Iterator[tuple[Job, Ended]]:
        """Wait until a child ends or is too late, and yield what became of it."""
        latest = min(child.latest for child in self._running)
        sentinels = [child.process.sentinel for child in self._running]
        over = set(wait(sentinels, max(0.0, latest - monotonic())))
        for child in list(self._running):
            if child.process.sentinel in over:
                self._running.remove(child)
                yield child.job, child.ended()
            elif child.latest <= monotonic():
                self._running.remove(child)
                child.process.kill()
                child.process.join()
                child.answer.close()
                words = "it did not end by its deadline, and was ended"
                yield child.job, Ended.without_result(ExitStatus.ERROR, words)

    def _stop(self) -> None:
        """End what is under way: asked to at first, so that each still writes its report."""
        for child in self._running:
            child.process.terminate()
        until = monotonic() + LAST_WORDS
        for child in self._running:
            child.process.join(max(0.0, until - monotonic()))
            child.process.kill()
            child.process.join()
            child.answer.close()
        self._running.clear()


@contextmanager
def _without_the_working_directory() -> Iterator[None]:
    """Let a new Python pass over the working directory, in which a ``yaml.py`` may lie."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before
