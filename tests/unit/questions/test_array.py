"""The covering array as it is shipped: every pair is in it, and the tool makes the same again."""

import json
from itertools import product
from pathlib import Path

from neptun_conformance.questions.array import Kind, rows, voices_of
from neptun_conformance.questions.voices import DIMENSIONS
from tools import make_array


def test_every_kind_meets_every_level() -> None:
    for kind, (place, dimension) in product(Kind, enumerate(DIMENSIONS)):
        met = {voice[place] for voice in voices_of(kind)}
        assert met == set(dimension.levels), (kind, dimension.name)


def test_every_level_meets_every_level_of_every_other_dimension() -> None:
    kept = [tuple(row) for each in rows().values() for row in each]
    assert make_array.wanted() - set(make_array.pairs_of(kept)) == set()


def test_there_are_as_few_rows_as_there_can_be() -> None:
    assert len(Kind) <= 16
    most = max(len(dimension.levels) for dimension in DIMENSIONS)
    assert sum(map(len, rows().values())) == len(Kind) * most


def test_the_kept_array_speaks_of_these_kinds_and_dimensions() -> None:
    kept = json.loads(make_array.KEPT.read_text(encoding="utf-8"))
    assert kept["dimensions"] == [dimension.name for dimension in DIMENSIONS]
    assert list(kept["rows"]) == [kind.name.lower() for kind in Kind]


def test_the_tool_makes_the_kept_array_again(tmp_path: Path) -> None:
    make_array.main(tmp_path / "array.json")
    assert (tmp_path / "array.json").read_bytes() == make_array.KEPT.read_bytes()
