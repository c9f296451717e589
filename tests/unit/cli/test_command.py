"""What holds for the whole command: help, refusals, interrupts, and nobody reading."""

from __future__ import annotations

import io
import subprocess
import sys

import click
import pytest

from neptun_conformance import __version__
from neptun_conformance.cli import check, console
from neptun_conformance.cli import main as cli
from neptun_conformance.cli.clauses import clauses
from neptun_conformance.cli.verbs import VERBS
from neptun_conformance.settings import OPTIONS
from tests.unit.cli.conftest import Neptun

HEAVY = {"pydantic", "rich", "pytest", "yaml", "httpx", "hypothesis", "schemathesis", "uvicorn"}
NAMES = [verb.name for verb in VERBS]


def test_help_names_every_option_and_verb(neptun: Neptun) -> None:
    ran = neptun("--help")
    wanted = [f"--{option.name}" for option in OPTIONS] + [f"\n  {name} " for name in NAMES]
    assert (ran.status, [word for word in wanted if word not in ran.out]) == (0, [])


@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_explains_itself(neptun: Neptun, verb: str) -> None:
    ran = neptun(verb, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"Usage: neptun-conformance {verb}")


def test_every_line_about_a_verb_is_shown_whole(neptun: Neptun) -> None:
    assert "..." not in neptun("--help").out.partition("Commands:")[2]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from neptun_conformance.cli import main as cli; "
        "assert cli.main(['replay', '--help']) == 0; print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert HEAVY & set(ran.stderr.split()) == set()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nothing"], "there is no command 'nothing'; --help lists them"),
        (["docter"], "there is no command 'docter'; did you mean doctor?"),
        (["t.yaml"], "there is no command 't.yaml'; give a target file as --target t.yaml"),
        (["http://h"], "there is no command 'http://h'; give a URL as --base-url http://h"),
        (["--base-url", "http://x", "doctor"], "--base-url: put it after the command, as in "),
        (["--only", "a", "clauses"], "--only: put it after the command, as in "),
        (["--no-hostile", "faults"], "--no-hostile: put it after the command, as in "),
        (["--concurrency", "65"], "--concurrency: 64 at most"),
        (["--concurrency", "many"], "Invalid value for '--concurrency': "),
        (["--only", "no.such"], "--only: no clause is named 'no.such'; "),
        (["--target", "missing.yaml"], "file missing.yaml: cannot be read: "),
        (["--report-json", "no/folder/r.json"], "cannot write 'no/folder/r.json': "),
        (["--contract-version", "0"], "--contract-version: '0' is not known, only "),
        (["--app", "no_such_module:app"], "--app no_such_module:app: "),
        (["doctor", "--rate", "fast"], "--rate: a number of requests a second "),
        (["doctor", "--target", "missing.yaml"], "file missing.yaml: cannot be read: "),
        (["replay", "a:b"], "Missing option '--report'."),
    ],
)
def test_bad_usage_gets_one_line_and_status_4(
    neptun: Neptun, arguments: list[str], line: str
) -> None:
    ran = neptun(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert ran.err.startswith(f"neptun-conformance: {line}")


@pytest.mark.parametrize("verb", [[], ["doctor"], ["replay", "x"]])
@pytest.mark.parametrize("option", ["--session", "--owner-session=s3cret", "--cookie=s3cret"])
def test_a_session_on_the_command_line_is_refused_unseen(
    neptun: Neptun, verb: list[str], option: str
) -> None:
    ran = neptun(*verb, option)
    assert (ran.status, ran.out) == (4, "")
    assert "NEPTUN_OWNER__SESSION" in ran.err
    assert "s3cret" not in ran.err


def test_a_fault_of_our_own_is_status_3_and_does_not_quote_what_it_met(
    neptun: Neptun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("s3cret")

    monkeypatch.setattr(check, "check", broken)
    ran = neptun("--color", "never")
    assert (ran.status, ran.err.count("\n")) == (3, 1)
    assert "internal error: RuntimeError in test_command.py" in ran.err
    assert "s3cret" not in ran.err


def test_an_interrupt_is_status_2(neptun: Neptun, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(clauses, "callback", interrupted)
    ran = neptun("clauses")
    assert (ran.status, ran.err.strip()) == (2, "neptun-conformance: interrupted")


def test_a_reader_who_leaves_changes_nothing_about_the_status() -> None:
    line = f"{sys.executable} -m neptun_conformance clauses | head -1; echo ${{PIPESTATUS[0]}}"
    command = ["/bin/bash", "-c", line]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    first, status = ran.stdout.splitlines()
    assert (first.split()[0], status, ran.stderr) == ("success.status", "0", "")


def test_what_is_said_after_the_pipe_is_closed_goes_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone: list[bool] = []

    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(click, "echo", closed)
    monkeypatch.setattr(console, "stop_listening", lambda *, err: gone.append(err))
    console.echo("anything", err=True)
    assert gone == [True]


@pytest.mark.parametrize(("err", "heard"), [("False", ("", "b")), ("True", ("a", ""))])
def test_who_stopped_listening_gets_nothing_more(err: str, heard: tuple[str, str]) -> None:
    code = (
        "import os; from neptun_conformance.cli.console import stop_listening; "
        f"stop_listening(err={err}); os.write(1, b'a'); os.write(2, b'b')"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert (ran.stdout, ran.stderr) == heard


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(neptun: Neptun, shell: str) -> None:
    ran = neptun("completion", shell)
    assert ran.status == 0
    assert f"_NEPTUN_CONFORMANCE_COMPLETE={shell}_complete" in ran.out


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("neptun-conformance clauses authentication.no", "plain,authentication.no-cookie"),
        ("neptun-conformance --only authentication.no", "plain,authentication.no-cookie"),
        ("neptun-conformance serve --fault head-with", "plain,head-with-content"),
        ("neptun-conformance serve --legal path-p", "plain,path-prefix"),
        ("neptun-conformance --target sta", "file,sta"),
        ("neptun-conformance --example-database sta", "dir,sta"),
    ],
)
def test_names_are_completed(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str, completed: str
) -> None:
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    monkeypatch.setenv("_NEPTUN_CONFORMANCE_COMPLETE", "bash_complete")
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert (ended.value.code, capfd.readouterr().out.strip()) == (0, completed)


def test_in_development_mode_a_fault_of_our_own_is_shown_whole() -> None:
    code = (
        "from neptun_conformance.cli import check, main as cli\n"
        "def broken(_): raise RuntimeError('s3cret')\n"
        "check.check = broken\n"
        "cli.main([])"
    )
    command = [sys.executable, "-X", "dev", "-W", "ignore", "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert ran.returncode == 1
    assert ran.stderr.endswith("RuntimeError: s3cret\n")


@pytest.mark.parametrize("flags", [[], ["-P"]])
def test_the_package_is_a_program(flags: list[str]) -> None:
    command = [sys.executable, *flags, "-m", "neptun_conformance", "--version"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert ran.stdout.startswith("neptun-conformance, version ")


def test_output_may_go_where_nothing_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "argv", ["neptun-conformance", "--version"])
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(SystemExit) as ended:
        cli.entry()
    assert (ended.value.code, out.getvalue()[:18]) == (0, "neptun-conformance")


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_the_version_is_told(neptun: Neptun, flag: str) -> None:
    ran = neptun(flag)
    assert (ran.status, ran.out) == (0, f"neptun-conformance, version {__version__}\n")
