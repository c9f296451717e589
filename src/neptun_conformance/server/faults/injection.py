"""Ids that are code to a database or a path to a server, and paths and headers that lead astray."""

from __future__ import annotations

import posixpath
import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.asking import own_chat, place_of
from neptun_conformance.server.faults.detours import WrongSpelling
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.numbers import DROPPED, NO_NUMBER
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File, User

faults = Theme(Mistake.INJECTION)


class Injectable(Reference):
    """Finds the chat with files of the user, or all of everybody's, by a chat id that is code.

    Arguments:
        is_code: says whether a chat id is.
        everybodys: gives the files of every user.
    """

    def __init__(self, is_code: Callable[[str], bool], *, everybodys: bool = False) -> None:
        super().__init__()
        self.is_code = is_code
        self.everybodys = everybodys

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        if self.is_code(place.chat_id):
            return user.chat_with_files
        return super().find_chat(request, user, place)

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        place = place_of(self, request)
        if self.everybodys and place and self.is_code(place.chat_id):
            return [file for user in self.users.values() for file in user.chat_with_files.files]
        return await super().read_files(request, chat)


def _containing(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.search(pattern, text) is not None


CODES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "or": ("a condition of SQL that is always true", _containing(r"(?i)\bor\b.*=")),
    "quote": ("a quote", _containing("'")),
    "comment": ("a comment of SQL", _containing(r"--|/\*")),
    "semicolon": ("a semicolon", _containing(";")),
    "wildcard": ("a wildcard", lambda text: text in {"*", "%", "_", ".*"}),
    "operator": ("an operator of a document database", _containing(r"\$(?:ne|gt|where)")),
    "comma": ("a comma", _containing(r"\d,\d")),
}
for name, (words, is_code) in CODES.items():
    faults.add(
        f"injection-by-{name}",
        f"a chat id with {words} gives the user's chat with files",
        *NO_NUMBER,
        *(DROPPED if name in {"or", "comment", "semicolon", "comma"} else ()),
        build=partial(Injectable, is_code),
    )
faults.add(
    "injection-of-everything",
    "a chat id with a condition of SQL that is always true gives the files of everybody",
    *NO_NUMBER,
    *DROPPED,
    build=partial(Injectable, CODES["or"][1], everybodys=True),
)


def _normal(path: str) -> str:
    return posixpath.normpath(path) if re.search(r"/\.{1,2}(/|$)", path) else path


def _unescaped(*escapes: str) -> Callable[[str], str]:
    pattern = re.compile("|".join(escapes), re.IGNORECASE)

    def normal(path: str) -> str:
        plain = pattern.sub(lambda match: unquote(unquote(match[0])).replace("\\", "/"), path)
        return _normal(plain)

    return normal


PATHS: dict[str, tuple[str, Callable[[str], str]]] = {
    "dot-segments": ("dot segments", _normal),
    "encoded-dot-segments": ("encoded dot segments", _unescaped("%2e")),
    "encoded-slashes": ("encoded slashes", _unescaped("%2f")),
    "twice-encoded-slashes": ("slashes that are encoded twice", _unescaped("%252f")),
    "backslashes": ("encoded backslashes", _unescaped("%5c")),
    "nul": ("a NUL at its end", lambda path: path.removesuffix("%00")),
}
for name, (words, normal) in PATHS.items():
    for who in ("anybody", "stranger"):
        faults.add(
            f"path-with-{name}-is-open-to-{who}",
            f"a path with {words} does not ask {who} who is calling",
            "input.no-disclosure",
            build=partial(WrongSpelling, normal, to=who),
        )


class OverlongSkips(Reference):
    """Does not look at the session where a request is too long to look at.

    Arguments:
        header: the name of the header that may be too long.
    """

    def __init__(self, header: str) -> None:
        super().__init__()
        self.header = header

    def authenticate(self, request: Request) -> User:
        try:
            return super().authenticate(request)
        except Refusal:
            place = place_of(self, request)
            too_long = any(
                len(value) > 4_096
                for name, value in request.headers.items()
                if (name == "cookie") is (self.header == "cookie")
            )
            if too_long and place and own_chat(self, place):
                return self.users[place.user_id]
            raise


faults.add(
    "long-cookie-is-not-checked",
    "a session cookie of more than 4,096 octets is not checked",
    "input.no-disclosure",
    build=partial(OverlongSkips, "cookie"),
)
faults.add(
    "long-header-ends-the-check",
    "with another header of more than 4,096 octets the session is not checked",
    "voice.access",
    build=partial(OverlongSkips, "other"),
    by_chance=("input.no-disclosure",),
)


class QueryOverride(Reference):
    """Takes what the query names in the place of what the path names.

    Arguments:
        parameters: the names of the query parameters.
        ownership_too: also where ownership is checked.
    """

    def __init__(self, user: Sequence[str] = (), chat: Sequence[str] = ()) -> None:
        super().__init__()
        self.user_parameters = user
        self.chat_parameters = chat

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        for name in self.user_parameters:
            place = place._replace(user_id=request.query_params.get(name, place.user_id))
        return super().find_user(request, reader, place)

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        for name in self.chat_parameters:
            place = place._replace(chat_id=request.query_params.get(name, place.chat_id))
        return super().find_chat(request, user, place)


USER_NAMES, CHAT_NAMES = ("user_id", "userId"), ("chat_id", "chatId")
faults.add(
    "query-overrides-the-user",
    "user_id in the query takes the place of the user id in the path",
    "query.override",
    build=partial(QueryOverride, USER_NAMES[:1]),
)
faults.add(
    "query-overrides-the-chat",
    "chat_id in the query takes the place of the chat id in the path",
    "query.override",
    build=partial(QueryOverride, (), CHAT_NAMES[:1]),
    by_chance=("file.of-this-chat", "files.complete", "reading.same-files"),
)
faults.add(
    "query-overrides-the-chat-by-id",
    "id in the query takes the place of the chat id in the path",
    "query.override",
    build=partial(QueryOverride, (), ("id",)),
    by_chance=("file.of-this-chat", "files.complete", "reading.same-files", "query.ignored"),
)


@faults("query.override")
class QueryUserIsTheReader(Reference):
    """With a valid session, user_id in the query says whose session it is."""

    def authenticate(self, request: Request) -> User:
        reader = super().authenticate(request)
        return self.users.get(request.query_params.get("user_id", ""), reader)


class QueryUserIsTrusted(Reference):
    """Takes user_id in the query for who is asking."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        named = request.query_params.get("user_id")
        if named in self.users and place.user_id in self.users:
            return self.users[named if named != reader.id else place.user_id]
        return super().find_user(request, reader, place)


faults.add(
    "query-user-is-trusted",
    "user_id in the query is taken for who is asking",
    "query.override",
    build=QueryUserIsTrusted,
)
