"""Asks the questions of a run: concurrently, each once, and fairly to the target.

Fairly means: what fails is repeated once on a connection of its own, and is the target's doing only
if the target is alive right after; a 401 nobody expected counts only if the session still works.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from neptun_conformance.client import BurstBarrier, Client
from neptun_conformance.engine import interrupts
from neptun_conformance.engine.transcript import Transcript
from neptun_conformance.exchange import Exchange, Failure, FailureKind, Response
from neptun_conformance.judge.answer import Answer, Facts, Unasked
from neptun_conformance.questions.callers import Person, anonymous, owner, stranger
from neptun_conformance.questions.situations import (
    Account,
    Asked,
    Burst,
    Chat,
    ChatOf,
    Question,
    Sequence,
    UnknownChat,
    UnknownUser,
    Written,
)
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.participants import (
    Missing,
    NotApplicableHere,
    Participants,
)
from neptun_conformance.resolve.resolved import ResolvedQuestion, plain_form, resolve
from neptun_conformance.targets.model import File

MOST_OUTAGES = 3
"""So many failed attempts to reach the target in a row, and it is taken to be gone."""

_NOT_THE_TARGET = {FailureKind.BUDGET, FailureKind.THROTTLED, FailureKind.OVER}

Reply = Answer | Unasked
Replies = Reply | list[Reply]


class Unreachable(Exception):
    """There is no server at the target; the message says why and what to do."""


class Scheduler:
    """Asks questions of one target and keeps every answer.

    Arguments:
        client: the way to the target.
        cast: the people of the run.
        concurrency: how many questions may be under way at once.
        on_answer: called after each answer, for progress.
    """

    def __init__(
        self,
        client: Client,
        participants: Participants,
        *,
        concurrency: int = 16,
        on_answer: Callable[[], None] = lambda: None,
    ) -> None:
        self._client = client
        self._participants = participants
        self._concurrency = concurrency
        self._on_answer = on_answer
        self._lock = threading.Lock()
        self._hung: set[str] = set()
        self._outages = 0
        self._lost: set[Account] = set()
        self._heard: dict[Asked, Replies] = {}
        self.facts = Facts(listed=_listed(participants))
        self._transcript = Transcript(self.facts)

    @property
    def answers(self) -> list[Answer]:
        """Every answer so far."""
        return self._transcript.answers

    @property
    def lost(self) -> list[str]:
        """Whose session is not, or no longer, accepted."""
        return sorted(account.value for account in self._lost)

    def reach(self) -> None:
        """Ask each person's plain questions, which show that there is a server and who gets in.

        Raises:
            Unreachable: neither they nor an anonymous question gets an answer in HTTP.
        """
        plain = [p.asks(chat) for p in (owner, stranger) for chat in (p.full, p.empty)]
        heard = dict(self._each([plain[0], _NOBODY], self._first))
        if not any(_speaks_http(got) for got in heard.values()):
            raise Unreachable(_why_unreachable([*heard.values()]))
        heard |= self._each(plain[1:])
        for question in plain:
            self._remember(question, heard[question])
        for person in (owner, stranger):
            self._let_in(person)

    def _let_in(self, person: Person) -> None:
        """Make sure that a session works: ask again, with a new one if need be."""
        account = _account(person)
        questions = [person.asks(chat) for chat in (person.full, person.empty)]
        for renewal in (False, True):
            refused = [q for q in questions if self._status(q) == 401]
            if not refused or len(refused) < sum(self._status(q) is not None for q in questions):
                return
            if renewal and not self._participants.sessions.renew(account.value):
                break
            for question in refused:
                self._transcript.drop(_answers(self._heard[question]))
                self._remember(question, self._first(question, fresh=True))
        if all(self._status(q) in {401, None} for q in questions):
            self._lost.add(account)

    def _status(self, question: Question) -> int | None:
        got = self._heard.get(question)
        return got.status if isinstance(got, Answer) else None

    def _remember(self, question: Question, got: Reply) -> None:
        self._heard[question] = got
        if isinstance(got, Answer) and isinstance(question.chat, ChatOf):
            self.facts.plain[question.chat] = got
            self.facts.texts[question.chat] = got.reading.texts if got.reading else ()

    def _first(self, question: Question, *, fresh: bool = False) -> Reply:
        """Ask before it is known whether there is a server: a failure is nobody's yet."""
        prepared = self._prepared(question)
        if isinstance(prepared, Unasked):
            return prepared
        exchange = self._client.exchange(prepared.request, fresh=fresh)
        if isinstance(exchange.outcome, Failure) and exchange.outcome.kind not in _NOT_THE_TARGET:
            exchange = self._client.exchange(prepared.request, fresh=True)
        failure = exchange.outcome if isinstance(exchange.outcome, Failure) else None
        theirs = failure is None or failure.kind not in _NOT_THE_TARGET
        untested = None if theirs or failure is None else failure.message
        return self._transcript.keep(prepared, exchange, untested=untested)

    def ask(self, asked: Iterable[Asked]) -> dict[Asked, Replies]:
        """Ask all of these, each once in a run, and return what came.

        Single questions and sequences go out side by side, each as soon as it is named, volleys
        alone afterwards. The plain form of whatever is particular is asked, too, where no check
        asks it anyway.
        """
        wanted: dict[Asked, None] = {}
        heard: dict[Asked, Replies] = dict(self._each(self._new(asked, wanted)))
        for burst in wanted:
            if isinstance(burst, Burst) and burst not in self._heard:
                heard[burst] = self._fire(burst)
        self._heard |= self._confirmed(heard)
        self.facts.alone |= {
            question: got
            for question, got in self._heard.items()
            if isinstance(question, Question) and isinstance(got, Answer)
        }
        for answer in self.facts.alone.values():
            self._learn(answer)
        return {a: self._heard[a] for a in wanted}

    def _learn(self, answer: Answer) -> None:
        """Note what an answer says about others: what varies by itself, and what is no secret."""
        chat, response = answer.resolved.chat, answer.response
        if chat is None and response and isinstance(answer.resolved.question.chat, _NO_CHATS):
            self.facts.pages.add(response.body)
        if chat is not None and _is_plain_reading(answer):
            if answer.reading is not None:
                self.facts.names.setdefault(chat, set()).add(answer.reading.names)
            if _differs(answer, self.facts.plain.get(chat)):
                self.facts.unsteady.add(chat)

    def replay(self, asked: Question, *, times: int) -> list[Answer]:
        """Ask one question again and again, alone and on fresh connections."""
        prepared = self._prepared(asked)
        if isinstance(prepared, Unasked):
            return []
        exchanges = (self._client.exchange(prepared.request, fresh=True) for _ in range(times))
        return [self._transcript.keep(prepared, exchange) for exchange in exchanges]

    def _new(
        self, asked: Iterable[Asked], wanted: dict[Asked, None]
    ) -> Iterator[Question | Sequence]:
        """Note what is wanted, and yield what of it was not asked yet and needs no round."""
        for one in asked:
            interrupts.raise_what_was_lost()
            for form in (one, *plain_forms(one)):
                if form not in wanted:
                    wanted[form] = None
                    if form not in self._heard and not isinstance(form, Burst):
                        yield form

    def _each(
        self,
        asked: Iterable[Question | Sequence],
        how: Callable[[Any], Reply] | None = None,
    ) -> list[tuple[Question | Sequence, Reply]]:
        how = how or self._one
        # Each thread that has held a huge body keeps much of the memory for itself.
        threads = 1 if self._transcript.has_huge else self._concurrency
        with ThreadPoolExecutor(threads, thread_name_prefix="ask") as pool:
            try:
                return list(pool.map(lambda one: (one, how(one)), asked))
            except BaseException:
                # On an interrupt nothing that still waits may go out.
                self._client.close()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _one(self, asked: Question | Sequence) -> Reply:
        got = self._in_order(asked) if isinstance(asked, Sequence) else self._question(asked)
        self._on_answer()
        return got

    def _in_order(self, sequence: Sequence) -> Reply:
        done: list[Answer] = []
        for step in sequence.steps:
            got = self._question(step)
            if isinstance(got, Unasked):
                return replace(got, asked=sequence)
            done.append(got)
        return replace(done[-1], steps=tuple(done[:-1]))

    def _fire(self, burst: Burst) -> list[Reply]:
        """Send each round at the same moment, or in parts where fewer may be under way."""
        heard: list[Reply] = []
        size = self._client.concurrency
        with ThreadPoolExecutor(size, thread_name_prefix="volley") as pool:
            for _ in range(burst.rounds):
                for first in range(0, len(burst.questions), size):
                    heard.extend(self._barrier(burst.questions[first : first + size], pool))
        return heard

    def _barrier(self, questions: Iterable[Question], pool: ThreadPoolExecutor) -> Iterator[Reply]:
        prepared = [self._askable(question) for question in questions]
        barrier = BurstBarrier(sum(isinstance(one, ResolvedQuestion) for one in prepared))

        def shoot(one: ResolvedQuestion | Unasked) -> Reply:
            got = self._sent(one, barrier) if isinstance(one, ResolvedQuestion) else one
            self._on_answer()
            return got

        return pool.map(shoot, prepared)

    def _prepared(self, question: Question) -> ResolvedQuestion | Unasked:
        try:
            return resolve(question, self._participants, validators=self._validators(question.chat))
        except Missing as missing:
            return Unasked(question, str(missing), nobody=True)
        except NotApplicableHere as reason:
            return Unasked(question, str(reason), applicable=False)

    def _validators(self, chat: Chat) -> dict[str, str]:
        """Return the validators that the owner of a chat was given at first."""
        plain = self.facts.plain.get(chat) if isinstance(chat, ChatOf) else None
        response = plain.response if plain else None
        if response is None:
            return {}
        found = {
            "etag": response.header("ETag"),
            "last_modified": response.header("Last-Modified"),
        }
        return {name: value for name, value in found.items() if value}

    def _question(self, question: Question) -> Reply:
        prepared = self._askable(question)
        return self._sent(prepared) if isinstance(prepared, ResolvedQuestion) else prepared

    def _askable(self, question: Question) -> ResolvedQuestion | Unasked:
        reason = self._hopeless(question)
        return Unasked(question, reason) if reason else self._prepared(question)

    def _sent(self, prepared: ResolvedQuestion, together: BurstBarrier | None = None) -> Reply:
        # Those who go together would wait for one another.
        with (
            self._transcript.alone if self._transcript.has_huge and not together else nullcontext()
        ):
            exchange = self._client.exchange(prepared.request, together=together)
            if isinstance(exchange.outcome, Failure):
                return self._failed(prepared, exchange)
            self._outages = 0
            return self._transcript.keep(prepared, exchange)

    def _hopeless(self, question: Question) -> str | None:
        if self._outages >= MOST_OUTAGES:
            return "the target no longer answers: if it is only slow, lower --concurrency"
        account = question.caller.account
        if account in self._lost:
            ever = any(self.facts.accepted(c) for c in self.facts.plain if c.account is account)
            when = "no longer" if ever else "not"
            return f"the session of {question.caller.words} is {when} accepted"
        if question.kind and question.kind in self._hung:
            return "inputs of this kind get no answer in time, as one of them showed"
        return None

    def _failed(self, prepared: ResolvedQuestion, first: Exchange) -> Answer | Unasked:
        """Repeat what failed once, alone, and then find out whose failure it is."""
        failure = first.outcome
        assert isinstance(failure, Failure)  # noqa: S101 - the caller has looked
        if failure.kind in _NOT_THE_TARGET:
            return self._transcript.keep(prepared, first, untested=failure.message)
        second = self._client.exchange(prepared.request, fresh=True)
        if isinstance(second.outcome, Response):
            self._outages = 0
            return self._transcript.keep(prepared, replace(second, first_failure=failure))
        if second.outcome.kind in _NOT_THE_TARGET:
            return self._transcript.keep(prepared, second, untested=second.outcome.message)
        if second.outcome.kind is FailureKind.DEADLINE and prepared.question.kind:
            self._hung.add(prepared.question.kind)
        if self._alive(prepared):
            return self._transcript.keep(prepared, replace(second, first_failure=failure))
        reason = f"the target did not answer anything else either: {second.outcome.message}"
        return self._transcript.keep(prepared, second, untested=reason)

    def _alive(self, prepared: ResolvedQuestion) -> bool:
        """Tell whether the target answers the owner's plain question right after a failure.

        Where that question is the one that failed, or there is no owner, an anonymous one decides.
        """
        plain = self._prepared(owner.asks(owner.full))
        if isinstance(plain, Unasked) or plain.request == prepared.request:
            plain = self._prepared(_NOBODY)
        assert isinstance(plain, ResolvedQuestion)  # noqa: S101 - nobody's question needs nothing
        alive = isinstance(self._client.exchange(plain.request, fresh=True).outcome, Response)
        with self._lock:
            self._outages = 0 if alive else self._outages + 1
        return alive

    def _confirmed(self, heard: dict[Asked, Replies]) -> dict[Asked, Replies]:
        """Find out what the 401s that nobody expected mean: wrong answers, or a lost session."""
        for person in (owner, stranger):
            doubtful = [a for got in heard.values() for a in _doubtful(got, person)]
            if doubtful and not self._still_in(person):
                heard = self._after_loss(heard, person)
        return heard

    def _still_in(self, person: Person) -> bool:
        """Ask a person's plain questions again on fresh connections, and past any cache."""
        other = Written(str(self._participants.unknown_chat + 1 + len(self.answers)))
        questions = [
            person.asks(person.full),
            person.asks(person.empty),
            person.asks(person.full).with_query("again=1"),
            # No cache has seen this one, so its 404 shows that the session still works.
            person.asks(other, under=person),
        ]
        return any(self._status_now(question) not in {401, None} for question in questions)

    def _status_now(self, question: Question) -> int | None:
        prepared = self._prepared(question)
        if isinstance(prepared, Unasked):
            return None
        exchange = self._client.exchange(prepared.request, fresh=True)
        return self._transcript.keep(prepared, exchange).status

    def _after_loss(self, heard: dict[Asked, Replies], person: Person) -> dict[Asked, Replies]:
        """Renew a lost session and ask again, or set aside what was asked without it."""
        account = _account(person)
        lost = [asked for asked, got in heard.items() if _doubtful(got, person)]
        if self._participants.sessions.renew(account.value):
            self._transcript.drop(a for asked in lost for a in _answers(heard[asked]))
            return heard | self.ask(lost)
        self._lost.add(account)
        reason = f"the session of {person.words} is no longer accepted"
        return heard | {asked: self._set_aside(heard[asked], person, reason) for asked in lost}

    def _set_aside(self, heard: Replies, person: Person, reason: str) -> Replies:
        if isinstance(heard, list):
            return [self._set_aside_one(got, person, reason) for got in heard]
        return self._set_aside_one(heard, person, reason)

    def _set_aside_one(self, got: Reply, person: Person, reason: str) -> Reply:
        if not isinstance(got, Answer) or not _doubtful(got, person):
            return got
        self._transcript.drop([got])
        return self._transcript.put(replace(got, untested=reason))


_NO_CHATS = UnknownChat | Written
_NOBODY = anonymous.asks(UnknownChat(), under=UnknownUser())


def _answers(heard: Replies) -> list[Answer]:
    all_heard = heard if isinstance(heard, list) else [heard]
    return [got for got in all_heard if isinstance(got, Answer)]


def _doubtful(heard: Replies, person: Person) -> list[Answer]:
    """Return the 401s to somebody with a session that should be valid."""
    return [
        answer
        for answer in _answers(heard)
        for step in (*answer.steps, answer)
        if step.status == 401 and step.resolved.question.caller.account is person.account
    ]


def plain_forms(asked: Asked) -> list[Question]:
    """Return the plain questions that are asked beside this one, to know what is particular."""
    if isinstance(asked, Burst):
        return list(dict.fromkeys(asked.questions))
    last = asked.steps[-1] if isinstance(asked, Sequence) else asked
    plain = plain_form(last)
    return [plain] if plain is not None else []


def _is_plain_reading(answer: Answer) -> bool:
    """Tell whether this is what came of a plain question for an own chat."""
    due_to_it = (
        answer.resolved.expected is Expected.FILES and answer.resolved.request.method == "GET"
    )
    return due_to_it and answer.response is not None


def _differs(answer: Answer, plain: Answer | None) -> bool:
    """Tell whether a reading holds other files than the first one of its chat."""
    if plain is None:
        return False
    ids = [a.files.ids if a.files else None for a in (plain, answer)]
    return answer.accepted != plain.accepted or Counter(ids[0]) != Counter(ids[1])


def _listed(participants: Participants) -> dict[ChatOf, tuple[File, ...]]:
    found = {}
    for account in participants.accounts().values():
        chat = participants.identity(account).chat_with_files
        if chat is not None and chat.files is not None:
            found[ChatOf(account)] = chat.files
    return found


def _account(person: Person) -> Account:
    assert person.account is not None  # noqa: S101 - persons have one
    return person.account


def _speaks_http(got: Reply) -> bool:
    """Tell whether an answer came, or at least the head of one."""
    if not isinstance(got, Answer):
        return False
    failure = got.failure
    return failure is None or failure.status is not None or failure.kind is FailureKind.THROTTLED


def _why_unreachable(heard: list[Reply]) -> str:
    failures = [got.failure for got in heard if isinstance(got, Answer) and got.failure]
    return failures[-1].message if failures else "no question could be asked"
