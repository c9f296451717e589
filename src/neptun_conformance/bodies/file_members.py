"""Judges the members of one file: present, of the right type, and in the right form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from neptun_conformance.bodies.members import (
    Form,
    date_time,
    is_whole,
    looks_like_media_type,
    url_problem,
)
from neptun_conformance.bodies.problem import Problem, kind, shown
from neptun_conformance.redaction.masking import MASK

_ABSENT = object()


def problems_of(item: dict[str, Any]) -> Iterator[tuple[str, str, Problem]]:
    """Yield what is wrong with a file: the clause, the member, and the problem.

    Arguments:
        item: the file, an object of the array ``chatFiles``.
    """
    for name, clause, judge in _MEMBERS:
        wrong = judge(name, item.get(name, _ABSENT))
        if wrong:
            yield wrong[0] or clause, name, wrong[1]


Wrong = tuple[str, Problem] | None
"""What is wrong with a member, and the clause against it where that is not the member's own."""


def _missing(name: str, expected: str, value: object) -> Wrong:
    if value is _ABSENT:
        return "", Problem(f"{name} is missing", expected, "no such member")
    return "", Problem(f"{name} is not {expected}", expected, kind(value))


def _whole(name: str, value: Any) -> Wrong:
    return None if is_whole(value) else _missing(name, "a whole number", value)


def _size(name: str, value: Any) -> Wrong:
    if not is_whole(value):
        return _missing(name, "a whole number", value)
    if value >= 0:
        return None
    return "file.size-not-negative", Problem("size is negative", "0 or more", shown(value))


def _text(name: str, value: Any) -> Wrong:
    return None if type(value) is str else _missing(name, "a string", value)


def _type(name: str, value: Any) -> Wrong:
    if type(value) is not str:
        return _missing(name, "a string", value)
    if looks_like_media_type(value):
        return None
    problem = Problem("type is not a media type", "a media type such as text/plain", shown(value))
    return "file.type-is-media-type", problem


def _created_at(name: str, value: Any) -> Wrong:
    if type(value) is not str:
        return _missing(name, "an RFC 3339 string", value)
    form = date_time(value)
    if form is Form.EXACT:
        return None
    problem = Problem(f"created_at is {form.value}", "an RFC 3339 date-time", shown(value))
    return "file.created-at-form" if form is Form.NEARLY else "", problem


def _url(name: str, value: Any) -> Wrong:
    if type(value) is not str:
        return _missing(name, "a URL string", value)
    reason = url_problem(value)
    if reason is None:
        return None
    expected = "an absolute http or https URL"
    return "", Problem(f"url is not a valid URL: {reason}", expected, shown(_unsigned(value)))


def _unsigned(url: str) -> str:
    """Return a link without its query, which may sign it."""
    bare, query, _ = url.partition("?")
    return f"{bare}?{MASK}" if query else bare


_MEMBERS: tuple[tuple[str, str, Callable[[str, Any], Wrong]], ...] = (
    ("id", "file.id", _whole),
    ("chat_conversation_id", "file.chat-conversation-id", _whole),
    ("name", "file.name", _text),
    ("size", "file.size", _size),
    ("type", "file.type", _type),
    ("created_at", "file.created-at", _created_at),
    ("url", "file.url", _url),
)
