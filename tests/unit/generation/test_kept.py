"""Cases that were made once are read from a file, unless anything about it is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from neptun_conformance import contract
from neptun_conformance.questions.generated import cases, kept

PATH = str(contract.contract_path())
CASES: list[Any] = [("alice", "123", "s"), ("%F0%9F", "-1", None)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep cases in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cases.cases.cache_clear()
    return tmp_path / "neptun-conformance" / "cases"


def load(path: str = PATH, *, count: int = 2, seed: int = 7) -> list[Any] | None:
    """Load what `keep` kept, or what differs from it in one thing."""
    return kept.load(path, count=count, seed=seed)


def keep(seed: int = 7) -> None:
    """Keep the cases of this file."""
    kept.keep(PATH, CASES, count=2, seed=seed)


def test_what_was_kept_comes_back() -> None:
    assert not kept.may_be_there(seed=7)
    keep()
    assert load() == CASES
    assert kept.may_be_there(seed=7)


def test_no_process_is_needed_for_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    monkeypatch.setattr(cases, "under_way", None)
    assert cases.cases(PATH, count=2, seed=7) == CASES


def test_what_was_made_is_kept() -> None:
    new = cases.cases(PATH, count=2, seed=7)
    assert load() == new


def test_other_cases_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    other = tmp_path / "openapi.yaml"
    other.write_bytes(Path(PATH).read_bytes() + b"\n")
    assert (load(count=3), load(seed=8), load(str(other)), load("none.yaml")) == (None,) * 4
    assert not kept.may_be_there(seed=8)
    monkeypatch.setattr(kept, "version", lambda _: "0")
    assert load() is None


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"{}", b"[1]", b"[[1, 2, 3]]", b'[["a", "b"]]', b'[["a", "b", 3]]', b"[{}]"],
)
def test_a_broken_file_is_as_good_as_none(folder: Path, content: bytes) -> None:
    keep()
    next(folder.iterdir()).write_bytes(content)
    assert load() is None


def test_a_folder_that_cannot_be_made_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    keep()
    assert load() is None


def test_the_oldest_go(folder: Path) -> None:
    for seed in range(kept.MOST + 2):
        keep(seed)
        for age, file in enumerate(sorted(folder.iterdir(), key=os.path.getmtime, reverse=True)):
            os.utime(file, (1_000 - age, 1_000 - age))
    assert [load(seed=seed) for seed in (0, 1)] == [None, None]
    assert load(seed=2) == CASES
    assert len(list(folder.iterdir())) == kept.MOST
