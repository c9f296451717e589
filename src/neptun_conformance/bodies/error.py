"""Judges the documented error body of a 401, a 404 and a 500."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from neptun_conformance.bodies import json_text
from neptun_conformance.bodies.media_type import media_type_problem
from neptun_conformance.bodies.members import is_whole
from neptun_conformance.bodies.problem import Collector, Problem, Problems, kind, pointer, shown
from neptun_conformance.exchange import Request, Response

# Every run of characters is bounded, so that a long word in a message costs no more than others.
_TRACE = re.compile(
    r"Traceback \(most recent call last\)"
    r"|\bFile \"[^\"]{1,500}\", line \d{1,9}"
    r"|\bat (?:async )?[\w.$<>\[\] ]{0,200}\(?(?:file://|node:|/|[A-Za-z]:\\)[^()\s]{0,500}:\d{1,9}:\d{1,9}\)?"
    r"|\bat [\w.$<>]{1,200}\([\w$]{1,100}\.(?:java|kt|scala|groovy):\d{1,9}\)"
    r"|\bgoroutine \d+ \["
    r"|\bthread '[^']{1,100}' panicked at "
    r"|\bin /[\w./-]{1,500}\.php(?: on line |:)\d"
    r"|[\w/-]{1,100}\.rb:\d+:in [`']"
    r"|\bat [\w.`<>]{1,200}\([^)]{0,500}\) in [^\s]{1,500}:line \d"
    r"|\bat [\w./-]{1,200}\.(?:pl|pm|psgi|cgi) line \d"
    r"|\b\w{1,100}\.(?:cpp|cxx|hpp|hs|erl|exs?|swift|zig|nim|kt|go|lua|jl|[cm]?js|tsx?|java|dart):\d"
    r"|\b\w{1,100}\.R#\d"
    # Most other endings are those of domains, too: a port may follow, but no column.
    r"|/\w{1,100}\.(?:rs|cr|cc|c|py|ml):\d{1,9}:\d"
)
_PATH = re.compile(
    r"(?:file://)?/(?:home|usr|var|opt|app|srv|root|etc|tmp|mnt|data|code|workspace|Users|private)"
    r"(?:/[\w.@+-]{1,255}){0,30}/[\w@+-]{1,255}\.[A-Za-z]{1,8}\b"
    r"|\b[A-Za-z]:\\\\?(?:[\w .-]{1,255}\\\\?){1,30}[\w.-]{1,255}"
    r"|\bnode_modules/[\w@.-]{1,100}|\bsite-packages/[\w.-]{1,100}"
)
_LINK = re.compile(r"(?:\bhttps?:)?//[\w.-]{1,255}\.[\w-]{1,63}(?::\d{1,5})?/[^\s\"'<>]{0,2000}")
"""A link, absolute or without its scheme; what is behind its host is nobody's file."""


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
"""Characters of an error body of which it is remembered what it gives away."""

MOST_SEARCHED = 256 * 1024
"""Octets of an error body that are searched; a body made for it costs 7 µs an octet."""


def internals(response: Response, request: Request) -> Problem | None:
    """Say what an error body gives away about the server's inside, None for nothing.

    Stack traces and paths of files are looked for in its first ``MOST_SEARCHED`` octets; the path
    of the request itself is not one.
    """
    text = response.body[:MOST_SEARCHED].decode(errors="replace")
    for escaped, plain in (("\\/", "/"), ("\\n", "\n"), ("\\t", "\t"), ('\\"', '"')):
        text = text.replace(escaped, plain)
    asked = request.target.partition("?")[0]
    for path in (asked, unquote(asked)):
        text = text.replace(path, "")
    # Most errors of a run are alike but for the path.
    found = _given_away(text) if len(text) > _SHORT else _given_away_by_short(text)
    if found is None:
        return None
    name, given = found
    return Problem(f"the error body contains {name}", "no stack trace and no file path", given)


def _given_away(text: str) -> tuple[str, str] | None:
    """Return what a text gives away and its words, None for nothing."""
    text = _LINK.sub("", text)
    for name, pattern in (("a stack trace", _TRACE), ("a file path", _PATH)):
        match = pattern.search(text)
        if match:
            return name, shown(match.group())
    return None


_given_away_by_short = lru_cache(maxsize=256)(_given_away)
