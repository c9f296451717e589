"""What a server writes is found by the time at which it was read."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from neptun_conformance.targets import server_log
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.server_log import ServerLog, ServerLogs, followed
from tests.patience import PATIENCE


def every(log: ServerLog) -> list[str]:
    return log.between(0, time.monotonic())


def wait_for(lines: list[str], log: ServerLog) -> None:
    ends = time.monotonic() + PATIENCE
    while every(log) != lines and time.monotonic() < ends:
        time.sleep(0.01)
    assert every(log) == lines


def test_a_line_is_found_between_two_times() -> None:
    log = ServerLog()
    log.feed(b"one\n")
    middle = time.monotonic()
    log.feed(b"two\n")
    assert log.between(0, middle) == ["one"]
    assert log.between(middle, time.monotonic()) == ["two"]


def test_a_line_may_come_in_parts_and_in_any_octets() -> None:
    log = ServerLog()
    log.feed(b"a")
    log.feed(b"b\r\n\xff\nrest")
    assert every(log) == ["ab", "\N{REPLACEMENT CHARACTER}"]
    assert log.last(1) == "\N{REPLACEMENT CHARACTER}\nrest"


def test_a_line_without_an_end_counts_as_several() -> None:
    log = ServerLog()
    log.feed(b"x" * 2_001)
    assert every(log) == ["x" * 2_001]


def test_a_named_file_comes_before_what_was_printed_and_does_not_share_its_lines() -> None:
    logs = ServerLogs()
    logs.output.feed(b"printed ")
    logs.named.feed(b"to a file\n")
    logs.output.feed(b"here\n")
    assert logs.between(0, time.monotonic()) == ["to a file", "printed here"]


def test_a_file_is_followed_from_its_end(tmp_path: Path) -> None:
    path, log = tmp_path / "server.log", ServerLog()
    path.write_text("before\n")
    with followed(str(path), log), path.open("a") as file:
        file.write("now\n")
        file.flush()
        wait_for(["now"], log)


def test_what_was_just_written_is_there_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_log, "PAUSE", PATIENCE)
    path, log = tmp_path / "server.log", ServerLog()
    path.touch()
    with followed(str(path), log):
        path.write_text("now\n")
        assert log.between(0, math.inf) == ["now"]


def _moved(path: Path) -> None:
    path.rename(path.with_suffix(".1"))
    path.write_text("new\n")


def _emptied(path: Path) -> None:
    os.truncate(path, 0)
    time.sleep(0.1)  # what is emptied and filled at once looks like what only grew
    path.write_text("new\n")


@pytest.mark.parametrize("rotate", [_moved, _emptied])
def test_a_file_is_followed_beyond_its_rotation(
    rotate: Callable[[Path], None], tmp_path: Path
) -> None:
    path, log = tmp_path / "server.log", ServerLog()
    path.write_text("a first line of some length\n")
    with followed(str(path), log):
        rotate(path)
        wait_for(["new"], log)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent.log", "no such file or directory"),
        (".", "is not a file"),
        ("a\0b", "null (byte|character)"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=reason), followed(str(tmp_path / name), ServerLog()):
        pytest.fail("it was followed")
