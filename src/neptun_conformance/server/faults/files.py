"""Lists that are not the files of the chat: dropped, doubled, mixed in, altered, changing."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import ALICE, BOB, Chat, File, target_for
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.turns import COMPARED, Counting

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.FILES_MISSING)

Files = tuple[File, ...]
Choose = Callable[["Chosen", Chat], Sequence[File]]
UNLISTED: dict[str, Any] = {"target": partial(target_for, listed=())}
"""A target that does not list files, so that completeness is not tested."""
UPLOAD = File(999, "upload.tmp", 10, "text/plain", "2024-05-05T05:05:05Z")


class Chosen(Counting):
    """Gives other files of a chat with files than it holds.

    Arguments:
        choose: returns the files to give.
        always: also in readings that are not every fifth.
    """

    def __init__(self, choose: Choose, *, always: bool = True) -> None:
        super().__init__()
        self.choose = choose
        self.always = always

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        files = await super().read_files(request, chat)
        if files and (self.always or self.is_fifth(chat)):
            return self.choose(self, chat)
        return files


def each(change: Callable[[File], File]) -> Choose:
    """Return what changes every file."""
    return lambda _server, chat: tuple(change(file) for file in chat.files)


def each_time(change: Callable[[File, int], File]) -> Choose:
    """Return what changes every file with the number of readings so far."""
    return lambda server, chat: tuple(change(file, server.turns[chat.id]) for file in chat.files)


def _others(chat: Chat) -> Files:
    other = BOB if chat.id == ALICE.chat_with_files.id else ALICE
    return other.chat_with_files.files


LISTS: dict[str, tuple[str, Choose]] = {
    "first-is-dropped": ("the first file is left out", lambda _server, chat: chat.files[1:]),
    "last-is-dropped": ("the last file is left out", lambda _server, chat: chat.files[:-1]),
    "one-file-only": ("one file is given only", lambda _server, chat: chat.files[:1]),
    "page-of-two": ("two files are given at most", lambda _server, chat: chat.files[:2]),
    "full-chat-is-empty": ("no file is given at all", lambda _server, _chat: ()),
    "beyond-ascii-is-dropped": (
        "files with names beyond ASCII are left out",
        lambda _server, chat: tuple(file for file in chat.files if file.name.isascii()),
    ),
    "first-type-only": (
        "files of the first one's type are given only",
        lambda _server, chat: tuple(file for file in chat.files if file.type == chat.files[0].type),
    ),
    "others-are-mixed-in": (
        "a file of another's chat is mixed in as one of this chat",
        lambda _server, chat: (*chat.files, _others(chat)[0]),
    ),
    "others-instead": (
        "the files of another's chat are given as those of this chat",
        lambda _server, chat: _others(chat),
    ),
    "upload-in-progress": (
        "a file that is not there yet is listed",
        lambda _server, chat: (*chat.files, UPLOAD),
    ),
}
for name, (words, choose) in LISTS.items():
    faults.add(name, words, "files.complete", build=partial(Chosen, choose))

DOUBLES: dict[str, tuple[str, Choose]] = {
    "last-is-doubled": (
        "the last file is given twice",
        lambda _server, chat: (*chat.files, chat.files[-1]),
    ),
    "all-are-doubled": ("each file is given twice", lambda _server, chat: chat.files * 2),
    "same-id-for-all": (
        "all files have the id of the first",
        lambda _server, chat: tuple(replace(file, id=chat.files[0].id) for file in chat.files),
    ),
}
for name, (words, choose) in DOUBLES.items():
    faults.add(name, words, "files.complete", "files.unique-ids", build=partial(Chosen, choose))
faults.add(
    "same-id-for-unlisted",
    "the last two files have the same id, in a chat whose files the target does not list",
    "files.unique-ids",
    build=partial(
        Chosen,
        lambda _server, chat: (*chat.files[:-1], replace(chat.files[-1], id=chat.files[-2].id)),
    ),
    **UNLISTED,
)

FIELDS: dict[str, tuple[str, Callable[[File], File]]] = {
    "name-as-latin-1": (
        "names are read as Latin-1",
        lambda file: replace(file, name=file.name.encode().decode("latin-1")),
    ),
    "name-as-question-marks": (
        "characters beyond ASCII in names are question marks",
        lambda file: replace(file, name=file.name.encode("ascii", "replace").decode()),
    ),
    "name-beyond-bmp": (
        "characters outside the basic plane are replacement characters in names",
        lambda file: replace(
            file, name="".join(c if ord(c) < 0x10000 else "\ufffd" for c in file.name)
        ),
    ),
    "name-unaccented": (
        "names lose their accents",
        lambda file: replace(
            file,
            name="".join(
                c for c in unicodedata.normalize("NFD", file.name) if not unicodedata.combining(c)
            ),
        ),
    ),
    "name-as-entities": (
        "names are escaped for HTML",
        lambda file: replace(file, name=html.escape(file.name)),
    ),
    "name-percent-encoded": (
        "names are percent-encoded",
        lambda file: replace(file, name=quote(file.name)),
    ),
    "name-lower-case": (
        "names are in lower case",
        lambda file: replace(file, name=file.name.lower()),
    ),
    "name-cut": (
        "names are cut to ten characters",
        lambda file: replace(file, name=file.name[:10]),
    ),
    "name-empty": ("names are empty", lambda file: replace(file, name="")),
    "name-with-path": (
        "names carry a folder",
        lambda file: replace(file, name=f"uploads/{file.name}"),
    ),
    "size-in-kilobytes": (
        "sizes are in kilobytes",
        lambda file: replace(file, size=file.size // 1024),
    ),
    "size-zero": ("sizes are all 0", lambda file: replace(file, size=0)),
    "type-generic": (
        "types are all application/octet-stream",
        lambda file: replace(file, type="application/octet-stream"),
    ),
    "created-at-of-another-zone": (
        "times of creation are shifted by the zone's offset",
        lambda file: replace(file, created_at=file.created_at[:11] + "03" + file.created_at[13:]),
    ),
    "created-at-to-the-day": (
        "times of creation are cut to the day",
        lambda file: replace(file, created_at=f"{file.created_at[:10]}T00:00:00Z"),
    ),
    "id-from-zero": ("ids are shifted by one", lambda file: replace(file, id=file.id - 1)),
}
for name, (words, field) in FIELDS.items():
    faults.add(name, words, "files.complete", build=partial(Chosen, each(field)))

COMING_AND_GOING = {
    "last-is-dropped": LISTS["last-is-dropped"],
    "full-chat-is-empty": LISTS["full-chat-is-empty"],
    "upload-in-progress": LISTS["upload-in-progress"],
    "others-instead": LISTS["others-instead"],
}
for name, (words, choose) in COMING_AND_GOING.items():
    build = partial(Chosen, choose, always=False)
    faults.add(
        f"{name}-now-and-then",
        f"{words} in every fifth reading",
        "files.complete",
        "reading.same-files",
        build=build,
        by_chance=COMPARED,
    )
    faults.add(
        f"{name}-now-and-then-unlisted",
        f"{words} in every fifth reading of a chat whose files the target does not list",
        "reading.same-files",
        build=build,
        by_chance=COMPARED,
        **UNLISTED,
    )


def _later(file: File, turn: int) -> File:
    moment = datetime.fromtimestamp(1_714_555_800 + turn, UTC)
    return replace(file, created_at=moment.isoformat())


CHANGES: dict[str, tuple[str, Callable[[File, int], File]]] = {
    "name-counts-readings": (
        "each reading gives the name another number",
        lambda file, turn: replace(file, name=f"{file.name} ({turn})"),
    ),
    "size-counts-readings": (
        "each reading makes the size larger",
        lambda file, turn: replace(file, size=file.size + turn),
    ),
    "type-takes-turns": (
        "the type changes from one reading to the next",
        lambda file, turn: replace(file, type=("text/plain", "text/html")[turn % 2]),
    ),
    "created-at-is-now": ("each reading sets the time of creation", _later),
}
for name, (words, change) in CHANGES.items():
    build = partial(Chosen, each_time(change))
    faults.add(name, words, "files.complete", "reading.same-members", build=build)
    faults.add(
        f"{name}-unlisted",
        f"{words}, in a chat whose files the target does not list",
        "reading.same-members",
        build=build,
        **UNLISTED,
    )

READING_CHANGES: dict[str, tuple[str, Choose]] = {
    "reading-leaves-a-log": (
        "each reading adds a file that logs it",
        lambda server, chat: (*chat.files, replace(UPLOAD, id=9_000 + server.turns[chat.id])),
    ),
    "reading-uses-up": (
        "each reading takes a file away, until one is left",
        lambda server, chat: chat.files[: max(1, len(chat.files) + 1 - server.turns[chat.id])],
    ),
    "ids-count-on": (
        "each reading gives the files new ids",
        lambda server, chat: tuple(
            replace(file, id=file.id + 1_000 * server.turns[chat.id]) for file in chat.files
        ),
    ),
}
for name, (words, choose) in READING_CHANGES.items():
    build = partial(Chosen, choose)
    clauses = ("files.complete", "reading.same-files")
    # What one reading adds looks like what a claim opens.
    by_chance = (*COMPARED, "request.override")
    faults.add(name, words, *clauses, build=build, by_chance=by_chance)
    faults.add(
        f"{name}-unlisted",
        f"{words}, in a chat whose files the target does not list",
        "reading.same-files",
        build=build,
        by_chance=by_chance,
        **UNLISTED,
    )
