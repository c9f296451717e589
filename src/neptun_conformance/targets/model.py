"""The target of a run: which server, which people, which chats.

What stands here is what a target file may say. Identities, chats and files are facts about the
deployment that the suite cannot find out by itself; everything but `base_url` is optional, and
what is missing leaves clauses not tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    field_validator,
    model_validator,
)

from neptun_conformance.targets import text
from neptun_conformance.targets.errors import KeyProblemError

NO_EXPIRED_SESSION = "none"  # what a target file says where no session ever expires
SESSION_TAGS = ("<text>", "<command>")  # of the two forms of a session, in places of errors
LARGEST_CHAT_ID = 2**53 - 1  # the last whole number before which a double has no gaps


class Written(str):
    """A text from the environment, where a whole number can only be written as digits."""

    __slots__ = ()


def _read_digits(value: object) -> object:
    if (
        isinstance(value, Written)
        and len(value) < 100
        and value.isascii()
        and value.lstrip("-").isdecimal()
    ):
        return int(value)
    return value


def _written(value: object) -> object:
    """Take a number that YAML reads for what was written."""
    return str(value) if type(value) in {int, float} else value


def _session_kind(value: object) -> str:
    return SESSION_TAGS[isinstance(value, dict | SessionCommand)]


class Part(BaseModel):
    """What all parts of a target have in common: frozen, strict, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Text = Annotated[str, AfterValidator(text.encodable)]


class SessionCommand(Part):
    """A session that a command prints."""

    command: Annotated[str, Field(pattern=r"\S"), AfterValidator(text.encodable)] = Field(
        description="Shell command whose output is the session; asked again once when it ran out."
    )


HttpVersion = Annotated[str, BeforeValidator(_written), AfterValidator(text.http)]
WholeNumber = Annotated[int, BeforeValidator(_read_digits)]
ChatId = Annotated[int, Field(ge=1, le=LARGEST_CHAT_ID), BeforeValidator(_read_digits)]
Size = Annotated[int, Field(ge=0), BeforeValidator(_read_digits)]
UserId = Annotated[str, Field(min_length=1), AfterValidator(text.encodable)]
Session = Annotated[
    Annotated[str, AfterValidator(text.sendable_session), Tag(SESSION_TAGS[0])]
    | Annotated[SessionCommand, Tag(SESSION_TAGS[1])],
    Discriminator(_session_kind),
]


class File(Part):
    """A file that a chat holds; members left out are not compared."""

    id: WholeNumber = Field(description="The file's `id`.")
    name: Text | None = Field(default=None, description="Its `name`.")
    size: Size | None = Field(default=None, description="Its `size` in bytes.")
    type: Text | None = Field(default=None, description="Its `type`, a media type.")
    created_at: Text | None = Field(default=None, description="Its `created_at`, the same moment.")


class Chat(Part):
    """A chat, and perhaps all the files that it holds."""

    id: ChatId = Field(description="The chat's number, 1 to 2^53-1.")
    files: Annotated[tuple[File, ...], Field(strict=False)] | None = Field(
        default=None,
        description="All files of the chat, in any order; makes completeness testable.",
    )

    @field_validator("files")
    @classmethod
    def _each_once(cls, files: tuple[File, ...] | None) -> tuple[File, ...] | None:
        seen: set[int] = set()
        for file in files or ():
            if file.id in seen:
                raise ValueError(f"lists the id {file.id} twice")
            seen.add(file.id)
        return files


class Identity(Part):
    """A user with a valid session, a chat with files and an empty chat."""

    user_id: UserId = Field(description="The user's id, opaque, as it is before percent-encoding.")
    session: Session = Field(
        repr=False,
        description="Value of the session cookie, sent byte for byte; or a command that prints it.",
    )
    chat_with_files: Chat | None = Field(
        default=None, description="A chat of this user that has files."
    )
    empty_chat: Chat | None = Field(default=None, description="A chat of this user that has none.")

    @field_validator("chat_with_files")
    @classmethod
    def _has_files(cls, chat: Chat | None) -> Chat | None:
        if chat and chat.files == ():
            raise ValueError("lists no files: list them, or leave `files` out")
        return chat

    @field_validator("empty_chat")
    @classmethod
    def _has_none(cls, chat: Chat | None) -> Chat | None:
        if chat and chat.files:
            raise ValueError("lists files, but must be empty")
        return chat


class Missing(Part):
    """Who and what does not exist on the target."""

    user_id: UserId | None = Field(
        default=None,
        description="An id of no user; by default derived from the owner's, in its shape.",
    )
    chat_id: ChatId | None = Field(default=None, description="A number of no chat at all.")


class Target(Part):
    """A deployment of the endpoint, and the people that the suite plays on it."""

    base_url: Annotated[str, AfterValidator(text.base_url)] = Field(
        description="Where the API is: http or https, host, perhaps a port and a prefix path."
    )
    http: HttpVersion = Field(
        default="1.1",
        description="Version of HTTP: `1.1` (the default), `2`, `2-prior-knowledge` (HTTP/2 over "
        "`http://`), or `auto`, as TLS agrees on it.",
    )
    headers: dict[str, str] = Field(
        default_factory=dict,
        description="Sent with every request to the target; secret.",
        repr=False,
    )
    owner: Identity | None = Field(default=None, description="The user whose chats are asked for.")
    stranger: Identity | None = Field(
        default=None, description="Another user, who must see none of it."
    )
    missing: Missing = Field(default_factory=Missing, description="What does not exist.")
    expired_session: Session | None = Field(
        default=None,
        description="A session that was valid once; or a command that prints it; or `none` where "
        "none can be had, and its clause is not applicable.",
        repr=False,
    )

    @field_validator("headers")
    @classmethod
    def _sendable(cls, headers: dict[str, str]) -> dict[str, str]:
        for name, value in headers.items():
            try:
                text.sendable_header(name, value)
            except ValueError as error:
                raise KeyProblemError(f"headers.{name}", str(error)) from None
        return {name.lower(): value for name, value in headers.items()}

    @model_validator(mode="after")
    def _all_distinct(self) -> Target:
        for what, values in (
            ("session", self._sessions()),
            ("user", self._users()),
            ("chat", self._chats()),
        ):
            _refuse_repeats(what, values)
        return self

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
    for key, value in values:
        if value is not None and (first := seen.setdefault(value, key)) != key:
            raise KeyProblemError(key, f"is the same {what} as {first}")
