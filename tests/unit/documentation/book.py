"""Reads the project's Markdown pages: their fenced blocks, links and anchors.

A comment in front of a fenced block says how the block is kept true:

    <!-- file: staging.yaml -->      it is written into the folder in which the page's commands run
    <!-- same as: action.yml -->     it stands, as it is, in that file of the checkout
    <!-- new file: src/… -->         a change that the page tells how to make, see `changing`:
    <!-- added to: … before TEXT --> a new file, lines that are added at the end or before the
    <!-- changes: src/… -->          line with TEXT, or lines that are taken out and put in
    <!-- shown from: FAIL -->        of what its commands print, what comes before FAIL is left out
    <!-- run by: .ci/run -->         its commands take long; that script runs them
    <!-- tested by: tests/… -->      that test reads it
    <!-- needs: a release -->        nothing here can run it

A `console` block without a comment is run, and what it prints is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[3]
GENERATED = {"clauses.md", "target.md", "proof.md", "benchmark.md"}
PROMPT = "$ "
_MARK = re.compile(r"<!-- ([a-z ]+): (.*) -->\s*\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Arguments:
        page: the file that it stands in.
        first: index of its first line, behind the fence.
        language: what the fence says it is written in.
        text: what is in it.
        mark: name of the comment in front of it, or "".
        value: what that comment says.
    """

    page: Path
    first: int
    language: str
    text: str
    mark: str
    value: str

    @property
    def place(self) -> str:
        """Where it stands, to be shown."""
        return f"{self.page.relative_to(ROOT)}:{self.first}"

    @property
    def runs(self) -> bool:
        """Whether its commands are run."""
        return self.language == "console" and self.mark in {"", "shown from"}


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a console block, and what it printed when it was written down."""

    text: str
    output: str


def pages() -> list[Path]:
    """Return the pages that are written by hand and hold commands for users."""
    docs = sorted(path for path in (ROOT / "docs").glob("*.md") if path.name not in GENERATED)
    return [ROOT / "README.md", *docs, ROOT / "examples" / "README.md"]


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page, from top to bottom."""
    before: Token | None = None
    for token in _tokens(page):
        if token.type == "fence" and token.map:
            mark = before and before.type == "html_block" and _MARK.search(before.content)
            name, value = mark.groups() if mark else ("", "")
            yield Block(page, token.map[0] + 1, token.info, token.content, name, value)
        before = token


def commands(block: Block) -> list[Command]:
    """Return the commands of a console block; a line that ends in a backslash goes on."""
    found: list[Command] = []
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        end = next(index for index, line in enumerate(lines, 1) if not line.endswith("\\\n"))
        found.append(Command("".join(lines[:end]).rstrip("\n"), "".join(lines[end:])))
    return found


def written(ran: Iterable[Command]) -> str:
    """Return the text of a console block."""
    return "".join(f"{PROMPT}{command.text}\n{command.output}" for command in ran)


def links(page: Path) -> set[str]:
    """Return where the links and images of a page lead."""
    inline = [child for token in _tokens(page) for child in token.children or []]
    found = [token.attrGet("href") or token.attrGet("src") for token in inline]
    return {str(link) for link in found if link}


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    tokens = _tokens(page)
    headings = [tokens[i + 1].content for i, token in enumerate(tokens) if token.tag[:1] == "h"]
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings if text}


def dangling(page: Path) -> list[str]:
    """Return the relative links of a page that lead nowhere."""
    return [link for link in sorted(links(page)) if not _leads_somewhere(page, link)]


def _leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    path, _, anchor = unquote(link).partition("#")
    goal = (page.parent / path).resolve() if path else page
    return goal.exists() and (not anchor or anchor in anchors(goal))


def _tokens(page: Path) -> list[Token]:
    return MarkdownIt().enable("table").parse(page.read_text("utf-8"))
