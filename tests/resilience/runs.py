"""The real command in a process of its own, and what is to be seen of it from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from neptun_conformance.results.adapter import adapter
from neptun_conformance.results.result import Result
from neptun_conformance.server.data import target_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

AT_ONCE = 3
MEBIBYTE = 1024 * 1024
MAX_MEMORY = 600 * MEBIBYTE
MAX_WORK = 30.0
"""Seconds of a processor that a run may take, whatever its target sends."""

DEADLINE, RUN_DEADLINE = 20.0, 60.0
"""Seconds in which a right target answers, and a run against one ends, on a busy machine too."""

SLACK = 120.0
"""Seconds that starting and reporting may take on a machine that is busy with other tests."""

CONFORMANT, NONCONFORMANT, INTERRUPTED, ERROR, USAGE, UNREACHABLE, INCOMPLETE = 0, 1, 2, 3, 4, 6, 7


@dataclass(frozen=True)
class Ended:
    """A run that is over.

    Arguments:
        status: the exit status, negative for a signal.
        out: what it printed.
        err: what it complained about.
        report: its JSON report, None where it wrote none.
        seconds: from the start of the process to its end.
        work: seconds of a processor that it took.
        octets: the most memory that it held.
    """

    status: int
    out: str
    err: str
    report: Result | None
    seconds: float
    work: float
    octets: int


class Running:
    """A run under way, with files of its own in a folder of its own."""

    def __init__(
        self, folder: Path, *arguments: str, environ: dict[str, str] | None = None
    ) -> None:
        """Start the command with these arguments and a JSON report."""
        self._folder = folder
        self._began = monotonic()
        with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "neptun_conformance", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=folder,
                env=clean_environ() | (environ or {}),
            )

    def end(self) -> Ended:
        """Wait for the end, and watch the memory until then.

        What the system tells at the end is of no use: it counts the parent's memory at the fork.
        """
        octets = 0
        while os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
            octets = max(octets, peak_memory(self.process.pid))
            sleep(0.02)
        work = processor_seconds(self.process.pid)
        self.process.wait()
        report = self._folder / "report.json"
        return Ended(
            self.process.returncode,
            (self._folder / "out").read_text(encoding="utf-8"),
            (self._folder / "err").read_text(encoding="utf-8"),
            adapter(Result).validate_json(report.read_text("utf-8")) if report.exists() else None,
            monotonic() - self._began,
            work,
            octets,
        )


def processor_seconds(pid: int) -> float:
    """Return how long a process has worked, with what it started and waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid: int) -> int:
    """Return the most memory that a process has held so far, in octets; 0 for one that is over."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    found = (int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    return next(found, 0)


def clean_environ() -> dict[str, str]:
    """Return this process's environment without what would change a run."""
    foreign = ("NEPTUN_", "PYTEST_", "GITHUB_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "COV_")
    return {k: v for k, v in os.environ.items() if not k.upper().startswith(foreign)}


def target_file(folder: Path, url: str) -> str:
    """Write a target file for a server that says it is the reference."""
    path = folder / "target.yaml"
    path.write_text(json.dumps(target_for(url), ensure_ascii=False), encoding="utf-8")
    return str(path)


def check(folder: Path, url: str, *more: str) -> Ended:
    """Check a target, and wait for the end."""
    return start(folder, url, *more).end()


def start(folder: Path, url: str, *more: str) -> Running:
    """Begin to check a target; what further arguments say counts."""
    folder.mkdir(parents=True, exist_ok=True)
    given = {
        "--target": target_file(folder, url),
        "--deadline": str(DEADLINE),
        "--run-deadline": str(RUN_DEADLINE),
        "--effort": "quick",
        "--max-throttle": "1",
        "--max-outage": "1",
        "--report-json": "report.json",
    }
    return Running(folder, *(word for pair in given.items() for word in pair), *more)


@contextmanager
def ahead(
    request: pytest.FixtureRequest, test: str, run: Callable[[Any], Ended]
) -> Iterator[dict[str, Future[Ended]]]:
    """Begin the runs that the cases of a test need, some at once, ahead of the first case.

    Arguments:
        request: of a fixture of the test's module.
        test: the name of the test; its one parameter is a case with a name.
        run: makes the run of a case.
    """
    items = [item for item in request.session.items if item.name.startswith(f"{test}[")]
    cases = [item.callspec.params["case"] for item in items]  # type: ignore[attr-defined]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {case.name: pool.submit(run, case) for case in cases}
        pool.shutdown(cancel_futures=True)


def assert_sound(ended: Ended, *, within: float = RUN_DEADLINE) -> Result:
    """Demand what holds whatever the target did, and return the report."""
    assert "Traceback" not in ended.err
    assert "INTERNALERROR" not in ended.err
    assert ended.status != ERROR, (ended.err, ended.out[-2000:])
    assert ended.report is not None, (ended.status, ended.err)
    assert ended.report.exit_status == ended.status
    assert ended.report.verdict != "error"
    assert ended.report.reason
    assert ended.seconds < within + SLACK
    assert ended.work < MAX_WORK
    assert ended.octets < MAX_MEMORY
    return ended.report
