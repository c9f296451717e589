"""docs/design.md draws the packages as the linter holds them, and names stops that exist."""

from __future__ import annotations

import re
import tomllib
from pkgutil import resolve_name

import pytest

from neptun_conformance import contract
from tests.unit.documentation.book import ROOT, anchors, blocks, links

DOCS = ROOT / "docs"
PAGE = DOCS / "design.md"
TEXT = PAGE.read_text("utf-8")
STOPS = re.findall(r"^\| *(\d+) \| `([^`]+)` \|", TEXT, re.MULTILINE)
CITED = sorted({part for c in contract.clauses().values() for part in c.source.split("; ")})


def layers() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    held, *_ = settings["tool"]["importlinter"]["contracts"]
    return list(held["layers"])


def test_the_packages_are_drawn_in_the_order_that_the_linter_holds() -> None:
    (drawn,) = (block for block in blocks(PAGE) if block.language == "text")
    assert [re.split(" {2,}", line)[0] for line in drawn.text.splitlines()] == layers()


def test_every_package_of_the_engine_is_told() -> None:
    engine = ROOT / "src" / "neptun_conformance" / "engine"
    packages = {f"{path.parent.name}/" for path in engine.glob("*/__init__.py")}
    assert set(re.findall(r"^\| `([a-z]+/)` \|", TEXT, re.MULTILINE)) == packages


def test_a_question_makes_at_most_ten_stops() -> None:
    assert [int(number) for number, _ in STOPS] == list(range(1, len(STOPS) + 1))
    assert 5 < len(STOPS) <= 10


@pytest.mark.parametrize("stop", [stop for _, stop in STOPS if "/" not in stop])
def test_each_stop_is_there(stop: str) -> None:
    assert callable(resolve_name(f"neptun_conformance.{stop}"))


@pytest.mark.parametrize("part", CITED)
def test_what_a_clause_cites_is_a_standard_or_a_section_of_the_summary(part: str) -> None:
    section = part.partition(",")[0].lower().replace(" ", "-")
    assert part.startswith(("RFC ", "OWASP ")) or section in anchors(DOCS / "endpoint.md")


def test_every_page_is_in_the_index() -> None:
    pages = {path.name for path in DOCS.glob("*.md")} - {"README.md"}
    assert pages - links(DOCS / "README.md") == set()
