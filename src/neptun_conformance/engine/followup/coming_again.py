"""Whether wrong answers come again: what shows now and then is no single input's doing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from neptun_conformance.causes.symptoms import Repeated
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.check import Checked
from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge.answer import Answer

MOST = 12
"""Requests that are repeated in a run."""
CONNECTIONS = (False, False, True)
"""For each repeat, whether it goes over a new connection: what opens one may be answered otherwise
than what follows somebody who may read."""
_SAFE = {"GET", "HEAD", "OPTIONS"}
_Sort = tuple[int, str | None] | None


def come_again(checked: Iterable[Checked], scheduler: Scheduler) -> dict[Request, Repeated]:
    """Send again what was answered wrongly, as far as the budget goes.

    Before each, somebody reads a chat of their own, as what follows on that connection may be taken
    for theirs. Of each check one request is repeated, of some checks more. What follows other
    requests, or was sent at the same moment as others, is not: alone it may well be answered
    rightly.

    Returns:
        of each request, what came of its repeats.
    """
    found: dict[Request, Repeated] = {}
    served = _served(scheduler.answers)
    for answer in _in_turn(checked):
        request = answer.exchange.request
        if request in found:
            continue
        if len(found) == MOST or not scheduler.budget.take(len(CONNECTIONS) + len(served)):
            break
        for one in served:
            scheduler.response_to(one, fresh=True)
        repeats = [scheduler.response_to(request, fresh=fresh) for fresh in CONNECTIONS]
        if None not in repeats:
            *used, new = map(_sort, repeats)
            found[request] = _came(_sort(answer.response), new, *used)
    return found


def _served(answers: Iterable[Answer]) -> list[Request]:
    """Return a plain request by which somebody reads a chat of their own, if there is one."""
    plain = (a for a in answers if a.accepted and a.resolved.readable and not a.resolved.plain)
    return [answer.exchange.request for answer in plain][:1]


def _came(wrong: _Sort, new: _Sort, *used: _Sort) -> Repeated:
    """Return what repeats over a new connection and over used ones came to."""
    if new == wrong:
        return Repeated.EACH_TIME if {*used} == {wrong} else Repeated.NOW_AND_THEN
    return Repeated.NOT_AGAIN if new in used else Repeated.BY_CONNECTION


def _in_turn(checked: Iterable[Checked]) -> Iterator[Answer]:
    """Yield the wrong answers: the first of each check, then the second, and so on."""
    wrong = [[*filter(_is_repeatable, (f.answer for f in one.findings))] for one in checked]
    for turn in range(max(map(len, wrong), default=0)):
        yield from (answers[turn] for answers in wrong if turn < len(answers))


def _is_repeatable(answer: Answer) -> bool:
    exchange = answer.exchange
    alone = not answer.steps and not exchange.at_once
    return alone and answer.response is not None and exchange.request.method in _SAFE


def _sort(response: Response | None) -> _Sort:
    return None if response is None else (response.status, response.header("Content-Type"))
