"""The checks of a run, from the first request to the result; its faces only show what happens.

The command makes all checks in a loop (``execute``). Under pytest each check is a test, so the
plugin takes the same steps one by one.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterable
from typing import Any

from neptun_conformance.engine import both_versions, interrupts
from neptun_conformance.engine.asking.scheduler import Unreachable
from neptun_conformance.engine.checks.check import Check, Checked, checked, outcome_of
from neptun_conformance.engine.concluding import INTERRUPTED, conclude, crashed, unreachable
from neptun_conformance.engine.run import Run
from neptun_conformance.reports.delivery import deliver
from neptun_conformance.results.result import Result
from neptun_conformance.results.verdict import Judged
from neptun_conformance.settings import BOTH, SettingError
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.load import Loaded


class Refused(Exception):
    """The target or a setting cannot be used: nothing is judged then, and nothing reported."""


class Execution:
    """The checks of one run.

    Arguments:
        run: the run, not yet open.
        checks: the checks to make, in their order.
        partial: not all clauses were selected.
        faults: where to note what fails in the suite itself, one line each.
    """

    def __init__(
        self,
        run: Run,
        checks: Iterable[Check],
        *,
        partial: bool = False,
        faults: list[str] | None = None,
    ) -> None:
        """Make ready; nothing is opened or sent yet."""
        self.run = run
        self.partial = partial
        self.faults: list[str] = [] if faults is None else faults
        # Generated checks may ask more, so those about the whole run come after them.
        self.checks = sorted(checks, key=lambda check: not check.asks)
        self._complete: dict[str, Check] = {}
        self._made: dict[str, Checked] = {}
        self._stopped: Judged | None = None

    @property
    def made(self) -> list[Checked]:
        """What became of the checks so far."""
        return list(self._made.values())

    def begin(self) -> None:
        """Open the run, and ask everything that its checks need.

        Raises:
            Refused: the target or a setting cannot be used.
            Unreachable: there is no server at the target.
            TargetError: the target's own means fail, such as a command that gives no session.
        """
        try:
            self.run.open()
        except (TargetError, SettingError) as problem:
            raise Refused(" ".join(str(problem).split())) from None
        self._complete = {check.id: check for check in self.run.ask(self.checks)}

    def argument_for(self, check: Check) -> Any:
        """Return the argument of a check; raises as ``Run.argument_for`` does."""
        return self.run.argument_for(self._complete.get(check.id, check))

    def make(self, check: Check) -> Checked:
        """Make a check, and keep what became of it."""
        return self._keep(self._outcome(self._complete.get(check.id, check)))

    def _outcome(self, check: Check) -> Checked:
        return checked(check, lambda: check.function(self.run.argument_for(check)))

    def note(self, check: Check, raised: BaseException | None) -> Checked:
        """Keep what became of a check that was made elsewhere.

        Arguments:
            check: the check.
            raised: what it raised, None where it passed.
        """
        return self._keep(outcome_of(self._complete.get(check.id, check), raised))

    def _keep(self, became: Checked) -> Checked:
        refined = self.run.refined(became)
        return self._made.setdefault(refined.check.id, refined)

    def make_the_rest(self) -> None:
        """Make the checks that are left of what has come; nothing more is sent."""
        for check in self.run.break_off(INTERRUPTED.reason):
            if check.id not in self._made:
                self._made[check.id] = self._outcome(check)

    def stopped_by(self, error: BaseException, *, by_hand: bool = False) -> None:
        """Note why the run does not come to its end; the first reason counts.

        Arguments:
            error: what ended it.
            by_hand: somebody ended it on purpose.
        """
        if self._stopped is not None:
            return
        if isinstance(error, Unreachable):
            self._stopped = unreachable(error)
        elif by_hand or isinstance(error, KeyboardInterrupt):
            self._stopped = INTERRUPTED
        else:
            self._stopped = crashed(error)
            if not isinstance(error, TargetError):
                self.faults.append(self._told(error))

    def _told(self, fault: BaseException) -> str:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        line = f"{type(fault).__name__}: {fault} ({place.filename}:{place.lineno})"
        return self.run.redactor().redact(" ".join(line.split()))

    def end(self) -> Result:
        """Make the result, and deliver every report that was asked for."""
        return deliver(self.conclude(), self.run.settings)

    def conclude(self) -> Result:
        """Make the result."""
        if self._stopped is None and len(self._made) < len(self.checks):
            self._stopped = INTERRUPTED
        return conclude(self.run, self.made, partial=self.partial, stopped=self._stopped)


def execute(execution: Execution) -> Result:
    """Make all checks of an execution, and return its result, whatever the target does.

    Raises:
        Refused: the target or a setting cannot be used; nothing is reported.
    """
    settings = execution.run.settings
    with interrupts.held():
        made = _over_both(execution) if settings.http == BOTH else _made(execution)
        return deliver(made, settings)


def _over_both(execution: Execution) -> Result:
    """Make all checks over HTTP/1.1, and over HTTP/2 those that may differ there."""
    run, settings = execution.run, execution.run.settings

    def opened(loaded: Loaded) -> None:
        both_versions.refuse_target(loaded, settings)
        run.opened(loaded)

    over_1 = Run(both_versions.over_http_1(settings), progress=run.progress, opened=opened)
    first = _made(_alike(execution, over_1, execution.checks))
    if not both_versions.goes_on(first):
        return first
    over_2 = Run(both_versions.over_http_2(settings, first.requests), progress=run.progress)
    second = _made(_alike(execution, over_2, both_versions.may_differ(execution.checks)))
    return both_versions.together(first, second, settings, partial=execution.partial)


def _alike(execution: Execution, run: Run, checks: Iterable[Check]) -> Execution:
    """Return an execution of these checks in a run, in the same way as another one."""
    return Execution(run, checks, partial=execution.partial, faults=execution.faults)


def _made(execution: Execution) -> Result:
    with execution.run:
        try:
            with interrupts.let_in():
                execution.begin()
                for check in execution.checks:
                    execution.make(check)
        except Refused:
            raise
        except KeyboardInterrupt as error:
            execution.stopped_by(error)
            # Another one ends this, too.
            with contextlib.suppress(KeyboardInterrupt), interrupts.let_in():
                execution.make_the_rest()
        except Exception as error:  # noqa: BLE001 - it ends in the report
            execution.stopped_by(error)
        return execution.conclude()
