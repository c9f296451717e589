"""A plan says what a run would send, and sends nothing."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from neptun_conformance.server.data import target_for
from tests.unit.cli.conftest import Neptun, Write

QUICK = ("--effort", "quick")


def total(plan: str) -> int:
    found = re.search(r"^(\d+) requests in all", plan, re.MULTILINE)
    assert found
    return int(found[1])


def test_the_total_is_what_a_run_sends(neptun: Neptun) -> None:
    sent = re.search(r"(\d+) requests  ", neptun(*QUICK).out)
    assert sent
    assert total(neptun("--plan", *QUICK).out) == int(sent[1])


def test_over_both_versions_each_has_its_own_requests(neptun: Neptun, target_file: Write) -> None:
    ran = neptun("--plan", "--http", "both", "--target", target_file("https://127.0.0.1:1"))
    first, second = ran.out.split("\nOver HTTP/2: what may differ there\n")
    assert (ran.status, first.startswith("Over HTTP/1.1\n")) == (0, True)
    assert "not asked: only HTTP/2 has such a request" in first
    assert "not asked: only HTTP/2 has such a request" not in second
    assert 200 < total(second) < total(first)


def test_a_plan_over_both_versions_needs_a_target_that_may_speak_them(
    neptun: Neptun, target_file: Write
) -> None:
    ran = neptun("--plan", "--http", "both", "--target", target_file("http://127.0.0.1:1"))
    assert ran.status == 4
    assert ran.err.startswith("neptun-conformance: --http 2: over http:// nothing is negotiated; ")


def test_nothing_is_sent_and_no_command_is_run(
    neptun: Neptun, target_file: Write, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/pre"
        owner = {**target_for(base_url)["owner"], "session": {"command": "touch ran; echo s"}}
        ran = neptun(
            "--plan", "--start", "touch ran", "--target", target_file(base_url, owner=owner)
        )
        listener.settimeout(0)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert (ran.status, (tmp_path / "ran").exists()) == (0, False)
    assert "note: session commands are not run for a plan" in ran.out
    assert "note: --start is not run for a plan" in ran.out
    request = "    GET /pre/api/users/alice/chats/4711/files\n"
    assert f"{request}    Cookie: neptun-session=$OWNER_SESSION\n" in ran.out


def test_no_session_is_shown(neptun: Neptun, target_file: Write) -> None:
    target = target_for("http://127.0.0.1:1")
    out = neptun("--plan", "--target", target_file("http://127.0.0.1:1")).out
    sessions = [
        target["owner"]["session"],
        target["stranger"]["session"],
        target["expired_session"],
    ]
    assert [session for session in sessions if session in out] == []


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--only", "methods.refused"], "  left out: needs --allow-unsafe-methods"),
        (["--only", "methods.refused", "--allow-unsafe-methods"], "    POST /api/users/alice/"),
        (["--only", "isolation.*"], "  at the same time"),
        (["--only", "authentication.owner-after"], " (step 2 of 2)"),
        (["--only", "file.link", "--fetch-urls"], "  follows the files' links"),
        (["--only", "file.size"], "  asks nothing of its own"),
        (["--base-url", "http://127.0.0.1:1"], "    not asked: the target names no owner"),
    ],
)
def test_every_kind_of_question_is_put_into_words(
    neptun: Neptun, options: list[str], line: str
) -> None:
    ran = neptun("--plan", *options)
    assert ran.status == 0
    assert line in ran.out


def test_a_target_that_cannot_be_used_is_refused(neptun: Neptun) -> None:
    ran = neptun("--plan", "--target", "missing.yaml")
    assert (ran.status, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert "file missing.yaml: cannot be read: " in ran.err


def test_no_command_is_run_for_an_expired_session(
    neptun: Neptun, target_file: Write, tmp_path: Path
) -> None:
    target = target_file("http://127.0.0.1:1", expired_session={"command": "touch ran; echo s"})
    ran = neptun("--plan", *QUICK, "--target", target)
    assert ran.status == 0
    assert "expired session" in ran.out
    assert not (tmp_path / "ran").exists()


PLACEHOLDER = re.compile(r"\{(?!7\*7)[a-z_]+\}")


def test_words_tell_what_would_go_out_and_not_the_names_of_ids(neptun: Neptun) -> None:
    plan = neptun("--plan").out
    assert PLACEHOLDER.findall(plan) == []
    assert "along the route spelled /api/users/alice//chats/4711/files" in plan
