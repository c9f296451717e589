"""The contract checks of one pytest session: each is a test, and the engine does the work."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.contract.level import Level
from neptun_conformance.engine.asking.scheduler import Unreachable
from neptun_conformance.engine.checks.check import Check, Checked
from neptun_conformance.engine.checks.selection import selected, unknown_patterns
from neptun_conformance.engine.execution import Execution, Refused
from neptun_conformance.engine.run import Run
from neptun_conformance.results.result import Outcome, Result
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import Settings
from neptun_conformance.targets.errors import TargetError

if TYPE_CHECKING:
    from neptun_conformance.engine.records.recording import Recorder


class InternalError(Exception):
    """The suite itself failed; the message is the traceback, without variables and secrets."""


class ContractSession:
    """The contract checks of one pytest session, from collection to exit status.

    Arguments:
        config: pytest's own.
        settings: the settings of the run.
        contract: the tests that are contract checks.
        deselected: pytest left some of them out.
    """

    def __init__(
        self,
        config: pytest.Config,
        settings: Settings,
        contract: list[pytest.Item],
        *,
        deselected: bool,
    ) -> None:
        """Make ready to run; nothing is opened yet.

        Raises:
            pytest.UsageError: ``--only`` means no clause.
        """
        unknown = unknown_patterns(settings.only)
        if unknown:
            raise pytest.UsageError(f"--only: no clause is named {unknown[0]}")
        self.chosen = [
            item
            for item in contract
            if not settings.only or selected(check_of(item).clause, settings.only)
        ]
        self.result: Result | None = None
        self._config = config
        self._strict = settings.strict
        self._refused = False
        self._execution = Execution(
            Run(settings),
            (check_of(item) for item in self.chosen),
            partial=bool(settings.only) or deselected,
        )

    @property
    def run(self) -> Run:
        """The run; a context manager."""
        return self._execution.run

    def left_out(self) -> None:
        """Note that pytest left contract checks out: the verdict is then at best partial."""
        self._execution.partial = True

    def begin(self, session: pytest.Session) -> None:
        """Open the run and ask everything, or say why that cannot be.

        Raises:
            pytest.UsageError: the target or a setting cannot be used.
            pytest.Session.Interrupted: nobody answers at the target, or it gives no session.
        """
        try:
            self._execution.begin()
        except Refused as problem:
            raise pytest.UsageError(str(problem)) from None
        except (Unreachable, TargetError) as reason:
            self._execution.stopped_by(reason)
            raise session.Interrupted(str(reason)) from None

    def argument_for(self, check: Check) -> Any:
        """Return the argument of a check, once it is known that the run may make it."""
        return self._execution.argument_for(check)

    def stopped_by(self, error: BaseException) -> None:
        """Note why a run did not come to its end."""
        self._refused = self._refused or isinstance(error, pytest.UsageError)
        by_hand = isinstance(error, pytest.exit.Exception | pytest.Session.Failed)
        self._execution.stopped_by(error, by_hand=by_hand)

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
        if raised is None and report.when != "call":
            return
        became = self._execution.note(check_of(item), raised)
        if became.outcome is not Outcome.PASS:
            _translate(became, report, strict=self._strict, recorder=self.run.recorder())

    def end(self) -> None:
        """Make the result, and deliver every report that was asked for; none of a refused run."""
        if not self._refused:
            self.result = self._execution.end()

    def broken(self, fault: Exception) -> InternalError:
        """Return what to raise in place of a fault of the suite itself."""
        return InternalError(self.run.redactor().redact("".join(traceback.format_exception(fault))))

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
        own = sum(1 for one in self._execution.made if _fails(one, strict=self._strict))
        return session is not None and session.testsfailed > own


def check_of(item: pytest.Item) -> Check:
    """Return the check that a test stands for."""
    check: Check = item.callspec.params["neptun_check"]  # type: ignore[attr-defined]
    return check


def _fails(one: Checked, *, strict: bool) -> bool:
    from neptun_conformance.contract import clauses

    binding = strict or clauses()[one.check.clause].level is Level.MUST
    return one.outcome is Outcome.ERROR or (one.outcome is Outcome.FAIL and binding)


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
