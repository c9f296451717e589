"""Sessions that are given, and sessions that a command prints: real commands in a real shell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.targets import session
from neptun_conformance.targets.model import Identity, SessionCommand, Target
from neptun_conformance.targets.session import SessionError, SessionKeeper

if TYPE_CHECKING:
    from pathlib import Path


def keeper(command: str, *, seconds: float = 10) -> SessionKeeper:
    return SessionKeeper(
        Target(
            base_url="http://h",
            headers={"x-bypass": "let-me-in"},
            owner=Identity(user_id="alice", session=SessionCommand(command=command)),
            stranger=Identity(user_id="bob", session="given"),
        ),
        seconds=seconds,
    )


def counting(folder: Path) -> str:
    """Return a command that prints a new session each time and counts its runs in `folder`."""
    return f"echo x >> {folder}/runs; echo session-$(wc -l < {folder}/runs)"


def runs(folder: Path) -> int:
    return len((folder / "runs").read_text().splitlines())


def test_a_given_session_is_given(tmp_path: Path) -> None:
    assert keeper(counting(tmp_path)).current("stranger") == "given"
    assert not (tmp_path / "runs").exists()


def test_a_role_that_the_target_lacks_has_none() -> None:
    assert keeper("true").current("expired") is None


def test_a_command_is_asked_once_by_many(tmp_path: Path) -> None:
    sessions = keeper(counting(tmp_path))
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: sessions.current("owner"), range(20)))
    assert answers == {"session-1"}


def test_a_session_is_renewed_so_often_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "MOST_RENEWALS", 2)
    sessions = keeper(counting(tmp_path))
    assert sessions.current("owner") == "session-1"
    assert [sessions.renew("owner") for _ in range(3)] == [True, True, False]
    assert sessions.current("owner") == "session-3"
    assert runs(tmp_path) == 3


def test_many_whose_session_ran_out_get_the_same_new_one(tmp_path: Path) -> None:
    sessions = keeper(counting(tmp_path))
    stale = sessions.current("owner")
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: sessions.renew("owner", stale=stale), range(20)))
    assert runs(tmp_path) == 2


def test_a_session_may_be_renewed_before_it_was_asked_for(tmp_path: Path) -> None:
    sessions = keeper(counting(tmp_path))
    assert sessions.renew("owner")
    assert sessions.current("owner") == "session-1"


def test_the_same_session_again_is_no_renewal() -> None:
    sessions = keeper("echo same")
    sessions.current("owner")
    assert not sessions.renew("owner")


@pytest.mark.parametrize("role", ["stranger", "expired"])
def test_what_no_command_gives_is_not_renewed(role: str) -> None:
    assert not keeper("echo x").renew(role)  # type: ignore[arg-type]


def test_an_expired_session_may_come_from_a_command() -> None:
    target = Target(base_url="http://h", expired_session=SessionCommand(command="echo old"))
    sessions = SessionKeeper(target)
    assert sessions.current("expired") == "old"
    assert not sessions.renew("expired")


@pytest.mark.parametrize("printed", ["Fe26.2**a*b==*/+~", "s%3Aabc.d%2Be"])
def test_output_is_taken_byte_for_byte(printed: str) -> None:
    assert keeper(f"printf '%s\\r\\n' '{printed}'").current("owner") == printed


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("echo secret; exit 3", "ended with status 3"),
        ("echo one >&2; echo 'no such user' >&2; exit 3", "ended with status 3: no such user"),
        ("echo secret; echo 'got secret' >&2; exit 3", "ended with status 3: got ***"),
        ("echo 'given is known' >&2; exit 3", "ended with status 3: $STRANGER_SESSION is known"),
        ("no-such-command-anywhere", "ended with status 127"),
        ("true", "printed nothing"),
        ("echo", "printed nothing"),
        ("printf 'a\\n\\n'", "printed what cannot stand in a Cookie header: character 2 is a line"),
        ("echo 'a secret'", "character 2 is a space"),
        ("printf '\\377'", "character 1 is U+FFFD"),
        ("yes secret", "printed more than 1,000,000 bytes"),
        ("echo given", "gave the same session as stranger has"),
    ],
)
def test_a_command_that_gives_no_session_gets_one_line(command: str, expected: str) -> None:
    with pytest.raises(SessionError) as caught:
        keeper(command).current("owner")
    message = str(caught.value)
    assert message.startswith("owner.session: ")
    assert expected in message
    assert "secret" not in message


def test_a_command_that_does_not_end_is_ended() -> None:
    with pytest.raises(SessionError, match=r"did not end within 0\.2 s"):
        keeper("sleep 60", seconds=0.2).current("owner")


def test_all_secrets_are_known_the_past_ones_too(tmp_path: Path) -> None:
    sessions = keeper(counting(tmp_path))
    sessions.current("owner")
    sessions.renew("owner")
    assert set(sessions.secrets()) == {
        ("$OWNER_SESSION", "session-1"),
        ("$OWNER_SESSION", "session-2"),
        ("$STRANGER_SESSION", "given"),
        ("$HEADER_X_BYPASS", "let-me-in"),
    }
