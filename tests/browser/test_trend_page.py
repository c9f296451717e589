"""The page of a target over time in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.reports import trend
from tests.browser.test_report_page import PHONE, violations
from tests.unit.test_trend import drifting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Open


@pytest.fixture(scope="module")
def trend_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a page over three runs."""
    path: Path = tmp_path_factory.mktemp("trend") / "trend.html"
    path.write_text(trend.render_html(drifting()), "utf-8")
    return path.as_uri()


def test_it_asks_for_nothing_and_complains_of_nothing(open_tab: Open, trend_url: str) -> None:
    tab = open_tab(trend_url)
    tab.page.wait_for_load_state("networkidle")
    assert (tab.asked, tab.console) == ([trend_url], [])
    assert tab.page.get_by_role("img").bounding_box()["height"] > 100  # type: ignore[index]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, open_tab: Open, trend_url: str) -> None:
    assert violations(open_tab(trend_url, color_scheme=scheme)) == []


def test_a_phone_needs_no_sideways_scrolling(open_tab: Open, trend_url: str) -> None:
    settings: dict[str, Any] = PHONE
    page = open_tab(trend_url, **settings).page
    assert page.evaluate("document.documentElement.scrollWidth") == 360
