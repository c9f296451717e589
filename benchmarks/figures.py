"""The figures to reach, each measured as the median of what was run in turns."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import contestants, judging, many
from benchmarks.contestants import Contestant
from benchmarks.measuring import run
from benchmarks.table import LATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.measuring import Cost
    from benchmarks.table import Costs

SUITE, QUICK, TOOL, LOOP = "this suite", "this suite --effort quick", "schemathesis", "bare loop"
AT_FIRST = "this suite, first run"
EARLIER, QUICK_EARLIER = f"{SUITE}, earlier", f"{QUICK}, earlier"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to reach, and what was measured; both in the same unit."""

    name: str
    measured: float
    bound: float
    unit: str = ""
    at_least: bool = False

    @property
    def reached(self) -> bool:
        """Whether it is reached."""
        if self.at_least:
            return self.measured >= self.bound
        return self.measured <= self.bound


@dataclass(frozen=True, slots=True)
class Measured:
    """What everybody cost.

    Arguments:
        prompt: on a target without latency.
        late: on one with latency.
        targets: that judge many targets.
        files: on a chat of 100,000 files.
        rounds: how often to measure what is measured here.
    """

    prompt: Costs
    late: Costs
    targets: Costs
    files: Costs
    rounds: int


def figures(measured: Measured) -> list[Figure]:
    """Return all figures."""
    return [
        *_of_requests(measured.prompt),
        *_beside_others(measured.prompt, measured.late),
        *_of_many(measured.targets),
        *_of_files(measured.files),
        Figure("start to first request", _first(measured.prompt), 1.0, "s"),
        Figure("--help", _help(measured.rounds), 0.3, "s"),
    ]


def _of_requests(prompt: Costs) -> Iterator[Figure]:
    count, quick = prompt[SUITE][-1].requests, prompt[QUICK][-1].requests
    yield Figure("requests of a default run, at most", count, 500)
    yield Figure("requests of a default run, at least", count, 300, at_least=True)
    yield Figure("requests of a quick run", quick, 150)


def _beside_others(prompt: Costs, late: Costs) -> Iterator[Figure]:
    yield Figure("default run, to schemathesis", _ratio(prompt, SUITE, TOOL), 0.38)
    yield Figure("its processor time, to schemathesis'", _ratio(prompt, SUITE, TOOL, _cpu), 0.38)
    yield Figure("default run, to the bare loop", _ratio(prompt, SUITE, LOOP), 1.4)
    yield Figure("its processor time, to the loop's", _ratio(prompt, SUITE, LOOP, _cpu), 1.4)
    yield Figure("first run, to schemathesis", _ratio(prompt, AT_FIRST, TOOL), 0.6)
    yield Figure("its processor time", _ratio(prompt, AT_FIRST, TOOL, _cpu), 0.6)
    yield Figure("default run at 120 ms, to schemathesis", _ratio(late, SUITE, TOOL), 0.16)
    rounds = median(1 + cost.span / LATE for cost in late[SUITE])
    yield Figure("rounds at 120 ms", rounds, 14)
    if EARLIER in prompt:
        yield Figure("quick at 120 ms, to earlier", _ratio(late, QUICK, QUICK_EARLIER), 0.55)
        cpu = _ratio(prompt, SUITE, EARLIER, _cpu)
        yield Figure("processor time of a default run, to earlier", cpu, 1.0)


def _of_many(targets: Costs) -> Iterator[Figure]:
    for other in (many.EACH, many.EACH_EARLIER):
        if other in targets:
            pace = 1 / _ratio(targets, many.FLEET, other)
            yield Figure(f"targets a minute, to {other}", pace, 2.5, at_least=True)
            cpu = _ratio(targets, many.FLEET, other, _cpu)
            yield Figure(f"processor time a target, to {other}", cpu, 0.28)


def _of_files(files: Costs) -> Iterator[Figure]:
    if files[SUITE]:
        own = max(cost.memory for cost in files[SUITE])
        yield Figure("100,000 files: memory", own / 1e6, 277, "MB")
    if files.get(EARLIER):
        yield Figure("the same, to earlier", _ratio(files, SUITE, EARLIER, _memory), 0.5)
        cpu = _ratio(files, SUITE, EARLIER, _cpu)
        yield Figure("100,000 files: processor time, to earlier", cpu, 0.3)
    alone = judging.apart()
    yield Figure("judging them, to the models", alone["judged"] / alone["modelled"], 2.0)
    yield Figure("memory for that", alone["memory"] / 1e6, 500, "MB")


def _seconds(cost: Cost) -> float:
    return cost.seconds


def _cpu(cost: Cost) -> float:
    return cost.cpu


def _memory(cost: Cost) -> float:
    return cost.memory


def _ratio(costs: Costs, own: str, other: str, what: Callable[[Cost], float] = _seconds) -> float:
    """Return how many times another's cost is this one's, by turns and not by medians alone."""
    pairs = zip(costs[own], costs[other], strict=True)
    return median(what(ours) / what(theirs) for ours, theirs in pairs)


def _first(costs: Costs) -> float:
    return median(cost.first or 0 for cost in costs[SUITE])


def _help(rounds: int) -> float:
    words = (contestants.suite_script(), "--help")
    return median(run(Contestant("help", words)).seconds for _ in range(rounds))
