"""Writes anew what the pages say commands print: `python -m tests.unit.documentation.refresh`.

Only what differs is written, so that times and ports stay as they are. Read the difference before
it is committed: what is wrong in the program would become wrong in the pages.
"""

from __future__ import annotations

import tempfile
import textwrap
from pathlib import Path

from tests.unit.documentation import figures
from tests.unit.documentation.book import ROOT, pages, written
from tests.unit.documentation.changing import changed, changes
from tests.unit.documentation.running import Ran, normal, run


def refresh(page: Path) -> bool:
    """Bring one page up to date, and return whether it was outdated."""
    before = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as copy:
        root = changed(page, Path(copy)) if changes(page) else ROOT
        ran = run(page, Path(folder), root)
    lines = before.splitlines(keepends=True)
    for block in reversed(ran):
        if _differs(block):
            first = block.block.first
            indent = lines[first - 1].partition("```")[0]
            text = textwrap.indent(written(block.printed), indent)
            lines[first : first + block.block.text.count("\n")] = [text]
    after = figures.filled("".join(lines))
    page.write_text(after, "utf-8")
    return after != before


def _differs(ran: Ran) -> bool:
    return normal(written(ran.written)) != normal(written(ran.printed))


if __name__ == "__main__":
    for each in pages():
        if refresh(each):
            print(f"{each.name} was outdated")  # noqa: T201 - a program
