"""The reference server, asked over a real socket with the octets of a request as they are."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from starlette.requests import Request

from neptun_conformance.server.data import ALICE, BOB, MISSING_CHAT, USERS, User
from neptun_conformance.server.links import Links
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from neptun_conformance.server.wire import on_the_wire

if TYPE_CHECKING:
    from collections.abc import Iterator


class Reply(NamedTuple):
    """An answer as read from the socket."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with serving(Reference()) as url:
        yield url


def ask(server_url: str, target: str, *lines: str, method: str = "GET") -> Reply:
    """Send a request with a literal target, and read to the end of the connection."""
    url = urlsplit(server_url)
    head = [f"{method} {target} HTTP/1.1", "Host: test", "Connection: close", *lines, "", ""]
    with socket.create_connection((url.hostname, url.port), timeout=60) as connection:
        connection.sendall("\r\n".join(head).encode())
        with connection.makefile("rb") as stream:
            answer = stream.read()
    head_part, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head_part.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in rest)
    return Reply(int(first.split()[1]), {name.lower(): value for name, value in pairs}, body)


def path(user: User, chat: object, *, of: User | None = None) -> str:
    """Return the route for a user and a chat."""
    return f"/api/users/{quote((of or user).id, safe='')}/chats/{chat}/files"


def cookie(user: User) -> str:
    """Return the header line with the session of a user."""
    return f"Cookie: neptun-session={user.session.value}"


@pytest.mark.parametrize("user", USERS, ids=lambda user: user.id)
def test_every_user_reads_own_chats(server_url: str, user: User) -> None:
    full = ask(server_url, path(user, user.chat_with_files.id), cookie(user))
    empty = ask(server_url, path(user, user.empty_chat.id), cookie(user))
    assert (full.status, empty.status) == (200, 200)
    assert full.headers["content-type"] == "application/json"
    assert full.headers["cache-control"] == "private, no-store"
    assert [file["name"] for file in json.loads(full.body)["chatFiles"]] == [
        file.name for file in user.chat_with_files.files
    ]
    assert json.loads(empty.body) == {"chatFiles": []}


def test_an_item_has_the_seven_members(server_url: str) -> None:
    reply = ask(server_url, path(ALICE, ALICE.chat_with_files.id), cookie(ALICE))
    item = json.loads(reply.body)["chatFiles"][0]
    link = item.pop("url")
    file = ALICE.chat_with_files.files[0]
    assert item == {
        "id": file.id,
        "chat_conversation_id": ALICE.chat_with_files.id,
        "name": file.name,
        "size": file.size,
        "type": file.type,
        "created_at": file.created_at,
    }
    content = ask(server_url, link.removeprefix(server_url))
    assert (content.status, len(content.body), content.headers["content-type"]) == (
        200,
        file.size,
        file.type,
    )


def test_a_link_to_another_file_cannot_be_derived(server_url: str) -> None:
    reply = ask(server_url, path(ALICE, ALICE.chat_with_files.id), cookie(ALICE))
    link = json.loads(reply.body)["chatFiles"][0]["url"].removeprefix(server_url)
    assert ask(server_url, link.replace("/901/", "/902/")).status == 404


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Cookie: neptun-session="],
        ["Cookie: neptun-session=made-up"],
        [f"Cookie: neptun-session={ALICE.session.value[:-1]}"],
        [f"Cookie: neptun-session={ALICE.session.value}x"],
        [f"Cookie: neptun-session={ALICE.session.value.swapcase()}"],
        [f"Cookie: neptun-session={quote(ALICE.session.value, safe='')}"],
        [f'Cookie: neptun-session="{ALICE.session.value}"'],
        [f"Cookie: neptun-session={ALICE.expired.value}"],
        [f"Cookie: session={ALICE.session.value}"],
        [f"Cookie: Neptun-Session={ALICE.session.value}"],
        [f"Authorization: Bearer {ALICE.session.value}"],
    ],
)
@pytest.mark.parametrize("chat", [ALICE.chat_with_files.id, ALICE.empty_chat.id, MISSING_CHAT, "x"])
def test_without_the_session_nothing_is_said(
    server_url: str, lines: list[str], chat: object
) -> None:
    reply = ask(server_url, path(ALICE, chat), *lines)
    assert (reply.status, json.loads(reply.body)["statusCode"]) == (401, 401)


def test_the_session_is_found_among_other_cookies(server_url: str) -> None:
    line = f"Cookie: a=1; neptun-session={ALICE.session.value} ;b=neptun-session"
    assert ask(server_url, path(ALICE, ALICE.chat_with_files.id), line).status == 200


@pytest.mark.parametrize(
    "target",
    [
        path(ALICE, MISSING_CHAT),
        path(ALICE, BOB.chat_with_files.id),
        path(ALICE, BOB.empty_chat.id),
        path(ALICE, ALICE.chat_with_files.id, of=BOB),
        path(ALICE, ALICE.empty_chat.id, of=BOB),
        path(ALICE, BOB.chat_with_files.id, of=BOB),
        f"/api/users/{ALICE.unknown_id}/chats/{ALICE.chat_with_files.id}/files",
        f"/api/users/%ff/chats/{ALICE.chat_with_files.id}/files",
        *(
            path(ALICE, spelling)
            for spelling in ("04711", "4711.0", "4.711e3", "+4711", "0x1267", "%204711", "-4711")
        ),
        *(
            path(ALICE, odd)
            for odd in ("0", "-1", "1.5", str(2**53), "9" * 5000, "x", "%00", "%2F")
        ),
        path(ALICE, "%D9%A4%D9%A7%D9%A1%D9%A1"),
    ],
)
def test_whatever_is_not_there_is_the_same_404(server_url: str, target: str) -> None:
    reply = ask(server_url, target, cookie(ALICE))
    known = ask(server_url, path(ALICE, MISSING_CHAT), cookie(ALICE))
    assert (reply.status, reply.body) == (404, known.body)


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/api",
        path(ALICE, ALICE.chat_with_files.id) + "/",
        path(ALICE, ALICE.chat_with_files.id).upper(),
        "/" + path(ALICE, ALICE.chat_with_files.id),
        "/api/users//chats/4711/files",
        "/api/users/alice/chats//files",
        "/api/users/x/../alice/chats/4711/files",
    ],
)
def test_other_routes_are_a_404_with_the_error_body(server_url: str, target: str) -> None:
    reply = ask(server_url, target, cookie(ALICE))
    assert (reply.status, json.loads(reply.body)["statusCode"]) == (404, 404)


def test_percent_encoded_digits_are_the_same_path(server_url: str) -> None:
    assert ask(server_url, path(ALICE, "%34711"), cookie(ALICE)).status == 200


def test_a_query_changes_nothing(server_url: str) -> None:
    target = path(ALICE, ALICE.chat_with_files.id)
    plain = ask(server_url, target, cookie(ALICE))
    assert ask(server_url, f"{target}?limit=1&chat_id=5", cookie(ALICE)).body == plain.body


def test_head_is_get_without_content(server_url: str) -> None:
    target = path(ALICE, ALICE.chat_with_files.id)
    get, head = (ask(server_url, target, cookie(ALICE), method=name) for name in ("GET", "HEAD"))
    get.headers.pop("date"), head.headers.pop("date")
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused(server_url: str, method: str) -> None:
    reply = ask(server_url, path(ALICE, ALICE.chat_with_files.id), cookie(ALICE), method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert json.loads(reply.body)["statusCode"] == 405


def test_options_names_the_methods(server_url: str) -> None:
    reply = ask(server_url, path(ALICE, 1), method="OPTIONS")
    assert (reply.status, reply.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


def test_a_validator_is_for_the_owner_alone(server_url: str) -> None:
    target = path(ALICE, ALICE.chat_with_files.id)
    tag = ask(server_url, target, cookie(ALICE)).headers["etag"]
    condition = f"If-None-Match: {tag}"
    assert ask(server_url, target, cookie(ALICE), condition).status == 304
    assert ask(server_url, target, cookie(ALICE), 'If-None-Match: "x"').status == 200
    assert ask(server_url, target, cookie(BOB), condition).status == 404
    assert ask(server_url, target, condition).status == 401


@pytest.mark.parametrize(
    ("server", "authority"),
    [
        (("127.0.0.1", 8000), "127.0.0.1:8000"),
        (("::1", 8000), "[::1]:8000"),
        (("/run/neptun.sock", None), "localhost"),
        (None, "localhost"),
    ],
)
def test_a_link_leads_to_the_server_itself(server: object, authority: str) -> None:
    chat = next(chat for chat in ALICE.chats if chat.files)
    request = Request({"type": "http", "scheme": "http", "server": server, "headers": []})
    url = Links([chat]).url(request, chat, chat.files[0])
    assert url.startswith(f"http://{authority}/")


def test_a_server_that_does_not_start_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: None)
    with pytest.raises(RuntimeError, match=r"^the server did not start$"), serving(Reference()):
        pass


def test_a_server_below_http_cuts_off_whoever_still_waits_at_its_end() -> None:
    asked = threading.Event()

    async def never(*_: object) -> None:
        asked.set()
        await asyncio.Event().wait()

    with on_the_wire(never, write=lambda _scope, sent: sent.body) as base_url:
        address = urlsplit(base_url)
        client = socket.create_connection((address.hostname, address.port), timeout=60)
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert asked.wait(60)
    with client:
        assert client.recv(1) == b""
