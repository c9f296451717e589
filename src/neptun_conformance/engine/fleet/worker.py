"""One target of a fleet, judged in a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection

from neptun_conformance.engine.checks.collect import selected_checks
from neptun_conformance.engine.execution import Execution, Refused, execute
from neptun_conformance.engine.run import Run
from neptun_conformance.reports.delivery import check_outputs
from neptun_conformance.reports.writing import OutputError
from neptun_conformance.results.errors import BaselineError
from neptun_conformance.results.result import Result
from neptun_conformance.results.text import one_line, share
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import Settings

LONGEST = 500
"""Characters of the line about a target."""


@dataclass(frozen=True, slots=True)
class Job:
    """One target to judge.

    Arguments:
        name: what it is called.
        settings: of its run; they name its target file and its reports.
        log: file for what its commands print, None to drop that.
        safe_path: Python was told by the environment to pass over the working directory.
    """

    name: str
    settings: Settings
    log: str | None = None
    safe_path: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a target: the exit status of its run, and what a line says of it."""

    status: int
    verdict: str
    line: str
    requests: int = 0
    seconds: float = 0.0

    @classmethod
    def of(cls, result: Result) -> Ended:
        """Return what a result comes to."""
        line = f"{share(result.counts.must)} MUST"
        if result.reason and result.exit_status:
            line += f"  {one_line(result.reason)[:LONGEST]}"
        verdict = str(result.verdict)
        return cls(result.exit_status, verdict, line, result.requests, result.seconds)

    @classmethod
    def without_result(cls, status: ExitStatus, why: str) -> Ended:
        """Return what becomes of a target that has no result."""
        return cls(status, "no result", one_line(why)[:LONGEST])


def main(job: Job, answer: Connection) -> None:
    """Judge the target of a job, and say what became of it.

    Arguments:
        job: the target and its settings.
        answer: takes an ``Ended``.
    """
    if not job.safe_path:
        os.environ.pop("PYTHONSAFEPATH", None)
    _write_to(job.log)
    threading.Thread(target=_end_with_the_fleet, name="fleet", daemon=True).start()
    answer.send(judged(job.settings))


def judged(settings: Settings) -> Ended:
    """Judge one target, and return what became of it, whatever it does."""
    try:
        check_outputs(settings)
        checks = selected_checks(settings)
        result = execute(Execution(Run(settings), checks, partial=bool(settings.only)))
    except (OutputError, BaselineError, Refused) as problem:
        return Ended.without_result(ExitStatus.USAGE, str(problem))
    except Exception as fault:  # noqa: BLE001 - its message may hold a session
        words = f"internal error: {type(fault).__name__}"
        return Ended.without_result(ExitStatus.ERROR, words)
    return Ended.of(result)


def _write_to(log: str | None) -> None:
    """Send what is printed, also by commands of the target, to a file."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    file = os.open(log or os.devnull, flags, 0o600)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)


def _end_with_the_fleet() -> None:
    """End this process, as an interrupt does, when the fleet's own is gone."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
