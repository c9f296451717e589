"""Makes the changes that a page tells how to make, in a copy of the checkout."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import indent

from tests.unit.documentation.book import ROOT, Block, blocks

CHANGES = {"new file", "added to", "changes"}
COPIED = ("src", "tests/contract", "tests/proof", "openapi.yaml", "conftest.py", "pyproject.toml")


def changes(page: Path) -> list[Block]:
    """Return the blocks of a page that are changes."""
    return [block for block in blocks(page) if block.mark in CHANGES]


def changed(page: Path, copy: Path) -> Path:
    """Copy what the suite is made of into `copy`, make the changes of a page there, return it.

    Raises AssertionError for a change whose place is not there, or is there twice.
    """
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    for block in changes(page):
        _change(block, copy)
    return copy


def _change(block: Block, copy: Path) -> None:
    name, _, before = block.value.partition(" before ")
    file = copy / name
    if block.mark == "new file":
        assert not file.exists(), block.place
        file.write_text(block.text, "utf-8")
        return
    text = file.read_text("utf-8")
    if block.mark == "changes":
        old, new = _sides(block.text)
        assert text.count(old) == 1, block.place
        file.write_text(text.replace(old, new), "utf-8")
    elif before:
        file.write_text(_with(block, text, before), "utf-8")
    else:
        file.write_text(f"{text}\n\n{block.text}", "utf-8")


def _with(block: Block, text: str, before: str) -> str:
    """Return a text with the block in front of the one line that `before` stands in."""
    lines = text.splitlines(keepends=True)
    (place,) = (number for number, line in enumerate(lines) if line.strip() == before)
    depth = len(lines[place]) - len(lines[place].lstrip())
    return "".join([*lines[:place], indent(block.text, " " * depth), *lines[place:]])


def _sides(text: str) -> tuple[str, str]:
    """Return what the lines of a change were, and what they become."""
    lines = text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if not line.startswith("+"))
    new = "".join(line[1:] for line in lines if not line.startswith("-"))
    return old, new
