"""A broken set-up is told apart from a broken server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from neptun_conformance.cli.advice import after
from neptun_conformance.exchange import Failure, FailureKind
from neptun_conformance.server.data import Chat, File, target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.legal import LEGAL
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.resilience.ways import by_hypercorn
from tests.unit.cli.conftest import Neptun, Write
from tests.unit.cli.pages import Page

OWNER = target_for("http://x")["owner"]
STRANGER = target_for("http://x")["stranger"]
SESSION = "owner's session".ljust(26)


def test_all_is_well_with_the_reference(neptun: Neptun, reference: str, target_file: Write) -> None:
    ran = neptun("doctor", "--target", target_file(reference))
    assert ran.status == 0
    assert "problem" not in ran.out
    assert "owner's chat with files    4711: 6 files, as the target lists them" in ran.out


def test_what_leaves_a_run_incomplete_is_said(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    unlisted = {role: target_for("", listed=())[role] for role in ("owner", "stranger")}
    ran = neptun("doctor", "--target", target_file(reference, **unlisted))
    assert ran.status == 0
    assert f"-        {'files'.ljust(26)} no chat's files are listed, so files.complete" in ran.out
    oddity = LEGAL["short-sessions"]
    with serving(oddity.build()) as base_url:
        short = {name: v for name, v in oddity.target(base_url).items() if name != "base_url"}
        ran = neptun("doctor", "--target", target_file(base_url, **short))
    assert ran.status == 0
    assert f"-        {SESSION} under 16 characters, so clauses on altered" in ran.out


def test_both_versions_of_http_are_examined(neptun: Neptun, target_file: Write) -> None:
    with by_hypercorn() as port:
        path = target_file(f"http://127.0.0.1:{port}")
        ran = neptun("doctor", "--target", path, "--http", "both", "--http2-prior-knowledge")
    first, second = ran.out.split("\nOver HTTP/2\n")
    assert (ran.status, first.startswith("Over HTTP/1.1\n")) == (0, True)
    assert first.splitlines()[1:] == second.splitlines()


def test_the_worse_of_both_versions_counts(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    options = ("--http", "both", "--http2-prior-knowledge")
    ran = neptun("doctor", "--target", target_file(reference), *options)
    assert ran.status == 6
    assert "\nOver HTTP/2\nproblem  reachable" in ran.out
    assert neptun("doctor", "--target", "missing.yaml", *options).out == "Over HTTP/1.1\n"


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
            "owner's chat with files    4711: 6 files, but the target also lists 5 and does",
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
    assert "4712: status 200 (application/json): name another as missing.chat_id if it" in ran.out


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


def test_where_nothing_is_found_no_session_is_called_accepted(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    ran = neptun("doctor", "--target", target_file(f"{reference}/v2"))
    assert "-        owner's session            not tested: everything is a 404" in ran.out
    assert ran.out.count("problem") == 2  # the endpoint, and the session that has run out


@pytest.fixture(scope="module")
def late() -> Iterator[str]:
    """The base URL of a server that looks for the chat before it checks the session."""
    with serving(FAULTS["unknown-chat-before-session"].build()) as base_url:
        yield base_url


def test_a_session_is_refused_also_where_chats_are_looked_for_first(
    neptun: Neptun, late: str, target_file: Write
) -> None:
    wrong = {**OWNER, "session": "not-a-session-of-anybody"}
    ran = neptun("doctor", "--target", target_file(late, owner=wrong))
    assert "problem  owner's session            refused with 401: log in as owner again" in ran.out
    assert "check the path prefix" not in ran.out


def test_one_chat_that_exists_shows_that_the_endpoint_is_there(
    neptun: Neptun, late: str, target_file: Write
) -> None:
    wrong = {**OWNER, "chat_with_files": {"id": 99}, "empty_chat": None}
    ran = neptun("doctor", "--target", target_file(late, owner=wrong))
    assert "\nok       endpoint" in ran.out
    assert "99: expected 200, got status 404 (application/json): name a chat of this" in ran.out


def test_nobody_there_is_status_6(neptun: Neptun) -> None:
    ran = neptun("doctor", "--base-url", "http://127.0.0.1:1")
    assert ran.status == 6
    assert ran.out.startswith("problem  reachable                  127.0.0.1:1 refuses connections")


def test_tls_where_there_is_none_is_told_from_nobody(neptun: Neptun, reference: str) -> None:
    ran = neptun("doctor", "--base-url", reference.replace("http:", "https:"))
    assert ran.status == 6
    assert "ok       reachable" in ran.out
    assert "problem  TLS" in ran.out
    assert "use http://" in ran.out


@pytest.mark.parametrize("secret", [OWNER["session"], STRANGER["session"]])
def test_no_session_is_shown(
    neptun: Neptun, reference: str, target_file: Write, secret: str
) -> None:
    ran = neptun("doctor", "--target", target_file(reference))
    assert secret not in ran.out + ran.err
