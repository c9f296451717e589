"""What was drawn once is read from a file, unless anything about it is wrong."""

from __future__ import annotations

import importlib.metadata
import os
from pathlib import Path

import pytest

from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.questions.generated import drawing, exploring, kept, recipes
from neptun_conformance.questions.generated.drawing import Drawn, Wanted
from neptun_conformance.questions.generated.exploring import Exploration
from tools import draw_questions

WANTED: Wanted = ("texts", 2)
DRAWN: Drawn = {
    WANTED: [["asks", "owner", ["written", "x\ud800"], "owner"]],
    (None, 2): [["alice", "123", "s"], ["%F0%9F", "-1", None]],
}
EFFORTS = ("default", "deep")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep files in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "neptun-conformance" / "drawn"


def load(*wanted: Wanted, effort: str = "default", seed: int = 7) -> Drawn:
    """Load what `keep` kept, or what differs from it in one thing."""
    return kept.load(wanted or DRAWN, effort=effort, seed=seed)


def keep(seed: int = 7) -> None:
    """Keep what this file draws."""
    kept.keep(DRAWN, effort="default", seed=seed)


def test_what_was_kept_comes_back() -> None:
    assert not kept.may_be_there(seed=7)
    keep()
    assert load() == DRAWN
    assert kept.may_be_there(seed=7)


def test_no_process_is_needed_for_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    monkeypatch.setattr(drawing, "under_way", None)
    texts = Exploration("texts", 2)
    (question,) = exploring.draw([texts], effort="default", seed=7)[texts]
    assert "the chat id 'x" in str(question)


def test_what_was_drawn_is_kept_beside_what_was_there() -> None:
    keep()
    far = Exploration("far_numbers", 1)
    new = exploring.draw([far], effort="default", seed=7)[far]
    assert list(map(recipes.question, load()[far.wanted("default")])) == new
    assert load() | DRAWN == load()


def test_what_was_drawn_otherwise_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    assert (load(effort="deep"), load(seed=8)) == ({}, {})
    assert not kept.may_be_there(seed=8)
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "0")
    assert load() == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"texts": []}',
        b'{"texts 2": 1}',
        b'{"texts 2": [1]}',
        b'{"texts 2": [["nobody"]]}',
        b'{"schema 2": [[1, 2, 3]]}',
        b'{"schema 2": [["a", "b"]]}',
        b'{"schema 2": [["a", "b", 3]]}',
    ],
)
def test_a_broken_file_is_as_good_as_none(folder: Path, content: bytes) -> None:
    keep()
    next(folder.iterdir()).write_bytes(content)
    assert load() == {}


def test_a_folder_that_cannot_be_made_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    keep()
    assert load() == {}


def test_the_oldest_go(folder: Path) -> None:
    for seed in range(1, kept.MOST + 3):
        keep(seed)
        for age, file in enumerate(sorted(folder.iterdir(), key=os.path.getmtime, reverse=True)):
            os.utime(file, (1_000 - age, 1_000 - age))
    assert [load(seed=seed) for seed in (1, 2)] == [{}, {}]
    assert load(seed=3) == DRAWN
    assert len(list(folder.iterdir())) == kept.MOST


@pytest.mark.parametrize("effort", EFFORTS)
def test_all_that_a_run_from_the_first_seed_draws_is_shipped(effort: str) -> None:
    explorations = [one.exploration for one in all_checks(effort=effort) if one.exploration]
    assert kept.shipped(effort).keys() == set(draw_questions.wanted(effort))
    assert len(exploring.draw(explorations, effort=effort, seed=0)) == len(set(explorations))


@pytest.mark.skipif(
    draw_questions.made_with() != draw_questions.recorded(),
    reason="other versions of Python or of the libraries draw others",
)
def test_what_is_shipped_is_as_drawn() -> None:
    for effort in EFFORTS:
        assert kept.written(kept.shipped(effort)) == draw_questions.text(effort)


def test_what_is_shipped_says_what_drew_it() -> None:
    assert draw_questions.recorded().keys() == draw_questions.made_with().keys()
