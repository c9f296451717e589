"""The verb ``fleet``: which targets, what is shown of them, and what is kept."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from neptun_conformance.cli.console import clear_line, draws, echo, print_error
from neptun_conformance.engine import interrupts
from neptun_conformance.engine.checks.selection import unknown_patterns
from neptun_conformance.engine.fleet.journal import Journal
from neptun_conformance.engine.fleet.processes import Fleet, worst
from neptun_conformance.engine.fleet.worker import Ended, Job
from neptun_conformance.reports.writing import OutputError, write_atomically
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import Settings

SUFFIXES = {".yaml", ".yml"}
JOURNAL = "fleet.jsonl"
_OF_EVERY_TARGET = "NEPTUN_"


class CannotJudge(Exception):
    """A fleet that cannot be judged; one line that says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which targets are judged, and how.

    Arguments:
        paths: target files, and folders of such.
        settings: of every run.
        jobs: children at once.
        shard: which part of how many, counted from 1.
        folder: where reports are kept, None for nowhere.
        resume: pass over what came to a verdict before.
    """

    paths: tuple[str, ...]
    settings: Settings
    jobs: int
    shard: tuple[int, int] = (1, 1)
    folder: Path | None = None
    resume: bool = False


def judge(plan: Plan) -> int:
    """Judge the targets of a plan, and return the exit status."""
    try:
        jobs = _jobs(plan)
        journal = _journal(plan)
    except CannotJudge as problem:
        print_error(str(problem))
        return ExitStatus.USAGE
    done = journal.done(jobs) if journal and plan.resume else {}
    left = [job for job in jobs if job.name not in done]
    board = _Board(len(jobs), quiet=plan.settings.quiet)
    for name, ended in done.items():
        board.show(name, ended, again=True)
    statuses = [ended.status for ended in done.values()]
    with interrupts.held():
        try:
            with interrupts.let_in():
                for job, ended in Fleet(left, at_once=plan.jobs).ended():
                    if journal:
                        journal.add(job, ended)
                    statuses.append(ended.status)
                    board.show(job.name, ended)
        except KeyboardInterrupt:
            statuses.append(ExitStatus.INTERRUPTED)
        except OSError as problem:
            board.clear()
            print_error(f"the fleet cannot go on: {problem.strerror or problem}")
            return ExitStatus.ERROR
    board.end(interrupted=ExitStatus.INTERRUPTED in statuses)
    problems = _side_by_side(plan.folder) if plan.folder else []
    for line in problems:
        print_error(line)
    return worst([*statuses, *([ExitStatus.USAGE] if problems else [])])


def _jobs(plan: Plan) -> list[Job]:
    """Return the jobs of this shard, in the order of their names.

    Raises:
        CannotJudge: a path holds no target file, two have one name, or a variable of the
            environment would go to all of them.
    """
    everywhere = sorted(name for name in os.environ if name.startswith(_OF_EVERY_TARGET))
    if everywhere:
        raise CannotJudge(
            f"{everywhere[0]}: would go to every target; unset it, and name in each target file "
            "which variable holds its session"
        )
    unknown = unknown_patterns(plan.settings.only)
    if unknown:
        raise CannotJudge(f"--only: no clause is named {unknown[0]!r}; `clauses` lists them")
    named: dict[str, Path] = {}
    for path in _files(plan.paths):
        other = named.setdefault(path.stem, path)
        if other.resolve() != path.resolve():
            raise CannotJudge(f"{str(other)!r} and {str(path)!r} have the same name")
    number, of = plan.shard
    return [_job(plan, name, named[name]) for name in sorted(named)[number - 1 :: of]]


def _files(paths: Iterable[str]) -> Iterator[Path]:
    for text in paths:
        path = Path(text)
        if not path.is_dir():
            if not path.is_file():
                raise CannotJudge(f"{text!r}: no such target file or folder")
            yield path
            continue
        found = [one for one in sorted(path.iterdir()) if one.suffix in SUFFIXES and one.is_file()]
        if not found:
            raise CannotJudge(f"{text!r}: holds no target file (*.yaml)")
        yield from found


def _job(plan: Plan, name: str, path: Path) -> Job:
    folder = plan.folder
    settings = replace(
        plan.settings,
        target=str(path),
        report_json=str(folder / f"{name}.json") if folder else None,
    )
    log = str(folder / f"{name}.log") if folder else None
    return Job(name, settings, log, safe_path="PYTHONSAFEPATH" in os.environ)


def _journal(plan: Plan) -> Journal | None:
    """Return the journal in the folder of the reports, ready to be written.

    Raises:
        CannotJudge: the folder cannot be made, or the file not be written.
    """
    if plan.folder is None:
        if plan.resume:
            raise CannotJudge("--resume: only together with --report-dir")
        return None
    number, of = plan.shard
    # The shards of a fleet may share a folder.
    name = JOURNAL if of == 1 else f"fleet-{number}-of-{of}.jsonl"
    journal = Journal(plan.folder / name)
    try:
        plan.folder.mkdir(parents=True, exist_ok=True)
        journal.begin(anew=not plan.resume)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise CannotJudge(f"--report-dir: {str(plan.folder)!r}: {reason}") from None
    return journal


def _side_by_side(folder: Path) -> list[str]:
    """Write the matrix of all reports in a folder, and return what is wrong with them."""
    from neptun_conformance.reports import matrix
    from neptun_conformance.reports.reading import ReportError

    try:
        found = matrix.read(folder)
        page = folder / "matrix.html"
        write_atomically(page, matrix.render_html(found, page))
        write_atomically(folder / "matrix.md", matrix.render_markdown(found))
    except ReportError:
        return []  # not one target came to a result, which its line has said
    except OutputError as problem:
        return [str(problem)]
    return list(found.unreadable)


class _Board:
    """A line for each target that ended, and one that changes while a terminal watches.

    Arguments:
        total: how many targets there are.
        quiet: show only those that are not conformant.
    """

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total = total
        self._quiet = quiet
        self._began = time.monotonic()
        self._counts: Counter[str] = Counter()
        self._draws = draws(sys.stderr) and not quiet

    def show(self, name: str, ended: Ended, *, again: bool = False) -> None:
        """Show what became of a target."""
        self._counts[ended.verdict] += 1
        self.clear()
        if ended.status or not self._quiet:
            kept = "  (kept)" if again else f"  {ended.requests} requests  {ended.seconds:.1f} s"
            echo(f"{ended.verdict.upper():<14}  {name}  {ended.line}{kept}")
        if self._draws:
            echo(f"{self._sum()}, {time.monotonic() - self._began:.0f} s", line_end=False, err=True)

    def clear(self) -> None:
        """Take the line away that changes."""
        if self._draws:
            clear_line()

    def end(self, *, interrupted: bool) -> None:
        """Show the sum of all."""
        self.clear()
        echo(f"{self._sum()}{', interrupted' if interrupted else ''}")

    def _sum(self) -> str:
        counts = ", ".join(f"{number} {verdict}" for verdict, number in self._counts.most_common())
        return f"{sum(self._counts.values())} of {self._total} targets: {counts or 'none judged'}"
