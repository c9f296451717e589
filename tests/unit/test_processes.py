"""Commands end in bounded time and leave nothing behind: real processes in a real shell."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from neptun_conformance.targets.processes import group, run
from tests.patience import PATIENCE


def gone(pid: int) -> bool:
    """Say whether a process ends at once, though perhaps nobody takes note of it yet."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
    return False


def noted(path: Path) -> int:
    """Return the process id that a command writes to `path`, once it has."""
    while not (path.exists() and path.read_text().endswith("\n")):
        time.sleep(0.01)
    return int(path.read_text())


def test_status_and_output_come_back() -> None:
    finished = run("cat; exit 3", seconds=PATIENCE, stdin=b"x" * 300_000)
    assert finished.status == 3
    assert finished.output == b"x" * 300_000


def test_a_command_need_not_read_its_input() -> None:
    assert run("echo done", seconds=PATIENCE, stdin=b"x" * 3_000_000).output == b"done\n"


def test_a_command_may_stop_reading_half_way() -> None:
    for _ in range(60):  # its end and the next write meet by chance, one time in five
        command = "head -c 70000 > /dev/null; echo done"
        assert run(command, seconds=PATIENCE, stdin=b"x" * 3_000_000).output == b"done\n"


def test_a_command_without_input_does_not_wait_for_any() -> None:
    assert run("cat", seconds=PATIENCE).output == b""


@pytest.mark.parametrize("command", ["sleep 3600", "exec >&-; sleep 3600"])
def test_a_command_that_takes_too_long_is_ended(command: str, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(TimeoutError, match=r"did not end within 1 s"):
        run(f"echo $$ > {note}; {command}", seconds=1)
    assert gone(noted(note))


def test_a_command_that_prints_for_ever_is_ended() -> None:
    with pytest.raises(ValueError, match="printed more than"):
        run("yes", seconds=PATIENCE)


def test_what_a_command_leaves_running_is_ended(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    run(f"sleep 3600 >&- & echo $! > {note}", seconds=PATIENCE)
    assert gone(noted(note))


def test_an_interrupt_ends_the_whole_group(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(KeyboardInterrupt), group(f"(sleep 3600 & echo $! > {note}; wait)"):  # noqa: PT012
        child = noted(note)
        raise KeyboardInterrupt
    assert gone(child)


def test_no_descriptor_is_left_open() -> None:
    before = sorted(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only the names matter
    for _ in range(5):
        run("cat", seconds=PATIENCE, stdin=b"x")
    assert sorted(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
