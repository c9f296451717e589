"""The checks of a run, from the first request to the result; its faces only show what happens.

The command makes all checks in a loop (``execute``). Under pytest each check is a test, so the
plugin takes the same steps one by one.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from typing import Any

from neptun_conformance.engine import interrupts
from neptun_conformance.engine.check import Check, Checked, checked, outcome_of
from neptun_conformance.engine.concluding import INTERRUPTED, conclude, crashed, unreachable
from neptun_conformance.engine.run import Run
from neptun_conformance.engine.scheduler import Unreachable
from neptun_conformance.reports.delivery import deliver
from neptun_conformance.results.result import Result
from neptun_conformance.results.verdict import Judged
from neptun_conformance.settings import SettingError
from neptun_conformance.targets.errors import TargetError


class Refused(Exception):
    """The target or a setting cannot be used: nothing is judged then, and nothing reported."""


class Execution:
    """The checks of one run.

    Arguments:
        run: the run, not yet open.
        checks: the checks to make, in their order.
        partial: not all clauses were selected.
    """

    def __init__(self, run: Run, checks: Iterable[Check], *, partial: bool = False) -> None:
        """Make ready; nothing is opened or sent yet."""
        self.run = run
        self.partial = partial
        self.fault: str | None = None
        """One line on what failed in the suite itself, and where."""
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
        complete = self._complete.get(check.id, check)
        return self._keep(checked(complete, lambda: check.function(self.argument_for(check))))

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
                self.fault = self._told(error)

    def _told(self, fault: BaseException) -> str:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        line = f"{type(fault).__name__}: {fault} ({place.filename}:{place.lineno})"
        return self.run.redactor().redact(" ".join(line.split()))

    def end(self) -> Result:
        """Make the result, and deliver every report that was asked for."""
        if self._stopped is None and len(self._made) < len(self.checks):
            self._stopped = INTERRUPTED
        result = conclude(self.run, self.made, partial=self.partial, stopped=self._stopped)
        return deliver(result, self.run.settings)


def execute(execution: Execution) -> Result:
    """Make all checks of an execution, and return its result, whatever the target does.

    Raises:
        Refused: the target or a setting cannot be used; nothing is reported.
    """
    with interrupts.held(), execution.run:
        try:
            with interrupts.let_in():
                execution.begin()
                for check in execution.checks:
                    execution.make(check)
        except Refused:
            raise
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - it ends in the report
            execution.stopped_by(error)
        return execution.end()
