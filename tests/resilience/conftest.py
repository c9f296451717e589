"""One table at the end: how many hostile cases there were, and what the worst of them cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

MEBIBYTE = 1024 * 1024


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table from what the tests put on record; works across worker processes, too."""
    rows: dict[str, list[tuple[bool, float, float]]] = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            measured = dict(report.user_properties)
            if "table" in measured:
                row = (report.passed, float(measured["seconds"]), float(measured["octets"]))
                rows.setdefault(str(measured["table"]), []).append(row)
    if not rows:
        return
    terminalreporter.section("resilience")
    line = "{:<34} {:>6} {:>7} {:>12} {:>12}"
    terminalreporter.line(line.format("", "cases", "passed", "worst time", "peak memory"))
    for table, cases in rows.items():
        passed = sum(case[0] for case in cases)
        seconds = max(case[1] for case in cases)
        memory = max(case[2] for case in cases) / MEBIBYTE
        cells = (table, len(cases), passed, f"{seconds:.1f} s", f"{memory:.0f} MiB")
        terminalreporter.line(line.format(*cells))
