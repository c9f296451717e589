"""Demands on answers to conditions and ranges of who may read (RFC 9110 sections 13.1 and 14.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from neptun_conformance import http_date
from neptun_conformance.bodies.problem import Problem
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Needs, Subject, judges
from neptun_conformance.resolve.expectation import Expected

_TAG = re.compile(r'"([^"]*)"')
_UNFOUNDED = "a 304 without a matching validator"


@judges(Needs.PLAIN_ANSWER)
def not_be_revalidated(answer: Answer) -> Iterator[Problem]:
    """Demand the full 200 where the validator that was sent cannot match.

    A moment before the files' says nothing where several servers have a moment of their own.
    """
    if answer.status == 304 and len(set(_given(answer, "last-modified"))) > 1:
        return
    if answer.status is not None and not answer.accepted:
        wrong = _UNFOUNDED if answer.status == 304 else "the full 200 is missing"
        yield Problem(wrong, "the full 200", described(answer))


@judges(Needs.PLAIN_ANSWER)
def be_whole_or_unchanged(answer: Answer) -> Iterator[Problem]:
    """Demand a 200, or a 304 where the server gave the validator that was sent back."""
    if answer.status not in {200, 304, None}:
        expected = "status 200, or 304 for the server's own validator"
        yield Problem("the owner does not get the files", expected, described(answer))


@judges(Needs.PLAIN_ANSWER)
def be_whole_or_in_part(answer: Answer) -> Iterator[Problem]:
    """Demand a 200, or what a range may get instead; a 304 is left to others."""
    if answer.status not in {200, 206, 304, 416, None}:
        expected = "status 200, or 206 or 416 for a range"
        yield Problem("the owner does not get the files", expected, described(answer))


def _may_be_conditional(answer: Answer) -> bool:
    return answer.resolved.readable and answer.resolved.expected is Expected.FILES_AT_BEST


_CONDITIONAL = Subject(
    lambda a: a.status is not None, "no reader asked for anything", among=_may_be_conditional
)


@judges(Needs.PLAIN_ANSWER, about=_CONDITIONAL)
def be_unchanged_with_reason(answer: Answer) -> Iterator[Problem]:
    """Demand of a 304 that one of the conditions that were sent may hold."""
    if answer.status == 304 and not (_matches(answer) or _is_from_later(answer)):
        yield Problem(_UNFOUNDED, "the full 200", described(answer))


def _sent(answer: Answer, wanted: str) -> list[str]:
    return [value for name, value in answer.resolved.request.headers if name.lower() == wanted]


def _given(answer: Answer, name: str) -> list[str]:
    """Return the values of a header in all answers to questions for the same chat."""
    others = (o for o in answer.facts.alone.values() if o.resolved.chat == answer.resolved.chat)
    return [value for o in others if o.response for value in o.response.header_values(name)]


def _matches(answer: Answer) -> bool:
    """Tell whether a tag that was sent may be one that was given.

    Compared weakly (RFC 9110 section 8.8.3.2), and tags without quotes as if they had them, since
    Werkzeug and others read them so.
    """
    text = ",".join(_sent(answer, "if-none-match"))
    sent = {_opaque(part) for part in text.split(",")} | set(_TAG.findall(text))
    return "*" in sent or not sent.isdisjoint(map(_opaque, _given(answer, "etag")))


def _opaque(tag: str) -> str:
    bare = tag.strip().removeprefix("W/")
    return bare[1:-1] if _TAG.fullmatch(bare) else bare


def _is_from_later(answer: Answer) -> bool:
    """Tell whether a date that was sent may be as late as the files.

    It may where no date was given with the files. What holds digits may be a date to who reads it
    generously; what holds none is no date.
    """
    given = [http_date.read(value) for value in _given(answer, "last-modified")]
    for value in _sent(answer, "if-modified-since"):
        moment = http_date.read(value)
        known = [each for each in given if each is not None]
        if moment is None and not re.search(r"\d", value):
            continue
        if moment is None or len(known) < len(given) or not known or moment >= min(known):
            return True
    return False
