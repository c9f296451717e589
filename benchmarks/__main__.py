"""The benchmark: ``python -m benchmarks [--rounds N] [--write]``."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import page, scaling, table


def main() -> None:
    """Measure, print the table, and write the page where that is asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure time and requests.")
    parser.add_argument("--rounds", type=int, default=5, help="how often everybody runs")
    parser.add_argument("--write", action="store_true", help="write docs/benchmark.md, with curves")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prompt = table.turns(folder, latency=0.0, rounds=given.rounds)
        late = table.turns(folder, latency=table.LATE, rounds=given.rounds)
        rows = [*table.rows(prompt, 0.0), *table.rows(late, table.LATE)]
        figures = table.figures(prompt, late, given.rounds)
        print("\n".join(page.lines(rows, figures)))  # noqa: T201 - that is what it is for
        if given.write:
            load = os.getloadavg()[1]
            curves = scaling.all_series(folder, 3)
            page.write(rows, figures, curves, rounds=given.rounds, load=load)


if __name__ == "__main__":
    main()
