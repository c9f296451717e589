"""The text of a baseline, changed entry by entry, so that whatever a person wrote in it stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import yaml

from neptun_conformance.targets.document import parse_value


@dataclass(frozen=True)
class Written:
    """A file of entries: ``text`` is a YAML list that has been read without complaint."""

    text: str

    def with_changes(self, *, keep: list[bool], dumped: list[str], added: list[str]) -> str:
        """Return the text without some entries and with others at its end.

        Arguments:
            keep: for each entry of the file, whether it stays.
            dumped: each entry as it is written where the file's own form cannot be kept.
            added: entries to add, each as a block that begins with its comments.
        """
        kept = [text for text, stays in zip(dumped, keep, strict=True) if stays]
        expected = parse_value("".join([*kept, *added])) or []
        changed = self._changed(keep, added)
        if changed is not None and _entries(changed) == expected:
            return changed
        # A list in one line, for example. Its comments stay above the entries.
        comments = [line for line in self.text.splitlines() if line.lstrip().startswith("#")]
        return "\n".join([*comments, "", *kept, *added]) if expected else "[]\n"

    def _changed(self, keep: list[bool], added: list[str]) -> str | None:
        """Return the lines of the file with these changes, or None where entries share a line."""
        lines = self.text.splitlines(keepends=True)
        starts = list(_starts(self.text, lines))
        if len(starts) != len(keep) or len(set(starts)) != len(starts):
            return None
        head = "".join(lines[: starts[0]])
        blocks = ["".join(lines[begin:end]) for begin, end in pairwise([*starts, len(lines)])]
        blocks = [block for block, stays in zip(blocks, keep, strict=True) if stays]
        if not blocks and not added:
            return head + "[]\n"
        body = "".join(blocks)
        if body and not body.endswith("\n"):
            body += "\n"
        gap = "\n" if body and added and not body.endswith("\n\n") else ""
        return head + body + gap + "\n".join(added)


def _starts(text: str, lines: list[str]) -> Iterator[int]:
    """Yield the line on which each entry begins, its own comments included."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.SequenceNode) or root.flow_style:
        return
    column = root.start_mark.column
    for place, node in enumerate(root.value):
        line = node.start_mark.line
        while not lines[line][column:].startswith("-"):
            line -= 1
        yield _with_comments(line, lines, column, first=place == 0)


def _with_comments(line: int, lines: list[str], column: int, *, first: bool) -> int:
    """Return the line on which the comments right above an entry begin.

    Comments above the first entry are about the file, unless a blank line parts the two.
    """
    above = line
    while above and lines[above - 1].lstrip().startswith("#"):
        if len(lines[above - 1]) - len(lines[above - 1].lstrip()) > column:
            break  # a line of a text in the entry before
        above -= 1
    return line if first and not above else above


def _entries(text: str) -> object:
    try:
        return parse_value(text) or []
    except ValueError:
        return None
