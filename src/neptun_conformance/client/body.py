"""Reading content within bounds, one large body at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from neptun_conformance.client.decoding import UndecodableError, decoded
from neptun_conformance.exchange import BodyKind, BodyProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Answer

LARGE = 1024 * 1024
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
        """Read no body beyond ``limit`` octets, on the wire or decoded."""
        self._limit = limit
        self._large = threading.Lock()

    def read(self, answer: Answer, content_encoding: str, deadline: Deadline) -> Body:
        """Read an answer's content to its end or its bound.

        Raises:
            BrokenOff: the connection broke off.
            TimeoutError: the deadline has passed.
        """
        reading = _Reading(self._limit, self._large, deadline)
        try:
            reading.run(answer, content_encoding)
            return Body(bytes(reading.content), reading.wire_size + answer.surplus())
        except UndecodableError as error:
            problem = BodyProblem(error.kind, str(error))
            return Body(bytes(reading.content[:KEPT_OF_A_PROBLEM]), reading.wire_size, problem)
        finally:
            reading.end()


class _Reading:
    def __init__(self, limit: int, large: threading.Lock, deadline: Deadline) -> None:
        self.content = bytearray()
        self.wire_size = 0
        self._limit = limit
        self._large = large
        self._deadline = deadline
        self._is_large = False

    def run(self, answer: Answer, content_encoding: str) -> None:
        for piece in decoded(self._wire(answer), content_encoding, self._limit):
            self.content += piece
            if len(self.content) > LARGE and not self._is_large:
                self._wait_for_turn()

    def end(self) -> None:
        if self._is_large:
            self._large.release()

    def _wire(self, answer: Answer) -> Iterator[bytes]:
        for octets in answer.content():
            self.wire_size += len(octets)
            if self.wire_size > self._limit:
                message = f"over {self._limit} octets (--max-body)"
                raise UndecodableError(BodyKind.TOO_LARGE, message)
            yield octets

    def _wait_for_turn(self) -> None:
        began = monotonic()
        self._large.acquire()
        self._is_large = True
        self._deadline.extend(monotonic() - began)
