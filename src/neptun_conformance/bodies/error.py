"""Judges the documented error body of a 401, a 404 and a 500."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from neptun_conformance.bodies import json_text
from neptun_conformance.bodies.internals import given_away
from neptun_conformance.bodies.media_type import media_type_problem
from neptun_conformance.bodies.members import is_whole
from neptun_conformance.bodies.problem import Collector, Problem, Problems, kind, pointer
from neptun_conformance.exchange import Request, Response


def read(response: Response) -> Problems:
    """Judge an error answer against its documented form, whatever its words are."""
    problems = Collector()
    wrong_type = media_type_problem(response)
    if wrong_type:
        problems.add("error.media-type", wrong_type)
    document = json_text.read(response.body)
    reason = _unreadable(response, document)
    if reason:
        problem = Problem("the body is not a JSON object in UTF-8", "a JSON object", reason)
        problems.add("error.json", problem)
    else:
        _members(document.value, response.status, problems)
    return problems.collected(document.value)


def _unreadable(response: Response, document: json_text.Document) -> str | None:
    if response.body_problem is not None:
        return response.body_problem.message
    if not document.read:
        return document.problem or document.beyond_limits or "nothing"
    return None if isinstance(document.value, dict) else kind(document.value)


def _members(body: dict[str, Any], status: int, problems: Collector) -> None:
    code = body.get("statusCode")
    if not is_whole(code) or code != status:
        _wrong(problems, "error.status-code", body, ("statusCode",), f"the number {status}")
    if not isinstance(body.get("statusMessage"), str):
        _wrong(problems, "error.status-message", body, ("statusMessage",), "a string")
    data = body.get("data")
    if not isinstance(data, dict):
        _wrong(problems, "error.data", body, ("data",), "an object")
    elif not isinstance(data.get("message"), str):
        _wrong(problems, "error.message", data, ("data", "message"), "a string")


def _wrong(
    problems: Collector, clause: str, holder: dict[str, Any], path: tuple[str, ...], expected: str
) -> None:
    name = ".".join(path)
    if path[-1] not in holder:
        problem = Problem(f"{name} is missing", expected, "no such member", pointer(*path[:-1]))
    else:
        actual = kind(holder[path[-1]])
        problem = Problem(f"{name} is wrong", expected, actual, pointer(*path))
    problems.add(clause, problem)


_SHORT = 4096
"""Characters of an error body; of more than these, fewer are remembered."""

MOST_SEARCHED = 256 * 1024
"""Octets of an error body that are searched; a body made for it costs 7 µs an octet."""

_ESCAPED = re.compile(r'\\(?:u00([0-7][0-9a-fA-F])|(["\\/nrt]))')
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


def internals(response: Response, request: Request) -> Problem | None:
    """Say what an error body gives away about the server's inside, None for nothing.

    Stack traces and paths of files are looked for in its first ``MOST_SEARCHED`` octets; the path
    of the request itself is not one.
    """
    written = response.body[:MOST_SEARCHED].decode(errors="replace")
    asked = request.target.partition("?")[0]
    for text in _readings(written):
        found = _found(_without(text, asked))
        if found is not None:
            name, given = found
            expected = "no stack trace and no file path"
            return Problem(f"the error body contains {name}", expected, given)
    return None


def _readings(written: str) -> dict[str, None]:
    """Return a body as it is read: JSON may stand in another text, and in a text of JSON again."""
    once = _ESCAPED.sub(_unescaped, written)
    twice = _ESCAPED.sub(_unescaped, once)
    is_json = written.lstrip()[:1] in {"{", "[", '"'}
    return dict.fromkeys((once, twice) if is_json else (written, once))


def _unescaped(match: re.Match[str]) -> str:
    code, character = match.groups()
    return chr(int(code, 16)) if code else _PLAIN.get(character, character)


def _without(text: str, asked: str) -> str:
    for path in (asked, unquote(asked)):
        text = text.replace(path, "")
    return text


def _found(text: str) -> tuple[str, str] | None:
    # Most errors of a run are alike but for the path.
    return _given_away_by_long(text) if len(text) > _SHORT else _given_away_by_short(text)


_given_away_by_short = lru_cache(maxsize=256)(given_away)
_given_away_by_long = lru_cache(maxsize=16)(given_away)
