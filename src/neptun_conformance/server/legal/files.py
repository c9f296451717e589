"""Files, and lists of them, that look unusual, and that the documentation allows."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from neptun_conformance.server.data import ALICE, BOB, Chat, File, User, target_for
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.requests import Request


legal = Theme()

CHANCE = random.Random(7)  # noqa: S311 - nothing is kept secret by it


@legal()
class FilesInAnyOrder(Reference):
    """Files come in another order each time."""

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        files = list(await super().read_files(request, chat))
        CHANCE.shuffle(files)
        return files


@legal()
class LinksThatChange(Reference):
    """Links are signed anew for each reading."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item = super().item(request, chat, file)
        return {**item, "url": f"{item['url']}?signature={CHANCE.getrandbits(128):x}&expires=900"}


@legal()
class LinksToOneOfTwoPlaces(Reference):
    """Files of all users link to the same page, which has one of two hosts at random."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        host = CHANCE.choice(("one", "two"))
        return {**super().item(request, chat, file), "url": f"https://{host}.example.com/files"}


@legal()
class LinksInTheSchemeOfAnUpgrade(Reference):
    """Links begin with ws: where WebSocket is offered, as a proxy in front says of the request."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item = super().item(request, chat, file)
        if request.headers.get("upgrade", "").lower() != "websocket":
            return item
        return {**item, "url": item["url"].replace("http", "ws", 1)}


@legal()
class LinksToTheHost(Reference):
    """Links have the host that a request names, also one that no parser takes."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item = super().item(request, chat, file)
        host = request.headers.get("host", "")
        return {**item, "url": f"http://{host}/links/{chat.id}/{file.id}"}


class Linking(Reference):
    """Links to other places.

    Arguments:
        link: the link of every file, 901 in the place of its id.
    """

    def __init__(self, link: str) -> None:
        super().__init__()
        self.link = link

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        return {**super().item(request, chat, file), "url": self.link.replace("901", str(file.id))}


for name, link in {
    "user-info": "https://reader:pass@files.example.com/901",
    "port": "http://files.example.com:8080/901",
    "ipv6": "http://[2001:db8::1]:9000/901",
    "ipv4": "http://192.0.2.7/901",
    "idn": "https://dateien.münchen.example/901",
    "punycode": "https://xn--mnchen-3ya.example/901",
    "raw-path": "https://files.example.com/Übersicht für 901.xlsx",
    "capitals": "HTTPS://FILES.EXAMPLE.COM/901",
    "no-path": "https://file-901.example.com",
    "single-label": "http://minio:9000/bucket/901",
    "query-and-fragment": "https://files.example.com/901?X-Amz-Date=20240501T093000Z&a[]=1#page=2",
    "long": "https://files.example.com/901?token=" + "a" * 9_000,
}.items():
    words = link if len(link) < 80 else f"{link[:40]}… of {len(link)} characters"
    legal.add(
        f"link-with-{name}", f"the link of every file is {words}", build=partial(Linking, link)
    )


def keeping(*files: File) -> tuple[User, User]:
    """Return the two users of a run, the first with other files."""
    return replace(ALICE, chat_with_files=replace(ALICE.chat_with_files, files=files)), BOB


def add_files(name: str, words: str, files: Iterable[File]) -> None:
    """Add a server that is the reference with other files."""
    alice, bob = keeping(*files)
    target = partial(target_for, owner=alice, stranger=bob)
    legal.add(name, words, build=partial(Reference, (alice, bob)), target=target)


PLAIN = ALICE.chat_with_files.files[0]
MOMENTS = (
    "2024-05-01T09:30:00Z",
    "2024-05-01t09:30:00z",
    "2024-05-01 09:30:00Z",
    "2024-05-01T09:30:00.1Z",
    "2024-05-01T09:30:00.123456789012Z",
    "2024-05-01T09:30:00+05:45",
    "2024-05-01T09:30:00-00:00",
    "2024-05-01T09:30:00-12:00",
    "2016-12-31T23:59:60Z",
    "2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
)
add_files(
    "moments-in-all-forms",
    "times are in all forms of RFC 3339, a leap second among them",
    (replace(PLAIN, id=number, created_at=text) for number, text in enumerate(MOMENTS, 1)),
)
NAMES = ("", " ", ".", "a/b\\c", "\x00\x1f\x7f", "\u202egnp.exe", "e\u0301", "\u00e9", "💾" * 2_000)
add_files(
    "odd-names",
    "names are empty, blank, controls, very long or from right to left",
    (replace(PLAIN, id=number, name=text) for number, text in enumerate(NAMES, 1)),
)
TYPES = ("text/plain; charset=utf-8", 'multipart/mixed; boundary="a b"', "x-custom/x-thing", "a/b")
add_files(
    "odd-media-types",
    "types of files have parameters or are nobody's",
    (replace(PLAIN, id=number, type=text) for number, text in enumerate(TYPES, 1)),
)
add_files(
    "large-numbers",
    "ids and sizes are past 2^53",
    (replace(PLAIN, id=2**53 + 1 + 2 * number, size=2**60 + number) for number in range(3)),
)
add_files(
    "negative-ids", "ids of files are 0 and negative", (replace(PLAIN, id=n) for n in (0, -1))
)
add_files("one-file", "a chat holds a single file", (PLAIN,))
add_files(
    "equal-files",
    "files differ in their ids only",
    (replace(PLAIN, id=number) for number in (1, 2, 3)),
)
add_files(
    "five-thousand-files",
    "a chat holds 5,000 files",
    (replace(PLAIN, id=number, name=f"page {number}.pdf") for number in range(1, 5_001)),
)

twins = keeping(*(replace(file, id=file.id - 100) for file in BOB.chat_with_files.files))
legal.add(
    "files-of-the-same-name",
    "owner and stranger have files of the same names",
    build=partial(Reference, twins),
    target=partial(target_for, owner=twins[0], stranger=twins[1]),
)

add_files(
    "files-named-like-members",
    "files are called like the members that answers have",
    (
        replace(PLAIN, id=number, name=name)
        for number, name in enumerate(("message", "statusCode", "chatFiles", "created_at"))
    ),
)
