"""Demands on answers to requests that claim something beside their session."""

from __future__ import annotations

from collections.abc import Iterator

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Needs, judges
from neptun_conformance.judge.disclosure import disclose_nothing


@judges(Needs.PLAIN_REFUSAL)
def stay_closed(answer: Answer) -> Iterator[Problem]:
    """Demand that what else a request says opens no chat, not even as an empty one."""
    files = answer.files
    if files is not None and not files.ids and not answer.resolved.readable:
        yield Problem("what a request claims opens a chat", "no chat data", described(answer))
        return
    yield from disclose_nothing(answer)
