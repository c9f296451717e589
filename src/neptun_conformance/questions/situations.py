"""The vocabulary of the checks: who asks for what, without a URL, a header or a cookie.

``owner.asks(owner.full)`` is the owner's plain request for the own chat with files;
``anonymous.asks(owner.empty)`` the same for the empty one by a caller without a session;
``stranger.asks(owner.full, under=stranger)`` a foreign chat under the caller's own id.
A question is only a description. The request and the expected response depend on the target;
``resolve`` works them out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from neptun_conformance.cutting import quoted
from neptun_conformance.questions.hashed import HashedOnce
from neptun_conformance.questions.named import (
    Account,
    Chat,
    ChatOf,
    Derived,
    DerivedUser,
    UnknownChat,
    UnknownUser,
    User,
    UserOf,
    Written,
    WrittenUser,
)
from neptun_conformance.questions.routes import Route
from neptun_conformance.questions.voices import Level

if TYPE_CHECKING:
    from neptun_conformance.questions.callers import Caller

__all__ = [
    "Account",
    "Asked",
    "Burst",
    "Chat",
    "ChatOf",
    "Derived",
    "DerivedUser",
    "Headers",
    "Question",
    "Route",
    "Sequence",
    "UnknownChat",
    "UnknownUser",
    "User",
    "UserOf",
    "Voice",
    "Written",
    "WrittenUser",
    "difference",
]

Headers = tuple[tuple[str, str], ...]
Voice = tuple[Level, ...]
"""The levels in which a request differs from the plain voice; none of them is a plain one."""


@dataclass(frozen=True, slots=True)
class Question(HashedOnce):
    """One request in words: caller, user, chat, and what is particular about it.

    Arguments:
        caller: who asks and how the session is shown.
        user: under whose id.
        chat: for which chat.
        method: the HTTP method.
        query: the raw query string without ``?``. In it, and in header values, ``{owner}``,
            ``{owner_chat}``, ``{stranger}`` and ``{stranger_chat}`` stand for the target's ids,
            ``{etag}`` and the like for validators, see ``conditions``, and ``{host}`` for the
            target's host; with that, ``{scheme}`` for its scheme.
        headers: further headers, values as in the query; a Cookie comes before the session.
        body: the content, one character an octet, with names as in the query.
        route: the spelling of the route.
        turn: tells apart questions that are asked again on purpose.
        voice: what is different about the request that must not matter.
        documented: the documentation's own client asks.
        kind: inputs that make a server hang for the same reason share a kind, so that a hang is
            waited for once.
        recipe: how it was made, where it was drawn; see ``generated.recipes``.
        path: the path that went out along another spelling of the route, where it is told of.
    """

    caller: Caller
    user: User
    chat: Chat
    method: str = "GET"
    query: str = ""
    headers: Headers = ()
    body: str = ""
    route: Route = Route.PLAIN
    turn: int = 0
    voice: Voice = ()
    documented: bool = False
    kind: str = field(default="", compare=False)
    recipe: tuple[Any, ...] = field(default=(), compare=False, repr=False)
    path: str = field(default="", compare=False)

    __hash__ = HashedOnce.__hash__

    def with_query(self, query: str) -> Question:
        """Return the same question with a query string."""
        return replace(self, query=query)

    def with_headers(self, *headers: tuple[str, str]) -> Question:
        """Return the same question with further headers."""
        return replace(self, headers=self.headers + headers)

    def with_body(self, body: str, media_type: str = "") -> Question:
        """Return the same question with content, and its media type where one is given."""
        typed = self.with_headers(("Content-Type", media_type)) if media_type else self
        return replace(typed, body=body)

    def by(self, method: str) -> Question:
        """Return the same question by another method."""
        return replace(self, method=method)

    def along(self, route: Route) -> Question:
        """Return the same question along another spelling of the route."""
        return replace(self, route=route)

    def again(self, turn: int) -> Question:
        """Return the same question as one that is asked on its own."""
        return replace(self, turn=turn)

    def in_voice(self, voice: Voice) -> Question:
        """Return the same question in another voice; in the plain one for an empty one."""
        return self if voice == self.voice else replace(self, voice=voice)

    def by_the_documented_client(self) -> Question:
        """Return the same question as the documentation's own client asks it."""
        return replace(self, documented=True)

    def then(self, following: Question) -> Sequence:
        """Return both as steps in a fixed order."""
        return Sequence((self, following))

    @property
    def simplicity(self) -> tuple[object, ...]:
        """Sort questions so that those with the fewest particulars come first.

        A person who asks for a chat of a person, under the id of one, is nothing particular.
        """
        particulars = (
            self.caller.account is None,
            not isinstance(self.chat, ChatOf),
            not isinstance(self.user, UserOf),
            self.method != "GET",
            self.route is not Route.PLAIN,
            bool(self.query),
            bool(self.body),
        )
        size = (
            len(self.query)
            + len(self.body)
            + len(getattr(self.chat, "text", ""))
            + len(getattr(self.user, "text", ""))
            + sum(len(name) + len(value) for name, value in self.headers)
        )
        return (
            sum(particulars) + len(self.headers) + len(self.voice),
            size + len(self.caller.words),
            str(self),
            self.turn,
        )

    def __str__(self) -> str:
        method = "" if self.method == "GET" else f" with {self.method}"
        asked = f"{self.caller.words} asks{method} for {self.chat} under {self.user}"
        return ", ".join((asked, *self.particulars))

    @property
    def particulars(self) -> tuple[str, ...]:
        """What is particular beside caller, method, chat and user, in words."""
        parts = []
        if self.route is not Route.PLAIN:
            parts.append(f"along the route spelled {self.path or self.route.value}")
        if self.query:
            parts.append(f"with the query {quoted(self.query)}")
        parts.extend(f"with {name}: {quoted(value)}" for name, value in self.headers)
        if self.body:
            parts.append(f"with the content {quoted(self.body)}")
        parts.extend(level.words for level in self.voice)
        if self.documented:
            parts.append("by the documented client")
        return tuple(parts)


_PARTICULARS = {
    "caller": "the session",
    "user": "the user id",
    "chat": "the chat",
    "method": "the method",
    "query": "the query",
    "headers": "the headers",
    "body": "the content",
    "route": "the spelling of the route",
    "voice": "the voice",
    "documented": "the client",
}


def difference(one: Question, other: Question) -> str:
    """Say in what two questions differ, in words such as ``the session and the chat``."""
    found = [w for name, w in _PARTICULARS.items() if getattr(one, name) != getattr(other, name)]
    return " and ".join(found) or "nothing but the moment"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Questions asked one after the other on behalf of one check; the last answer is judged.

    Arguments:
        steps: the questions.
        alone: nothing else is under way meanwhile, so that what a server keeps of one request
            shows in the next. A step that makes no sense for the target is left out.
    """

    steps: tuple[Question, ...]
    alone: bool = False

    def until(self, number: int) -> Sequence:
        """Return the first steps; where all are asked alone, these are not sent once more."""
        return replace(self, steps=self.steps[:number])

    def goes_on_from(self, other: Sequence) -> bool:
        """Tell whether another one is no more than the beginning of this one."""
        length = len(other.steps)
        return length < len(self.steps) and self.steps[:length] == other.steps

    def __str__(self) -> str:
        return ", then ".join(str(step) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Burst:
    """Questions asked all at once, and that ``rounds`` times."""

    questions: tuple[Question, ...]
    rounds: int = 1

    def __str__(self) -> str:
        return f"{len(self.questions)} requests at once, {self.rounds} times"


Asked = Question | Sequence | Burst


def questions_in(asked: Asked) -> tuple[Question, ...]:
    """Return the questions of whatever is asked, those of a burst once each."""
    if isinstance(asked, Sequence):
        return asked.steps
    return asked.questions if isinstance(asked, Burst) else (asked,)
