"""The target of a run: which server, which people, which chats.

What stands here is what a target file may say. Identities, chats and files are facts about the
deployment that the suite cannot find out by itself; everything but `base_url` is optional, and
what is missing leaves clauses not tested.
"""

# ruff: noqa: RUF009 - fields are made by functions, with what they say of themselves

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from neptun_conformance.targets import text
from neptun_conformance.targets.errors import KeyProblemError
from neptun_conformance.targets.values import (
    Kind,
    NotTextError,
    Part,
    Path,
    Problem,
    Problems,
    UnfitError,
    key,
    listing,
    mapping,
    simple,
)

NO_EXPIRED_SESSION = "none"  # what a target file says where no session ever expires
LARGEST_CHAT_ID = 2**53 - 1  # the last whole number before which a double has no gaps


class Written(str):
    """A text from the environment, where a whole number can only be written as digits."""

    __slots__ = ()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotTextError("must be text")
    return text.encodable(str(value)) if isinstance(value, Written) else value


def _user_id(value: object) -> str:
    if not _text(value):
        raise UnfitError("is empty")
    return text.encodable(_text(value))


def _command(value: object) -> str:
    if not _text(value).strip():
        raise UnfitError("is blank")
    return text.encodable(_text(value))


def _as_written(value: object) -> object:
    """Take a number that YAML reads for what was written."""
    return str(value) if type(value) in {int, float} else value


def _whole_number(least: int | None = None, most: int | None = None) -> Kind:
    def read(value: Any) -> int:
        if type(value) is not int:
            raise UnfitError("must be a whole number")
        if least is not None and value < least:
            raise UnfitError(f"must be {least} or more")
        if most is not None and value > most:
            raise UnfitError(f"must be {most} or less")
        return int(value)

    bounds = {"maximum": most, "minimum": least, "type": "integer"}
    schema = {name: bound for name, bound in bounds.items() if bound is not None}
    return simple("number", read, schema, taken_as=_from_digits)


def _from_digits(value: object) -> object:
    if not isinstance(value, Written) or len(value) >= 100:
        return value
    return int(value) if value.isascii() and value.lstrip("-").isdecimal() else value


def _headers(value: object, path: Path, problems: Problems) -> dict[str, str]:
    if not isinstance(value, Mapping):
        problems.append(Problem(path, UnfitError("must be a mapping of names to texts"), value))
        return {}
    for name, one in value.items():
        try:
            text.sendable_header(name, _text(one))
        except ValueError as error:
            problems.append(Problem((*path, name), error, one))
    return {name.lower(): one for name, one in value.items()}


def _session(value: object, path: Path, problems: Problems) -> str | SessionCommand | None:
    if isinstance(value, dict | SessionCommand):
        return SessionCommand.read(value, path, problems)
    try:
        return text.sendable_session(_text(value))
    except ValueError as error:
        problems.append(Problem(path, error, value))
        return None


def _each_once(files: list[File]) -> None:
    seen: set[int] = set()
    for file in files:
        if file.id in seen:
            raise ValueError(f"lists the id {file.id} twice")
        seen.add(file.id)


def _has_files(chat: Chat) -> None:
    if chat.files == ():
        raise ValueError("lists no files: list them, or leave `files` out")


def _has_none(chat: Chat) -> None:
    if chat.files:
        raise ValueError("lists files, but must be empty")


TEXT = simple("text", lambda value: text.encodable(_text(value)), {"type": "string"})
USER_ID = simple("text", _user_id, {"minLength": 1, "type": "string"})
COMMAND = simple("text", _command, {"pattern": r"\S", "type": "string"})
VERSION = simple(
    "text", lambda value: text.http(_text(value)), {"type": "string"}, taken_as=_as_written
)
BASE_URL = simple("text", lambda value: text.base_url(_text(value)), {"type": "string"})
CHAT_ID = _whole_number(1, LARGEST_CHAT_ID)
HEADERS = Kind("mapping", _headers, {"additionalProperties": {"type": "string"}, "type": "object"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCommand(Part):
    """A session that a command prints."""

    command: str = key(
        COMMAND, "Shell command whose output is the session; run again when the session has ended."
    )


Session = str | SessionCommand
SESSION = Kind(
    "text",
    _session,
    {"oneOf": [{"type": "string"}, {"$ref": "#/$defs/SessionCommand"}]},
    SessionCommand,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Part):
    """A file that a chat holds; members left out are not compared."""

    id: int = key(_whole_number(), "The file's `id`.")
    name: str | None = key(TEXT, "Its `name`.", default=None)
    size: int | None = key(_whole_number(), "Its `size` as the server gives it.", default=None)
    type: str | None = key(TEXT, "Its `type`, a media type.", default=None)
    created_at: str | None = key(TEXT, "Its `created_at`, the same moment.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(Part):
    """A chat, and perhaps all the files that it holds."""

    id: int = key(CHAT_ID, "The chat's number, 1 to 2^53-1.")
    files: tuple[File, ...] | None = key(
        listing(File, _each_once),
        "All files of the chat, in any order; makes completeness testable.",
        default=None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(Part):
    """A user with a valid session, a chat with files and an empty chat."""

    user_id: str = key(USER_ID, "The user's id, opaque, as it is before percent-encoding.")
    session: Session = key(
        SESSION,
        "Value of the session cookie, sent byte for byte; or a command that prints it.",
        repr=False,
    )
    chat_with_files: Chat | None = key(
        mapping(Chat, _has_files), "A chat of this user that has files.", default=None
    )
    empty_chat: Chat | None = key(
        mapping(Chat, _has_none), "A chat of this user that has none.", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(Part):
    """Who and what does not exist on the target."""

    user_id: str | None = key(
        USER_ID,
        "An id of no user; by default derived from the owner's, in its shape.",
        default=None,
    )
    chat_id: int | None = key(CHAT_ID, "A number of no chat at all.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Part):
    """A deployment of the endpoint, and the people that the suite plays on it."""

    base_url: str = key(
        BASE_URL, "Where the API is: http or https, host, perhaps a port and a prefix path."
    )
    http: str = key(
        VERSION,
        "Version of HTTP: `1.1` (the default), `2`, `2-prior-knowledge` (HTTP/2 over "
        "`http://`), or `auto`, as TLS agrees on it.",
        default="1.1",
    )
    headers: dict[str, str] = key(
        HEADERS, "Sent with every request to the target; secret.", default_factory=dict, repr=False
    )
    owner: Identity | None = key(
        mapping(Identity), "The user whose chats are asked for.", default=None
    )
    stranger: Identity | None = key(
        mapping(Identity), "Another user, who must see none of it.", default=None
    )
    missing: Missing = key(mapping(Missing), "What does not exist.", default_factory=Missing)
    expired_session: Session | None = key(
        SESSION,
        "A session that was valid once; or a command that prints it; or `none` where "
        "none can be had, and its clause is not applicable.",
        default=None,
        repr=False,
    )

    def check(self) -> None:
        """Refuse what stands for two; raises KeyProblemError."""
        for what, values in (
            ("session", self._sessions()),
            ("user", self._users()),
            ("chat", self._chats()),
        ):
            _refuse_repeats(what, values)

    def identities(self) -> dict[str, Identity]:
        """Return the identities that the target gives, by role."""
        both = {"owner": self.owner, "stranger": self.stranger}
        return {role: identity for role, identity in both.items() if identity}

    def chat_ids(self) -> list[int]:
        """Return the numbers of all chats that the target gives, missing ones included."""
        return [number for _, number in self._chats() if number is not None]

    def _sessions(self) -> Iterator[tuple[str, Any]]:
        for role, identity in self.identities().items():
            yield f"{role}.session", identity.session
        yield "expired_session", self.expired_session

    def _users(self) -> Iterator[tuple[str, Any]]:
        for role, identity in self.identities().items():
            yield f"{role}.user_id", identity.user_id
        yield "missing.user_id", self.missing.user_id

    def _chats(self) -> Iterator[tuple[str, Any]]:
        for role, identity in self.identities().items():
            for name in ("chat_with_files", "empty_chat"):
                chat: Chat | None = getattr(identity, name)
                yield f"{role}.{name}.id", chat and chat.id
        yield "missing.chat_id", self.missing.chat_id


def _refuse_repeats(what: str, values: Iterator[tuple[str, Any]]) -> None:
    seen: dict[Any, str] = {}
    for place, value in values:
        if value is not None and (first := seen.setdefault(value, place)) != place:
            raise KeyProblemError(place, f"is the same {what} as {first}")
