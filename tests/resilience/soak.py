"""Run after run for minutes: memory must stay flat, and verdict and pace the same.

Not part of the tests; ``make soak`` runs it. Each figure is of this one process, in which every run
serves and checks the reference.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic
from typing import TextIO

from neptun_conformance.cli import main as cli

MEBIBYTE = 1024 * 1024
MOST_DRIFT = 20 * MEBIBYTE
MOST_SLOWDOWN = 1.5
WARM = 3
"""Runs before the figures count: imports, caches and pools fill up."""


@dataclass(frozen=True)
class Sample:
    """What one run cost.

    Arguments:
        status: its exit status.
        seconds: how long it took.
        octets: the memory of this process after it.
        descriptors: how many this process had open after it.
    """

    status: int
    seconds: float
    octets: int
    descriptors: int


def sample(arguments: list[str], nowhere: TextIO) -> Sample:
    """Make one run, its output going nowhere."""
    began = monotonic()
    with contextlib.redirect_stdout(nowhere):
        status = cli.main(arguments)
    seconds = monotonic() - began
    gc.collect()
    return Sample(status, seconds, resident(), sum(1 for _ in Path("/proc/self/fd").iterdir()))


def resident() -> int:
    """Return the memory of this process in octets."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def troubles(samples: list[Sample]) -> list[str]:
    """Say what is not as it was at the beginning."""
    tenth = max(1, len(samples) // 10)
    first, last = samples[:tenth], samples[-tenth:]
    grown = median(s.octets for s in last) - median(s.octets for s in first)
    slower = median(s.seconds for s in last) / median(s.seconds for s in first)
    found = []
    if {s.status for s in samples} != {0}:
        found.append(f"exit statuses {sorted({s.status for s in samples})}")
    if grown > MOST_DRIFT:
        found.append(f"memory grew by {grown / MEBIBYTE:.1f} MiB")
    if slower > MOST_SLOWDOWN:
        found.append(f"runs became {slower:.2f} times slower")
    if len({s.descriptors for s in samples}) > 1:
        found.append(f"open descriptors {sorted({s.descriptors for s in samples})}")
    return found


def show(name: str, samples: list[Sample]) -> bool:
    """Print the figures of a phase, and tell whether all is well."""
    seconds = [s.seconds for s in samples]
    octets = [s.octets / MEBIBYTE for s in samples]
    print(  # noqa: T201 - this is a program
        f"{name}: {len(samples)} runs, {median(seconds):.2f} s each (worst {max(seconds):.2f} s), "
        f"memory {octets[0]:.1f} MiB at first, {octets[-1]:.1f} MiB at last, "
        f"{max(octets):.1f} MiB at most, {samples[-1].descriptors} descriptors"
    )
    found = troubles(samples)
    for trouble in found:
        print(f"{name}: {trouble}")  # noqa: T201 - likewise
    return not found


def main() -> int:
    """Soak, and return 1 where anything drifts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100, help="runs in a row at first")
    parser.add_argument("--minutes", type=float, default=10.0, help="minutes of runs after that")
    parser.add_argument("--effort", default="default", choices=("quick", "default", "deep"))
    given = parser.parse_args()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        return int(not soak(given, nowhere))


def soak(given: argparse.Namespace, nowhere: TextIO) -> bool:
    """Make both phases, and tell whether all was well in each."""
    arguments = ["--effort", given.effort]
    for _ in range(WARM):
        sample(arguments, nowhere)
    in_a_row = [sample(arguments, nowhere) for _ in range(given.runs)]
    is_well = show("in a row", in_a_row)
    ends = monotonic() + 60 * given.minutes
    going_on = []
    while monotonic() < ends:
        going_on.append(sample(arguments, nowhere))
    return (not going_on or show("continuously", going_on)) and is_well


if __name__ == "__main__":
    sys.exit(main())
