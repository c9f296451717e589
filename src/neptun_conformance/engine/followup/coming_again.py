"""Whether wrong answers come again: what shows now and then is no single input's doing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.check import Checked
from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge.answer import Answer

MOST = 12
"""Requests that are repeated in a run."""
CONNECTIONS = (True, False, False)
"""For each repeat, whether it goes over a new connection: what opens one may be answered otherwise
than what follows."""
_SAFE = {"GET", "HEAD", "OPTIONS"}


def come_again(checked: Iterable[Checked], scheduler: Scheduler) -> dict[Request, bool]:
    """Send again what was answered wrongly, as far as the budget goes.

    Of each check one request is repeated, of some checks more. What follows other requests, or was
    sent at the same moment as others, is not: alone it may well be answered rightly.

    Returns:
        of each request, whether every repeat got the same sort of answer.
    """
    found: dict[Request, bool] = {}
    for answer in _in_turn(checked):
        request = answer.exchange.request
        if request in found:
            continue
        if len(found) == MOST or not scheduler.budget.take(len(CONNECTIONS)):
            break
        repeats = [scheduler.response_to(request, fresh=fresh) for fresh in CONNECTIONS]
        if None not in repeats:
            found[request] = {_sort(got) for got in repeats if got} == {_sort(answer.response)}
    return found


def _in_turn(checked: Iterable[Checked]) -> Iterator[Answer]:
    """Yield the wrong answers: the first of each check, then the second, and so on."""
    wrong = [[*filter(_is_repeatable, (f.answer for f in one.findings))] for one in checked]
    for turn in range(max(map(len, wrong), default=0)):
        yield from (answers[turn] for answers in wrong if turn < len(answers))


def _is_repeatable(answer: Answer) -> bool:
    exchange = answer.exchange
    alone = not answer.steps and not exchange.at_once
    return alone and answer.response is not None and exchange.request.method in _SAFE


def _sort(response: Response | None) -> tuple[int, str | None] | None:
    return None if response is None else (response.status, response.header("Content-Type"))
