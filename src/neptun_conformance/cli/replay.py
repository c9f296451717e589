"""Asks again what a finding of a kept report came of, and tells whether it still fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from neptun_conformance.cli.console import echo, print_error
from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.engine.asking.scheduler import Scheduler, Unreachable
from neptun_conformance.engine.checks.arguments import argument_for
from neptun_conformance.engine.checks.check import Check, Checked, checked, with_generated, words
from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.engine.followup.voicing import compare
from neptun_conformance.engine.records.recording import Recorder
from neptun_conformance.engine.records.remaking import question_of
from neptun_conformance.engine.run import Run
from neptun_conformance.exchange.address import Address
from neptun_conformance.questions.arguments import ArgumentKind
from neptun_conformance.questions.callers import shows_what_was_set
from neptun_conformance.questions.checks import Mark
from neptun_conformance.questions.situations import Asked, Burst, Question, Sequence
from neptun_conformance.reports import terminal
from neptun_conformance.reports.reading import ReportError, read_result
from neptun_conformance.results.result import EMBEDDED, ClauseRecord, FindingRecord, Outcome, Result
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import BOTH, EFFORTS, SettingError, Settings
from neptun_conformance.targets.errors import TargetError


class CannotReplay(ValueError):
    """The finding cannot be asked again; one line says why."""


def replay(
    finding_id: str, *, report: str, times: int, another_target: bool, settings: Settings
) -> int:
    """Ask again, print what came, and return the exit status.

    Arguments:
        finding_id: the finding, as reports name it.
        report: path of the JSON report.
        times: how often to ask.
        another_target: ask a target other than the report's.
        settings: the settings of the target.
    """
    try:
        result = read_result(report)
        clause, finding = _found(result, finding_id)
        with Run(_as_then(settings, result, finding)) as run:
            run.open()
            if not another_target:
                _refuse_another_target(result, run)
            return _asked_again(run, _Replay(run, clause, finding), times)
    except (ReportError, CannotReplay, TargetError, SettingError) as problem:
        print_error(str(problem))
        return ExitStatus.USAGE
    except Unreachable as reason:
        print_error(f"unreachable: {reason}")
        return ExitStatus.UNREACHABLE


def _found(result: Result, finding_id: str) -> tuple[ClauseRecord, FindingRecord]:
    named = [(c, f) for c in result.clauses for f in c.findings]
    for clause, finding in named:
        if finding.id == finding_id:
            return clause, finding
    known = ", ".join(finding.id for _, finding in named[:5])
    raise CannotReplay(
        f"{finding_id!r} is no finding of that report" + (f"; it has {known}" if known else "")
    )


def _as_then(settings: Settings, result: Result, finding: FindingRecord) -> Settings:
    """Return the settings with effort and seed of the run, which decide what was generated."""
    effort, seed = (result.settings.get(f"--{key}") for key in ("effort", "seed"))
    if effort is not None and effort.value in EFFORTS:
        settings = replace(settings, effort=effort.value)
    if seed is not None and seed.value.isdecimal():
        settings = replace(settings, seed=int(seed.value))
    return settings if settings.http_version else in_its_version(settings, result, finding)


def in_its_version(settings: Settings, result: Result, finding: FindingRecord) -> Settings:
    """Return the settings with the version of HTTP over which a finding came."""
    http, known = (result.settings.get(f"--{key}") for key in ("http", "http2-prior-knowledge"))
    version = http.value if http else None
    if version == BOTH:
        version = "2" if finding.only_over == "HTTP/2" else "1.1"
    return replace(settings, http=version, http2_prior_knowledge=bool(known) and version != "1.1")


def _refuse_another_target(result: Result, run: Run) -> None:
    """Refuse to ask one server about a finding that another one gave."""
    then, now = _reported(result), _named(run)
    if then == now or (run.embedded and _was_embedded(result)):
        return
    words = "no target is named" if run.embedded else f"the target is {_words_of(now)}"
    raise CannotReplay(
        f"the report is of {_words_of(then)}, and {words}: "
        "name the report's target, as with --target, or add --another-target"
    )


_Place = tuple[Address, str, str]
"""Where a server is: its address, the application called in process, the Unix socket."""


def _reported(result: Result) -> _Place:
    try:
        address = Address.parse(result.target["base_url"].value)
    except (KeyError, ValueError):
        raise CannotReplay("the report does not say which target it is of") from None
    app, uds = (result.settings.get(f"--{name}") for name in ("app", "uds"))
    return address, app.value if app else "", uds.value if uds else ""


def _named(run: Run) -> _Place:
    address = Address.parse(run.loaded.target.base_url)
    return address, run.settings.app or "", run.settings.uds or ""


def _was_embedded(result: Result) -> bool:
    """Whether the report is of the embedded server, whose port changes from run to run."""
    return result.target["base_url"].origin == EMBEDDED


def _words_of(place: _Place) -> str:
    address, app, uds = place
    return f"--app {app}" if app else str(address) + (f" at {uds}" if uds else "")


@dataclass(slots=True)
class _Replay:
    """What is asked again, and the check that judges it."""

    run: Run
    clause: ClauseRecord
    finding: FindingRecord

    def narrowed(self) -> Check:
        """Return the finding's check with just the question that the finding came of.

        What is compared with the answers to other questions is asked beside them.

        A question that was made smaller is not among those drawn: then all of them are asked.

        Raises:
            CannotReplay: the suite has no such check or question.
        """
        checks = all_checks(effort=self._effort)
        check = next((c for c in checks if c.id == self.finding.check), None)
        if check is None:
            raise CannotReplay(f"this version of the suite has no check {self.finding.check}")
        (complete,) = self._drawn([check])
        if Mark.VARIES in check.marks:
            return complete
        asked = self._asked_then((complete, *checks)) or next(
            (asked for asked in complete.asked if self._is_meant(asked)), None
        )
        if asked is not None:
            return replace(complete, asked=(asked,))
        if not complete.asked:
            raise CannotReplay(
                f"this version of the suite cannot ask that again ({self.finding.situation}): "
                "repeat it by the command beside the finding"
            )
        return complete

    def _asked_then(self, checks: Iterable[Check]) -> Question | None:
        """Return the question as it was asked, None for one of several that belong together."""
        record = self.finding.asked
        if record is None:
            return None
        questions = (q for check in checks for asked in check.asked for q in _judged(asked))
        return question_of(record, questions)

    @property
    def _effort(self) -> str:
        return self.run.settings.effort

    def _drawn(self, checks: Iterable[Check]) -> Iterator[Check]:
        return with_generated(checks, effort=self._effort, seed=self.run.settings.seed)

    def _is_meant(self, asked: Asked) -> bool:
        situation = self.finding.question or self.finding.situation
        redact = self.run.recorder().redactor.redact
        return any(redact(str(question)) == situation for question in _judged(asked))

    def once(self, check: Check) -> Checked:
        """Ask on connections of its own and judge what came.

        Raises:
            Unreachable: there is no server at the target.
        """
        client = self.run.connect()
        scheduler = Scheduler(
            client,
            self.run.participants,
            concurrency=self.run.settings.concurrency,
            limits=Limits(outage=self.run.settings.max_outage),
        )
        try:
            scheduler.reach()
            judged = [question for asked in check.asked for question in _judged(asked)]
            scheduler.ask(self._asked_before(judged))
            if check.wants is ArgumentKind.VOICED:
                for question in judged:
                    compare(question, scheduler)
            heard = scheduler.ask(check.asked)
            everything = [a for a in scheduler.answers if a.resolved.question in judged]
            policy = replace(self.run.policy, unsafe=True, hostile=True)
            return checked(
                check,
                lambda: check.function(argument_for(check, heard, everything, policy)),
            )
        finally:
            client.close()

    def _asked_before(self, questions: Iterable[Question]) -> Iterator[Question]:
        """Yield the refusals, which come first where one of them sets the session to show."""
        if not any(map(shows_what_was_set, questions)):
            return
        for check in all_checks(effort=self._effort):
            for asked in check.asked:
                if isinstance(asked, Question) and _is_refused(asked):
                    yield asked


def _is_refused(question: Question) -> bool:
    return question.caller.account is None and not shows_what_was_set(question)


def _judged(asked: Asked) -> tuple[Question, ...]:
    """Return the questions whose answers a check may find fault with."""
    if isinstance(asked, Sequence):
        return asked.steps[-1:]
    return asked.questions if isinstance(asked, Burst) else (asked,)


def _asked_again(run: Run, replayed: _Replay, times: int) -> int:
    check = replayed.narrowed()
    for line in _head(replayed, check):
        echo(line)
    tries = []
    for number in range(1, times + 1):
        tries.append(replayed.once(check))
        echo(f"  {number} of {times}  {_words(tries[-1], run.recorder())}")
    return _concluded(run, tries)


def _head(replayed: _Replay, check: Check) -> Iterator[str]:
    clause, finding = replayed.clause, replayed.finding
    yield f"{clause.level} {clause.id}  {finding.message}"
    yield f"  {clause.sentence}"
    redact = replayed.run.recorder().redactor.redact
    lines = (line for asked in check.asked for line in words(asked))
    yield from (f"  asks: {redact(line)}" for line in lines)
    yield f"  expected {finding.expected}, got {finding.actual}"
    yield ""


def _words(checked: Checked, recorder: Recorder) -> str:
    redact = recorder.redactor.redact
    if checked.outcome is Outcome.FAIL:
        problem = checked.findings[0].problem
        return f"fails: {redact(problem.message)}: {redact(problem.actual)}"
    if checked.outcome is Outcome.PASS:
        return "passes"
    return f"{checked.outcome.replace('_', ' ')}: {redact(checked.reason or '')}"


def _concluded(run: Run, tries: list[Checked]) -> int:
    failed = [one for one in tries if one.outcome is Outcome.FAIL]
    passed = [one for one in tries if one.outcome is Outcome.PASS]
    if failed:
        for clause in run.recorder().clauses(failed[-1:]):
            echo(terminal.render_findings(clause))
        echo(f"\nSTILL FAILS  {len(failed)} of {len(tries)}")
        return ExitStatus.NONCONFORMANT
    if not passed:
        echo(f"\nNOT TESTED  {tries[-1].reason or ''}")
        return ExitStatus.INCOMPLETE
    echo(f"\nFAILS NO MORE  {len(passed)} of {len(tries)} passed")
    return ExitStatus.CONFORMANT
