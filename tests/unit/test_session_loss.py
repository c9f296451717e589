"""A session that ends in the run fails nothing; it is renewed where a command gives another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, cast

import pytest

from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge.answer import Answer, Unasked
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.situations import Burst, Sequence, Written
from neptun_conformance.targets import session
from neptun_conformance.targets.processes import Finished
from tests.unit.judge.said import JSON, files, refusal
from tests.unit.scripted import (
    NOBODY,
    NOISY,
    PLAIN,
    ScriptedClient,
    asked_for,
    asker_of,
    one,
    only_to,
)


def renewable(folder: Path) -> dict[str, Any]:
    """Return a session that is what the file ``session`` holds, and then the file ``next``."""
    code = (
        "from pathlib import Path; f = Path('session'); print(f.read_text());"
        "n = Path('next'); f.write_text(n.read_text() if n.exists() else f.read_text())"
    )
    (folder / "session").write_text("o", "utf-8")
    return {"command": f'{sys.executable} -c "{code}"'}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_session_that_is_refused_at_first_is_renewed(folder: Path) -> None:
    scheduler, client = asker_of(owner__session=renewable(folder))
    (folder / "next").write_text("new", "utf-8")
    client.sessions["owner"] = "new"
    scheduler.reach()
    assert scheduler.lost == []
    assert one(scheduler, NOISY).status == 200


def test_a_session_that_is_refused_when_renewed_is_lost(folder: Path) -> None:
    scheduler, client = asker_of(owner__session=renewable(folder))
    (folder / "next").write_text("other", "utf-8")
    client.sessions["owner"] = "new"
    scheduler.reach()
    assert scheduler.lost == ["owner"]
    unasked = scheduler.ask([NOISY])[NOISY]
    assert isinstance(unasked, Unasked)
    assert unasked.reason == "the session of the owner is not accepted"


def test_a_session_that_works_for_one_chat_is_not_lost(folder: Path) -> None:
    scheduler, client = asker_of(owner__session=renewable(folder))
    (folder / "next").write_text("new", "utf-8")
    empty = asked_for(owner.asks(owner.empty))

    def script(request: Request, _time: int) -> Response | None:
        fresh = "neptun-session=new" in dict(request.headers).values()
        works = fresh and request.target == empty
        return Response(200, (JSON,), files()) if works else None

    client.script = script
    client.sessions["owner"] = "another"
    scheduler.reach()
    assert scheduler.lost == []


def test_a_session_that_ends_in_the_run_is_renewed_and_what_it_missed_asked_again(
    folder: Path,
) -> None:
    scheduler, client = asker_of(owner__session=renewable(folder))
    scheduler.reach()
    (folder / "session").write_text("new", "utf-8")
    client.sessions["owner"] = "new"
    answer = one(scheduler, NOISY)
    assert (answer.status, answer.untested, scheduler.lost) == (200, None, [])
    assert answer in scheduler.answers


def test_what_was_asked_with_a_session_that_has_ended_is_set_aside() -> None:
    scheduler, client = asker_of(owner__empty_chat=None)
    scheduler.reach()
    del client.sessions["owner"]
    theirs = stranger.asks(stranger.full).with_query("a=1")
    burst = Burst((PLAIN, theirs))
    heard = scheduler.ask([theirs, burst])
    reason = "the session of the owner is no longer accepted"
    assert cast("Answer", heard[theirs]).untested is None
    assert [got.untested for got in cast("list[Answer]", heard[burst])] == [
        reason,
        None,
    ]
    assert scheduler.lost == ["owner"]
    assert "the owner's session ended in the run: let a command log in" in scheduler.notes[0]
    later = PLAIN.with_query("b=1")
    unasked = scheduler.ask([later])[later]
    assert isinstance(unasked, Unasked)
    assert unasked.reason == "the session of the owner is no longer accepted"


def test_a_401_to_anything_that_is_no_refusal_is_looked_into_before_the_session_is_renewed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheduler, _, _ = ending(monkeypatch, lasts=10)
    scheduler.reach()
    noisy = [PLAIN.with_query(f"a={number}") for number in range(9)]
    text = owner.asks(Written("abc"))
    heard = scheduler.ask([*noisy, text, PLAIN.again(7)])
    assert {str(cast("Answer", heard[question]).status) for question in [*noisy, text]} == {"200"}


def test_what_a_session_that_has_ended_got_is_kept_and_says_nothing() -> None:
    scheduler, client = asker_of(owner__empty_chat=None)
    scheduler.reach()
    del client.sessions["owner"]
    answer = one(scheduler, NOISY)
    assert answer.untested == "the session of the owner is no longer accepted"
    assert answer in scheduler.answers


def test_a_401_to_a_session_that_still_works_is_the_targets_doing() -> None:
    denied = Response(401, (JSON,), refusal(401))
    scheduler, _ = asker_of(only_to(asked_for(NOISY), denied))
    answer = one(scheduler, NOISY)
    assert (answer.status, answer.untested, scheduler.lost) == (401, None, [])


# Sessions that end again and again


class Ending:
    """Accepts each session of the owner for so many requests, or until something is asked.

    Arguments:
        client: whose requests it answers.
        lasts: for how many requests of the owner.
        ended_by: the target of the request that ends the owner's session.
        seconds: how long it lasts.
    """

    def __init__(
        self,
        client: ScriptedClient,
        *,
        lasts: float = float("inf"),
        ended_by: str = "",
        seconds: float = float("inf"),
    ) -> None:
        self.issued = 0
        self.used = self.began = 0.0
        self._seconds = seconds
        self._client = client
        self._lasts = lasts
        self._ended_by = ended_by

    def issue(self, *_: object, **__: object) -> Finished:
        """Give out another session, the only one that is accepted."""
        self.issued += 1
        self.used, self.began = 0, self._client.clock
        self._client.sessions["owner"] = f"o{self.issued}"
        return Finished(0, f"o{self.issued}".encode(), b"")

    def __call__(self, request: Request, _time: int) -> None:
        if f"neptun-session=o{self.issued}" in dict(request.headers).values():
            self.used += 1
        is_old = self._client.clock - self.began > self._seconds
        if self.used > self._lasts or is_old or request.target == self._ended_by:
            self._client.sessions["owner"] = "none"


def ending(monkeypatch: pytest.MonkeyPatch, **how: Any) -> tuple[Scheduler, ScriptedClient, Ending]:
    """Return a scheduler whose owner's session comes from a command and ends as is said."""
    scheduler, client = asker_of(owner__session={"command": "x"})
    server = client.script = Ending(client, **how)
    monkeypatch.setattr(session, "run", server.issue)
    return scheduler, client, server


def test_a_session_that_lasts_for_some_requests_is_renewed_as_often_as_need_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheduler, _, server = ending(monkeypatch, lasts=10)
    scheduler.reach()
    questions = [PLAIN.with_query(f"a={number}") for number in range(30)]
    heard = scheduler.ask(questions)
    assert {cast("Answer", heard[question]).status for question in questions} == {200}
    assert (scheduler.lost, server.issued > 3) == ([], True)


def test_a_session_that_is_good_for_one_request_fails_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheduler, _, _ = ending(monkeypatch, lasts=1)
    scheduler.reach()
    scheduler.ask([NOISY, NOBODY.then(PLAIN)])
    refused = [a for a in scheduler.answers if a.status == 401 and not a.untested]
    assert [a for a in refused if a.resolved.question.caller.account] == []
    assert scheduler.lost == ["owner"]
    assert "is accepted for a request or two only" in " ".join(scheduler.notes)


def test_what_ends_a_renewed_session_three_times_of_three_is_a_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheduler, _, _ = ending(monkeypatch, ended_by=asked_for(NOBODY.with_query("b=1")))
    scheduler.reach()
    ends = NOBODY.with_query("b=1").then(PLAIN.again(1))
    heard = scheduler.ask([ends, NOISY])
    answer = cast("Answer", heard[ends])
    assert (answer.status, answer.untested) == (401, None)
    assert [step.status for step in answer.steps] == [401]
    assert (cast("Answer", heard[NOISY]).status, scheduler.lost) == (200, [])


def test_what_takes_longer_than_a_session_lasts_by_itself_is_no_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheduler, client, _ = ending(monkeypatch, seconds=1.5)
    scheduler.reach()
    client.seconds = 0.4
    slow = Sequence((*(NOBODY.again(turn) for turn in range(5)), PLAIN.again(1)))
    answer = cast("Answer", scheduler.ask([slow])[slow])
    assert (answer.status, answer.untested) == (
        401,
        "the session of the owner is no longer accepted",
    )
    assert scheduler.lost == []


def test_a_session_that_ends_between_the_first_two_questions_fails_nothing() -> None:
    scheduler, client = asker_of()
    empty = asked_for(owner.asks(owner.empty))

    def script(request: Request, _time: int) -> None:
        if request.target == empty:
            client.sessions["owner"] = "none"

    client.script = script
    scheduler.reach()
    answers = [a for a in scheduler.answers if a.resolved.question == owner.asks(owner.empty)]
    assert {answer.untested for answer in answers} == {
        "the session of the owner is no longer accepted"
    }
    assert scheduler.lost == ["owner"]
