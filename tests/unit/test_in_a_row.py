"""Rows that are asked alone go out last, in their order, and what begins several goes out once."""

from __future__ import annotations

import threading
from typing import Any

from neptun_conformance.engine.asking.scheduler import FAR
from neptun_conformance.exchange import Request
from neptun_conformance.judge.answer import Answer, Replies, Unasked
from neptun_conformance.questions.callers import anonymous, owner, stranger, with_expired_session
from neptun_conformance.questions.conditions import IF_CHANGED
from neptun_conformance.questions.situations import Asked, Sequence
from tests.unit.scripted import NOISY, PLAIN, asker_of

HEAD = PLAIN.by("HEAD")
AFTER = anonymous.asks(owner.full).with_query("after=1")
ROW = Sequence((HEAD, AFTER, NOISY.again(1)), alone=True)
CHANGED = Sequence((PLAIN.again(1), PLAIN.with_headers(IF_CHANGED), AFTER), alone=True)


def sent_for(*asked: Sequence, **changes: Any) -> tuple[list[str], dict[Asked, Replies]]:
    """Return methods and queries that were sent last, and what came of each."""
    scheduler, client = asker_of(**changes)
    scheduler.reach()
    scheduler.ask([PLAIN, AFTER, NOISY, anonymous.asks(owner.full)])
    before = len(client.sent)
    came = scheduler.ask([*asked, stranger.asks(stranger.full).again(2)])
    sent = [f"{r.method} {r.target.partition('?')[2]}".strip() for r in client.sent[before:]]
    return sent, came


def test_a_row_goes_out_behind_all_else_and_what_begins_it_is_not_sent_again() -> None:
    sent, came = sent_for(ROW.until(1), ROW, ROW.until(2))
    assert sent == ["GET", "HEAD", "GET after=1", "GET a=1"]
    first, second, whole = (came[one] for one in (ROW.until(1), ROW.until(2), ROW))
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert isinstance(whole, Answer)
    assert (first.resolved.question, first.steps) == (HEAD, ())
    assert (second.resolved.question, second.steps) == (AFTER, (first,))
    assert (whole.status, [step.status for step in whole.steps]) == (200, [200, 401])


def test_what_is_asked_for_without_the_rest_is_sent_by_itself() -> None:
    sent, came = sent_for(ROW.until(2))
    assert sent == ["GET", "HEAD", "GET after=1"]
    assert isinstance(came[ROW.until(2)], Answer)


def test_a_step_that_makes_no_sense_for_the_target_is_left_out() -> None:
    sent, came = sent_for(CHANGED, CHANGED.until(2))
    assert sent == ["GET", "GET", "GET after=1"]
    whole, part = came[CHANGED], came[CHANGED.until(2)]
    assert isinstance(whole, Answer)
    assert [step.resolved.question for step in whole.steps] == [PLAIN.again(1)]
    assert isinstance(part, Unasked)
    reason = "the answer has no etag to come back with"
    assert (part.asked, part.reason, part.applicable) == (CHANGED.until(2), reason, False)


def test_what_the_target_lacks_leaves_the_whole_row_unasked() -> None:
    row = Sequence((with_expired_session.asks(owner.full), AFTER, PLAIN.again(1)), alone=True)
    sent, came = sent_for(row, row.until(1), expired_session=None)
    assert sent == ["GET"]
    assert {type(came[one]) for one in (row, row.until(1))} == {Unasked}


def test_a_row_among_others_is_sent_as_it_is() -> None:
    among = Sequence((HEAD, AFTER))
    assert not ROW.goes_on_from(ROW)
    assert not among.goes_on_from(ROW)
    sent, _ = sent_for(ROW, among)
    assert sent == ["HEAD", "GET after=1", "GET", "HEAD", "GET after=1", "GET a=1"]


def test_rows_go_side_by_side_to_a_target_that_is_far_away() -> None:
    both = threading.Barrier(2, timeout=5)

    def meeting(request: Request, _: int) -> None:
        if request.method == "HEAD" or "other" in request.target:
            both.wait()

    scheduler, client = asker_of(meeting, at_once=2)
    client.seconds = 2 * FAR
    scheduler.reach()
    other = Sequence((NOISY.with_query("other=1"), PLAIN.again(1)), alone=True)
    came = scheduler.ask([ROW, other])
    assert [getattr(came[row], "status", None) for row in (ROW, other)] == [200, 200]
