"""The data set of the reference server: users of every shape of id, their chats, their sessions.

The sessions are published demo values. Nothing here is a secret, and nothing here is random: a
run against these data can be repeated to the byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)

Target = dict[str, Any]
"""What stands in a target file, as plain values."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a chat; ``size`` counts octets, ``created_at`` is an RFC 3339 date-time."""

    id: int
    name: str
    size: int
    type: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat and its files."""

    id: int
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """A session cookie's value, the user whom it identifies, and until when it does."""

    value: str
    user_id: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class User:
    """A user with a chat that holds files, an empty chat, a valid and an expired session.

    ``unknown_id`` is an id of the same shape that belongs to nobody.
    """

    id: str
    unknown_id: str
    chat_with_files: Chat
    empty_chat: Chat
    session: Session
    expired: Session

    @property
    def chats(self) -> tuple[Chat, ...]:
        """Both chats of the user."""
        return (self.chat_with_files, self.empty_chat)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Both sessions of the user, also the one that has expired."""
        return (self.session, self.expired)


def user(  # noqa: PLR0913 - a row of the table below
    user_id: str, *, unknown: str, chat: Chat, empty: int, session: str, expired: str
) -> User:
    """Put together a user from an id, a chat, the number of an empty chat and two cookie values."""
    return User(
        id=user_id,
        unknown_id=unknown,
        chat_with_files=chat,
        empty_chat=Chat(empty),
        session=Session(session, user_id, _FAR_AHEAD),
        expired=Session(expired, user_id, _LONG_AGO),
    )


ALICE = user(
    "alice",
    unknown="zelda",
    chat=Chat(
        4711,
        (
            File(901, "minutes.pdf", 18_204, "application/pdf", "2024-05-01T09:30:00Z"),
            File(
                902,
                "Übersicht für März.xlsx",
                7_340,
                "application/vnd.ms-excel",
                "2024-05-01T09:31:12Z",
            ),
            File(905, "写真 1.png", 40_961, "image/png", "2024-05-02T23:59:59.250Z"),
            File(906, "launch 🚀 plan.md", 612, "text/markdown", "2024-05-03T06:00:00+02:00"),
            File(911, "empty.txt", 0, "text/plain", "2024-02-29T12:00:00Z"),
            File(
                912, 'quotes "and" \\ signs & more.csv', 1_024, "text/csv", "2024-05-04T00:00:00Z"
            ),
        ),
    ),
    empty=4712,
    session="Fe26.2**oXFQjQr3RfK74OiS5bp57ZkBhBeCBoyjzryPdRkQE4HV*XR0yFGZUY9lrz17vF6nQ~E60yKrBxGET5SG+HpnSaL0c1bh/RdVo0bPw==",
    expired="Fe26.2**nldxdH9TdiWtmW12uTkikxYUiGEmcV9cUza14UPDFxPN*PjXl1mmbS6FlcVMS8dr2~47KND2ogPbOq1EuP9+YSpUZ4kd5gk/TQw==",
)
BOB = user(
    "bob",
    unknown="nob",
    chat=Chat(
        5820,
        (
            File(921, "notes.txt", 350, "text/plain", "2024-06-11T08:15:30Z"),
            File(922, "résumé.pdf", 22_118, "application/pdf", "2024-06-11T08:16:00Z"),
            File(923, "sketch.svg", 4_096, "image/svg+xml", "2024-06-12T17:45:01Z"),
        ),
    ),
    empty=5821,
    session="s%3A78odiMx3EritwKmmo4yAnGeNyZbpnLCY.t8KvS1jjhhaGwApO5AIifgGXF8uM5R7J%2Bc8aQ8bw2TTh9Gw%3D",
    expired="s%3ApptM707c59pWbbtQn52A0FBMZ7QJi9gG.wPoH6SFw8JXXZQI1JrLZfklR5jLE6TM%2FBp6dDHl0qSC2yhw%3D",
)
ANN = user(
    "ann a+b@example.com/ü",
    unknown="eve c+d@example.com/ö",
    chat=Chat(
        6930,
        (
            File(931, "Ωmega.txt", 77, "text/plain", "2024-07-01T10:00:00Z"),
            File(
                932,
                "budget 100%.ods",
                9_000,
                "application/vnd.oasis.opendocument.spreadsheet",
                "2024-07-02T11:30:45Z",
            ),
        ),
    ),
    empty=6931,
    session="xI_ifO7Zv8mjF2UZStkFXK9.Wg9Q6jcQne2d47HgbqA5eESO-cprxcjeL~2kRfENKCMs==",
    expired="LgIQgMdp8ekbhZcZM3mxfsmA6qLQ.1u83F7WsmI9N2yyBlepxyHL8Ar7lJ1V~o1rfXDWo==",
)
NUMERIC = user(
    "100742",
    unknown="990017",
    chat=Chat(
        7040,
        (
            File(941, "scan.tiff", 51_200, "image/tiff", "2024-08-20T14:05:09Z"),
            File(942, "данные.json", 2_222, "application/json", "2024-08-21T00:00:01Z"),
        ),
    ),
    empty=7041,
    session="3edMSyZCvBZ1WfD41S8EtLxU78i8cI6ZUYEo4Z6xBanBh9CI98W+kQ/zTnYwRpLs0vXgJm==",
    expired="K1mZpXwTtqYsRv40nLcJhGfDaQeW83uBoViSxMrNyPkHjU62CgAzEt+lOdFIb/7TqRnWsV==",
)
UUID = user(
    "7b1d2f0a-9c43-4e58-8f6a-2d0c5b7e9a13",
    unknown="0c9e8d7b-1a2f-4b3c-9d4e-5f60718293a4",
    chat=Chat(
        8150,
        (
            File(951, "clip.mp4", 65_536, "video/mp4", "2024-09-09T09:09:09Z"),
            File(952, "žluťoučký kůň.docx", 12_345, "application/msword", "2024-09-10T10:10:10Z"),
        ),
    ),
    empty=8151,
    session="eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3YjFkMmYwYSJ9.qT9vWmXz0LpRkYsHnJ4uGdCeBa7iFoQ2",
    expired="eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3YjFkMmYwYiJ9.Zr8tKwNyPq3MxVhJgS6dLcUaE1fTbOi5",
)

USERS = (ALICE, BOB, ANN, NUMERIC, UUID)
"""Everybody whom the reference server knows."""

MISSING_CHAT = 987_654
"""The number of no chat at all."""


MEMBERS = ("id", "name", "size", "type", "created_at")
"""What a target file may say about a file."""


def target_for(
    base_url: str,
    *,
    owner: User = ALICE,
    stranger: User = BOB,
    listed: Sequence[str] = MEMBERS,
) -> Target:
    """Return what a target file for two users of a server holds.

    Arguments:
        base_url: where the server listens, with any path prefix.
        owner: who reads own chats.
        stranger: who must not read them.
        listed: the members by which files are listed; without any, they are not listed at all.
    """
    return {
        "base_url": base_url,
        "owner": _identity(owner, listed),
        "stranger": _identity(stranger, listed),
        "missing": {"user_id": owner.unknown_id, "chat_id": MISSING_CHAT},
        "expired_session": owner.expired.value,
    }


def _identity(person: User, listed: Sequence[str]) -> Target:
    chat: Target = {"id": person.chat_with_files.id}
    if listed:
        chat["files"] = [
            {member: getattr(file, member) for member in listed}
            for file in person.chat_with_files.files
        ]
    return {
        "user_id": person.id,
        "session": person.session.value,
        "chat_with_files": chat,
        "empty_chat": {"id": person.empty_chat.id},
    }
