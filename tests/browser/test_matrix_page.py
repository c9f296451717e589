"""The matrix of many targets in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.reports import matrix
from tests.browser.test_report_page import PHONE, violations
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Open


@pytest.fixture(scope="module")
def matrix_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a page over ten targets, one of which left no report."""
    results = {f"region-{number}/staging": samples.result() for number in range(9)}
    page = matrix.render_html(matrix.Matrix({"asia": samples.conformant(), **results}, ("lost",)))
    path: Path = tmp_path_factory.mktemp("matrix") / "matrix.html"
    path.write_text(page, "utf-8")
    return path.as_uri()


def test_a_clause_is_shown_when_any_target_has_the_outcome(open_tab: Open, matrix_url: str) -> None:
    page = open_tab(matrix_url).page
    page.get_by_role("checkbox", name="not applicable").check()
    assert page.locator("#clauses tbody tr:visible code").all_inner_texts() == [
        "hygiene.secure-cookie"
    ]


def test_what_is_the_same_everywhere_can_be_hidden(open_tab: Open, matrix_url: str) -> None:
    page = open_tab(matrix_url).page
    page.get_by_role("checkbox", name="Only what differs").check()
    shown = page.locator("#clauses tbody tr:visible code").all_inner_texts()
    assert "item.size" in shown
    assert "authentication.no-cookie" not in shown


def test_it_asks_for_nothing_and_complains_of_nothing(open_tab: Open, matrix_url: str) -> None:
    tab = open_tab(matrix_url)
    tab.page.wait_for_load_state("networkidle")
    assert (tab.asked, tab.console) == ([matrix_url], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, open_tab: Open, matrix_url: str) -> None:
    assert violations(open_tab(matrix_url, color_scheme=scheme)) == []


def test_a_phone_scrolls_the_tables_and_not_the_page(open_tab: Open, matrix_url: str) -> None:
    settings: dict[str, Any] = PHONE
    page = open_tab(matrix_url, **settings).page
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_phone_reads_each_outcome_beside_its_target(open_tab: Open, matrix_url: str) -> None:
    phone: dict[str, Any] = {**PHONE, "viewport": {"width": 390, "height": 844}}
    page = open_tab(matrix_url, **phone).page
    frames = "[...document.querySelectorAll('.scroller')]"
    assert page.evaluate(f"{frames}.every((frame) => frame.scrollWidth <= frame.clientWidth)")
    cell = page.locator("#outcomes tbody tr", has_text="item.size").locator("td").first
    assert cell.inner_text().split() == ["asia", "absent"]


def test_the_clause_stays_in_view_where_many_targets_need_scrolling(
    open_tab: Open, matrix_url: str
) -> None:
    page = open_tab(matrix_url, viewport={"width": 900, "height": 700}).page
    scrolled = """() => {
        const frame = document.querySelector('#clauses .scroller');
        frame.scrollLeft = 400;
        const clause = frame.querySelector('tbody th').getBoundingClientRect();
        return [frame.scrollLeft, Math.abs(clause.left - frame.getBoundingClientRect().left) < 2];
    }"""
    assert page.evaluate(scrolled) == [400, True]


def test_a_wide_window_shows_more_targets_than_a_report_is_wide(
    open_tab: Open, matrix_url: str
) -> None:
    page = open_tab(matrix_url, viewport={"width": 1500, "height": 900}).page
    assert page.evaluate("document.querySelector('#outcomes').clientWidth") > 1300
