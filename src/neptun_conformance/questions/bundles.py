"""Many particulars in one request, where any of them alone would be asked in the same way.

Where every answer but one kind is right, one request may carry fifty headers: a wrong answer is
asked again in parts until the guilty one is left (``engine/followup/bundles.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from neptun_conformance.questions.callers import Caller, with_names
from neptun_conformance.questions.situations import Headers, Question

MOST_HEADERS = 70
MOST_OCTETS = 5_000
"""Of a bundle of headers: servers take a hundred of them, and 8 kB in all."""
MOST_OF_A_KIND = 3
"""So many headers may belong together, such as those of a preflight; more are a bundle."""

COOKIE = "Cookie"


@dataclass(frozen=True, slots=True)
class Part:
    """What may be left out: a header, a cookie, a parameter, the content, a name of the session."""

    place: str
    name: str
    value: str = ""


def rows(pairs: Iterable[tuple[str, str]]) -> tuple[Headers, ...]:
    """Put headers into as few bundles as hold them, each with a name once.

    Arguments:
        pairs: names and values; a name may come with several values.
    """
    found: list[dict[str, tuple[str, str]]] = []
    for name, value in pairs:
        row = next((row for row in found if _fits(row, name, value)), None)
        if row is None:
            found.append(row := {})
        row[name.lower()] = name, value
    return tuple(tuple(row.values()) for row in found)


def _fits(row: dict[str, tuple[str, str]], name: str, value: str) -> bool:
    if len(row) >= MOST_HEADERS or name.lower() in row:
        return False
    octets = sum(len(n) + len(v) for n, v in row.values()) + len(name) + len(value)
    return octets <= MOST_OCTETS


def parts_of(question: Question) -> tuple[Part, ...]:
    """Return what is particular about a question, part by part."""
    headers = [Part("header", name, value) for name, value in question.headers if name != COOKIE]
    cookies = [
        Part("cookie", cookie)
        for name, value in question.headers
        if name == COOKIE
        for cookie in value.split("; ")
    ]
    queries = [Part("query", text) for text in question.query.split("&") if text]
    content = [Part("content", question.body)] if question.body else []
    names = [Part("session", name) for name in question.caller.names]
    return (*headers, *cookies, *queries, *content, *names)


def with_parts(question: Question, parts: Iterable[Part]) -> Question:
    """Return a question with these of its parts alone."""
    by_place: dict[str, list[Part]] = {}
    for part in parts:
        by_place.setdefault(part.place, []).append(part)
    headers = [(part.name, part.value) for part in by_place.get("header", ())]
    cookies = "; ".join(part.name for part in by_place.get("cookie", ()))
    names = tuple(part.name for part in by_place.get("session", ()))
    return replace(
        question,
        caller=_showing(question, names),
        headers=(*headers, (COOKIE, cookies)) if cookies else tuple(headers),
        query="&".join(part.name for part in by_place.get("query", ())),
        body="".join(part.name for part in by_place.get("content", ())),
    )


def _showing(question: Question, names: tuple[str, ...]) -> Caller:
    """Return the caller of a question, who shows a session under some of its names alone."""
    caller = question.caller
    return with_names(caller, names) if caller.names else caller
