"""Judges the body of a 200: envelope, files, and every member of every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from neptun_conformance.bodies import json_text, seen
from neptun_conformance.bodies.link import Link
from neptun_conformance.bodies.media_type import media_type_problem
from neptun_conformance.bodies.members import (
    Form,
    date_time,
    is_whole,
    looks_like_media_type,
    url_problem,
)
from neptun_conformance.bodies.problem import Problem, Problems, pointer, shown
from neptun_conformance.exchange import Response
from neptun_conformance.redaction.masking import MASK

STABLE = ("chat_conversation_id", "name", "size", "type", "created_at")
"""The members that a file keeps from one reading to the next; its url may be signed anew."""

MOST_PROBLEMS = 20_000
"""So many problems in one body, and the rest of it is not judged: a million would take minutes."""

MOST_ALIKE = 1_000
"""So many whole ids of one hash value, and the files are not identified: each further one would be
compared with all of them, which takes minutes for 100,000."""

MOST_LINKS = 20
"""Links of one reading that may be followed."""

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of one reading: their ids in order, and what is stable about each.

    ``sound`` is False where a file cannot be identified, so that lists cannot be compared.
    """

    ids: tuple[Any, ...] = ()
    stable: dict[Any, tuple[Any, ...]] = field(default_factory=dict)
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What the body of a 200 says.

    Arguments:
        problems: by clause; those about the chat asked for among them.
        files: the files, None where there is no array.
        texts: names and links of some files, by which they can be recognised elsewhere.
        complete: whether the whole body could be judged.
        names: the names of the members, of the envelope and of its files.
        links: the links of the first files.
        seen: the clauses of whose subject the body shows at least one.
    """

    problems: Problems
    files: FileList | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)
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
    problems = Problems()
    wrong_type = media_type_problem(response)
    if wrong_type:
        problems.add("success.media-type", wrong_type)
    if response.body_problem is not None:
        return _unreadable(response, problems)
    document = json_text.read(response.body)
    _note_text(document, problems)
    if not document.read:
        return Reading(problems, complete=document.beyond_limits is None, seen=seen.IN_ANY)
    reading = _read_value(document.value, asked_id, problems)
    problems.quote(document.value)
    return reading


def of_any_chat(reading: Reading) -> Reading:
    """Return what a list without a problem says where it is open which chat was asked for."""
    return replace(reading, seen=reading.seen - seen.OF_A_CHAT)


def _read_value(value: Any, asked_id: int | None, problems: Problems) -> Reading:
    files = _chat_files(value, problems)
    if files is None:
        return Reading(problems, seen=seen.IN_JSON)
    judged = _judged(files, asked_id, problems)
    return Reading(
        problems,
        files=judged or FileList(sound=False),
        texts=_texts(files),
        complete=judged is not None,
        names=frozenset(value).union(*(f for f in files if type(f) is dict)),
        links=tuple(_links(files[:MOST_LINKS])),
        seen=seen.IN_JSON | seen.in_files(files, of_a_chat=asked_id is not None),
    )


def _links(files: list[Any]) -> Iterator[Link]:
    """Yield the links of files that announce a size and a type."""
    for index, item in enumerate(files):
        if type(item) is not dict:
            continue
        url, size, type_ = map(item.get, ("url", "size", "type"))
        if type(url) is str and is_whole(size) and type(type_) is str:
            yield Link(index, url, int(size or 0), type_)


def _unreadable(response: Response, problems: Problems) -> Reading:
    problem = response.body_problem
    assert problem is not None  # noqa: S101 - asked for by the only caller
    clause = "success.limits" if problem.kind.value == "too large" else "success.json"
    problems.add(clause, Problem("the body cannot be read", "JSON", problem.message))
    return Reading(problems, complete=clause == "success.json", seen=seen.IN_ANY)


def _note_text(document: json_text.Document, problems: Problems) -> None:
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


def _chat_files(value: Any, problems: Problems) -> list[Any] | None:
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


def kind(value: object) -> str:
    """Name the JSON type of a value, and show it where it is short."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, str):
        return f"the string {shown(value)}"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"an array of {len(value)}"
    return f"the number {shown(value)}"


def _judged(files: list[Any], asked_id: int | None, problems: Problems) -> FileList | None:
    """Judge the entries, None where so many are wrong that the rest is not looked at."""
    ids: list[Any] = []
    stable: dict[Any, tuple[Any, ...]] = {}
    is_crowded = _is_crowded(files)
    sound = True
    for index, item in enumerate(files):
        if problems.count > MOST_PROBLEMS:
            return None
        if type(item) is not dict:
            problem = Problem(
                "an entry is not an object", "an object", kind(item), pointer("chatFiles", index)
            )
            problems.add("file.object", problem)
            sound = False
            continue
        for clause, name, problem in _member_problems(item):
            problems.add(clause, _at(problem, index, name))
        _belongs(item, index, asked_id, problems)
        if is_crowded or not is_whole(item.get("id")):
            sound = False
            continue
        ids.append(item["id"])
        stable[item["id"]] = _kept(item)
    _unique(ids, problems)
    return FileList(tuple(ids), stable, sound)


def _is_crowded(files: list[Any]) -> bool:
    """Tell whether so many different ids share a hash value that looking them up takes for ever."""
    if len(files) <= MOST_ALIKE:
        return False
    ids = [item["id"] for item in files if type(item) is dict and is_whole(item.get("id"))]
    hashes = Counter(map(hash, ids))
    alike, count = hashes.most_common(1)[0] if hashes else (0, 0)
    return count > MOST_ALIKE and len({str(i) for i in ids if hash(i) == alike}) > MOST_ALIKE


def _kept(item: dict[str, Any]) -> tuple[Any, ...]:
    """Return the stable members, None for one of a wrong type, which other clauses report."""
    chat, name, size, type_, created = map(item.get, STABLE)
    return (
        chat if is_whole(chat) else None,
        name if type(name) is str else None,
        size if is_whole(size) else None,
        type_ if type(type_) is str else None,
        created if type(created) is str else None,
    )


def _at(problem: Problem, index: int, name: str) -> Problem:
    return Problem(
        problem.message, problem.expected, problem.actual, pointer("chatFiles", index, name)
    )


def _member_problems(item: dict[str, Any]) -> Iterator[tuple[str, str, Problem]]:
    for name, clause, judge in _MEMBERS:
        value = item.get(name, _ABSENT)
        for failed, problem in judge(name, value):
            yield failed or clause, name, problem


Judge = Callable[[str, Any], tuple[tuple[str, Problem], ...]]
_FINE: tuple[tuple[str, Problem], ...] = ()


def _missing(name: str, expected: str, value: object) -> tuple[tuple[str, Problem], ...]:
    if value is _ABSENT:
        return (("", Problem(f"{name} is missing", expected, "no such member")),)
    return (("", Problem(f"{name} is not {expected}", expected, kind(value))),)


def _whole(name: str, value: Any) -> tuple[tuple[str, Problem], ...]:
    return _FINE if is_whole(value) else _missing(name, "a whole number", value)


def _size(name: str, value: Any) -> tuple[tuple[str, Problem], ...]:
    if not is_whole(value):
        return _missing(name, "a whole number", value)
    if value >= 0:
        return _FINE
    return (("file.size-not-negative", Problem("size is negative", "0 or more", shown(value))),)


def _text(name: str, value: Any) -> tuple[tuple[str, Problem], ...]:
    return _FINE if type(value) is str else _missing(name, "a string", value)


def _type(name: str, value: Any) -> tuple[tuple[str, Problem], ...]:
    if type(value) is not str:
        return _missing(name, "a string", value)
    if looks_like_media_type(value):
        return _FINE
    problem = Problem("type is not a media type", "a media type such as text/plain", shown(value))
    return (("file.type-is-media-type", problem),)


def _created_at(name: str, value: Any) -> tuple[tuple[str, Problem], ...]:
    if type(value) is not str:
        return _missing(name, "an RFC 3339 string", value)
    form = date_time(value)
    if form is Form.EXACT:
        return _FINE
    problem = Problem(f"created_at is {form.value}", "an RFC 3339 date-time", shown(value))
    return (("file.created-at-form" if form is Form.NEARLY else "", problem),)


def _url(name: str, value: Any) -> tuple[tuple[str, Problem], ...]:
    if type(value) is not str:
        return _missing(name, "a URL string", value)
    reason = url_problem(value)
    if reason is None:
        return _FINE
    expected = "an absolute http or https URL"
    return (("", Problem(f"url is not a valid URL: {reason}", expected, shown(_unsigned(value)))),)


def _unsigned(url: str) -> str:
    """Return a link without its query, which may sign it."""
    bare, query, _ = url.partition("?")
    return f"{bare}?{MASK}" if query else bare


_MEMBERS: tuple[tuple[str, str, Judge], ...] = (
    ("id", "file.id", _whole),
    ("chat_conversation_id", "file.chat-conversation-id", _whole),
    ("name", "file.name", _text),
    ("size", "file.size", _size),
    ("type", "file.type", _type),
    ("created_at", "file.created-at", _created_at),
    ("url", "file.url", _url),
)


def _belongs(item: dict[str, Any], index: int, asked_id: int | None, problems: Problems) -> None:
    value = item.get("chat_conversation_id")
    if asked_id is None or not is_whole(value) or value == asked_id:
        return
    problem = Problem(
        "a file belongs to another chat",
        f"chat_conversation_id {asked_id}",
        shown(value),
        pointer("chatFiles", index, "chat_conversation_id"),
    )
    problems.add("file.of-this-chat", problem)


def _unique(ids: list[Any], problems: Problems) -> None:
    if len(set(ids)) == len(ids):
        return
    before: set[Any] = set()
    twice = [value for value in ids if value in before or before.add(value)]  # type: ignore[func-returns-value]
    problem = Problem(
        "files share an id", "unique ids", f"{shown(twice[0])} again", count=len(twice)
    )
    problems.add("files.unique-ids", problem)


def _texts(files: list[Any]) -> tuple[str, ...]:
    """Return names and links by which the files of this list can be recognised elsewhere."""
    members = (
        item.get(name) for item in files[:50] if type(item) is dict for name in ("name", "url")
    )
    return tuple(text for text in members if type(text) is str and len(text) >= 6)
