"""Delivers a result: the baseline applied, and every report that was asked for written."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from neptun_conformance import contract
from neptun_conformance.results.errors import BaselineError
from neptun_conformance.results.result import Result
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import OPTIONS, Settings

if TYPE_CHECKING:
    from neptun_conformance.results.baseline import Baseline

REPORTS = tuple(
    option.key.removeprefix("report_") for option in OPTIONS if option.key.startswith("report_")
)


def check_outputs(settings: Settings) -> None:
    """Find out before a run whether its baseline can be used and its reports can be written.

    Raises:
        OutputError: a report's path cannot be written.
        BaselineError: the baseline cannot be used.
    """
    from neptun_conformance.reports.writing import check_writable

    if settings.baseline:
        from neptun_conformance.results.baseline import load

        load(settings.baseline, clauses=contract.clauses())
    _earlier(settings.write_baseline)
    for path in (*map(settings.report, REPORTS), settings.write_baseline):
        if path:
            check_writable(path)


def deliver(result: Result, settings: Settings) -> Result:
    """Write what was asked for and return the result as it was written.

    What cannot be written is named in the notes and makes the exit status that of a usage error:
    nothing is lost silently.
    """
    from neptun_conformance.reports import RENDERERS, summary
    from neptun_conformance.reports.writing import OutputError, write_atomically

    result = _with_baseline(result, settings)
    problems: list[str] = []
    if settings.write_baseline:
        try:
            result = _write_baseline(result, settings.write_baseline, settings)
        except (OutputError, BaselineError) as problem:
            problems.append(str(problem))
    for form in REPORTS:
        path = settings.report(form)
        if path:
            try:
                write_atomically(path, RENDERERS[form](result))
            except OutputError as problem:
                problems.append(str(problem))
    try:
        summary.append(result)
    except OutputError as problem:
        problems.append(str(problem))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        print(RENDERERS["annotations"](result), flush=True)  # noqa: T201 - GitHub reads it there
    return _with_problems(result, problems)


def _with_baseline(result: Result, settings: Settings) -> Result:
    if not settings.baseline:
        return result
    from neptun_conformance.results.baseline import OutdatedBaselineError, apply, load

    baseline = load(settings.baseline, clauses=contract.clauses())
    try:
        return apply(result, baseline, allow_incomplete=settings.allow_incomplete)
    except OutdatedBaselineError as problem:
        return _with_problems(problem.result, [str(problem)])


def _with_problems(result: Result, problems: list[str]) -> Result:
    if not problems:
        return result
    status = ExitStatus.USAGE if result.exit_status in {0, 1, 7} else result.exit_status
    said = result.reason or ""
    reason = "; ".join([*([said] if said else []), *(p for p in problems if p not in said)])
    notes = [*result.notes, *problems]
    return replace(result, exit_status=int(status), reason=reason, notes=notes)


def _write_baseline(result: Result, path: str, settings: Settings) -> Result:
    """Write the baseline of a run, and return the result with notes on what is no longer in it.

    Raises:
        OutputError: the file cannot be written.
        BaselineError: what stands there cannot be read.
    """
    from neptun_conformance.reports.writing import write_atomically
    from neptun_conformance.results.baseline import from_result, load

    used = settings.baseline
    accepted = load(used, clauses=contract.clauses()) if used else None
    made = from_result(result, keep=_earlier(path) or accepted, accepted=accepted)
    write_atomically(path, made.text)
    return replace(result, notes=[*result.notes, *made.removed, _next_step(path)])


def _next_step(path: str) -> str:
    """Say what a baseline that was written needs, before a run can use it."""
    from neptun_conformance.results.baseline import load

    written = load(path, clauses=contract.clauses(), draft=True)
    open_ = sum(not entry.reason for entry in written.entries)
    if not open_:
        return f"wrote {path}"
    entries = "1 entry needs" if open_ == 1 else f"{open_} entries need"
    return f"wrote {path}: {entries} a reason, then pass it with --baseline"


def _earlier(path: str | None) -> Baseline | None:
    """Return what a baseline that is to be written holds so far.

    Raises:
        BaselineError: it is no baseline, and is not written over.
    """
    if not path or not Path(path).is_file():
        return None
    from neptun_conformance.results.baseline import load

    return load(path, clauses=contract.clauses(), draft=True)
