"""A client that answers by a script, and a scheduler that asks through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, cast

from neptun_conformance.client import Client
from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.exchange import Exchange, Failure, FailureKind, Request, Response
from neptun_conformance.judge.answer import Answer
from neptun_conformance.questions.callers import anonymous, owner
from neptun_conformance.questions.situations import (
    Question,
    UnknownChat,
    UnknownUser,
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

    shares_connections = False

    concurrency = 2

    def __init__(self, script: Script) -> None:
        self.script = script
        self.sessions = {"owner": "o", "stranger": "s"}
        self.sent: list[Request] = []
        self.is_closed = False
        self.clock = 0.0
        self.seconds = 0.0
        self._times: Counter[Request] = Counter()

    def elapsed(self) -> float:
        return self.clock

    def pause(self, seconds: float) -> bool:
        self.clock += seconds
        return True

    def wait_out(self, seconds: float) -> None:
        self.clock += seconds

    def exchange(self, request: Request, **_: Any) -> Exchange:
        self.sent.append(request)
        self._times[request] += 1
        outcome = self.script(request, self._times[request])
        started = self.clock
        self.clock += self.seconds
        right = outcome or self._right(request)
        return Exchange(request, right, started=started, seconds=self.seconds)

    def why_unsendable(self, _: Request) -> None:
        return None

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
    return Target.of(data)


def asker_of(
    script: Script = right, *, limits: Limits | None = None, at_once: int = 1, **changes: Any
) -> tuple[Scheduler, ScriptedClient]:
    client, found = ScriptedClient(script), target(**changes)
    people = Participants.of(found, SessionKeeper(found))
    return Scheduler(cast("Client", client), people, concurrency=at_once, limits=limits), client


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
