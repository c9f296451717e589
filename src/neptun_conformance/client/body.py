"""Reading content within bounds, one large body at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING

from neptun_conformance.client import memory
from neptun_conformance.client.decoding import UndecodableError, decoded
from neptun_conformance.exchange import BodyKind, BodyProblem, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Answer

LARGE = 1024 * 1024
MOST_TOO_LARGE = 8
"""So many bodies are read to the limit; what is longer than ``LARGE`` is cut there afterwards."""
KEPT_OF_A_PROBLEM = 4096


@dataclass(frozen=True, slots=True)
class Body:
    """Content as far as it was read, and why no further.

    Arguments:
        content: the whole, decoded; of a body with a problem only the beginning is kept.
        wire_size: octets read from the wire.
        problem: why the content is not whole, or None.
    """

    content: bytes
    wire_size: int
    problem: BodyProblem | None = None


class BodyReader:
    """Reads bodies for many threads; only one of them at a time may hold a large one."""

    def __init__(self, limit: int) -> None:
        """Read no body beyond ``limit`` octets, on the wire or decoded.

        Once some were longer, all are cut earlier: a target whose bodies have no end would keep a
        run for hours.
        """
        self._limit = limit
        self._too_large = 0
        self._large = threading.Lock()

    def response(self, answer: Answer, deadline: Deadline) -> Response:
        """Return an answer with its content, which is read to its end or its bound.

        Raises:
            BrokenOff: the connection broke off.
            TimeoutError: the deadline has passed.
        """
        head = Response(answer.status, answer.headers, b"", http_version=answer.http_version)
        body = self.read(answer, head.header("Content-Encoding") or "", deadline)
        return replace(
            head,
            body=body.content,
            wire_size=body.wire_size,
            body_problem=body.problem,
            stray=0 if body.problem else answer.stray(),
        )

    def read(self, answer: Answer, content_encoding: str, deadline: Deadline) -> Body:
        """Read an answer's content to its end or its bound.

        Raises:
            BrokenOff: the connection broke off.
            TimeoutError: the deadline has passed.
        """
        limit = self._limit if self._too_large < MOST_TOO_LARGE else min(self._limit, LARGE)
        wire = _Wire(answer, limit)
        store = _Store(self._large, deadline)
        try:
            for piece in decoded(wire.pieces(), content_encoding, limit):
                store.append(piece)
            return Body(store.start(store.size), wire.size + answer.surplus())
        except UndecodableError as error:
            self._too_large += error.kind is BodyKind.TOO_LARGE
            problem = BodyProblem(error.kind, str(error))
            return Body(store.start(KEPT_OF_A_PROBLEM), wire.size, problem)
        finally:
            store.close()


class _Wire:
    """Counts content on its way in, and stops it at the limit."""

    def __init__(self, answer: Answer, limit: int) -> None:
        self.size = 0
        self._answer = answer
        self._limit = limit

    def pieces(self) -> Iterator[bytes]:
        for octets in self._answer.content():
            self.size += len(octets)
            if self.size > self._limit:
                message = f"over {self._limit} bytes (--max-body)"
                raise UndecodableError(BodyKind.TOO_LARGE, message)
            yield octets


class _Store:
    """Gathers content; a large one takes its memory back to the system when it is let go."""

    def __init__(self, large: threading.Lock, deadline: Deadline) -> None:
        self.size = 0
        self._large = large
        self._deadline = deadline
        self._is_large = False
        self._memory = BytesIO()

    def append(self, piece: bytes) -> None:
        self.size += self._memory.write(piece)
        if self.size > LARGE and not self._is_large:
            self._wait_for_others()

    def start(self, octets: int) -> bytes:
        # The whole is what was gathered, and no copy of it.
        return self._memory.getvalue() if octets == self.size else self._memory.getvalue()[:octets]

    def close(self) -> None:
        self._memory.close()
        if self._is_large:
            self._large.release()

    def _wait_for_others(self) -> None:
        began = monotonic()
        self._large.acquire()
        self._is_large = True
        self._deadline.extend(monotonic() - began)
        memory.give_back_what_is_large()
