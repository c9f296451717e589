"""What a run would find of a target: the connection, the sessions, and the chats as told.

The questions are few and plain. Whether the answers are right is the checks' business; here it only
matters whether a run would find what the target file promises.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neptun_conformance.bodies import success
from neptun_conformance.cli.advice import (
    ANOTHER_CHAT,
    BY_HAND,
    EMPTY_OR_MISSING,
    EXISTS,
    PREFIX,
    RUN_OUT,
    SWAPPED,
    TOO_SHORT,
    UNLISTED,
    after,
    described,
    difference,
    is_in_front,
    is_page,
    log_in_again,
    next_step,
)
from neptun_conformance.cli.found import Found, State
from neptun_conformance.client import Client
from neptun_conformance.engine.asking.scheduler import Unreachable
from neptun_conformance.engine.run import Run
from neptun_conformance.exchange import Exchange, Failure, FailureKind, Request, Response
from neptun_conformance.questions.callers import (
    Person,
    anonymous,
    owner,
    stranger,
    with_expired_session,
)
from neptun_conformance.questions.situations import ChatOf, Question, Route, UnknownChat
from neptun_conformance.questions.tampering import SHORTEST_ALTERABLE
from neptun_conformance.resolve.encoding import segment
from neptun_conformance.resolve.participants import Missing, NotApplicableHere
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.model import Chat


class Examination:
    """Examines the target of a run."""

    def __init__(self, run: Run) -> None:
        """Make ready to ask; nothing is sent yet."""
        self._run = run
        self._client: Client = run.connect()
        self._base_url = run.loaded.target.base_url
        self._is_found = True
        self._accepted: set[Person] = set()

    def findings(self) -> Iterator[Found]:
        """Yield what is found, from the connection to the last chat.

        Raises:
            Unreachable: after the line that says so; nothing else can be found out then.
        """
        exchange = self._send(self._nobodys_request())
        yield from self._connection(exchange)
        if isinstance(exchange.outcome, Failure):
            raise Unreachable(exchange.outcome.message)
        yield self._endpoint(exchange, exchange.outcome)
        for person in (owner, stranger):
            yield from self._person(person)
        yield self._missing_chat()
        yield self._expired_session()
        yield from self._untestable()

    def _untestable(self) -> Iterator[Found]:
        """Say what leaves a run incomplete, however right the server is."""
        participants, identities = self._run.participants, self._run.loaded.target.identities()
        if owner in self._accepted and len(participants.session("owner")) < SHORTEST_ALTERABLE:
            yield Found("owner's session", State.ABSENT, TOO_SHORT)
        chats = [one.chat_with_files for one in identities.values() if one.chat_with_files]
        if chats and not any(chat.files for chat in chats):
            yield Found("files", State.ABSENT, UNLISTED)

    def _ask(self, question: Question) -> Exchange:
        """Ask, as often as ``_send`` sends.

        Raises:
            Missing: the target does not give what the question needs.
            SessionError: a command did not give a session.
        """
        return self._send(resolve(question, self._run.participants).request)

    def _nobodys_request(self) -> Request:
        """Return a request that needs no session, so that no command is run for it."""
        participants = self._run.participants
        path = Route.PLAIN.value.format(
            user=segment(participants.unknown_user), chat=participants.unknown_chat
        )
        return Request("GET", path)

    def _send(self, request: Request) -> Exchange:
        """Send a request, and once more where no answer came."""
        first = self._client.exchange(request)
        return first if first.response else self._client.exchange(request, fresh=True)

    def _connection(self, exchange: Exchange) -> Iterator[Found]:
        failure = exchange.failure
        broken_tls = failure is not None and failure.kind is FailureKind.TLS
        if failure is not None and not broken_tls:
            yield Found("reachable", State.PROBLEM, after(failure))
            return
        yield Found("reachable", State.OK, self._base_url)
        if failure is not None:
            yield Found("TLS", State.PROBLEM, failure.message)
        elif not self._base_url.startswith("https:"):
            yield Found("TLS", State.ABSENT, "not used: the base URL is http")
        elif self._run.settings.insecure:
            yield Found("TLS", State.ABSENT, "the certificate was not checked (--insecure)")
        else:
            yield Found("TLS", State.OK, "the certificate is trusted")

    def _endpoint(self, exchange: Exchange, response: Response) -> Found:
        came = described(response)
        if response.status == 401 and not is_page(response):
            return Found("endpoint", State.OK, f"without a session: {came}")
        if response.status == 404 and self._refuses_nobody():
            words = f"it looks for the chat before the session: {came} for one that does not exist"
            return Found("endpoint", State.OK, words)
        self._is_found = response.status != 404
        remedy = next_step(exchange, self._base_url)
        words = f"expected 401 without a session, got {came}: {remedy}"
        return Found("endpoint", State.PROBLEM, words)

    def _refuses_nobody(self) -> bool:
        """Tell whether one of the chats, which should exist, gets a 401 without a session."""
        chats = (owner.full, owner.empty, stranger.full, stranger.empty)
        heard = (r for chat in chats for _, r in self._answers(anonymous.asks(chat)))
        return any(r.status == 401 for r in heard)

    def _person(self, person: Person) -> Iterator[Found]:
        assert person.account is not None  # noqa: S101 - persons have one
        name = person.account.value
        if person.account not in self._run.participants.accounts.values():
            yield Found(name, State.ABSENT, "not given: clauses that need this user are not tested")
            return
        session = self._session(person, name)
        yield session
        if session.state is State.OK:
            self._accepted.add(person)
            for chat in (person.full, person.empty):
                yield self._chat(person, chat)

    def _session(self, person: Person, name: str) -> Found:
        what = f"{name}'s session"
        heard: list[tuple[Exchange, Response]] = []
        try:
            for chat in (person.full, person.empty, UnknownChat()):
                heard += self._answers(person.asks(chat, under=person))
        except TargetError as problem:
            return Found(what, State.PROBLEM, f"{problem}: {BY_HAND}")
        if not heard:
            return Found(what, State.PROBLEM, "no answer came to it: see whether the server runs")
        if self._is_swapped(person, [response for _, response in heard]):
            return Found(what, State.PROBLEM, f"opens the other user's chats alone: {SWAPPED}")
        return Found(what, *self._acceptance(name, heard))

    def _acceptance(self, name: str, heard: list[tuple[Exchange, Response]]) -> tuple[State, str]:
        """Say whether a session is accepted, by the answers about its user's chats and another.

        A 404 may come before the session is looked at, so it says less than a 401.
        """
        came = {response.status for _, response in heard if not is_page(response)}
        if 401 in came and 200 not in came:
            return State.PROBLEM, f"refused with 401: {log_in_again(name)}"
        if 200 not in came and 404 in came and not self._is_found:
            return State.ABSENT, "not tested: everything is a 404, session or none"
        if came & {200, 404}:
            return State.OK, "accepted"
        exchange, response = heard[0]
        words = f"expected 200 or 404, got {described(response)}"
        return State.PROBLEM, f"{words}: {next_step(exchange, self._base_url)}"

    def _is_swapped(self, person: Person, heard: list[Response]) -> bool:
        """Tell whether a session opens the other user's chat, and none of its own."""
        if not self._is_found or any(response.status != 404 for response in heard):
            return False
        other = stranger if person is owner else owner
        theirs = self._answers(person.asks(other.full, under=other))
        return any(response.status == 200 and not is_page(response) for _, response in theirs)

    def _answers(self, question: Question) -> list[tuple[Exchange, Response]]:
        try:
            exchange = self._ask(question)
        except Missing:
            return []
        return [(exchange, exchange.response)] if exchange.response else []

    def _chat(self, person: Person, chat: ChatOf) -> Found:
        what = str(chat).removeprefix("the ")
        try:
            exchange = self._ask(person.asks(chat))
        except Missing:
            return Found(what, State.ABSENT, "not given: clauses that need it are not tested")
        outcome = exchange.outcome
        if isinstance(outcome, Failure):
            return Found(what, State.PROBLEM, after(outcome))
        number = self._run.participants.chat_id(chat)
        if outcome.status != 200:
            words = f"{number}: expected 200, got {described(outcome)}"
            theirs = outcome.status in {401, 403, 404} and not is_page(outcome) and self._is_found
            named = EMPTY_OR_MISSING if chat.empty else ANOTHER_CHAT
            step = named if theirs else next_step(exchange, self._base_url)
            return Found(what, State.PROBLEM, f"{words}: {step}")
        reading = success.read(outcome, asked_id=None)
        if reading.files is None:
            words = f"{number}: a 200 without a chatFiles array: {PREFIX}, or fix the response"
            return Found(what, State.PROBLEM, words)
        return Found(what, *self._files(chat, reading.files.ids))

    def _files(self, chat: ChatOf, ids: tuple[Any, ...]) -> tuple[State, str]:
        number = self._run.participants.chat_id(chat)
        identity = self._run.participants.identity(chat.account)
        told: Chat | None = identity.empty_chat if chat.empty else identity.chat_with_files
        count = f"{number}: {len(ids)} file{'' if len(ids) == 1 else 's'}"
        if bool(ids) is chat.empty:
            wanted = "but should be empty" if chat.empty else "but should contain files"
            return State.PROBLEM, f"{count}, {wanted}: name another chat"
        listed = None if told is None or told.files is None else {file.id for file in told.files}
        if not listed:
            return State.OK, count
        if listed != set(ids):
            differs = f"{count}, but the target {difference(listed, ids)}"
            return State.PROBLEM, f"{differs}: list what the chat holds"
        return State.OK, f"{count}, as the target lists them"

    def _missing_chat(self) -> Found:
        what, number = "missing chat", self._run.participants.unknown_chat
        try:
            exchange = self._ask(owner.asks(UnknownChat()))
        except (Missing, TargetError):
            return Found(what, State.ABSENT, f"{number}: nobody is there to ask for it")
        outcome = exchange.outcome
        if isinstance(outcome, Failure):
            return Found(what, State.PROBLEM, f"{number}: {after(outcome)}")
        came = f"{number}: {described(outcome)}"
        if is_in_front(outcome):
            return Found(what, State.PROBLEM, f"{came}: {next_step(exchange, self._base_url)}")
        if outcome.status == 200:
            return Found(what, State.PROBLEM, f"{came}: {EXISTS}")
        if owner not in self._accepted:
            return Found(what, State.ABSENT, f"{number}: asked for by an accepted session alone")
        return Found(what, State.OK, came)

    def _expired_session(self) -> Found:
        what = "expired session"
        chat = (
            owner.full
            if owner.account in self._run.participants.accounts.values()
            else UnknownChat()
        )
        try:
            exchange = self._ask(with_expired_session.asks(chat, under=owner))
        except Missing as missing:
            return Found(what, State.ABSENT, f"{missing}: its clause is not tested")
        except NotApplicableHere:
            return Found(what, State.ABSENT, "none can be had: its clause is not applicable")
        except TargetError as problem:
            return Found(what, State.PROBLEM, f"{problem}: {BY_HAND}")
        outcome = exchange.outcome
        if isinstance(outcome, Failure):
            return Found(what, State.PROBLEM, after(outcome))
        if outcome.status == 401 and not is_page(outcome):
            return Found(what, State.OK, "refused with 401")
        is_elsewhere = is_in_front(outcome) or not self._is_found
        step = next_step(exchange, self._base_url) if is_elsewhere else RUN_OUT
        return Found(what, State.PROBLEM, f"expected 401, got {described(outcome)}: {step}")
