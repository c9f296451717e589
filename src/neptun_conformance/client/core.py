"""The client: one request in, one recorded exchange out, and never an exception for a target."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING, Self

import h11

from neptun_conformance.client import documented, headers
from neptun_conformance.client.body import BodyReader
from neptun_conformance.client.deadline import Deadline
from neptun_conformance.client.failures import BrokenOff, StaleConnectionError
from neptun_conformance.client.http2 import fields
from neptun_conformance.client.message import Message
from neptun_conformance.client.negotiation import transport_for
from neptun_conformance.client.pace import Pace
from neptun_conformance.client.slots import FIRST, FIRST_STREAMS, Slots
from neptun_conformance.client.throttling import is_throttled, next_wait
from neptun_conformance.exchange import (
    Exchange,
    Failure,
    FailureKind,
    Http2Form,
    Request,
    Response,
    Wait,
)
from neptun_conformance.exchange.address import Address

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from neptun_conformance.client.burst import BurstBarrier
    from neptun_conformance.client.cycle import Application
    from neptun_conformance.client.settings import Settings


class Client:
    """Sends requests to one target, for as many threads as like to; a context manager.

    Requests go out byte for byte: no path is normalised, no cookie kept, no redirect followed.
    """

    def __init__(self, settings: Settings, *, app: Application | None = None) -> None:
        """Prepare to reach a target; nothing is sent yet.

        Arguments:
            settings: where the target is and how to behave towards it.
            app: an ASGI application to call in this process instead of the base URL's host.

        Raises:
            ValueError: a setting cannot be used; one line says which and why.
        """
        self._settings = settings
        self._prefix = Address.parse(settings.base_url).prefix
        self._headers = headers.of_run(settings)
        self._app = app
        self._transport = transport_for(settings, app)
        self._pace = Pace(settings)
        self._bodies = BodyReader(settings.max_body)
        first = FIRST_STREAMS if self._transport.version == "2" else FIRST
        self._slots = Slots(settings.concurrency, first)

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the client."""
        self.close()

    @property
    def sent(self) -> int:
        """Requests put on the wire so far, repeats included."""
        return self._pace.sent

    @property
    def version(self) -> str | None:
        """The version of HTTP that is spoken, such as ``1.1``; None until it is agreed on."""
        return self._transport.version

    @property
    def concurrency(self) -> int:
        """Exchanges that may be under way at once at present."""
        return self._slots.number

    @property
    def peak(self) -> int:
        """Exchanges that were under way at once, at most."""
        return self._slots.peak

    @property
    def rate(self) -> float | None:
        """Requests a second that are not exceeded at present, or None."""
        return self._pace.rate

    def elapsed(self) -> float:
        """Return the seconds since the run began."""
        return monotonic() - self._pace.began

    def pause(self, seconds: float) -> bool:
        """Wait without sending; tell whether the run goes on afterwards."""
        return self._pace.pause(seconds)

    @property
    def waited(self) -> float:
        """Seconds that the target asked for, by a 429 or a 503, and got."""
        return self._pace.waited

    def wait_out(self, seconds: float) -> None:
        """Wait without sending because the target asks for it."""
        self._pace.wait_out(seconds)

    def close(self) -> None:
        """Break off what is under way, from any thread; later exchanges fail at once."""
        self._pace.end()
        self._transport.close()

    def headers(self, request: Request) -> tuple[tuple[str, str], ...]:
        """Return all headers that go out with a request, in their order."""
        found = headers.of_request(request, self._headers)
        if self.version == "2":
            found = fields.carried(found)
        return headers.spelled(request, found)

    @property
    def shares_connections(self) -> bool:
        """Whether several requests are under way on one connection, as over HTTP/2."""
        return self.version == "2"

    def may_be_reset(self, request: Request) -> bool:
        """Tell whether the version of HTTP lets a server refuse a request without an answer."""
        return self.version == "2" and fields.is_malformed(request)

    def why_unsendable(self, request: Request) -> str | None:
        """Say why there is no such request in the version of HTTP that is spoken, if so."""
        return fields.why_unsendable(request, self.version)

    def exchange(
        self,
        request: Request,
        *,
        fresh: bool = False,
        together: BurstBarrier | None = None,
        beside: Callable[[], Request | None] = lambda: None,
        unless: Callable[[], str | None] = lambda: None,
    ) -> Exchange:
        """Send a request once, and again only where the target asks to be asked later.

        Arguments:
            request: what to send.
            fresh: use a new connection.
            together: with which others it is to arrive; passed over where a pace must be kept.
            beside: gives another request; where that is answered while this one is told to come
                back, the target throttles this input alone, and nobody waits: what says so is
                returned.
            unless: says, once it is this request's turn, why it is not sent after all.

        Raises:
            ValueError: the request itself cannot be sent as HTTP/1.1; never for a target's doings.
        """
        message = self._message(request, together if self.rate is None else None)
        with self._slots:
            record = _Record(began=monotonic())
            try:
                _assert_wanted(unless())
                outcome: Response | Failure = self._until_unthrottled(
                    message, record, beside, fresh=fresh
                )
            except BrokenOff as broken:
                outcome = broken.failure
                if outcome.is_late:
                    self._slots.note_late(sent_at=record.began)
                elif outcome.kind is not FailureKind.DROPPED or not message.apart:
                    # The end of a connection of its own says nothing of how many others may be.
                    self._slots.note_trouble()
            else:
                self._slots.note_answered(record.seconds, sent_at=record.began)
        return Exchange(
            request,
            outcome,
            started=record.began - self._pace.began,
            seconds=record.seconds,
            waits=tuple(record.waits),
            at_once=message.together is not None,
        )

    def _until_unthrottled(
        self,
        message: Message,
        record: _Record,
        beside: Callable[[], Request | None],
        *,
        fresh: bool,
    ) -> Response:
        while True:
            response = self._attempt(message, record, fresh=fresh)
            if not is_throttled(response):
                self._pace.relieve()
                return response
            self._slots.note_trouble()
            other = None if self._pace.is_held() else beside()
            if other and self._answers(self._message(other, None)):
                return response
            message = replace(message, together=None)
            self._pace.lower(sent_at=record.began)
            wait = next_wait(response, record.waits, self._settings.max_throttle)
            self._pace.hold(wait.seconds)
            record.waits.append(wait)

    def _answers(self, message: Message) -> bool:
        """Tell whether the target answers this, rather than to throttle it as well."""
        response = self._attempt(message, _Record(began=monotonic()), fresh=False)
        if is_throttled(response):
            return False
        self._pace.relieve()
        return True

    def _attempt(self, message: Message, record: _Record, *, fresh: bool) -> Response:
        deadline = Deadline(self._pace.take(), latest=self._pace.ends)
        record.began = monotonic()
        try:
            try:
                return self._send(message, deadline, fresh=fresh)
            except StaleConnectionError as stale:
                self._pace.take()
                again = replace(message, together=None)
                return self._send(again, deadline, fresh=fresh or stale.fresh)
        except TimeoutError:
            raise self._too_late() from None
        except BrokenOff as broken:
            if broken.failure.never_sent:
                self._pace.take_back()
            raise self._pace.over() if self._pace.is_over() else broken from None
        finally:
            record.seconds = monotonic() - record.began

    def _send(self, message: Message, deadline: Deadline, *, fresh: bool) -> Response:
        if message.documented is not None:
            documented.prepare()  # takes long, and no connection is kept below
            with self._transport.room():
                left = deadline.left()
                return documented.get(message.documented, self._settings, self._app, left)
        with self._transport.answer(message, deadline=deadline, fresh=fresh) as answer:
            try:
                return self._bodies.response(answer, deadline)
            except TimeoutError:
                raise self._too_late(answer.status) from None

    def _too_late(self, status: int | None = None) -> BrokenOff:
        if self._pace.is_over():
            return self._pace.over()
        message = f"no complete answer within the deadline of {self._settings.deadline:g} s"
        return BrokenOff(FailureKind.DEADLINE, message, status=status)

    def _message(self, request: Request, together: BurstBarrier | None) -> Message:
        try:
            return Message(
                request.method.encode("ascii"),
                (self._prefix + request.target).encode("ascii"),
                headers.octets(self.headers(request)),
                request.body,
                together,
                documented=request if request.documented else None,
                form=request.http2 or Http2Form.USUAL,
                apart=request.fresh,
            )
        except h11.LocalProtocolError as error:
            text = f"a request that is not valid HTTP/1.1: {error}"
            raise ValueError(text) from None


def _assert_wanted(why_not: str | None) -> None:
    if why_not is not None:
        raise BrokenOff(FailureKind.OVER, why_not)


@dataclass(slots=True)
class _Record:
    """What an exchange notes down on its way; moments by the monotonic clock."""

    began: float
    seconds: float = 0.0
    waits: list[Wait] = field(default_factory=list)
