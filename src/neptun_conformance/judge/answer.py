"""An answer as the checks see it: a question, what came of it, and what the body says."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from neptun_conformance.bodies.files import FileList
from neptun_conformance.bodies.problem import Problems
from neptun_conformance.bodies.success import Reading
from neptun_conformance.exchange import BodyKind, Exchange, Failure, FailureKind, Response
from neptun_conformance.questions.situations import Asked, ChatOf, Question
from neptun_conformance.resolve.liberties import Form, names_another_site
from neptun_conformance.resolve.resolved import ResolvedQuestion
from neptun_conformance.targets.model import File

TOO_MANY_REQUESTS = 429


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Facts:
    """What a run has learned about its target, for judgements that need more than one answer.

    A window on what the engine learns (``engine.asking.learning``): nobody can change it from here,
    and while a run asks, more comes into view.

    Arguments:
        plain: the owner's and the stranger's plain reading of each of their chats.
        texts: names and links of files by chat, to recognise them where they must not stand.
        every_text: the same of all plain readings with the same files, as links change.
        listed: the files that the target lists, by chat.
        alone: the answers to single questions.
        unsteady: the chats whose plain readings differ among themselves.
        names: the names of the members in each plain reading of a chat.
        orders: a number for the order of the files in each plain reading of a chat.
        pages: bodies that came for no chat at all.
    """

    plain: Mapping[ChatOf, Answer] = field(default_factory=_nothing)
    texts: Mapping[ChatOf, tuple[str, ...]] = field(default_factory=_nothing, repr=False)
    every_text: Mapping[ChatOf, AbstractSet[str]] = field(default_factory=_nothing, repr=False)
    listed: Mapping[ChatOf, tuple[File, ...]] = field(default_factory=_nothing)
    alone: Mapping[Question, Answer] = field(default_factory=_nothing)
    unsteady: AbstractSet[ChatOf] = frozenset()
    names: Mapping[ChatOf, frozenset[frozenset[str]]] = field(default_factory=_nothing)
    orders: Mapping[ChatOf, tuple[int, ...]] = field(default_factory=_nothing)
    pages: AbstractSet[bytes] = field(default=frozenset(), repr=False)

    def accepted(self, chat: ChatOf) -> bool:
        """Tell whether the plain question for a chat got a 200 with a ``chatFiles`` array."""
        answer = self.plain.get(chat)
        return answer is not None and answer.accepted


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, what came of it, and what the body says.

    Arguments:
        resolved: the question, its request and what is due to it.
        exchange: the request and its outcome.
        facts: what the run knows beside this answer.
        reading: what a 200 says, None for any other status.
        errors: what is wrong with the body of a 401, a 404 or a 500.
        untested: why this answer says nothing about the target (environment, throttling, budget).
        steps: the answers of the steps before, where this one is the last of several.
        plain_voice: the right answer in the plain voice, where this one is wrong by its voice.
        repeats: the plain voice gets an answer that is wrong, too, and that one counts.
        mixed_up: it was wrong while others asked at once, and its question alone gets another.
    """

    resolved: ResolvedQuestion
    exchange: Exchange
    facts: Facts
    reading: Reading | None = None
    errors: Problems | None = None
    untested: str | None = None
    steps: tuple[Answer, ...] = ()
    plain_voice: Answer | None = None
    repeats: bool = False
    mixed_up: bool = False

    @property
    def counts(self) -> bool:
        """Whether it speaks for its situation, not for its voice, its client or another answer."""
        documented = self.resolved.question.documented
        return self.plain_voice is None and not self.repeats and not documented

    @property
    def throttled(self) -> bool:
        """Whether it was told to come back each time, so that nobody knows what would have come."""
        return self.untested is not None and self.status == TOO_MANY_REQUESTS

    @property
    def response(self) -> Response | None:
        """The complete answer, None where there is none."""
        return self.exchange.response

    @property
    def failure(self) -> Failure | None:
        """Why there is no complete answer, None where there is one."""
        return self.exchange.failure

    @property
    def was_closed(self) -> bool:
        """Whether the connection was closed in place of an answer, where the request allows it."""
        failure = self.failure
        dropped = failure is not None and failure.kind is FailureKind.DROPPED
        return dropped and self.resolved.closable

    @property
    def elsewhere(self) -> bool:
        """Whether another site may have answered, which is judged for data alone."""
        return names_another_site(self.resolved.request.headers)

    @property
    def status(self) -> int | None:
        """The status, None where no complete answer came."""
        return self.response.status if self.response else None

    @property
    def has_its_form(self) -> bool:
        """Whether its content is due in the documented form, and in a coding that is read here."""
        problem = self.response.body_problem if self.response else None
        unread = problem is not None and problem.kind is BodyKind.UNOFFERED_CODING
        form = self.resolved.form
        return form is Form.JSON or (form is Form.CODED and not unread)

    @property
    def files(self) -> FileList | None:
        """The files of a 200, None where its body has no ``chatFiles`` array."""
        return self.reading.files if self.reading else None

    @property
    def sound_files(self) -> FileList | None:
        """The files of a 200, None also where one of them cannot be identified."""
        return self.files if self.files and self.files.sound else None

    @property
    def plain_reading(self) -> Answer | None:
        """The plain reading of the chat that the question names."""
        chat = self.resolved.chat
        return self.facts.plain.get(chat) if chat else None

    @property
    def plain_files(self) -> FileList | None:
        """The files of that, None also where one of them cannot be identified."""
        plain = self.plain_reading
        return plain.sound_files if plain else None

    @property
    def accepted(self) -> bool:
        """Whether this is a 200 whose body has a ``chatFiles`` array."""
        return self.files is not None

    @property
    def twin(self) -> Answer | None:
        """The plain answer that must be accepted before a refusal of this one says anything."""
        twin = self.resolved.twin
        return self.facts.plain.get(twin.chat) if twin and isinstance(twin.chat, ChatOf) else None

    @property
    def plain_form(self) -> Answer | None:
        """The answer to the same caller's plain question for the same user and chat."""
        plain = self.resolved.plain
        return self.facts.alone.get(plain) if plain is not None else None

    @property
    def succeeds(self) -> bool:
        """Whether the status is one of success."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """Whether the status refuses."""
        return self.status is not None and 400 <= self.status < 500

    def __str__(self) -> str:
        return str(self.resolved.question)


def described(answer: Answer) -> str:
    """Say in a few words what came."""
    if answer.failure:
        return str(answer.failure.kind)
    if answer.reading is not None and not answer.accepted:
        return "a 200 without a chatFiles array"
    return f"status {answer.status}"


@dataclass(frozen=True, slots=True)
class Unasked:
    """A question that was not asked.

    Arguments:
        asked: the question.
        reason: why.
        applicable: False where it makes no sense for this target.
        nobody: the target does not name what it needs, such as a stranger.
    """

    asked: Asked
    reason: str
    applicable: bool = True
    nobody: bool = False


Reply = Answer | Unasked
"""What came of one question."""
Replies = Reply | list[Reply]
"""What came of whatever is asked: of a burst, several."""


def each(replies: Replies) -> list[Reply]:
    """Return the replies one by one: a burst has many answers, all else has one."""
    return replies if isinstance(replies, list) else [replies]
