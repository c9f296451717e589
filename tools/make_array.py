"""Makes the covering array of kinds of situation and voices, and keeps it as data.

Kinds and the dimension with most levels alone need as many rows as the product of their numbers.
This construction needs no more: each kind gets one row for each level of that dimension, every
column of its rows holds every level of its dimension, and the order of each column is chosen,
among shuffled ones, so that most pairs of levels are new. (allpairspy 2.5.1, which builds row by
row, needs 100 rows for what these 90 hold.)

Usage: python tools/make_array.py [FILE]
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random

from neptun_conformance.questions.array import Kind
from neptun_conformance.questions.voices import DIMENSIONS

KEPT = Path(__file__).parents[1] / "src/neptun_conformance/questions/array.json"
DRAWS = 1_500
"""How many orders are tried for the rows of a kind."""
HEIGHT = max(len(dimension.levels) for dimension in DIMENSIONS)

Rows = list[tuple[str, ...]]
Pair = tuple[int, str, int, str]


def pairs_of(rows: Rows) -> Iterator[Pair]:
    """Give each pair of levels that meet in a row, as places in it and names."""
    for row in rows:
        for (i, one), (j, other) in combinations(enumerate(row), 2):
            yield i, one, j, other


def wanted() -> set[Pair]:
    """Return every pair of levels of two dimensions."""
    return {
        (i, one.name, j, other.name)
        for (i, first), (j, second) in combinations(enumerate(DIMENSIONS), 2)
        for one in first.levels
        for other in second.levels
    }


def _drawn(turn: int, random: Random) -> Rows:
    """Draw the rows of a kind; what is left of a short column goes round with the kinds."""
    columns = []
    for dimension in DIMENSIONS:
        names = [level.name for level in dimension.levels]
        more = [names[(turn * HEIGHT + k) % len(names)] for k in range(HEIGHT - len(names))]
        columns.append(random.sample(names + more, HEIGHT))
    return list(zip(*columns, strict=True))


def make() -> dict[str, Rows]:
    """Return the rows of every kind.

    Raises:
        SystemExit: if a pair is not met, so that there are too few kinds for these dimensions.
    """
    random = Random(14)  # noqa: S311 - nothing secret, and the same each time
    missing = wanted()
    array = {}
    for turn, kind in enumerate(Kind):
        draws = (_drawn(turn, random) for _ in range(DRAWS))
        array[kind.name.lower()] = max(draws, key=lambda rows: len(missing & set(pairs_of(rows))))
        missing -= set(pairs_of(array[kind.name.lower()]))
    if missing:
        raise SystemExit(f"{len(missing)} pairs are not met: {sorted(missing)[:5]}")
    return array


def main(path: Path) -> None:
    """Make the array and write it, one row a line."""
    names = [dimension.name for dimension in DIMENSIONS]
    text = json.dumps({"dimensions": names, "rows": make()}, indent=1)
    text = re.sub(r'\[\s+("[^\[\]]+")\s+\]', lambda row: f"[{' '.join(row[1].split())}]", text)
    path.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else KEPT)
