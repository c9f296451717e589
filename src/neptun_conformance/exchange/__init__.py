"""What goes out and what comes back: one request, and its answer or the reason there is none.

These records are plain values. The client fills them in, the judges read them, and nothing here
touches the network. What may hold a session is left out of their ``repr``, which tools print.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Http2Form(Enum):
    """How a request looks that there is in HTTP/2 alone (RFC 9113 section 8.3), in words."""

    USUAL = ""
    PATH_FIRST = "with :path first of the pseudo-header fields"
    HOST_BESIDE = "with a Host that is equal to :authority"
    SCHEME_IN_CAPITALS = "with :scheme in capitals"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a check wants it on the wire.

    Arguments:
        method: the HTTP method, upper case.
        target: path and query as they go out (origin-form, RFC 9112 section 3.2.1), ASCII,
            already percent-encoded, without the base URL's prefix; never normalised on the way.
        headers: what this request adds to the headers of every request of a run, byte for byte.
        without: names of headers of every request that this one lacks, in lower case.
        lower_case: names of headers go out in lower case.
        fresh: it goes over a connection of its own.
        documented: the documentation's own client sends it.
        http2: its form where it can only be sent over HTTP/2, None where over either version.
        body: its content; none for most, as a GET needs none (RFC 9110 section 9.3.1).
    """

    method: str
    target: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    without: frozenset[str] = frozenset()
    lower_case: bool = False
    fresh: bool = False
    documented: bool = False
    http2: Http2Form | None = None
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Response:
    """A complete answer.

    Arguments:
        status: the status code.
        headers: names and values in the order and case in which they came.
        body: the content, decoded from the codings that the request offered.
        wire_size: octets of the content as it travelled, before decoding.
        http_version: ``HTTP/1.1`` or ``HTTP/1.0``.
        body_problem: why the content is not whole (over the limit, a broken or unoffered
            content coding), or None.
        stray: octets that came with it behind its end, which every client would take for the
            beginning of the next answer on the connection.
        trimmed_from: octets of the whole body where only its beginning was kept, once judged.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    wire_size: int = 0
    http_version: str = "HTTP/1.1"
    body_problem: BodyProblem | None = None
    stray: int = 0
    trimmed_from: int | None = None

    @property
    def body_size(self) -> int:
        """Octets of the whole decoded body."""
        return len(self.body) if self.trimmed_from is None else self.trimmed_from

    def header(self, name: str) -> str | None:
        """Return the value of a header, several joined by a comma (RFC 9110 section 5.3)."""
        values = self.header_values(name)
        return ", ".join(values) if values else None

    def header_values(self, name: str) -> list[str]:
        """Return every value of a header in order (``Set-Cookie`` must not be joined)."""
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]


class BodyKind(StrEnum):
    """Why a body could not be read to its end although the answer was well framed."""

    TOO_LARGE = "too large"
    BAD_CODING = "broken content coding"
    UNOFFERED_CODING = "content coding that was not offered"


@dataclass(frozen=True, slots=True)
class BodyProblem:
    """A body that was cut off or could not be decoded; ``message`` is one line for people."""

    kind: BodyKind
    message: str


class FailureKind(StrEnum):
    """Where an exchange broke off before a complete answer was there."""

    RESOLVE = "name not resolved"
    CONNECT = "no connection"
    TLS = "TLS failed"
    PROXY = "proxy failed"
    DROPPED = "connection dropped"
    DEADLINE = "no complete answer in time"
    PROTOCOL = "not HTTP"
    BUDGET = "request budget spent"
    THROTTLED = "throttled for too long"
    OVER = "the run was over"


_NO_CONNECTION = frozenset(
    {FailureKind.RESOLVE, FailureKind.CONNECT, FailureKind.TLS, FailureKind.PROXY}
)


@dataclass(frozen=True, slots=True)
class Failure:
    """No complete answer: its kind, and one line that names cause and remedy without secrets."""

    kind: FailureKind
    message: str
    status: int | None = None

    @property
    def never_sent(self) -> bool:
        """Whether it came before anything was sent: there was no connection to the target."""
        return self.kind in _NO_CONNECTION

    @property
    def is_late(self) -> bool:
        """Whether the deadline passed before the whole answer was there."""
        return self.kind is FailureKind.DEADLINE


@dataclass(frozen=True, slots=True)
class Wait:
    """A 429, or a 503 with Retry-After, that was waited out (``seconds``) before a repeat."""

    status: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came of it.

    Arguments:
        request: what was sent.
        outcome: the response, or the failure.
        started: seconds since the run began.
        seconds: how long the last attempt took.
        waits: throttling answers waited out before this outcome.
        first_failure: the failure of a first attempt that was repeated on a fresh connection.
        at_once: its last octet was held back until those of others could go out with it.
    """

    request: Request
    outcome: Response | Failure
    started: float = 0.0
    seconds: float = 0.0
    waits: tuple[Wait, ...] = field(default=())
    first_failure: Failure | None = None
    at_once: bool = False

    @property
    def response(self) -> Response | None:
        """The complete answer, None where there is none."""
        return self.outcome if isinstance(self.outcome, Response) else None

    @property
    def failure(self) -> Failure | None:
        """Why there is no complete answer, None where there is one."""
        return self.outcome if isinstance(self.outcome, Failure) else None
