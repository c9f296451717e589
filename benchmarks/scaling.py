"""How the cost of a run grows with the number of files, of examples, and with latency."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import contestants
from benchmarks.measuring import Cost, server

if TYPE_CHECKING:
    from pathlib import Path

FILES = (10, 1_000, 3_000, 10_000)
EFFORTS = ("quick", "default", "deep")
LATENCIES = (0.0, 0.03, 0.06, 0.12, 0.24)


@dataclass(frozen=True, slots=True)
class Series:
    """A curve: seconds of a whole run over something.

    Arguments:
        name: of its picture.
        over: what the horizontal axis shows.
        points: where, and how many seconds.
    """

    name: str
    over: str
    points: tuple[tuple[float, float], ...]


def all_series(folder: Path, rounds: int) -> list[Series]:
    """Measure every curve, each point as the median of some rounds."""
    return [over_files(folder, rounds), over_examples(folder, rounds), over_latency(folder, rounds)]


def over_files(folder: Path, rounds: int) -> Series:
    """Measure runs against chats with more and more files."""
    points = []
    for count in FILES:
        with server(folder, files=count) as target:
            suite = contestants.suite(target.path)
            points.append((float(count), _seconds([target.cost(suite) for _ in range(rounds)])))
    return Series("files", "files in the chat", tuple(points))


def over_examples(folder: Path, rounds: int) -> Series:
    """Measure runs of every effort, which differ in the number of their examples."""
    points = []
    with server(folder) as target:
        for effort in EFFORTS:
            suite = contestants.suite(target.path, "--effort", effort)
            costs = [target.cost(suite) for _ in range(rounds)]
            points.append((float(costs[0].requests), _seconds(costs)))
    return Series("examples", "requests (quick, default, deep)", tuple(points))


def over_latency(folder: Path, rounds: int) -> Series:
    """Measure runs against targets that are later and later."""
    points = []
    for latency in LATENCIES:
        with server(folder, latency=latency) as target:
            suite = contestants.suite(target.path)
            costs = [target.cost(suite) for _ in range(rounds)]
            points.append((latency * 1000, _seconds(costs)))
    return Series("latency", "latency of the target in ms", tuple(points))


def _seconds(costs: list[Cost]) -> float:
    return median(cost.seconds for cost in costs)
