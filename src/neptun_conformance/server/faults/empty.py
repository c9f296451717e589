"""Each wrong way to say that a chat has no files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import json_answer
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.items import CLAUSES
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File

faults = Theme(Mistake.EMPTY_CHAT)

Say = Callable[[Reference, "Request", "Chat"], Response]


class Emptied(Reference):
    """Says in another way that a chat has no files.

    Arguments:
        say: makes the answer.
    """

    def __init__(self, echo: Say) -> None:
        super().__init__()
        self.echo = echo

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        if files:
            return super().present(request, chat, files)
        return self.echo(self, request, chat)


def refusing(status: int) -> Say:
    """Return what refuses."""

    def echo(server: Reference, request: Request, chat: Chat) -> Response:
        raise Refusal(status, "There are no files")

    return echo


def body(value: Any) -> Say:
    """Return what answers with a JSON value."""
    return lambda server, _request, _chat: json_answer(server, value)


def bare(status: int) -> Say:
    """Return what answers with a status and no content."""
    headers = {"location": "/"} if status == 302 else None
    return lambda _server, _request, _chat: Response(status_code=status, headers=headers)


def placeholder(server: Reference, request: Request, chat: Chat) -> Response:
    """List one file that is none."""
    item = {
        "id": 0,
        "chat_conversation_id": chat.id,
        "name": "No files yet",
        "size": 0,
        "type": "text/plain",
        "created_at": "2024-01-01T00:00:00Z",
        "url": "https://files.example.com/none",
    }
    return json_answer(server, {"chatFiles": [item]})


for status in (404, 400, 410, 403):
    faults.add(
        f"empty-chat-is-{status}",
        f"an empty chat is a {status}",
        "files.empty",
        build=partial(Emptied, refusing(status)),
    )
faults.add(
    "empty-chat-is-500",
    "an empty chat crashes the server",
    "files.empty",
    "input.no-server-error",
    build=partial(Emptied, refusing(500)),
)
for status in (204, 302, 304):
    faults.add(
        f"empty-chat-is-{status}",
        f"an empty chat is a {status} without content",
        "files.empty",
        build=partial(Emptied, bare(status)),
    )

WITHOUT_LIST: dict[str, tuple[str, Any]] = {
    "null-list": ("null as the list", {"chatFiles": None}),
    "no-list": ("an empty object", {}),
    "null": ("null", None),
    "bare-list": ("a bare empty list", []),
    "empty-object-list": ("an object as the list", {"chatFiles": {}}),
    "empty-text-list": ("an empty text as the list", {"chatFiles": ""}),
    "zero": ("0 as the list", {"chatFiles": 0}),
    "false": ("false as the list", {"chatFiles": False}),
    "message": ("a message", {"message": "No files"}),
    "error-body": (
        "a 200 with the body of a 404",
        {"statusCode": 404, "statusMessage": "Not Found", "data": {"message": "No files"}},
    ),
}
for name, (words, value) in WITHOUT_LIST.items():
    faults.add(
        f"empty-chat-is-{name}",
        f"an empty chat is {words}",
        "files.empty",
        "success.envelope",
        build=partial(Emptied, body(value)),
    )

faults.add(
    "empty-chat-holds-a-placeholder",
    "an empty chat lists a file that is none",
    "files.empty",
    build=partial(Emptied, placeholder),
)
faults.add(
    "empty-chat-holds-an-empty-object",
    "an empty chat lists a file without any member",
    "files.empty",
    *CLAUSES.values(),
    build=partial(Emptied, body({"chatFiles": [{}]})),
)
for name, value in {"null": None, "an-empty-list": [], "an-empty-text": ""}.items():
    faults.add(
        f"empty-chat-holds-{name}",
        f"an empty chat lists an entry that is {value!r}",
        "files.empty",
        "file.object",
        build=partial(Emptied, body({"chatFiles": [value]})),
    )
faults.add(
    "empty-chat-without-content",
    "an empty chat is a 200 without any content",
    "success.json",
    "files.empty",
    build=partial(
        Emptied, lambda _server, _request, _chat: Response(media_type="application/json")
    ),
)


class SomebodysFiles(Reference):
    """An empty chat lists the files of the user's other chat as its own."""

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        owner = next(user for user in self.users.values() if chat in user.chats)
        return owner.chat_with_files.files


faults.add(
    "empty-chat-lists-the-other-chat",
    "an empty chat lists the files of the user's other chat as its own",
    "files.empty",
    build=SomebodysFiles,
)
