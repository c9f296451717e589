"""What fails or is refused is somebody's doing, and only the target's doing is held against it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from neptun_conformance.client import Client
from neptun_conformance.engine.scheduler import Scheduler, Unreachable
from neptun_conformance.exchange import Exchange, Failure, FailureKind, Request, Response
from neptun_conformance.judge.answer import Answer, Unasked
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import (
    Burst,
    Question,
    UnknownChat,
    UnknownUser,
    Written,
)
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.server.data import target_for
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper
from tests.unit.judge.said import JSON, files, refusal

NOBODY = anonymous.asks(UnknownChat(), under=UnknownUser())
PLAIN = owner.asks(owner.full)
NOISY = PLAIN.with_query("a=1")
DROPPED = Failure(FailureKind.DROPPED, "dropped")
LATE = Failure(FailureKind.DEADLINE, "too late")
SPENT = Failure(FailureKind.BUDGET, "no more requests")

Script = Callable[[Request, int], Response | Failure | None]


class ScriptedClient:
    """Gives what a script says to a request and how often it came; else what is right."""

    concurrency = 2

    def __init__(self, script: Script) -> None:
        self.script = script
        self.sessions = {"owner": "o", "stranger": "s"}
        self.sent: list[Request] = []
        self.is_closed = False
        self.clock = 0.0
        self._times: Counter[Request] = Counter()

    def elapsed(self) -> float:
        return self.clock

    def pause(self, seconds: float) -> bool:
        self.clock += seconds
        return True

    def exchange(self, request: Request, **_: Any) -> Exchange:
        self.sent.append(request)
        self._times[request] += 1
        outcome = self.script(request, self._times[request])
        return Exchange(request, outcome or self._right(request))

    def close(self) -> None:
        self.is_closed = True

    def _right(self, request: Request) -> Response:
        cookie = dict(request.headers).get("Cookie", "").partition("=")[2]
        if cookie not in self.sessions.values():
            return Response(401, (JSON,), refusal(401))
        return Response(200, (JSON,), files())


def right(_request: Request, _time: int) -> None:
    """Leave every request to be answered right."""


def target(**changes: Any) -> Target:
    """Return the usual target, with short sessions, and with parts of it changed."""
    data: dict[str, Any] = target_for("http://127.0.0.1:1")
    for role, session in (("owner", "o"), ("stranger", "s")):
        data[role] = {**data[role], "session": session}
    for path, value in changes.items():
        *outer, name = path.split("__")
        holder = data
        for step in outer:
            holder = holder[step]
        holder[name] = value
        if value is None:
            del holder[name]
    return Target.model_validate(data)


def asker_of(script: Script = right, **changes: Any) -> tuple[Scheduler, ScriptedClient]:
    client, found = ScriptedClient(script), target(**changes)
    people = Participants.of(found, SessionKeeper(found))
    return Scheduler(cast("Client", client), people, concurrency=1), client


def asked_for(question: Question) -> str:
    """Return the path that a question asks for."""
    scheduler, client = asker_of()
    scheduler.replay(question, times=1)
    return client.sent[-1].target


def only_to(path: str, *outcomes: Response | Failure | None) -> Script:
    """Give these outcomes to one path, in turn, the last one again and again."""

    def script(request: Request, time: int) -> Response | Failure | None:
        return outcomes[min(time, len(outcomes)) - 1] if request.target == path else None

    return script


def one(scheduler: Scheduler, question: Question) -> Answer:
    got = scheduler.ask([question])[question]
    assert isinstance(got, Answer)
    return got


# Failures


def test_what_fails_once_is_repeated_and_noted() -> None:
    scheduler, _ = asker_of(only_to(asked_for(NOISY), DROPPED, None))
    answer = one(scheduler, NOISY)
    assert (answer.status, answer.exchange.first_failure) == (200, DROPPED)


def test_what_fails_twice_is_the_doing_of_a_target_that_answers_others() -> None:
    scheduler, _ = asker_of(only_to(asked_for(NOISY), DROPPED, LATE))
    answer = one(scheduler, NOISY)
    assert (answer.failure, answer.exchange.first_failure, answer.untested) == (LATE, DROPPED, None)


@pytest.mark.parametrize("outcomes", [(SPENT,), (DROPPED, SPENT)])
def test_what_the_run_itself_ended_is_nobodys_doing(outcomes: tuple[Failure, ...]) -> None:
    scheduler, _ = asker_of(only_to(asked_for(NOISY), *outcomes))
    answer = one(scheduler, NOISY)
    assert (answer.failure, answer.untested) == (SPENT, "no more requests")


def test_a_target_that_answers_nothing_else_is_gone_and_is_left_alone() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    client.script = lambda *_: DROPPED
    questions = [PLAIN.with_query(f"a={number}") for number in range(5)]
    heard = scheduler.ask(questions)
    reason = (
        "the target stopped answering after 5 answers (4 of 200, 1 of 401); "
        f"the last: {PLAIN}, status 200"
    )
    first, *rest = (heard[q] for q in questions)
    assert cast("Answer", first).untested == reason
    assert {cast("Unasked", got).reason for got in rest} == {reason}
    assert client.clock == pytest.approx(10.0, abs=1.0)


def test_where_the_plain_question_fails_an_anonymous_one_tells_whether_the_target_lives() -> None:
    scheduler, client = asker_of(only_to(asked_for(PLAIN), DROPPED))
    assert one(scheduler, PLAIN).untested is None
    assert client.sent[-1].target == asked_for(NOBODY)


def test_inputs_of_a_kind_that_hangs_are_waited_for_once() -> None:
    first, second = (
        Question(caller=q.caller, user=q.user, chat=q.chat, query=q.query, kind="slow")
        for q in (PLAIN.with_query("a=1"), PLAIN.with_query("a=2"))
    )
    scheduler, _ = asker_of(only_to(asked_for(PLAIN.with_query("a=1")), LATE))
    assert one(scheduler, first).failure == LATE
    unasked = scheduler.ask([second])[second]
    assert isinstance(unasked, Unasked)
    assert unasked.reason.startswith("inputs of this kind get no answer in time")


def test_nothing_goes_out_after_an_interrupt() -> None:
    def interrupted(_request: Request, _time: int) -> None:
        raise KeyboardInterrupt

    scheduler, client = asker_of(interrupted)
    with pytest.raises(KeyboardInterrupt):
        scheduler.ask([PLAIN])
    assert client.is_closed


# Who is there


def test_without_a_server_nothing_is_reached() -> None:
    scheduler, _ = asker_of(lambda *_: DROPPED)
    with pytest.raises(Unreachable, match=r"^dropped$"):
        scheduler.reach()


def test_without_an_owner_an_anonymous_question_reaches_the_target() -> None:
    scheduler, _ = asker_of(owner=None)
    scheduler.reach()
    assert scheduler.lost == []
    assert scheduler.replay(PLAIN, times=2) == []


# Sessions


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
    heard = scheduler.ask([NOISY, theirs, burst])
    reason = "the session of the owner is no longer accepted"
    assert cast("Answer", heard[NOISY]).untested == reason
    assert cast("Answer", heard[theirs]).untested is None
    assert [got.untested for got in cast("list[Answer]", heard[burst])] == [
        reason,
        None,
    ]
    assert scheduler.lost == ["owner"]
    later = PLAIN.with_query("b=1")
    unasked = scheduler.ask([later])[later]
    assert isinstance(unasked, Unasked)
    assert unasked.reason == "the session of the owner is no longer accepted"


def test_a_401_to_a_session_that_still_works_is_the_targets_doing() -> None:
    denied = Response(401, (JSON,), refusal(401))
    scheduler, _ = asker_of(only_to(asked_for(NOISY), denied))
    answer = one(scheduler, NOISY)
    assert (answer.status, answer.untested, scheduler.lost) == (401, None, [])


# What is learned for others


def test_a_page_for_no_chat_is_known() -> None:
    page = Response(404, (("Content-Type", "text/html"),), b"<p>Nothing here")
    odd, unknown = owner.asks(Written("x"), under=owner), owner.asks(UnknownChat())
    scheduler, _ = asker_of(only_to(asked_for(odd), page))
    scheduler.ask([odd, unknown, PLAIN])
    assert page.body in scheduler.facts.pages
    assert scheduler.facts.pages == {page.body, files()}


def test_the_members_of_every_plain_reading_are_known() -> None:
    more = Response(200, (JSON,), b'{"chatFiles": [], "more": 1}')
    scheduler, _ = asker_of(only_to(asked_for(PLAIN), None, more))
    scheduler.ask([PLAIN, PLAIN.again(1), NOISY])
    assert scheduler.facts.names[owner.full] == {
        frozenset(["chatFiles"]),
        frozenset(["chatFiles", "more"]),
    }
