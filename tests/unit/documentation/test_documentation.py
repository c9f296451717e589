"""What the pages tell a reader to do works and prints what they say; links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from textwrap import indent

import pytest
import yaml

from neptun_conformance.contract import clauses
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.legal import LEGAL
from tests.unit.documentation import figures
from tests.unit.documentation.book import ROOT, Block, blocks, dangling, pages, written
from tests.unit.documentation.changing import CHANGES, changes
from tests.unit.documentation.running import Ran, normal, run

PAGES = pages()
BLOCKS = [block for page in PAGES for block in blocks(page)]
RUN = [page for page in PAGES if any(block.runs for block in blocks(page)) and not changes(page)]
LINKING = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*/README.md")})
DEVIATIONS = ROOT / "docs" / "deviations.md"
NEEDS = {"a release", "a deployment", "a cluster", "Docker", "npm"}


def name(value: object) -> str:
    return value.place if isinstance(value, Block) else str(value).removeprefix(f"{ROOT}/")


def marked(mark: str) -> list[Block]:
    return [block for block in BLOCKS if block.mark == mark]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Path, Future[list[Ran]]]]:
    folders = [tmp_path_factory.mktemp(page.stem) for page in RUN]
    with ThreadPoolExecutor() as pool:
        yield {p: pool.submit(run, p, folder) for p, folder in zip(RUN, folders, strict=True)}


@pytest.mark.parametrize("page", RUN, ids=name)
def test_commands_print_what_the_page_shows(
    page: Path, runs: dict[Path, Future[list[Ran]]]
) -> None:
    """Outdated? `python -m tests.unit.documentation.refresh` writes the page anew."""
    for ran in runs[page].result():
        assert normal(written(ran.printed)) == normal(written(ran.written)), ran.block.place


@pytest.mark.parametrize("block", BLOCKS, ids=name)
def test_every_block_is_kept_true_in_some_way(block: Block) -> None:
    kept = block.mark in {"file", "same as", "run by", "tested by", "needs", *CHANGES}
    assert block.runs or kept or block.language == "text"


@pytest.mark.parametrize("block", marked("same as"), ids=name)
def test_what_is_quoted_stands_in_its_file(block: Block) -> None:
    # The linter keeps code on a page at the margin, wherever it stands in its file.
    forms = [indent(block.text, " " * depth) for depth in (0, 4, 8)]
    file = (ROOT / block.value).read_text("utf-8")
    assert any(form in file for form in forms)


@pytest.mark.parametrize("block", marked("run by"), ids=name)
def test_what_takes_long_is_run_by_a_script(block: Block) -> None:
    script = (ROOT / block.value).read_text("utf-8")
    assert [line for line in block.text.splitlines() if line.lstrip("$ ") not in script] == []


@pytest.mark.parametrize("block", marked("tested by"), ids=name)
def test_what_another_test_reads_is_named_there(block: Block) -> None:
    assert block.page.name in (ROOT / block.value).read_text("utf-8")


@pytest.mark.parametrize("block", marked("needs"), ids=name)
def test_what_cannot_run_here_says_what_it_needs(block: Block) -> None:
    assert block.value in NEEDS
    if block.language == "yaml":
        assert list(yaml.safe_load_all(block.text))


@pytest.mark.parametrize("page", LINKING, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    assert dangling(page) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_figures_are_those_of_today(page: Path) -> None:
    text = page.read_text("utf-8")
    assert figures.filled(text) == text


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_clauses_that_a_page_names_are_there(page: Path) -> None:
    groups = "|".join({clause.group for clause in clauses().values()})
    named = re.findall(rf"`((?:{groups})\.[a-z0-9-]+)`", page.read_text("utf-8"))
    assert set(named) - set(clauses()) == set()


def test_deviations_are_found_as_the_page_says() -> None:
    text = DEVIATIONS.read_text("utf-8")
    rows = re.findall(r"^\| .+ \| `([\w-]+)` \| (.+) \|$", text, re.MULTILINE)
    told = {server: set(re.findall(r"`(.+?)`", found)) for server, found in rows}
    known = FAULTS | LEGAL
    assert told == {server: set(known[server].clauses) for server in told}
    assert len(told) > 20
