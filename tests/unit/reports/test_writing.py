"""Reports are written whole or not at all, and what cannot be written is one clear line."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from neptun_conformance.reports.writing import OutputError, check_writable, write_atomically


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_the_text_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "report.md", "geprüft\n")
    assert (tmp_path / "report.md").read_text("utf-8") == "geprüft\n"
    assert names(tmp_path) == ["report.md"]


def test_a_new_file_is_readable_as_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "report.md", "")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report.md").stat().st_mode) == 0o640


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    old = tmp_path / "report.md"
    old.write_text("old", "utf-8")
    old.chmod(0o604)
    write_atomically(old, "new")
    assert old.read_text("utf-8") == "new"
    assert stat.S_IMODE(old.stat().st_mode) == 0o604


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_atomically(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text("utf-8") == "text"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    write_atomically(pipe, "text")
    reader.join(timeout=10)
    assert read == ["text"]


def test_a_full_disk_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.md").write_text("old", "utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"report\.md': no space left on device"):
        write_atomically(tmp_path / "report.md", "new")
    assert (tmp_path / "report.md").read_text("utf-8") == "old"
    assert names(tmp_path) == ["report.md"]


def test_an_interrupt_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.md").write_text("old", "utf-8")

    def interrupted(_self: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "report.md", "new")
    assert (tmp_path / "report.md").read_text("utf-8") == "old"
    assert names(tmp_path) == ["report.md"]


BAD = {
    "directory": (".", "is a directory"),
    "no-folder": ("missing/report.md", "no such file or directory"),
    "below-a-file": ("file/report.md", "not a directory"),
    "too-long": ("x" * 300, "file name too long"),
    "null": ("a\0b", "embedded null"),
}


@pytest.mark.parametrize(("name", "reason"), BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("act", [check_writable, lambda path: write_atomically(path, "text")])
def test_what_cannot_be_written_is_one_line_that_names_it(
    name: str,
    reason: str,
    act: object,
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("old", "utf-8")
    with pytest.raises(OutputError, match=reason) as raised:
        act(f"{tmp_path}/{name}")  # type: ignore[operator]
    assert repr(f"{tmp_path}/{name}") in str(raised.value)
    assert "\n" not in str(raised.value)
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("act", [check_writable, lambda path: write_atomically(path, "text")])
def test_a_file_that_may_not_be_written_is_left_alone(
    act: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.md").write_text("old", "utf-8")
    # The superuser may write anything, so the answer of the system is given here.
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(OutputError, match="may not be written"):
        act(tmp_path / "report.md")  # type: ignore[operator]
    assert (tmp_path / "report.md").read_text("utf-8") == "old"


def test_trying_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old", "utf-8")
    check_writable(tmp_path / "old")
    check_writable(tmp_path / "new")
    check_writable("/dev/null")
    assert names(tmp_path) == ["old"]
    assert (tmp_path / "old").read_text("utf-8") == "old"


def test_half_a_surrogate_pair_is_written_by_its_number(tmp_path: Path) -> None:
    write_atomically(tmp_path / "report.md", "half \ud83d")
    assert (tmp_path / "report.md").read_text("utf-8") == "half \\ud83d"
