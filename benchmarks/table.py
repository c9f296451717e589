"""The table: every contestant against the same target, turn by turn."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import contestants, earlier
from benchmarks.measuring import Cost, Spread, run, server

if TYPE_CHECKING:
    from pathlib import Path

LATE = 0.12
Costs = dict[str, list[Cost]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what, how long with its spread, processor time, and requests."""

    name: str
    latency: float
    seconds: Spread
    cpu: float
    requests: int
    first: float | None


def turns(folder: Path, before: Path | None, *, latency: float, rounds: int) -> Costs:
    """Let everybody run, one after the other, as often as there are rounds.

    What disturbs the machine for a while so disturbs all of them alike.

    Arguments:
        folder: where files may be written.
        before: the earlier version of the suite, None where there is none.
        latency: seconds that the target lets each request wait.
        rounds: how many times.
    """
    with server(folder, latency=latency) as target:
        suite = contestants.suite(target.path)
        run(suite)  # so that nobody's first time, with cold files, counts
        seen = target.seen()
        quick = contestants.suite(target.path, "--effort", "quick")
        everybody = [
            suite,
            contestants.suite_at_first(target.path),
            quick,
            *([earlier.as_of(before, one) for one in (suite, quick)] if before else []),
            contestants.general_tool(target.target, folder),
            contestants.loop(target.target, seen, folder),
        ]
        costs: Costs = {one.name: [] for one in everybody}
        for _ in range(rounds):
            for one in everybody:
                costs[one.name].append(target.cost(one))
    return costs


def rows(costs: Costs, latency: float) -> list[Row]:
    """Return the lines of the table for one target."""
    return [
        Row(
            name,
            latency,
            Spread.of([cost.seconds for cost in measured]),
            median(cost.cpu for cost in measured),
            max(cost.requests for cost in measured),
            median([cost.first for cost in measured if cost.first is not None]),
        )
        for name, measured in costs.items()
    ]
