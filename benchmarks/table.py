"""The table: every contestant against the same target, turn by turn, and the figures to reach."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import contestants, judging
from benchmarks.contestants import Contestant
from benchmarks.measuring import Cost, Spread, run, server

if TYPE_CHECKING:
    from pathlib import Path

LATE = 0.12
SUITE, QUICK, TOOL, LOOP = "this suite", "this suite --effort quick", "schemathesis", "bare loop"
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


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to reach, and what was measured; both in the same unit."""

    name: str
    measured: float
    bound: float
    unit: str = ""

    @property
    def reached(self) -> bool:
        """Whether it is reached."""
        return self.measured <= self.bound


def turns(folder: Path, *, latency: float, rounds: int) -> Costs:
    """Let everybody run, one after the other, as often as there are rounds.

    What disturbs the machine for a while so disturbs all of them alike.

    Arguments:
        folder: where files may be written.
        latency: seconds that the target lets each request wait.
        rounds: how many times.
    """
    with server(folder, latency=latency) as target:
        suite = contestants.suite(target.path)
        run(suite)  # so that nobody's first time, with cold files, counts
        seen = target.seen()
        everybody = [
            suite,
            contestants.suite_at_first(target.path),
            contestants.suite(target.path, "--effort", "quick"),
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


def figures(prompt: Costs, late: Costs, rounds: int) -> list[Figure]:
    """Return the figures to reach, measured.

    Arguments:
        prompt: what everybody cost on a target without latency.
        late: the same on one with latency.
        rounds: how often to measure what is measured here.
    """
    count, quick = prompt[SUITE][-1].requests, prompt[QUICK][-1].requests
    first = median(cost.first or 0 for cost in prompt[SUITE])
    judged = judging.apart()
    return [
        Figure("requests of a default run, at most", count, 500),
        Figure("requests of a default run, at least", -count, -300),
        Figure("requests of a quick run", quick, 150),
        Figure("whole run, in times of schemathesis'", _ratio(prompt, TOOL), 0.8),
        Figure("the same with latency", _ratio(late, TOOL), 0.3),
        Figure("with latency, over 1.5 loops", _beyond_loop(late), 1.0, "s"),
        Figure("start to first request", first, 1.0, "s"),
        Figure("--help", _help(rounds), 0.3, "s"),
        Figure(
            "judging 100,000 files, in times of the models",
            judged["judged"] / judged["modelled"],
            2.0,
        ),
        Figure("memory for that", judged["memory"] / 1e6, 500, "MB"),
    ]


def _middle(costs: Costs, name: str) -> float:
    return median(cost.seconds for cost in costs[name])


def _ratio(costs: Costs, other: str) -> float:
    """Return how many times another's time this suite takes, by turns and not by medians alone."""
    pairs = zip(costs[SUITE], costs[other], strict=True)
    return median(own.seconds / theirs.seconds for own, theirs in pairs)


def _beyond_loop(costs: Costs) -> float:
    return _middle(costs, SUITE) - 1.5 * _middle(costs, LOOP)


def _help(rounds: int) -> float:
    words = (contestants.suite_script(), "--help")
    return median(run(Contestant("help", words)).seconds for _ in range(rounds))
