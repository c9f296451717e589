"""The answers of a run: each body is read as it comes, and what is large is let go."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from neptun_conformance.bodies import error
from neptun_conformance.bodies.problem import Problems
from neptun_conformance.bodies.readings import LARGE, Readings
from neptun_conformance.bodies.success import Reading
from neptun_conformance.exchange import Exchange, Response
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.resolved import ResolvedQuestion

KEPT_OF_A_BODY = 64 * 1024
"""Octets of a body that are kept once it is judged; reports show less."""

HUGE = 4 * 1024 * 1024
"""Octets of a body after which requests go out one at a time: each holds its body till judged."""

KEPT_HEADERS = 1_000
"""Headers of an answer that are kept: there may be tens of thousands, and hundreds of answers."""


_OVER = "the run was ended"


class Transcript:
    """Keeps every answer of a run; safe to share between threads.

    Arguments:
        facts: what the run knows beside each answer.
    """

    def __init__(self, facts: Facts) -> None:
        self.answers: list[Answer] = []
        self.has_huge = False
        self.is_over = False
        """Whether the run was broken off: what comes now is read no more, and says nothing."""
        self.alone = threading.RLock()
        """Held by whoever asks for, or judges, what takes much memory."""
        self._facts = facts
        self._readings = Readings()
        self._problems: dict[tuple[object, ...], Problems] = {}
        self._lock = threading.Lock()
        self._ordered: list[Answer] | None = None

    def keep(
        self, prepared: ResolvedQuestion, exchange: Exchange, *, untested: str | None = None
    ) -> Answer:
        """Read the body of an answer, keep what was read, and let go of what is large.

        Arguments:
            prepared: the question and its request.
            exchange: what came of it.
            untested: why it says nothing about the target.
        """
        response = exchange.response
        reading = errors = None
        if response is not None and prepared.request.method == "GET":
            if response.status == 200:
                reading = self._read(response, _owed_id(prepared))
            elif response.status in {401, 404, 500}:
                errors = self._errors(response)
        if self.is_over:
            untested = untested or _OVER
        if response is not None:
            # The documentation's own models read the whole body later, and seldom more than one.
            is_read_later = prepared.question.documented
            exchange = replace(exchange, outcome=_trimmed(response, whole=is_read_later))
        answer = Answer(prepared, exchange, self._facts, reading, errors, untested)
        return self.put(self._shared(answer))

    @property
    def simplest_first(self) -> list[Answer]:
        """The answers so far, those to the simplest questions first."""
        with self._lock:
            if self._ordered is None:
                simplicity = lambda answer: answer.resolved.question.simplicity  # noqa: E731
                self._ordered = sorted(self.answers, key=simplicity)
            return self._ordered

    def put(self, answer: Answer) -> Answer:
        """Keep an answer as it is, and return it."""
        with self._lock:
            self.answers.append(answer)
            self._ordered = None
        return answer

    def set_aside(self, answer: Answer, reason: str) -> Answer:
        """Put an answer that says nothing about the target in its own place, and return it."""
        self.drop([answer])
        return self.put(replace(answer, untested=reason))

    def put_in_place(self, answer: Answer, other: Answer) -> Answer:
        """Keep an answer in the place of another one, and return it."""
        with self._lock:
            self.answers = [other if one is answer else one for one in self.answers]
            self._ordered = None
        return other

    def drop(self, answers: Iterable[Answer]) -> None:
        """Forget some answers, with the steps before them."""
        dropped = {id(step) for answer in answers for step in (*answer.steps, answer)}
        with self._lock:
            self.answers = [answer for answer in self.answers if id(answer) not in dropped]
            self._ordered = None

    def _read(self, response: Response, owed: int | None) -> Reading | None:
        """Judge a 200, a large body alone: that takes many times its size."""
        if len(response.body) < LARGE:
            return self._readings.of(response, asked_id=owed)
        self.has_huge = self.has_huge or len(response.body) > HUGE
        with self.alone:
            return None if self.is_over else self._readings.of(response, asked_id=owed)

    def _errors(self, response: Response) -> Problems:
        """Judge the body of an error, each once however often it comes."""
        types = tuple(response.header_values("Content-Type"))
        key = (sha256(response.body).digest(), types, response.body_problem, response.status)
        if key not in self._problems:
            self._problems[key] = error.read(response)
        return self._problems[key]

    def _shared(self, answer: Answer) -> Answer:
        """Let equal file lists be one object: thirty readings of a long list cost one."""
        reading, first = answer.reading, answer.plain_reading
        if reading is None or first is None or first.reading is None:
            return answer
        if reading.files is None or reading.files != first.reading.files:
            return answer
        return replace(answer, reading=replace(reading, files=first.reading.files))


def _owed_id(prepared: ResolvedQuestion) -> int | None:
    """Return the chat that the files of a 200 must belong to, where the 200 is due."""
    return prepared.asked_id if prepared.expected is Expected.FILES else None


def _trimmed(response: Response, *, whole: bool = False) -> Response:
    headers = response.headers[:KEPT_HEADERS]
    size = len(response.body)
    if whole or size <= KEPT_OF_A_BODY:
        return replace(response, headers=headers)
    body = response.body[:KEPT_OF_A_BODY]
    return replace(response, headers=headers, body=body, trimmed_from=size)
