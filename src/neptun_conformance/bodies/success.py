"""Judges the body of a 200: its text and its envelope; ``files`` judges the files in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from neptun_conformance.bodies import json_text, seen
from neptun_conformance.bodies.files import FileList, judged, links_of, texts_of
from neptun_conformance.bodies.link import Link
from neptun_conformance.bodies.media_type import media_type_problem
from neptun_conformance.bodies.problem import Collector, Problem, Problems, kind, pointer, shown
from neptun_conformance.bodies.strings import beside_the_files
from neptun_conformance.exchange import BodyKind, Response

MOST_LINKS = 20
"""Links of one reading that may be followed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the body of a 200 says.

    Arguments:
        problems: by clause; those about the chat asked for among them.
        files: the files, None where there is no array.
        texts: names and links of some files, by which they can be recognised elsewhere.
        beside: what further members say, of the envelope and of its files, a string a line.
        complete: whether the whole body could be judged.
        names: the names of the members, of the envelope and of its files.
        links: the links of the first files.
        seen: the clauses of whose subject the body shows at least one.
    """

    problems: Problems
    files: FileList | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)
    beside: str = field(default="", repr=False)
    complete: bool = True
    names: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    seen: frozenset[str] = frozenset()


def read(response: Response, *, asked_id: int | None) -> Reading:
    """Judge the content of a 200.

    Arguments:
        response: the answer.
        asked_id: the number of the chat that its files must belong to, None where that is open.
    """
    problems = Collector()
    wrong_type = media_type_problem(response)
    if wrong_type:
        problems.add("success.media-type", wrong_type)
    if response.body_problem is not None:
        return _unreadable(response, problems)
    document = json_text.read(response.body)
    _note_text(document, problems)
    if not document.read:
        return Reading(
            problems.collected(), complete=document.beyond_limits is None, seen=seen.IN_ANY
        )
    return _read_value(document.value, asked_id, problems)


def of_any_chat(reading: Reading) -> Reading:
    """Return what a list without a problem says where it is open which chat was asked for."""
    return replace(reading, seen=reading.seen - seen.OF_A_CHAT)


def _read_value(value: Any, asked_id: int | None, problems: Collector) -> Reading:
    files = _chat_files(value, problems)
    if files is None:
        return Reading(problems.collected(value), seen=seen.IN_JSON)
    found = judged(files, asked_id, problems)
    return Reading(
        problems.collected(value),
        files=found or FileList(sound=False),
        texts=texts_of(files),
        beside="\n".join(beside_the_files(value)),
        complete=found is not None,
        names=frozenset(value).union(*(f for f in files if type(f) is dict)),
        links=tuple(links_of(files[:MOST_LINKS])),
        seen=seen.IN_JSON | seen.in_files(files, of_a_chat=asked_id is not None),
    )


def _unreadable(response: Response, problems: Collector) -> Reading:
    problem = response.body_problem
    assert problem is not None  # noqa: S101 - asked for by the only caller
    clause = "success.limits" if problem.kind is BodyKind.TOO_LARGE else "success.json"
    problems.add(clause, Problem("the body cannot be read", "JSON", problem.message))
    return Reading(problems.collected(), complete=clause == "success.json", seen=seen.IN_ANY)


def _note_text(document: json_text.Document, problems: Collector) -> None:
    if document.byte_order_mark:
        problems.add(
            "success.byte-order-mark",
            Problem("the body begins with a byte order mark", "JSON text", "EF BB BF before it"),
        )
    if document.repeated is not None:
        problems.add(
            "success.repeated-members",
            Problem("an object has a member twice", "unique names", shown(document.repeated)),
        )
    if document.beyond_limits:
        problems.add(
            "success.limits",
            Problem(
                "the body exceeds the limits of common parsers",
                "JSON within these limits",
                document.beyond_limits,
            ),
        )
    if document.problem:
        problems.add(
            "success.json",
            Problem("the body is not valid JSON in UTF-8", "JSON in UTF-8", document.problem),
        )


def _chat_files(value: Any, problems: Collector) -> list[Any] | None:
    if not isinstance(value, dict):
        actual = f"{kind(value)} in its place"
        problem = Problem("the body is not an object", "an object with chatFiles", actual, "")
    elif "chatFiles" not in value:
        names = ", ".join(map(shown, list(value)[:5])) or "no member at all"
        problem = Problem("chatFiles is missing", "the array chatFiles", names, "")
    elif not isinstance(value["chatFiles"], list):
        actual = kind(value["chatFiles"])
        problem = Problem("chatFiles is not an array", "an array", actual, pointer("chatFiles"))
    else:
        return value["chatFiles"]
    problems.add("success.envelope", problem)
    return None
