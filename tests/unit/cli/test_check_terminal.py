"""What a run prints, and in what colours: on a terminal, in a pipe, with --quiet."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from neptun_conformance import contract
from neptun_conformance.cli import check
from neptun_conformance.cli.check import Progress
from tests.unit.cli.conftest import Neptun, Write

ONE = ("--only", "success.status", "--color", "never")


def read(master: int) -> bytes:
    """Return what a terminal shows next, nothing when the program is gone."""
    try:
        return os.read(master, 65_536)
    except OSError:
        return b""


def test_a_terminal_sees_colours_and_progress(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "neptun_conformance", *ONE[:2], "--rate", "20"]
    environ = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(  # noqa: S603 - ours
        command, stdout=slave, stderr=slave, cwd=tmp_path, env=environ | {"TERM": "xterm"}
    ) as running:
        os.close(slave)
        shown = b"".join(iter(lambda: read(master), b""))
        os.close(master)
    assert running.returncode == 0
    assert re.search(rb"\r\x1b\[K\d+ of \d+ requests, \d+ s", shown)
    assert b"\x1b[3" in shown


@pytest.mark.parametrize(
    ("environ", "terminal", "wanted"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
    ],
)
def test_colours_follow_the_environment(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], *, terminal: bool, wanted: bool
) -> None:
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", SimpleNamespace(isatty=lambda: terminal))
    assert check.colored("auto") is wanted


def test_quiet_prints_findings_and_the_verdict_alone(
    neptun: Neptun, leaking: str, target_file: Write
) -> None:
    only = ("--only", "ownership.foreign-chat", "--only", "success.status")
    ran = neptun("--target", target_file(leaking), *only, "--quiet")
    cause, first, verdict, reason, advice = ran.out.splitlines()
    assert ran.status == 1
    assert cause.startswith("cause 1: ")
    assert first.startswith("MUST ownership.foreign-chat  ")
    assert verdict.startswith("NONCONFORMANT  ")
    assert reason == "1 clause not met: ownership.foreign-chat"
    assert advice.startswith("fix first: ")


def test_a_run_without_a_target_says_so_last(neptun: Neptun) -> None:
    ran = neptun(*ONE)
    assert ran.out.splitlines()[-1].startswith("This was the embedded reference server: name yours")


def test_a_group_means_all_its_clauses(neptun: Neptun, reference: str, target_file: Write) -> None:
    ran = neptun("--target", target_file(reference), "--only", "methods", "--report-json", "r.json")
    told = json.loads(Path("r.json").read_text("utf-8"))["clauses"]
    named = [each for each in contract.clauses() if each.startswith("methods.")]
    assert (ran.status, [clause["id"] for clause in told]) == (0, named)


def test_progress_is_shown_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 0.05, 0.2, 7.3])
    monkeypatch.setattr(check, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    progress = Progress()
    for sent, named in ((1, 2), (2, 400), (500, 480)):
        progress(sent, named)
    shown = capsys.readouterr().err
    assert shown == "\r2 of 400 requests, 0 s\r500 of 500 requests, 7 s"
