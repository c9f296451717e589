"""A pytest session over contract checks: begins and ends the run, and keeps its outcomes."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.engine.checking import Check, Checked, checked, skip_reason
from neptun_conformance.engine.run import (
    INTERRUPTED,
    Run,
    crashed,
    selected,
    unknown_patterns,
    unreachable,
)
from neptun_conformance.engine.scheduler import Unreachable
from neptun_conformance.judge.answer import NotApplicable, NotTested
from neptun_conformance.reports.delivery import deliver
from neptun_conformance.results.result import Level, Outcome, Result
from neptun_conformance.results.verdict import ExitStatus, Judged
from neptun_conformance.settings import SettingError
from neptun_conformance.targets.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from neptun_conformance.engine.recording import Recorder


class InternalError(Exception):
    """The suite itself failed; the message is the traceback, without variables and secrets."""

    def __init__(self, text: str, line: str) -> None:
        """Carry the traceback, and one line that says what failed and where."""
        super().__init__(text)
        self.line = line


class ContractSession:
    """The contract checks of one pytest session, from collection to exit status."""

    def __init__(self, config: pytest.Config, settings: dict[str, Any]) -> None:
        """Make ready to run; nothing is opened yet."""
        self.run = Run(settings)
        self.result: Result | None = None
        self._config = config
        self._settings = settings
        self._checks: list[Check] = []
        self._noted: set[str] = set()
        self._drawn: dict[str, Check] = {}
        self._stopped: Judged | None = None
        self._refused = False

    def take_up(self, items: list[pytest.Item], contract: list[pytest.Item]) -> None:
        """Keep the checks that were selected, and put those about all answers last.

        Raises:
            pytest.UsageError: ``--only`` means no clause.
        """
        wanted = self._settings["only"] or ()
        unknown = unknown_patterns(wanted)
        if unknown:
            raise pytest.UsageError(f"--only: no clause is named {unknown[0]}")
        if wanted:
            chosen = [item for item in contract if selected(_check(item).clause, wanted)]
            kept = set(chosen)
            items[:] = [item for item in items if item in kept or item not in contract]
            self.run.partial = True
            contract = chosen
        self._checks = [_check(item) for item in contract]
        ours = set(contract)
        # Generated checks may ask more, so those about all answers come after them.
        items.sort(key=lambda item: item in ours and not _asks(_check(item)))

    def begin(self, session: pytest.Session) -> None:
        """Open the run and ask everything, or say why that cannot be.

        Raises:
            pytest.UsageError: the target or a setting cannot be used.
        """
        from neptun_conformance.plugin import LEFT_OUT

        self.run.partial = self.run.partial or self._config.stash.get(LEFT_OUT, False)
        try:
            self.run.open()
        except (TargetError, SettingError) as problem:
            raise pytest.UsageError(str(problem)) from None
        try:
            self._drawn = {check.id: check for check in self.run.ask(self._checks)}
        except Unreachable as reason:
            self._stopped = unreachable(reason)
            raise session.Interrupted(str(reason)) from None
        except TargetError as problem:  # such as a command that gives no session
            self._stopped = crashed(problem)
            raise session.Interrupted(str(problem)) from None

    def stopped_by(self, error: BaseException) -> None:
        """Note why a run did not come to its end."""
        if isinstance(error, pytest.UsageError):
            self._refused = True
        elif self._stopped is None:
            by_hand = KeyboardInterrupt | pytest.exit.Exception | pytest.Session.Failed
            interrupted = isinstance(error, by_hand)
            self._stopped = INTERRUPTED if interrupted else crashed(error)

    def argument_for(self, check: Check) -> Any:
        """Return the argument of a check, once it is known that the run may make it."""
        bar = skip_reason(check, self.run.policy)
        if bar is not None:
            reason = bar.reason or ""
            raise (
                NotApplicable(reason)
                if bar.outcome is Outcome.NOT_APPLICABLE
                else NotTested(reason)
            )
        return self.run.argument_for(self._drawn.get(check.id, check))

    def note(
        self, item: pytest.Item, report: pytest.TestReport, raised: BaseException | None
    ) -> None:
        """Keep the outcome of a check, and say it in pytest's words.

        A SHOULD that fails is an expected failure, what was not tested is a skip.

        Arguments:
            item: the check, as a test.
            report: pytest's report, of a test that passed.
            raised: what the test raised in truth.
        """
        check = _check(item)
        if raised is None and report.when != "call":
            return
        outcome = self.run.refined(checked(check, _again(raised)))
        if check.id not in self._noted:
            self._noted.add(check.id)
            self.run.checked.append(outcome)
        if outcome.outcome is not Outcome.PASS:
            recorder = self.run.recorder()
            _translate(outcome, report, strict=self._settings["strict"], recorder=recorder)

    def end(self) -> None:
        """Make the result, and deliver every report that was asked for; none of a refused run."""
        if self._refused:
            return
        if self._stopped is None and len(self._noted) < len(self._checks):
            self._stopped = INTERRUPTED
        self.result = deliver(self.run.result(stopped=self._stopped), self._settings)

    def broken(self, fault: Exception) -> InternalError:
        """Return what to raise in place of a fault of the suite itself."""
        redact = self.run.redactor().redact
        place = traceback.extract_tb(fault.__traceback__)[-1]
        line = f"{type(fault).__name__}: {fault} ({place.filename}:{place.lineno})"
        text = "".join(traceback.format_exception(fault))
        return InternalError(redact(text), redact(" ".join(line.split())))

    def exit_status(self, pytests_own: int) -> int:
        """Return the verdict's exit status, or pytest's own where other tests failed."""
        if self.result is None:
            return (
                ExitStatus.USAGE if pytests_own == pytest.ExitCode.USAGE_ERROR else ExitStatus.ERROR
            )
        status = self.result.exit_status
        others_failed = pytests_own == pytest.ExitCode.TESTS_FAILED and self._others_failed()
        return int(pytests_own) if others_failed and status == 0 else status

    def _others_failed(self) -> bool:
        session: Any = self._config.pluginmanager.get_plugin("session")
        own = sum(1 for one in self.run.checked if _fails(one, strict=self._settings["strict"]))
        return session is not None and session.testsfailed > own


def _fails(one: Checked, *, strict: bool) -> bool:
    from neptun_conformance.contract import clauses

    binding = strict or clauses()[one.check.clause].level is Level.MUST
    return one.outcome is Outcome.ERROR or (one.outcome is Outcome.FAIL and binding)


def _check(item: pytest.Item) -> Check:
    check: Check = item.callspec.params["neptun_check"]  # type: ignore[attr-defined]
    return check


def _asks(check: Check) -> bool:
    return bool(check.asked) or check.exploration is not None


def _again(raised: BaseException | None) -> Callable[[], None]:
    def raise_again() -> None:
        if raised is not None:
            raise raised

    return raise_again


def _translate(
    one: Checked, report: pytest.TestReport, *, strict: bool, recorder: Recorder
) -> None:
    """Say in pytest's words what became of a check that did not pass, without secrets."""
    reason = recorder.redactor.redact(f"{one.reason}")
    if one.outcome is Outcome.FAIL:
        report.outcome = "failed"
        report.longrepr = f"{one.check.clause}: {_found(one, recorder)}"
        if not _fails(one, strict=strict):
            report.outcome = "skipped"
            report.wasxfail = f"SHOULD {one.check.clause}"
    elif one.outcome is Outcome.ERROR:
        report.outcome = "failed"
        report.longrepr = f"{one.check.id}: {reason}"
    else:
        report.outcome = "skipped"
        report.longrepr = (str(one.check.function.__module__), 0, f"{one.outcome}: {reason}")


def _found(one: Checked, recorder: Recorder) -> str:
    lines = []
    for finding in one.findings:
        problem = recorder.cleaned(one.check.clause, finding.problem)
        lines.append(recorder.redactor.redact(str(finding.answer)))
        lines.append(f"  {problem.message}: expected {problem.expected}, got {problem.actual}")
    return "\n".join(lines)
