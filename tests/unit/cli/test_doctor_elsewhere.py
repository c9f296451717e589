"""The doctor, where something else answers than the endpoint, or nothing does in time."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from pathlib import Path

import pytest
import trustme
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from neptun_conformance.cli.advice import PAGE, SWAPPED
from neptun_conformance.server.data import Chat, File, target_for
from neptun_conformance.server.reference import Reference, Refusal
from neptun_conformance.server.serving import serving
from tests.unit.cli.conftest import Neptun, Write
from tests.unit.cli.pages import Page
from tests.unit.client.conftest import OK, ScriptedServer

OWNER = target_for("http://x")["owner"]
SESSION = "owner's session".ljust(26)


class Broken(Reference):
    """Fails for chats with files."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        if files:
            return JSONResponse({}, 500)
        return super().present(request, chat, files)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (Page(200), f"got status 200 (text/html): {PAGE}"),
        (Page(401), f"got status 401 (text/html): {PAGE}"),
        (Page(403), f"{SESSION} expected 200 or 404, got status 403 (text/html): {PAGE}"),
        (Broken(), "got status 500 (application/json): the server fails: look into its log"),
        (Page(302), f"{SESSION} expected 200 or 404, got status 302"),
        (Page(503), "got status 503 (text/html): the server is not ready, or down for maintenance"),
        (Page(504), "got status 504 (text/html): the gateway does not reach the server behind it"),
        (
            Page(500, media_type="text/plain"),
            f"{SESSION} expected 200 or 404, got status 500 (text/plain): the server fails: look",
        ),
        (
            Page(200, "{}", media_type="application/json"),
            "4711: a 200 without a chatFiles array",
        ),
    ],
)
def test_what_answers_is_not_always_the_endpoint(
    neptun: Neptun, target_file: Write, page: Reference, line: str
) -> None:
    with serving(page) as base_url:
        ran = neptun("doctor", "--target", target_file(base_url))
    assert ran.status == 1
    assert line in ran.out


WRONG_ADVICE = ("name a chat", "name a session", "ok       missing chat")


@pytest.mark.parametrize("page", [Page(200), Page(401), Page(302), Page(503)])
def test_what_is_in_front_is_not_blamed_on_the_target_file(
    neptun: Neptun, target_file: Write, page: Reference
) -> None:
    with serving(page) as base_url:
        ran = neptun("doctor", "--target", target_file(base_url))
    assert "problem  missing chat" in ran.out
    assert [words for words in WRONG_ADVICE if words in ran.out] == []


def test_a_wrong_prefix_is_not_blamed_on_the_chats(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    ran = neptun("doctor", "--target", target_file(f"{reference}/v2"))
    assert ran.out.count("check the path prefix in base_url") == 2
    assert [words for words in WRONG_ADVICE[:2] if words in ran.out] == []


def test_sessions_that_are_swapped_are_told(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    people = target_for(reference)
    owner = {**people["owner"], "session": people["stranger"]["session"]}
    other = {**people["stranger"], "session": people["owner"]["session"]}
    ran = neptun("doctor", "--target", target_file(reference, owner=owner, stranger=other))
    assert ran.status == 1
    assert ran.out.count(SWAPPED) == 2


class Moved(Reference):
    """Sends everybody elsewhere."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self.location = location

    async def respond(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode()
        location = self.location.replace("{path}", path)
        return Response("", 308, headers={"Location": location}, media_type="text/plain")


@pytest.mark.parametrize(
    ("location", "step"),
    [
        ("https://www.example.com{path}", "write https://www.example.com as base_url"),
        ("/v2{path}", "write {url}/v2 as base_url"),
        ("https://login.example.com/?next={path}", PAGE),
        ("/sign-in", PAGE),
        ("http://[", PAGE),
    ],
)
def test_a_redirect_is_named_with_what_to_do(
    neptun: Neptun, target_file: Write, location: str, step: str
) -> None:
    with serving(Moved(location)) as base_url:
        ran = neptun("doctor", "--target", target_file(base_url))
    assert ran.status == 1
    (line,) = [line for line in ran.out.splitlines() if line.startswith("problem  endpoint")]
    assert f"got status 308 (text/plain) to {location.partition('{')[0]}" in line
    assert line.endswith(f": {step.replace('{url}', base_url)}")


class ChatFirst(Reference):
    """Looks for the chat before the session."""

    async def respond(self, request: Request) -> Response:
        if "cookie" not in request.headers and "4711" not in request.url.path:
            return self.refuse(request, Refusal(404, "There is no such chat"))
        return await super().respond(request)


def test_a_server_that_looks_for_the_chat_first_is_no_wrong_address(
    neptun: Neptun, target_file: Write
) -> None:
    with serving(ChatFirst()) as base_url:
        ran = neptun("doctor", "--target", target_file(base_url))
    assert (ran.status, "base_url" in ran.out) == (0, False)
    assert "ok       endpoint                   it looks for the chat before the session" in ran.out


def test_a_refused_session_is_told_how_to_copy_it(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    path = target_file(reference, owner={**OWNER, "session": "not-a-session-of-anybody"})
    ran = neptun("doctor", "--target", path)
    step = "log in as owner again and copy the cookie's value just as Set-Cookie held it"
    assert f"refused with 401: {step}, percent-encoded where it was\n" in ran.out
    assert "-        missing chat               987654: asked for by an accepted session" in ran.out


class Silent(Reference):
    """Does not answer in time where a path ends in one of its parts."""

    def __init__(self, *parts: str) -> None:
        super().__init__()
        self.parts = tuple(f"/{part}/files" for part in parts)

    async def respond(self, request: Request) -> Response:
        if "cookie" in request.headers and request.url.path.endswith(self.parts):
            await asyncio.sleep(30)
        return await super().respond(request)


IN_TIME = "no complete answer within the deadline of 0.5 s"


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (("4711",), [f"problem  owner's chat with files    {IN_TIME}"]),
        (
            ("4711", "4712", "987654"),
            [
                "problem  owner's session            no answer came to it: see whether the server",
                f"problem  missing chat               987654: {IN_TIME}",
                f"problem  expired session            {IN_TIME}",
            ],
        ),
    ],
)
def test_what_gets_no_answer_is_a_problem(
    neptun: Neptun, target_file: Write, parts: tuple[str, ...], lines: list[str]
) -> None:
    with serving(Silent(*parts)) as base_url:
        target = target_file(base_url, stranger=None)
        ran = neptun("doctor", "--target", target, "--deadline", "0.5")
    assert ran.status == 1
    assert [line for line in lines if line not in ran.out] == []


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            ["--ca-bundle", "ca.pem"],
            "ok       TLS                        the certificate is trusted",
        ),
        (["--insecure"], "-        TLS                        the certificate was not checked"),
    ],
)
def test_tls_is_said_to_be_trusted_or_not_looked_at(
    neptun: Neptun, tmp_path: Path, options: list[str], line: str
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = ScriptedServer(lambda _head: OK)
    server.wrap = lambda sock: context.wrap_socket(sock, server_side=True)
    try:
        ran = neptun("doctor", "--base-url", f"https://127.0.0.1:{server.port}", *options)
    finally:
        server.close()
    assert line in ran.out
