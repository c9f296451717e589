"""Where the values of a target come from, and which one counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.targets.load import MASK, TargetError, load_target
from neptun_conformance.targets.model import Chat, File, Identity, SessionCommand

if TYPE_CHECKING:
    from pathlib import Path

STAGING = """
base_url: https://staging.example.com/prefix/
headers: {X-Bypass: "${BYPASS}"}
owner:
  user_id: alice
  session: "${OWNER}"
  chat_with_files: {id: 123, files: [{id: 1, name: a.pdf, created_at: 2024-03-20T10:00:00Z}]}
stranger: {user_id: bob, session: {command: "./login.sh --password hunter2 ${OWNER} $$"}}
"""
ENVIRONMENT = {"BYPASS": "let-me-in", "OWNER": "Fe26.2**a*b==*…".replace("…", "/+~")}


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    path = tmp_path / "staging.yaml"
    path.write_text(STAGING, encoding="utf-8")
    return path


def test_a_file_alone(staging: Path) -> None:
    target = load_target(staging, environ=ENVIRONMENT).target
    assert target.base_url == "https://staging.example.com/prefix"
    assert target.headers == {"x-bypass": "let-me-in"}
    assert target.owner == Identity(
        user_id="alice",
        session="Fe26.2**a*b==*/+~",
        chat_with_files=Chat(
            id=123, files=(File(id=1, name="a.pdf", created_at="2024-03-20T10:00:00Z"),)
        ),
    )


def test_a_size_is_what_the_server_gives_though_it_be_below_zero(tmp_path: Path) -> None:
    path = tmp_path / "negative.yaml"
    path.write_text(
        "base_url: https://staging.example.com\n"
        "owner: {user_id: a, session: b, chat_with_files: {id: 1, files: [{id: 1, size: -1}]}}\n",
        encoding="utf-8",
    )
    owner = load_target(path, environ={}).target.owner
    assert owner == Identity(
        user_id="a", session="b", chat_with_files=Chat(id=1, files=(File(id=1, size=-1),))
    )


def test_commands_are_left_to_the_shell(staging: Path) -> None:
    stranger = load_target(staging, environ=ENVIRONMENT).target.stranger
    assert stranger
    command = "./login.sh --password hunter2 ${OWNER} $$"
    assert stranger.session == SessionCommand(command=command)


def test_flags_come_before_environment_before_provision_before_file(staging: Path) -> None:
    loaded = load_target(
        staging,
        flags={"base_url": "http://localhost:1"},
        environ={**ENVIRONMENT, "NEPTUN_BASE_URL": "http://e", "NEPTUN_OWNER__USER_ID": "eve"},
        provisioned={
            "base_url": "http://p",
            "owner": {"user_id": "p", "chat_with_files": {"id": 5}},
        },
    )
    assert loaded.target.base_url == "http://localhost:1"
    assert loaded.target.owner
    assert loaded.target.owner.user_id == "eve"
    assert loaded.target.owner.chat_with_files
    assert loaded.target.owner.chat_with_files.id == 5
    assert loaded.origins["base_url"] == "flag --base-url"
    assert loaded.origins["owner.user_id"] == "environment NEPTUN_OWNER__USER_ID"
    assert loaded.origins["owner.chat_with_files.id"] == "provision"
    assert loaded.origins["owner.session"] == f"file {staging}"
    assert loaded.origins["missing.chat_id"] == "default"


def test_two_dollars_are_one(tmp_path: Path) -> None:
    path = tmp_path / "target.yaml"
    path.write_text("base_url: http://h\nexpired_session: a$$b$c$${X}\n", encoding="utf-8")
    assert load_target(path, environ={}).target.expired_session == "a$b$c${X}"


def test_a_flag_that_is_not_given_changes_nothing(staging: Path) -> None:
    loaded = load_target(staging, flags={"base_url": None}, environ=ENVIRONMENT)
    assert loaded.origins["base_url"] == f"file {staging}"


def test_the_environment_alone() -> None:
    loaded = load_target(
        environ={
            "NEPTUN_BASE_URL": "http://h",
            "NEPTUN_HEADERS": '{"X-A": "b"}',
            "NEPTUN_OWNER": "{user_id: '7', session: x, empty_chat: {id: 8}}",
            "NEPTUN_OWNER__SESSION": "12345",
            "NEPTUN_OWNER__CHAT_WITH_FILES__ID": "9",
            "NEPTUN_OWNER__CHAT_WITH_FILES__FILES": "[{id: 1}]",
            "NEPTUN_STRANGER__USER_ID": "8",
            "NEPTUN_STRANGER__SESSION__COMMAND": "login",
            "NEPTUN_MISSING__CHAT_ID": "77",
            "NEPTUN_EXPIRED_SESSION": "old$$${X}",
            "NEPTUN_CONFORMANCE_COLOUR": "1",
            "NEPTUN_SERVICE_HOST": "10.0.0.1",
        }
    )
    target = loaded.target
    assert target.headers == {"x-a": "b"}
    assert target.owner == Identity(
        user_id="7",
        session="12345",
        chat_with_files=Chat(id=9, files=(File(id=1),)),
        empty_chat=Chat(id=8),
    )
    assert target.stranger == Identity(user_id="8", session=SessionCommand(command="login"))
    assert target.missing.chat_id == 77
    assert target.expired_session == "old$$${X}"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("NEPTUN_OWNER__SESION", "secret", "did you mean NEPTUN_OWNER__SESSION?"),
        ("NEPTUN_BASEURL", "http://h", "did you mean NEPTUN_BASE_URL?"),
        ("NEPTUN_OWNER_SESSION", "secret", "did you mean NEPTUN_OWNER__SESSION?"),
        ("NEPTUN_GUEST__COLOUR_OF_HAIR", "red", "is not a key of a target"),
        ("NEPTUN_EXPIRED_SESSION", "", "is empty: give it a value or unset it"),
        ("NEPTUN_EXPIRED_SESSION", "a secret", "expired_session: cannot stand in a Cookie"),
        ("NEPTUN_EXPIRED_SESSION", "secret\udcff", "half of a surrogate pair"),
        ("NEPTUN_HEADERS", "secret", "headers: must be a mapping"),
        ("NEPTUN_HEADERS", "{a: secret, A: b}", "names a header twice"),
        ("NEPTUN_HEADERS", "{a: secret", "line 1, column 11"),
        ("NEPTUN_MISSING__CHAT_ID", "12x", "missing.chat_id: must be a whole number"),
        ("NEPTUN_MISSING__CHAT_ID", "1.0", "missing.chat_id: must be a whole number"),
        ("NEPTUN_MISSING__CHAT_ID", "٣", "missing.chat_id: must be a whole number"),
        ("NEPTUN_MISSING__CHAT_ID", "-3", "missing.chat_id: must be 1 or more"),
        ("NEPTUN_MISSING__CHAT_ID", "9" * 5_000, "missing.chat_id: must be a whole number"),
        ("NEPTUN_OWNER__USER_ID", "alice", "owner.session: is missing"),
        ("NEPTUN_BASE_URL", "localhost:3000", "base_url: has no scheme"),
    ],
)
def test_a_bad_variable_gets_one_line_naming_it(name: str, value: str, expected: str) -> None:
    with pytest.raises(TargetError) as caught:
        load_target(environ={"NEPTUN_BASE_URL": "http://h", name: value})
    message = str(caught.value)
    assert message.startswith(f"environment {name}: ")
    assert expected in message
    assert message.isprintable()
    assert "secret" not in message.replace(name, "")


def test_a_bad_flag_gets_one_line_naming_it() -> None:
    with pytest.raises(TargetError, match=r"^flag --base-url: base_url: has no scheme"):
        load_target(flags={"base_url": "localhost:3000"}, environ={})


def test_nothing_at_all_says_how_to_give_a_target() -> None:
    with pytest.raises(TargetError, match=r"give --base-url, NEPTUN_BASE_URL or a target file"):
        load_target(environ={})


def test_a_missing_variable_does_not_matter_where_another_value_counts(staging: Path) -> None:
    environ = {"BYPASS": "let-me-in", "NEPTUN_OWNER__SESSION": "other"}
    target = load_target(staging, environ=environ).target
    assert target.owner
    assert target.owner.session == "other"


def test_a_text_takes_the_place_of_a_command(staging: Path) -> None:
    environ = {**ENVIRONMENT, "NEPTUN_STRANGER__SESSION": "given"}
    loaded = load_target(staging, environ=environ)
    assert loaded.target.stranger
    assert loaded.target.stranger.session == "given"
    assert "stranger.session.command" not in loaded.origins


def test_the_effective_target_shows_no_secret(staging: Path) -> None:
    rows = load_target(staging, environ=ENVIRONMENT).describe()
    shown = {key: value for key, value, _ in rows}
    assert shown["owner.session"] == shown["headers.x-bypass"] == MASK
    assert shown["stranger.session.command"] == "./login.sh …"
    assert shown["owner.chat_with_files.files"] == "1 listed"
    assert shown["expired_session"] == "not given"
    assert not {"hunter2", *ENVIRONMENT.values()} & set(" ".join(shown.values()).split())


def test_the_effective_target_is_in_the_order_of_the_reference(staging: Path) -> None:
    keys = [key for key, _, _ in load_target(staging, environ=ENVIRONMENT).describe()]
    assert keys[0] == "base_url"
    assert keys[-1] == "expired_session"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("http://h/", "http://h"),
        ("http://H:80/a//", "http://h/a"),
        ("http://[::1]:3000/a%2Fb/", "http://[::1]:3000/a%2Fb"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
    ],
)
def test_a_base_url_takes_the_form_that_is_sent(given: str, sent: str) -> None:
    assert load_target(flags={"base_url": given}, environ={}).target.base_url == sent


@pytest.mark.parametrize(
    "session", ["Fe26.2**a*b==*/+~", "s%3Aabc.d%2Be", "é", 'a"b,c\\d', "x" * 4_000, "*a", "&a"]
)
def test_real_sessions_pass_byte_for_byte(session: str, tmp_path: Path) -> None:
    path = tmp_path / "target.yaml"
    quoted = session.replace("'", "''")
    path.write_text(f"base_url: http://h\nexpired_session: '{quoted}'\n", encoding="utf-8")
    assert load_target(path, environ={}).target.expired_session == session


def test_json_may_write_a_character_as_a_pair_of_surrogates(tmp_path: Path) -> None:
    path = tmp_path / "target.json"
    name = "launch \N{ROCKET}.md"
    chat = {"id": 1, "files": [{"id": 2, "name": name}]}
    owner = {"user_id": "\N{ROCKET}", "session": "a", "chat_with_files": chat}
    path.write_text(json.dumps({"base_url": "http://h", "owner": owner}), "ascii")
    loaded = load_target(path, environ={}).target.owner
    assert loaded is not None
    assert loaded.user_id == "\N{ROCKET}"
    assert loaded.chat_with_files is not None
    assert loaded.chat_with_files.files is not None
    assert loaded.chat_with_files.files[0].name == name


@pytest.mark.parametrize(
    ("written", "version"),
    [("1.1", "1.1"), ("2", "2"), ("'2'", "2"), ("auto", "auto"), ("2-prior-knowledge",) * 2],
)
def test_the_version_of_http_is_a_number_or_a_word(
    tmp_path: Path, written: str, version: str
) -> None:
    path = tmp_path / "target.yaml"
    path.write_text(f"base_url: http://h\nhttp: {written}\n", encoding="utf-8")
    assert load_target(path, environ={}).target.http == version
    assert load_target(path, environ={"NEPTUN_HTTP": "1.1"}).target.http == "1.1"
    assert load_target(path, flags={"http": "2"}, environ={}).target.http == "2"


@pytest.mark.parametrize("written", ["3", "1.0", "true", "[2]", "2.0", "''", "both"])
def test_another_version_of_http_is_refused(tmp_path: Path, written: str) -> None:
    path = tmp_path / "target.yaml"
    path.write_text(f"base_url: http://h\nhttp: {written}\n", encoding="utf-8")
    with pytest.raises(TargetError, match="http: "):
        load_target(path, environ={})


@pytest.mark.parametrize(("session", "shown"), [("none", "none"), ("a-session", MASK)])
def test_that_no_session_ever_expires_is_no_secret(session: str, shown: str) -> None:
    flags = {"base_url": "http://127.0.0.1:1", "expired_session": session}
    assert load_target(flags=flags, environ={}).shown["expired_session"] == shown
