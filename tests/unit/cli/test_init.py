"""A target file to start from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from neptun_conformance.cli.discovery import candidates
from neptun_conformance.server.data import target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.serving import serving
from neptun_conformance.targets.load import load_target
from neptun_conformance.targets.template import TEMPLATE
from tests.unit.cli.conftest import Neptun, Write


def test_it_is_printed(neptun: Neptun) -> None:
    assert neptun("init").out == TEMPLATE


def test_it_is_written_and_can_be_used(neptun: Neptun, tmp_path: Path) -> None:
    ran = neptun("init", "new.yaml")
    assert (ran.status, "doctor --target new.yaml" in ran.out) == (0, True)
    assert load_target(tmp_path / "new.yaml", environ={}).target.base_url


def test_a_file_that_is_there_stays_as_it_is(neptun: Neptun, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious", "utf-8")
    ran = neptun("init", "mine.yaml")
    assert (ran.status, (tmp_path / "mine.yaml").read_text("utf-8")) == (4, "precious")
    assert "'mine.yaml' is there already" in ran.err


def test_a_folder_that_is_missing_is_named(neptun: Neptun) -> None:
    ran = neptun("init", "no/such/new.yaml")
    assert ran.status == 4
    assert ran.err == (
        "neptun-conformance: cannot write 'no/such/new.yaml': no such file or directory\n"
    )


# Chats found by itself


def test_a_session_in_the_file_is_not_said_to_be_elsewhere(neptun: Neptun, reference: str) -> None:
    users = {"owner": {k: OWNER[k] for k in ("user_id", "session")}, "base_url": reference}
    Path("users.yaml").write_text(json.dumps(users), "utf-8")
    ran = neptun("init", "found.yaml", "--target", "users.yaml", "--chats", "4711,4712")
    written = Path("found.yaml").read_text("utf-8")
    assert (ran.status, "A session stands in the environment" in written) == (0, False)
    assert "A session stands here as it is: keep this file to yourself" in written


OWNER, STRANGER = target_for("")["owner"], target_for("")["stranger"]


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the users and their sessions in the environment."""
    for role, person in (("OWNER", OWNER), ("STRANGER", STRANGER)):
        monkeypatch.setenv(f"NEPTUN_{role}__USER_ID", person["user_id"])
        monkeypatch.setenv(f"NEPTUN_{role}__SESSION", person["session"])


@pytest.mark.usefixtures("sessions")
def test_chats_are_found_and_the_target_works(neptun: Neptun, reference: str) -> None:
    ran = neptun("init", "found.yaml", "--base-url", reference, "--chats", "4700-4720,5810-5830")
    assert (ran.status, ran.err.splitlines()) == (
        0,
        [
            "owner: chat 4711 has 6 files; chat 4712 is empty",
            "stranger: chat 5820 has 3 files; chat 5821 is empty",
        ],
    )
    text = Path("found.yaml").read_text("utf-8")
    assert "${NEPTUN_OWNER__SESSION}" in text
    assert OWNER["session"] not in text
    assert neptun("doctor", "--target", "found.yaml").status == 0
    ran = neptun("--target", "found.yaml", "--effort", "quick", "--allow-incomplete")
    assert ran.status == 0


def test_what_a_file_says_is_taken_over_as_it_is_written(
    neptun: Neptun, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALICE", OWNER["session"])
    Path("users.yaml").write_text(
        f"base_url: {reference}\nowner: {{user_id: alice, session: '${{ALICE}}'}}\n"
        "expired_session: none\n",
        "utf-8",
    )
    ran = neptun("init", "--target", "users.yaml", "--chats", "4711,4712")
    assert ran.status == 0
    Path("found.yaml").write_text(ran.out, "utf-8")
    assert "session: ${ALICE}" in ran.out
    target = load_target(Path("found.yaml")).target
    assert target.owner is not None
    assert target.owner.session == OWNER["session"]
    assert target.owner.chat_with_files is not None
    assert [file.id for file in target.owner.chat_with_files.files or ()] == [
        file["id"] for file in OWNER["chat_with_files"]["files"]
    ]


@pytest.mark.parametrize(
    ("session", "chats", "line"),
    [
        (None, "1-3", "no chat with files and none empty among 3 (mostly status 404 "),
        (None, "4712", "chat 4712 is empty; no chat with files among 1 (mostly status 200 "),
        ("made-up-session", "1-3", "(mostly status 401 (application/json)): log in as owner again"),
    ],
)
def test_a_chat_that_is_not_found_is_told_with_the_next_step(  # noqa: PLR0913, PLR0917 - a table
    neptun: Neptun, reference: str, target_file: Write, session: str | None, chats: str, line: str
) -> None:
    person = {"user_id": "alice", "session": session or OWNER["session"]}
    target = target_file(reference, owner=person, stranger=None)
    ran = neptun("init", "new.yaml", "--target", target, "--chats", chats)
    assert ran.status == 1
    assert line in ran.err
    assert load_target(Path("new.yaml")).target.owner is not None


@pytest.mark.usefixtures("sessions")
def test_a_chat_that_two_users_are_given_is_written_for_one_of_them(
    neptun: Neptun, leaking: str
) -> None:
    chats = "4711,4712,5820,5821"
    ran = neptun("init", "found.yaml", "--base-url", leaking, "--chats", chats)
    assert ran.status == 1
    assert "stranger: chat 5820 has 3 files; chat 5821 is empty; chat 4711 is given to" in ran.err
    target = load_target(Path("found.yaml")).target
    assert target.stranger is not None
    assert target.stranger.chat_with_files is not None
    assert target.stranger.chat_with_files.id == 5820


@pytest.mark.usefixtures("sessions")
def test_a_200_that_cannot_be_read_is_told(neptun: Neptun) -> None:
    with serving(FAULTS["envelope-bare-list-full"].build()) as wrong:
        ran = neptun("init", "found.yaml", "--base-url", wrong, "--chats", "4700-4720")
    assert ran.status == 1
    assert "chat 4711 gets a 200 in which no right chatFiles is: write such chats into" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--chats", "1-"), "--chats: is not numbers and ranges"),
        (("--chats", "0"), "--chats: '0': chat numbers go from 1"),
        (("--chats", "1-10001"), "--chats: names more than 10,000 chats"),
        (("--chats", "1"), "--chats: the target names no user to ask as"),
        (("--chats", "1", "--target", "absent.yaml"), "absent.yaml: cannot be read"),
        (("--base-url", "http://x"), "--base-url: only together with --chats"),
        (("there.yaml", "--chats", "1"), "'there.yaml' is there already"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    neptun: Neptun, arguments: tuple[str, ...], words: str
) -> None:
    Path("there.yaml").touch()
    ran = neptun("init", *arguments)
    assert (ran.status, ran.err.count("\n")) == (4, 1)
    assert words in ran.err


def test_numbers_and_ranges_are_each_tried_once() -> None:
    assert candidates("3-5, 4711,4,1") == [3, 4, 5, 4711, 1]
