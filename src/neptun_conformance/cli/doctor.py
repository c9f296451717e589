"""Examines how a target is set up: what can be reached, which sessions and chats are as told.

The questions are few and plain. Whether the answers are right is the checks' business; here it only
matters whether a run would find what the target file promises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from neptun_conformance.bodies import success
from neptun_conformance.cli.advice import (
    PREFIX,
    after,
    described,
    is_page,
    log_in_again,
    next_step,
)
from neptun_conformance.cli.console import echo, print_error
from neptun_conformance.client import Client
from neptun_conformance.engine.both_versions import over_http_1, over_http_2
from neptun_conformance.engine.run import Run
from neptun_conformance.engine.scheduler import Unreachable
from neptun_conformance.exchange import Exchange, Failure, FailureKind, Request, Response
from neptun_conformance.questions.callers import (
    Person,
    anonymous,
    owner,
    stranger,
    with_expired_session,
)
from neptun_conformance.questions.situations import ChatOf, Question, Route, UnknownChat
from neptun_conformance.resolve.encoding import segment
from neptun_conformance.resolve.participants import Missing, NotApplicableHere
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import BOTH, SettingError, Settings
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.model import Chat


class State(StrEnum):
    """How something was found."""

    OK = "ok"
    PROBLEM = "problem"
    ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one thing: its name, how it is, and details with any remedy."""

    what: str
    state: State
    words: str


def examine(settings: Settings) -> int:
    """Print a line for each thing that a run needs, and return the exit status.

    With ``--http both`` that is done over each version, and the worse status counts.

    Arguments:
        settings: the settings of the target.
    """
    if settings.http != BOTH:
        return _examine(settings)
    echo("Over HTTP/1.1")
    over_1 = _examine(over_http_1(settings))
    if over_1 == ExitStatus.USAGE:
        return over_1
    echo("\nOver HTTP/2")
    return max(over_1, _examine(over_http_2(settings)))


def _examine(settings: Settings) -> int:
    status = ExitStatus.CONFORMANT
    try:
        with Run(settings) as run:
            run.open()
            for found in Doctor(run).findings():
                words = run.recorder().redactor.redact(found.words)
                echo(f"{found.state:<8} {found.what:<26} {words}")
                if found.state is State.PROBLEM:
                    status = ExitStatus.NONCONFORMANT
    except (TargetError, SettingError) as problem:
        print_error(str(problem))
        return ExitStatus.USAGE
    except Unreachable:
        return ExitStatus.UNREACHABLE
    return status


class Doctor:
    """Examines the target of a run."""

    def __init__(self, run: Run) -> None:
        """Make ready to ask; nothing is sent yet."""
        self._run = run
        self._client: Client = run.connect()
        self._base_url = run.loaded.target.base_url

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
        if isinstance(first.outcome, Response):
            return first
        return self._client.exchange(request, fresh=True)

    def _connection(self, exchange: Exchange) -> Iterator[Found]:
        base_url = self._run.loaded.target.base_url
        failure = exchange.outcome if isinstance(exchange.outcome, Failure) else None
        broken_tls = failure is not None and failure.kind is FailureKind.TLS
        if failure is not None and not broken_tls:
            yield Found("reachable", State.PROBLEM, after(failure))
            return
        yield Found("reachable", State.OK, base_url)
        if failure is not None:
            yield Found("TLS", State.PROBLEM, failure.message)
        elif not base_url.startswith("https:"):
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
        remedy = next_step(exchange, self._base_url)
        words = f"expected 401 without a session, got {came}: {remedy}"
        return Found("endpoint", State.PROBLEM, words)

    def _refuses_nobody(self) -> bool:
        """Tell whether a chat that does exist gets a 401 without a session."""
        answers = self._answers(anonymous.asks(owner.full))
        return any(response.status == 401 for _, response in answers)

    def _person(self, person: Person) -> Iterator[Found]:
        assert person.account is not None  # noqa: S101 - persons have one
        name = person.account.value
        if person.account not in self._run.participants.accounts.values():
            yield Found(name, State.ABSENT, "not given: clauses that need this user are not tested")
            return
        session = self._session(person, name)
        yield session
        if session.state is State.OK:
            for chat in (person.full, person.empty):
                yield self._chat(person, chat)

    def _session(self, person: Person, name: str) -> Found:
        what = f"{name}'s session"
        heard: list[tuple[Exchange, Response]] = []
        try:
            for chat in (person.full, person.empty, UnknownChat()):
                heard += self._answers(person.asks(chat, under=person))
        except TargetError as problem:
            return Found(what, State.PROBLEM, f"{problem}: {_BY_HAND}")
        if not heard:
            return Found(what, State.PROBLEM, "no answer came to it: see whether the server runs")
        if any(r.status in {200, 404} and not is_page(r) for _, r in heard):
            return Found(what, State.OK, "accepted")
        exchange, response = heard[0]
        if response.status == 401 and not is_page(response):
            return Found(what, State.PROBLEM, f"refused with 401: {log_in_again(name)}")
        words = f"expected 200 or 404, got {described(response)}"
        return Found(what, State.PROBLEM, f"{words}: {next_step(exchange, self._base_url)}")

    def _answers(self, question: Question) -> list[tuple[Exchange, Response]]:
        try:
            exchange = self._ask(question)
        except Missing:
            return []
        outcome = exchange.outcome
        return [(exchange, outcome)] if isinstance(outcome, Response) else []

    def _chat(self, person: Person, chat: ChatOf) -> Found:
        what = str(chat).removeprefix("the ")
        try:
            exchange = self._ask(person.asks(chat))
        except Missing:
            absent = "not given: clauses that need this chat are not tested"
            return Found(what, State.ABSENT, absent)
        outcome = exchange.outcome
        if isinstance(outcome, Failure):
            return Found(what, State.PROBLEM, after(outcome))
        number = self._run.participants.chat_id(chat)
        if outcome.status != 200:
            words = f"{number}: expected 200, got {described(outcome)}"
            theirs = outcome.status in {403, 404} and not is_page(outcome)
            step = _ANOTHER if theirs else next_step(exchange, self._base_url)
            return Found(what, State.PROBLEM, f"{words}: {step}")
        reading = success.read(outcome, asked_id=None)
        if reading.files is None:
            words = f"{number}: a 200 without a chatFiles array: {PREFIX}, or mend the response"
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
            differs = f"{count}, but the target lists {_difference(listed, ids)}"
            return State.PROBLEM, f"{differs}: list what the chat holds"
        return State.OK, f"{count}, as the target lists them"

    def _missing_chat(self) -> Found:
        number = self._run.participants.unknown_chat
        try:
            outcome = self._ask(owner.asks(UnknownChat())).outcome
        except (Missing, TargetError):
            return Found("missing chat", State.ABSENT, f"{number}: nobody is there to ask for it")
        if isinstance(outcome, Failure):
            return Found("missing chat", State.PROBLEM, f"{number}: {after(outcome)}")
        if outcome.status == 200:
            words = f"{number} exists: name another as missing.chat_id"
            return Found("missing chat", State.PROBLEM, words)
        return Found("missing chat", State.OK, f"{number}: {described(outcome)}")

    def _expired_session(self) -> Found:
        what = "expired session"
        chat = (
            owner.full
            if owner.account in self._run.participants.accounts.values()
            else UnknownChat()
        )
        try:
            outcome = self._ask(with_expired_session.asks(chat, under=owner)).outcome
        except Missing as missing:
            return Found(what, State.ABSENT, f"{missing}: its clause is not tested")
        except NotApplicableHere:
            return Found(what, State.ABSENT, "none can be had: its clause is not applicable")
        except TargetError as problem:
            return Found(what, State.PROBLEM, f"{problem}: {_BY_HAND}")
        if isinstance(outcome, Failure):
            return Found(what, State.PROBLEM, after(outcome))
        if outcome.status == 401:
            return Found(what, State.OK, "refused with 401")
        words = f"expected 401, got {described(outcome)}: name a session that has run out"
        return Found(what, State.PROBLEM, words)


_ANOTHER = "name a chat of this user; `init --chats` finds one"
_BY_HAND = "run the command by hand, and see what it prints"


def _difference(listed: set[int], ids: tuple[Any, ...]) -> str:
    there = {number for number in ids if isinstance(number, int)}
    parts = [
        f"{words} {', '.join(str(number) for number in sorted(some)[:5])}"
        for words, some in (("also", listed - there), ("not", there - listed))
        if some
    ]
    return " and ".join(parts) or "others"
