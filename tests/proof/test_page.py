"""docs/proof.md says what the catalogue says, and so do the whole lists."""

from neptun_conformance import contract
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.legal import LEGAL
from tests.proof.page import PATH, page, summary


def test_the_summary_is_as_generated() -> None:
    assert PATH.read_text(encoding="utf-8") == summary(), "run make docs"


def test_the_whole_page_names_every_server() -> None:
    rows = {line.split(" | ")[0] for line in page().splitlines()}
    assert {f"| {name}" for name in (*FAULTS, *LEGAL, *contract.clauses())} <= rows
