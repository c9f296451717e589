"""What a 200 must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.proof.oracle.text import MARK, NotJson, TooMuch, is_whole, read
from tests.proof.oracle.values import (
    is_exact_moment,
    is_json_type,
    is_link,
    is_media_type,
    is_moment,
    may_be_same,
)
from tests.proof.oracle.words import Opinion, Told

if TYPE_CHECKING:
    from collections.abc import Callable

RIGHT: dict[str, Callable[[object], bool]] = {
    "id": is_whole,
    "chat_conversation_id": is_whole,
    "name": lambda value: isinstance(value, str),
    "size": is_whole,
    "type": lambda value: isinstance(value, str),
    "created_at": lambda value: isinstance(value, str) and is_moment(value),
    "url": lambda value: isinstance(value, str) and is_link(value),
}
BY_MEMBER = {member: f"file.{member.replace('_', '-')}" for member in RIGHT}
CLAUSES = {
    *BY_MEMBER.values(),
    "cache.private",
    "file.created-at-form",
    "file.object",
    "file.of-this-chat",
    "file.size-not-negative",
    "file.type-is-media-type",
    "files.complete",
    "files.unique-ids",
    "success.byte-order-mark",
    "success.envelope",
    "success.json",
    "success.limits",
    "success.media-type",
    "success.repeated-members",
}
KEPT = ("chat_conversation_id", "name", "size", "type")
"""What a file keeps from one reading to the next, beside the moment that it was made."""


def opinion_of(told: Told) -> Opinion:
    """Say what is wrong with a 200."""
    said = Opinion()
    if not is_json_type(told.header("content-type")):
        said.violated.add("success.media-type")
    if told.body.startswith(MARK):
        said.violated.add("success.byte-order-mark")
    careless = {"cache.private"} if told.due == 200 and _is_for_shared_caches(told) else set()
    # Whether there is private data in what cannot be read is a matter of taste.
    said.follows |= careless
    try:
        text = read(told.body)
    except NotJson:
        said.violated.add("success.json")
        said.follows |= {"files.empty", "success.envelope"}
        return said
    except TooMuch:
        said.violated.add("success.limits")
        return said
    if text.repeats:
        said.violated.add("success.repeated-members")
    files = text.value.get("chatFiles") if isinstance(text.value, dict) else None
    if isinstance(files, list):
        said.add(_of_files(told, files))
        said.violated |= careless
    else:
        said.violated.add("success.envelope")
    if told.due == 200 and not told.chat.files and files != []:
        said.violated.add("files.empty")
    return said


def files_of(told: Told) -> list[Any] | None:
    """Return the list of a due 200, None where there is none to speak of."""
    if told.status != 200 or told.due != 200:
        return None
    try:
        value = read(told.body).value
    except (NotJson, TooMuch):
        return None
    files = value.get("chatFiles") if isinstance(value, dict) else None
    return files if isinstance(files, list) else None


def is_well_formed(file: object) -> bool:
    """Tell whether an entry of a list has all members, each of the right type."""
    return isinstance(file, dict) and all(
        m in file and right(file[m]) for m, right in RIGHT.items()
    )


def _of_files(told: Told, files: list[Any]) -> Opinion:
    said = Opinion()
    for file in files:
        if isinstance(file, dict):
            said.violated |= _wrong_with(told, file)
        else:
            said.violated.add("file.object")
    ids = [file["id"] for file in files if isinstance(file, dict) and is_whole(file.get("id"))]
    if len(set(ids)) < len(ids):
        said.violated.add("files.unique-ids")
    if told.due == 200:
        _completeness(told, files, said)
    return said


def _wrong_with(told: Told, file: dict[str, Any]) -> set[str]:
    wrong = {BY_MEMBER[m] for m, right in RIGHT.items() if m not in file or not right(file[m])}
    if told.due == 200 and "file.chat-conversation-id" not in wrong:
        wrong |= (
            {"file.of-this-chat"} if file["chat_conversation_id"] != told.chat.number else set()
        )
    if "file.size" not in wrong and file["size"] < 0:
        wrong.add("file.size-not-negative")
    if "file.type" not in wrong and not is_media_type(file["type"]):
        wrong.add("file.type-is-media-type")
    if "file.created-at" not in wrong and not is_exact_moment(file["created_at"]):
        wrong.add("file.created-at-form")
    return wrong


def _completeness(told: Told, files: list[Any], said: Opinion) -> None:
    """Compare with the files that the target lists, by the members that it lists."""
    if not told.chat.files:
        return
    if len(files) == len(told.chat.files) and all(
        sum(_is_listed_as(file, listed) for file in files) == 1 for listed in told.chat.files
    ):
        return
    malformed = said.violated & {"file.object", *BY_MEMBER.values()}
    (said.follows if malformed else said.violated).add("files.complete")


def _is_listed_as(file: Any, listed: dict[str, Any]) -> bool:
    """Tell whether a file has the members that the target lists, the moment in any spelling."""
    if not isinstance(file, dict):
        return False
    moments = [str(one.get("created_at")) for one in (file, listed)]
    others = [member for member in listed if member != "created_at"]
    same = all(
        type(file.get(member)) is not bool and file.get(member) == listed[member]
        for member in others
    )
    return same and ("created_at" not in listed or may_be_same(*moments))


def _is_for_shared_caches(told: Told) -> bool:
    names = ("cache-control", "cdn-cache-control", "surrogate-control")
    fields = {name: _directives(told.header(name)) for name in names}
    if any({"private", "no-store"} & directives for directives in fields.values()):
        return False
    return bool({"public", "s-maxage"} & fields["cache-control"]) or any(
        fields[name] for name in names[1:]
    )


def _directives(header: str | None) -> set[str]:
    parts = (header or "").split(",")
    return {name for part in parts if (name := part.partition("=")[0].strip().lower())}
