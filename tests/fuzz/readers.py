"""Everything that reads octets of a target or a file, as functions that must never raise.

A reader's documented error is a right answer of it; any other exception is a fault.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from neptun_conformance import contract, http_date
from neptun_conformance.bodies import error, json_text, media_type, members
from neptun_conformance.client.body import BodyReader
from neptun_conformance.client.connection import Connection, ConnectionAnswer
from neptun_conformance.client.deadline import Deadline
from neptun_conformance.client.decoding import UndecodableError, decoded
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.message import Message
from neptun_conformance.client.throttling import next_wait
from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge import comparison, hygiene, likeness
from neptun_conformance.judge.answer import Facts
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.situations import UnknownChat
from neptun_conformance.redaction.masking import mask_cookie, mask_links
from neptun_conformance.reports.reading import ReportError, read_result
from neptun_conformance.results.baseline.entries import load as load_baseline
from neptun_conformance.results.errors import BaselineError
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.load import load_target
from neptun_conformance.targets.provisioning import read_profile
from tests.unit.judge.said import said

if TYPE_CHECKING:
    import socket

Reader = Callable[[bytes], object]
JSON = (("Content-Type", "application/json"),)
MOST = 1024 * 1024
"""Octets that the readers of content take in here."""

_REQUEST = Request("GET", "/api/users/a/chats/1/files")
_OWN = owner.asks(owner.full)
_FOREIGN = stranger.asks(owner.full)


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")


def _fields(octets: bytes) -> list[str]:
    """Return values of header fields, each character an octet, none of them a line end."""
    return octets.decode("latin-1").splitlines() or [""]


def read_json(octets: bytes) -> object:
    """Read JSON, and tell of every number in it whether it is whole."""
    document = json_text.read(octets)
    if isinstance(document.value, list | dict):
        flat = document.value if isinstance(document.value, list) else document.value.values()
        return [members.is_whole(value) for value in flat]
    return members.is_whole(document.value)


def read_success(octets: bytes) -> object:
    """Judge the body of a 200 by itself and against a first reading."""
    first = said(_OWN, 200, octets + b" ")
    answer = said(_OWN, 200, octets, facts=Facts(plain={owner.full: first}))
    judges = (comparison.hold_the_same_files, comparison.keep_their_members)
    return [list(judge(answer)) for judge in judges]


def read_error(octets: bytes) -> object:
    """Judge the body of a 404, and what it gives away."""
    response = Response(404, JSON, octets)
    return error.read(response), error.internals(response, _REQUEST)


def read_refusal(octets: bytes) -> object:
    """Compare the body of a refusal, after its first line, with two that are the line alone."""
    first, _, whole = octets.partition(b"\n")
    missing = [
        stranger.asks(UnknownChat(further=chat.further), under=owner)
        for chat in likeness.MISSING_CHATS
    ]
    facts = Facts(alone={question: said(question, 404, first) for question in missing})
    return list(likeness.be_like_missing_ones(said(_FOREIGN, 404, whole, facts=facts)))


def read_date_time(octets: bytes) -> object:
    """Read a ``created_at``, and compare it with what stands before its first blank line."""
    first, _, second = _text(octets).partition("\n\n")
    stamps = b'{"chatFiles": [{"id": 1, "created_at": %s}]}'
    before = said(_OWN, 200, stamps % json.dumps(first).encode())
    facts = Facts(plain={owner.full: before})
    after = said(_OWN, 200, stamps % json.dumps(second).encode(), facts=facts)
    return members.date_time(first), list(comparison.keep_their_members(after))


def read_cache_directives(octets: bytes) -> object:
    """Judge Cache-Control and a header of a CDN."""
    headers = [*(("Cache-Control", v) for v in _fields(octets)), ("CDN-Cache-Control", "x")]
    return list(hygiene.not_be_for_shared_caches(said(_OWN, 200, b"{}", tuple(headers))))


def read_set_cookie(octets: bytes) -> object:
    """Judge the cookies that an answer sets, and mask them."""
    texts = (b"neptun-session=a; Expires=" + octets, octets, b"neptun-session=" + octets)
    values = [value for text in texts for value in _fields(text)]
    answer = said(_OWN, 200, b"{}", tuple(("Set-Cookie", value) for value in values))
    judges = (hygiene.set_http_only, hygiene.set_secure)
    return [list(judge(answer)) for judge in judges], [mask_cookie(value) for value in values]


def read_media_type(octets: bytes) -> object:
    """Judge the type of an answer, and the type that a file is said to have."""
    headers = tuple(("Content-Type", value) for value in _fields(octets))
    return media_type.media_type_problem(Response(200, headers, b"")), [
        members.looks_like_media_type(value) for _, value in headers
    ]


def read_retry_after(octets: bytes) -> object:
    """Decide how long to wait: Retry-After in the first line, Date in the second."""
    retry_after, date, *_ = [*_fields(octets), ""]
    headers = (("Retry-After", retry_after), ("Date", date))
    with contextlib.suppress(BrokenOff):
        return next_wait(Response(503, headers, b""), [], 10)
    return None


def read_wire(octets: bytes) -> object:
    """Read an answer as it comes from a socket: head, framing, coding and content."""
    replay = cast("socket.socket", _Replay(octets))
    deadline = Deadline(60)
    message = Message(b"GET", b"/", [(b"Host", b"h")])
    connection = Connection(replay, "the target")
    with contextlib.suppress(BrokenOff):
        connection.send(message, deadline)
        answer = ConnectionAnswer(connection, message, deadline)
        head = Response(answer.status, answer.headers, b"")
        coding = head.header("Content-Encoding") or ""
        body = BodyReader(MOST).read(answer, coding, deadline)
        return body, connection.is_reusable()
    return None


class _Replay:
    """A socket on which the same octets always come, in pieces of a thousand."""

    def __init__(self, octets: bytes) -> None:
        self._left = memoryview(octets)

    def settimeout(self, _: float) -> None:
        """Nothing is waited for."""

    def sendall(self, _: bytes) -> None:
        """Nobody listens."""

    def recv(self, size: int) -> bytes:
        piece = self._left[: min(size, 1_000)]
        self._left = self._left[len(piece) :]
        return bytes(piece)


def read_coded(octets: bytes) -> object:
    """Undo content codings: their names stand in the first line."""
    codings, _, content = octets.partition(b"\n")
    with contextlib.suppress(UndecodableError):
        return sum(map(len, decoded([content], codings.decode("latin-1"), MOST)))
    return None


def read_target_file(octets: bytes) -> object:
    """Read a target file."""
    with _file(octets) as path, contextlib.suppress(TargetError):
        return load_target(path, environ={})
    return None


def read_provision(octets: bytes) -> object:
    """Read what a command printed that makes users for the run."""
    with contextlib.suppress(TargetError):
        return load_target(None, provisioned=read_profile(octets), environ={})
    return None


def read_report(octets: bytes) -> object:
    """Read a JSON report."""
    with _file(octets) as path, contextlib.suppress(ReportError):
        return read_result(path)
    return None


def read_baseline(octets: bytes) -> object:
    """Read a baseline."""
    with _file(octets) as path, contextlib.suppress(BaselineError):
        return load_baseline(path, clauses=contract.clauses())
    return None


@contextlib.contextmanager
def _file(octets: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(octets)
        yield path


READERS: dict[str, Reader] = {
    "json": read_json,
    "success": read_success,
    "error": read_error,
    "refusal": read_refusal,
    "date-time": read_date_time,
    "url": lambda octets: members.url_problem(_text(octets)),
    "media-type": read_media_type,
    "http-date": lambda octets: http_date.read(octets.decode("latin-1")),
    "retry-after": read_retry_after,
    "cache-control": read_cache_directives,
    "set-cookie": read_set_cookie,
    "wire": read_wire,
    "coding": read_coded,
    "masking": lambda octets: mask_links(_text(octets)),
    "target-file": read_target_file,
    "provision": read_provision,
    "report": read_report,
    "baseline": read_baseline,
}
"""Every reader by the name of its folder in the corpus."""
