"""What a failed command said last is shown, and what may be a secret in it is not."""

from __future__ import annotations

import pytest

from neptun_conformance.targets.last_line import last_line
from neptun_conformance.targets.processes import TAIL, Finished, run


def said(error: str, *, command: str = "./login", output: str = "") -> str:
    finished = Finished(1, output.encode(), error.encode())
    return last_line(command, finished, environ={"PASSWORD": "correct horse"})


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        ("", ""),
        ("\n \n", ""),
        ("first\nsecond: no such host\n\n", "second: no such host"),
        ("No module named 'login'", "No module named 'login'"),
        (
            "/usr/lib/python3.11/site-packages/x.py: no",
            "/usr/lib/python3.11/site-packages/x.py: no",
        ),
        ("for https://me:pw@a.test/in?code=7 gone", "for https://***@a.test/in*** gone"),
        ("token eyJhbGciOiJIUzI1NiJ9.e30.abc is bad", "token *** is bad"),
    ],
)
def test_the_last_line_is_shown_without_tokens(error: str, shown: str) -> None:
    assert said(error) == shown


@pytest.mark.parametrize(
    "command",
    ["./login -p $PASSWORD", 'curl -d "${PASSWORD}"', "echo $USER; ./login $PASSWORD"],
)
def test_variables_of_the_command_are_masked(command: str) -> None:
    assert said("bad password: correct horse", command=command) == "bad password: $PASSWORD"


def test_words_of_the_command_that_look_like_a_password_are_masked() -> None:
    shown = said("login: hunter2 is wrong for alice", command="login --password=hunter2 alice")
    assert shown == "login: *** is wrong for alice"


def test_what_the_command_printed_is_masked() -> None:
    assert said("dropped abcd-efgh", output="abcd-efgh\n") == "dropped ***"


def test_the_line_is_cut_and_printable() -> None:
    shown = said("\x1b[31m" + "no " * 500)
    assert len(shown) == 200
    assert shown.isprintable()


def test_only_the_end_of_standard_error_is_kept() -> None:
    finished = run("yes no | head -c 300000 >&2; echo last >&2; exit 2", seconds=20)
    assert len(finished.error) <= TAIL
    assert finished.error.endswith(b"no\nlast\n") or finished.error.endswith(b"last\n")


def test_standard_error_that_stays_open_is_not_waited_for() -> None:
    finished = run("(sleep 60 >/dev/null) & echo gone >&2; exit 2", seconds=20)
    assert (finished.status, finished.error) == (2, b"gone\n")
