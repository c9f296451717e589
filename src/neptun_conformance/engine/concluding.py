"""The one result of a run, from what became of its checks."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from neptun_conformance import __version__, contract
from neptun_conformance.causes.symptoms import Repeated
from neptun_conformance.engine.asking.scheduler import Unreachable
from neptun_conformance.engine.checks.check import Checked
from neptun_conformance.engine.run import Run
from neptun_conformance.exchange import Request
from neptun_conformance.judge.answer import Answer
from neptun_conformance.results.merging import SPOKEN
from neptun_conformance.results.result import (
    CauseRecord,
    ClauseRecord,
    ExchangeRecord,
    Outcome,
    Result,
    Setting,
    Verdict,
)
from neptun_conformance.results.verdict import ExitStatus, Judged, counts, judge
from neptun_conformance.settings import OPTIONS, Settings
from neptun_conformance.targets.errors import TargetError

_WELL = {Outcome.PASS, Outcome.NOT_APPLICABLE}
INTERRUPTED = Judged(Verdict.INTERRUPTED, ExitStatus.INTERRUPTED, "the run was interrupted")


def unreachable(reason: Unreachable) -> Judged:
    """Return the verdict over a target that is no server."""
    return Judged(Verdict.UNREACHABLE, ExitStatus.UNREACHABLE, str(reason))


def crashed(error: BaseException) -> Judged:
    """Return the verdict of a run that could not go on, for its target's or its own reason."""
    if isinstance(error, TargetError):
        return Judged(Verdict.ERROR, ExitStatus.USAGE, str(error))
    reason = f"the suite itself failed: {type(error).__name__}: {error}"
    return Judged(Verdict.ERROR, ExitStatus.ERROR, reason.splitlines()[0])


def conclude(
    run: Run, checked: Iterable[Checked], *, partial: bool = False, stopped: Judged | None = None
) -> Result:
    """Return the one result of a run.

    Arguments:
        run: the run.
        checked: what became of its checks.
        partial: not all clauses were selected.
        stopped: the verdict of a run that did not come to its end.
    """
    checked = list(checked)
    clauses = run.recorder().clauses(checked) if run.is_open else []
    judged = stopped or judge(
        clauses,
        strict=run.settings.strict,
        partial=partial,
        allow_incomplete=run.settings.allow_incomplete,
    )
    answers = sorted(run.answers, key=lambda answer: answer.exchange.started)
    reached = stopped is None or stopped.verdict is Verdict.UNREACHABLE
    redact = run.redactor().redact
    again = run.come_again(checked) if stopped is None and run.is_open else {}
    causes, lacks = _explanation(run, clauses, checked, answers, again)
    return Result(
        verdict=judged.verdict,
        exit_status=judged.exit_status,
        reason=redact(judged.reason),
        truncated=not (reached and run.is_open),
        strict=run.settings.strict,
        target=_target(run),
        settings=_shown_settings(run.settings),
        contract_version=contract.contract_version(),
        suite_version=__version__,
        run_id=run.run_id,
        started=run.started,
        seconds=round(time.monotonic() - run.began, 3),
        requests=run.sent,
        at_once=run.at_once,
        statuses=dict(sorted(Counter(_status(answer) for answer in answers).items())),
        waits=round(run.waited, 3),
        counts=counts(clauses),
        clauses=[_explained(clause, causes) for clause in clauses],
        causes=causes,
        lacks=[redact(reason) for reason in lacks],
        exchanges=_exchanges(run, answers),
        notes=[redact(note) for note in _notes(run, answers)],
    )


def _explanation(
    run: Run,
    clauses: list[ClauseRecord],
    checked: list[Checked],
    answers: list[Answer],
    again: dict[Request, Repeated],
) -> tuple[list[CauseRecord], list[str]]:
    """Return the causes of what was found, and what the target lacks.

    Where all is well there is neither, and what infers causes is not even imported.
    """
    if all(clause.outcome in _WELL for clause in clauses):
        return [], []
    from neptun_conformance.engine.records.diagnosing import Diagnosing, lacking

    causes = Diagnosing(run.recorder(), clauses, again).causes(checked, answers)
    return causes, lacking(checked, clauses)


def _explained(clause: ClauseRecord, causes: list[CauseRecord]) -> ClauseRecord:
    """Return a clause whose findings name their causes."""
    named = [
        replace(finding, causes=[cause.id for cause in causes if finding.id in cause.findings])
        for finding in clause.findings
    ]
    return replace(clause, findings=named)


def _target(run: Run) -> dict[str, Setting]:
    described = run.loaded.describe() if run.is_open else []
    return {key: Setting(value=value, origin=origin) for key, value, origin in described}


def _exchanges(run: Run, answers: list[Answer]) -> list[ExchangeRecord]:
    """Return the records of all exchanges, where a report holds them."""
    if not (run.settings.report_json or run.settings.report_har) or not run.is_open:
        return []
    recorder = run.recorder()
    records = (recorder.exchange(answer) for answer in answers)
    return [replace(record, id=n) for n, record in enumerate(records, 1)]


def _shown_settings(settings: Settings) -> dict[str, Setting]:
    """Return the settings that differ from their defaults; commands may hold secrets."""
    return {
        f"--{option.name}": Setting(value=str(value), origin="flag")
        for option in OPTIONS
        if (value := getattr(settings, option.key)) != option.default
        and option.metavar != "COMMAND"
    }


def _status(answer: Answer) -> str:
    return str(answer.status) if answer.status else "none"


def _notes(run: Run, answers: list[Answer]) -> list[str]:
    """Return what a reader should know beside the clauses."""
    waits = sum(len(answer.exchange.waits) for answer in answers)
    flaky = [a.exchange.first_failure for a in answers if a.exchange.first_failure and a.response]
    notes = []
    if run.settings.insecure:
        notes.append("INSECURE: the target's certificate was not checked (--insecure)")
    if run.is_open and run.loaded.target.http != "1.1" and not run.settings.app:
        notes.append(f"{SPOKEN} HTTP/{run.version}")
    if waits:
        held_up = f"they held the run up for {run.waited:.1f} s"
        notes.append(f"{waits} answers of 429 or 503 were waited out; {held_up}")
    if flaky:
        notes.append(f"{len(flaky)} requests failed once and were repeated: {flaky[0].message}")
    return [*notes, *run.notes]
