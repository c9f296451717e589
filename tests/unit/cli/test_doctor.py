"""A broken set-up is told apart from a broken server."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
import trustme
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from neptun_conformance.cli.advice import PAGE, after
from neptun_conformance.exchange import Failure, FailureKind
from neptun_conformance.server.data import Chat, File, target_for
from neptun_conformance.server.reference import Reference, Refusal
from neptun_conformance.server.serving import serving
from tests.unit.cli.conftest import Neptun, Write
from tests.unit.client.conftest import OK, ScriptedServer

OWNER = target_for("http://x")["owner"]
STRANGER = target_for("http://x")["stranger"]
SESSION = "owner's session".ljust(26)


def test_all_is_well_with_the_reference(neptun: Neptun, reference: str, target_file: Write) -> None:
    ran = neptun("doctor", "--target", target_file(reference))
    assert ran.status == 0
    assert "problem" not in ran.out
    assert "owner's chat with files    4711: 6 files, as the target lists them" in ran.out


@pytest.mark.parametrize(
    ("part", "changes", "line"),
    [
        (
            "owner",
            {"session": "not-a-session-of-anybody"},
            "owner's session            refused with",
        ),
        ("owner", {"session": {"command": "exit 3"}}, "owner's session            owner.session: "),
        (
            "owner",
            {"chat_with_files": {"id": 99}},
            "owner's chat with files    99: expected 200, got",
        ),
        (
            "owner",
            {"chat_with_files": {"id": 4711, "files": [{"id": 5}]}},
            "owner's chat with files    4711: 6 files, but the target lists also 5 and not ",
        ),
        (
            "owner",
            {"chat_with_files": {"id": 4712}, "empty_chat": {"id": 4711}},
            "owner's empty chat         4711: 6 files, but should be empty",
        ),
    ],
)
def test_a_problem_is_named_with_its_place(  # noqa: PLR0913, PLR0917 - a row of the table
    neptun: Neptun,
    reference: str,
    target_file: Write,
    part: str,
    changes: dict[str, object],
    line: str,
) -> None:
    parts = {part: {**target_for(reference)[part], **changes}}
    ran = neptun("doctor", "--target", target_file(reference, **parts))
    assert ran.status == 1
    assert f"\nproblem  {line}" in ran.out


class Page(Reference):
    """Answers in one way to everybody."""

    def __init__(self, status: int, body: str = "", media_type: str = "text/html") -> None:
        super().__init__()
        self.page = Response(body, status, media_type=media_type)

    async def respond(self, request: Request) -> Response:
        if "cookie" in request.headers or self.page.media_type == "text/html":
            return self.page
        return await super().respond(request)


class Foreign(Reference):
    """Forbids every chat."""

    def present(
        self,
        request: Request,  # noqa: ARG002
        chat: Chat,  # noqa: ARG002
        files: Sequence[File],  # noqa: ARG002
    ) -> Response:
        return JSONResponse({}, 403)


@pytest.mark.parametrize(
    ("server", "step"),
    [
        (Foreign, "name a chat of this user; `init --chats` finds one"),
        (partial(Page, 200, "[]", "application/json"), "check the path prefix in base_url, or"),
    ],
)
def test_a_problem_of_a_chat_has_a_next_step(
    neptun: Neptun, target_file: Write, server: Callable[[], Reference], step: str
) -> None:
    with serving(server()) as base_url:
        ran = neptun("doctor", "--target", target_file(base_url))
    chats = [line for line in ran.out.splitlines() if line.startswith("problem  owner's chat")]
    assert len(chats) == 1
    assert step in chats[0]


@pytest.mark.parametrize(
    ("kind", "message", "step"),
    [
        (FailureKind.DROPPED, "it dropped", "it dropped: look into the server's log"),
        (FailureKind.DROPPED, "it dropped; use https://", "it dropped; use https://"),
        (FailureKind.CONNECT, "x refuses: is it running?", "x refuses: is it running?"),
        (FailureKind.OVER, "over", "over: allow more by --run-deadline"),
    ],
)
def test_no_answer_has_a_next_step(kind: FailureKind, message: str, step: str) -> None:
    assert after(Failure(kind, message)).startswith(step)


def test_a_missing_chat_that_exists_is_a_problem(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    owner = {**OWNER, "empty_chat": None}
    path = target_file(reference, owner=owner, missing={"chat_id": 4712})
    ran = neptun("doctor", "--target", path)
    assert ran.status == 1
    assert "4712 exists: name another as missing.chat_id" in ran.out


def test_a_session_that_has_not_expired_is_a_problem(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    path = target_file(reference, stranger=None, expired_session=STRANGER["session"])
    ran = neptun("doctor", "--target", path)
    assert ran.status == 1
    assert "problem  expired session            expected 401, got status 404" in ran.out
    assert STRANGER["session"] not in ran.out


def test_what_is_not_given_is_no_problem(neptun: Neptun, reference: str) -> None:
    ran = neptun("doctor", "--base-url", reference)
    assert ran.status == 0
    assert "-        owner                      not given: " in ran.out


def test_another_prefix_is_a_problem(neptun: Neptun, reference: str, target_file: Write) -> None:
    ran = neptun("doctor", "--target", target_file(f"{reference}/v2"))
    assert ran.status == 1
    assert "expected 401 without a session, got status 404" in ran.out
    assert "check the path prefix in base_url" in ran.out


def test_nobody_there_is_status_6(neptun: Neptun) -> None:
    ran = neptun("doctor", "--base-url", "http://127.0.0.1:1")
    assert ran.status == 6
    assert ran.out.startswith("problem  reachable                  127.0.0.1:1 refuses connections")


def test_tls_where_there_is_none_is_told_from_nobody(neptun: Neptun, reference: str) -> None:
    ran = neptun("doctor", "--base-url", reference.replace("http:", "https:"))
    assert ran.status == 6
    assert "ok       reachable" in ran.out
    assert "problem  TLS" in ran.out


@pytest.mark.parametrize("secret", [OWNER["session"], STRANGER["session"]])
def test_no_session_is_shown(
    neptun: Neptun, reference: str, target_file: Write, secret: str
) -> None:
    ran = neptun("doctor", "--target", target_file(reference))
    assert secret not in ran.out + ran.err


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
