"""Makes one check: whether the run may, what it is handed, what it says, and whether that lasts."""

from __future__ import annotations

from collections.abc import Mapping

from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.arguments import argument_for
from neptun_conformance.engine.checks.check import Check, Checked, Policy, checked, skip_reason
from neptun_conformance.engine.followup.refining import confirmed
from neptun_conformance.judge.answer import Replies
from neptun_conformance.questions.situations import Asked


def make(
    check: Check, replies: Mapping[Asked, Replies], scheduler: Scheduler, policy: Policy
) -> Checked:
    """Make a check whose questions were asked, and confirm what may have come by chance.

    Arguments:
        check: the check, with its questions where they are drawn.
        replies: what came of each question.
        scheduler: has every answer of the run, and asks again.
        policy: what the run may ask.
    """

    def call() -> None:
        check.function(argument_for(check, replies, scheduler.simplest_first, policy))

    return skip_reason(check, policy) or confirmed(checked(check, call), scheduler)
