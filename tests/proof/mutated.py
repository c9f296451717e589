"""The reference server with one kind of answer replaced, and what the suite says of it.

The real checks, asker and client, in process. Only the plain questions are asked, those whose
situation needs no more words than the oracle knows.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import unquote

from neptun_conformance.client import Client, Settings
from neptun_conformance.contract.endpoint import COOKIE
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.arguments import SELECTIONS, argument_for
from neptun_conformance.engine.checks.check import Check, Checked, Policy, checked, questions_of
from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.judge.answer import Answer, Replies
from neptun_conformance.judge.likeness import MISSING_CHATS
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import (
    Asked,
    Burst,
    ChatOf,
    Question,
    Route,
    UnknownUser,
    questions_in,
)
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.results.result import Outcome
from neptun_conformance.server.data import ALICE, BOB, target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.wire import Sent, ask
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper
from tests.proof.oracle.words import Chat, Told

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

BASE_URL = "http://127.0.0.1:1"
TARGET = target_for(BASE_URL)
TURNS = 3
POLICY = Policy()
PEOPLE = {"owner": ALICE, "stranger": BOB}


@dataclass(frozen=True, slots=True)
class Scene:
    """Who asks for which chat under whose id, in the oracle's words."""

    who: str
    user: str
    chat: Chat
    origin: str | None = None


def _chats() -> dict[str, Chat]:
    found = {}
    for name, person in PEOPLE.items():
        files = tuple(TARGET[name]["chat_with_files"]["files"])
        found[str(person.chat_with_files.id)] = Chat(name, person.chat_with_files.id, files)
        found[str(person.empty_chat.id)] = Chat(name, person.empty_chat.id)
    return found


CHATS = _chats()
USERS = {person.id: name for name, person in PEOPLE.items()}
SESSIONS = {person.session.value: name for name, person in PEOPLE.items()}


def _who(cookies: str) -> str:
    """Return whose session is among cookies."""
    shown = (cookie.strip().partition("=") for cookie in cookies.split(";"))
    names = (SESSIONS.get(value) for name, _, value in shown if name == COOKIE)
    return next(filter(None, names), "anonymous")


def scene_of(path: str, headers: Mapping[str, str]) -> Scene:
    """Say in words what a request asks for; header names are in lower case."""
    _, _, _, user, _, number, _ = path.split("/")
    return Scene(
        who=_who(headers.get("cookie", "")),
        user=USERS.get(unquote(user), "nobody"),
        chat=CHATS.get(number) or Chat(None, int(number)),
        origin=headers.get("origin"),
    )


READING = "the owner's reading of the chat with files"
KINDS: dict[str, Callable[[Scene | Told], bool]] = {
    READING: lambda s: s.who == s.user == s.chat.of == "owner" and bool(s.chat.files),
    "the owner's reading of the empty chat": lambda s: (
        s.who == s.user == s.chat.of == "owner" and not s.chat.files
    ),
    "every refusal of somebody without a session": lambda s: s.who == "anonymous",
    "every refusal of the stranger": lambda s: (
        s.who == "stranger" and not s.who == s.user == s.chat.of
    ),
    "the refusal of a foreign chat under the own id": lambda s: (
        s.who == s.user == "stranger" and s.chat.of == "owner"
    ),
    "every refusal of an unknown user": lambda s: s.user == "nobody" and s.who == "owner",
}


@dataclass(frozen=True, slots=True)
class Replacement:
    """Another answer to one kind of request, or None for the true one; each or every other time."""

    kind: str
    answer: Sent | None
    each_time: bool = True


@dataclass(slots=True)
class Mutated:
    """The reference server with a replacement, which notes what it was asked and answered."""

    replacement: Replacement | None = None
    reference: Reference = field(default_factory=Reference)
    told: list[Told] = field(default_factory=list)
    _turns: Iterator[int] = field(default_factory=count)

    def become(self, replacement: Replacement | None) -> None:
        """Replace something else from now on, and forget what was told."""
        self.replacement = replacement
        self.told = []
        self._turns = count()

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        scene = scene_of(scope["raw_path"].decode(), headers)
        sent = self._replaced(scene) or await ask(self.reference, scope)
        self.told.append(told(scene, sent))
        start = {"type": "http.response.start", "status": sent.status, "headers": sent.headers}
        await send(start)
        await send({"type": "http.response.body", "body": sent.body})

    def _replaced(self, scene: Scene) -> Sent | None:
        replacement = self.replacement
        if replacement is None or not KINDS[replacement.kind](scene):
            return None
        turn = next(self._turns)
        return replacement.answer if replacement.each_time or turn % 2 else None


def told(scene: Scene, sent: Sent) -> Told:
    """Return an answer as the oracle is told of it, its content coding taken off."""
    headers = tuple((n.decode("latin-1").lower(), v.decode("latin-1")) for n, v in sent.headers)
    body = sent.body
    if ("content-encoding", "gzip") in headers:
        try:
            body = gzip.decompress(body)
        except (OSError, EOFError, zlib.error):
            body = b""
    return Told(scene.who, scene.user, scene.chat, sent.status, headers, body, scene.origin)


def plain_checks() -> list[Check]:
    """Return the checks about all answers, and those that ask plain questions alone."""
    return [
        check
        for check in all_checks()
        if check.wants in SELECTIONS or (check.asked and all(map(_is_plain, check.asked)))
    ]


def _is_plain(asked: Asked) -> bool:
    return not isinstance(asked, Burst) and all(
        question.caller in {owner, stranger, anonymous}
        and (isinstance(question.chat, ChatOf) or question.chat in MISSING_CHATS)
        and (isinstance(question.user, UnknownUser) or question.user in {owner.user, stranger.user})
        and question.route is Route.PLAIN
        and question.method == "GET"
        and not question.query
        and all(name == "Origin" for name, _ in question.headers)
        and question.turn <= TURNS
        for question in questions_in(asked)
    )


class Bench:
    """The suite at work on one server that changes; made once, for a client is not cheap."""

    def __init__(self, server: Mutated, client: Client) -> None:
        """Take the server and the way to it."""
        self.server = server
        self._client = client
        target = Target.of(TARGET)
        self._participants = Participants.of(target, SessionKeeper(target))
        everything = plain_checks()
        self._checks = {kind: [c for c in everything if self._may(c, kind)] for kind in KINDS}

    def clauses(self, kind: str) -> set[str]:
        """Return the clauses that the suite checks where this kind of answer is replaced."""
        return {check.clause for check in self._checks[kind]}

    def findings(self, replacement: Replacement) -> set[str]:
        """Return the clauses that fail while something is replaced."""
        self.server.become(replacement)
        checks = self._checks[replacement.kind]
        scheduler = Scheduler(self._client, self._participants, concurrency=1)
        scheduler.reach()
        heard = scheduler.ask(questions_of(checks, POLICY))
        became = [self._made(check, heard, scheduler.answers) for check in checks]
        assert not [one for one in became if one.outcome is Outcome.ERROR]
        return {one.check.clause for one in became if one.outcome is Outcome.FAIL}

    def _made(self, check: Check, heard: Mapping[Asked, Replies], answers: list[Answer]) -> Checked:
        return checked(check, lambda: check.function(argument_for(check, heard, answers, POLICY)))

    def true_answer(self, kind: str) -> Sent:
        """Return what the reference answers to a kind of request."""
        assert not self.findings(Replacement(kind, None))
        told = next(told for told in self.server.told if KINDS[kind](told))
        headers = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in told.headers]
        return Sent(told.status, headers, told.body)

    def _may(self, check: Check, kind: str) -> bool:
        """Tell whether a check may see that a kind of answer is replaced."""
        questions = [question for asked in check.asked for question in questions_in(asked)]
        return not questions or any(KINDS[kind](self._scene(one)) for one in questions)

    def _scene(self, question: Question) -> Scene:
        request = resolve(question, self._participants).request
        return scene_of(request.target, {name.lower(): value for name, value in request.headers})


@contextmanager
def bench() -> Iterator[Bench]:
    """Put the suite in front of a reference server that answers what it is made to."""
    server = Mutated()
    settings = Settings(base_url=BASE_URL, run_id="proof", deadline=2.0)
    with Client(settings, app=server) as client:
        yield Bench(server, client)
