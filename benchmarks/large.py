"""A chat of 100,000 files, whose links are signed anew in each answer, in a whole run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import contestants, earlier
from benchmarks.measuring import Cost, server

if TYPE_CHECKING:
    from pathlib import Path

FILES = 100_000


def turns(folder: Path, before: Path | None, *, rounds: int) -> dict[str, list[Cost]]:
    """Let both versions judge it in turns.

    Arguments:
        folder: where files may be written.
        before: the earlier version, None where there is none.
        rounds: how many times; with none, nothing is measured.
    """
    with server(folder, files=FILES) as target:
        suite = contestants.suite(target.path)
        everybody = [suite, earlier.as_of(before, suite)] if before else [suite]
        costs: dict[str, list[Cost]] = {one.name: [] for one in everybody}
        for _ in range(rounds):
            for one in everybody:
                costs[one.name].append(target.cost(one))
    return costs
