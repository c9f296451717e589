"""Print the verdicts of all examples as a table; the exit status is 1 unless all are conformant."""

import json
import sys
from pathlib import Path

ROW = "{:<20} {:<14} {}"


def row(report: Path) -> tuple[str, str, str]:
    """Read example, verdict and failed SHOULD clauses from one report, which may be empty."""
    text = report.read_text(encoding="utf-8")
    if not text:
        return report.stem, "no report", "-"
    result = json.loads(text)
    advice = [
        clause["id"]
        for clause in result["clauses"]
        if clause["level"] == "SHOULD" and clause["findings"]
    ]
    return report.stem, result["verdict"], ", ".join(advice) or "none"


def main(folder: Path) -> int:
    """Print one row a report, in the order in which they were written."""
    reports = sorted(folder.glob("*.json"), key=lambda report: report.stat().st_mtime_ns)
    rows = [row(report) for report in reports]
    for line in [("example", "verdict", "SHOULD findings"), *rows]:
        print(ROW.format(*line))  # noqa: T201 - printing is what it is for
    return 0 if all(verdict == "conformant" for _, verdict, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
