"""The benchmark: ``python -m benchmarks [--rounds N] [--write]``."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import behind_nginx, earlier, large, many, meeting, page, scaling, table
from benchmarks.contestants import CHECKOUT, compiled
from benchmarks.figures import Measured, figures


def main() -> None:
    """Measure, print the table, and write the page where that is asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure time and requests.")
    parser.add_argument("--rounds", type=int, default=7, help="how often everybody runs")
    parser.add_argument("--fleet-rounds", type=int, default=7, help="the same for many targets")
    parser.add_argument(
        "--large-rounds", type=int, default=1, help="the same for 100,000 files: minutes each"
    )
    parser.add_argument("--write", action="store_true", help="write docs/benchmark.md, with curves")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = earlier.unpacked(folder)
        for place in filter(None, (CHECKOUT, before)):
            compiled(place)
        prompt = table.turns(folder, before, latency=0.0, rounds=given.rounds)
        late = table.turns(folder, before, latency=table.LATE, rounds=given.rounds)
        rows = [*table.rows(prompt, 0.0), *table.rows(late, table.LATE)]
        _print(page.lines(rows))
        targets = many.turns(folder, before, rounds=given.fleet_rounds)
        files = large.turns(folder, before, rounds=given.large_rounds)
        load = os.getloadavg()[2]
        found = figures(Measured(prompt, late, targets, files, given.rounds))
        _print(page.reached(found))
        over_http2 = [*meeting.lines(), behind_nginx.line(given.rounds)]
        _print(over_http2)
        if given.write:
            curves = scaling.all_series(folder, 3)
            rounds = page.Rounds(given.rounds, given.fleet_rounds, given.large_rounds)
            page.write(page.Page(rows, found, over_http2, curves, rounds, load))


def _print(lines: list[str]) -> None:
    print("\n".join(lines), flush=True)  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    main()
