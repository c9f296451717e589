"""Judges the list of files in a 200, and says which files it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from neptun_conformance.bodies.file_members import problems_of
from neptun_conformance.bodies.link import Link
from neptun_conformance.bodies.members import is_whole
from neptun_conformance.bodies.problem import Collector, Problem, kind, pointer, shown

STABLE = ("chat_conversation_id", "name", "size", "type", "created_at")
"""The members that a file keeps from one reading to the next; its url may be signed anew."""

MOST_PROBLEMS = 20_000
"""So many problems in one body, and the rest of it is not judged: a million would take minutes."""

MOST_ALIKE = 1_000
"""So many whole ids of one hash value, and the files are not identified: each further one would be
compared with all of them, which takes minutes for 100,000."""

_NONE: Mapping[Any, tuple[Any, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of one reading: their ids in order, and what is stable about each.

    ``sound`` is False where a file cannot be identified, so that lists cannot be compared.
    """

    ids: tuple[Any, ...] = ()
    stable: Mapping[Any, tuple[Any, ...]] = field(default_factory=lambda: _NONE)
    sound: bool = True


def judged(files: list[Any], asked_id: int | None, problems: Collector) -> FileList | None:
    """Judge a list of files, None where so many are wrong that the rest is not looked at.

    Arguments:
        files: the entries, whatever they are.
        asked_id: the number of the chat that they must belong to, None where that is open.
        problems: gets what is wrong.
    """
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
        for clause, name, problem in problems_of(item):
            place = pointer("chatFiles", index, name)
            problems.add(clause, replace(problem, pointer=place))
        _belongs(item, index, asked_id, problems)
        if is_crowded or not is_whole(item.get("id")):
            sound = False
            continue
        ids.append(item["id"])
        stable[item["id"]] = _kept(item)
    _unique(ids, problems)
    return FileList(tuple(ids), MappingProxyType(stable), sound)


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


def _belongs(item: dict[str, Any], index: int, asked_id: int | None, problems: Collector) -> None:
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


def _unique(ids: list[Any], problems: Collector) -> None:
    if len(set(ids)) == len(ids):
        return
    before: set[Any] = set()
    twice = [value for value in ids if value in before or before.add(value)]  # type: ignore[func-returns-value]
    problem = Problem(
        "files share an id", "unique ids", f"{shown(twice[0])} again", count=len(twice)
    )
    problems.add("files.unique-ids", problem)


def texts_of(files: list[Any]) -> tuple[str, ...]:
    """Return names and links by which the files of this list can be recognised elsewhere."""
    members = (
        item.get(name) for item in files[:50] if type(item) is dict for name in ("name", "url")
    )
    return tuple(text for text in members if type(text) is str and len(text) >= 6)


def links_of(files: list[Any]) -> Iterator[Link]:
    """Yield the links of files that announce a size and a type."""
    for index, item in enumerate(files):
        if type(item) is not dict:
            continue
        url, size, type_ = map(item.get, ("url", "size", "type"))
        if type(url) is str and is_whole(size) and type(type_) is str:
            yield Link(index, url, int(size or 0), type_)


def same_member(name: str, wanted: Any, actual: Any) -> bool:
    """Tell whether two values of a stable member say the same, moments in any form.

    Arguments:
        name: the member.
        wanted: one value.
        actual: the other one.
    """
    if wanted == actual or name != "created_at":
        return bool(wanted == actual)
    return _may_be_the_same_moment(wanted, actual)


def _may_be_the_same_moment(*texts: str) -> bool:
    """Compare as far as both texts go: what one leaves out is what another clause is about."""
    plain = [text.strip().upper().replace(",", ".") for text in texts]
    moments = [moment for text in plain if (moment := _moment(text))]
    if len(moments) != len(texts):
        return False
    if not all(moment.tzinfo for moment in moments):
        moments = [moment.replace(tzinfo=None) for moment in moments]
    if any(":" not in text for text in plain):
        return len({moment.date() for moment in moments}) == 1
    if not all(_WITH_SECONDS.search(text) for text in plain):
        moments = [moment.replace(second=0, microsecond=0) for moment in moments]
    return len(set(moments)) == 1


_WITH_SECONDS = re.compile(r".{10}.[0-9]{2}:[0-9]{2}:[0-9]{2}")


def _moment(text: str) -> datetime | None:
    """Read a date and time for comparison; a leap second counts as the second before."""
    try:
        return datetime.fromisoformat(re.sub(r":60(?=[.+Z-]|$)", ":59", text))
    except ValueError:
        return None
