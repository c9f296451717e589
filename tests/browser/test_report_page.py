"""The HTML report in a real browser: it works, asks nobody for anything, and all can use it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from neptun_conformance import contract
from neptun_conformance.reports import page as report
from neptun_conformance.reports.shell import policy
from neptun_conformance.results.result import Outcome, Setting
from tests.browser.conftest import serving
from tests.unit.reports import samples

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Open, Tab

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
BOTH_SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def shown(page: Page) -> list[str]:
    """Return the ids of the clauses that can be seen."""
    return page.locator("#clause-table tbody tr:visible th > code").all_inner_texts()


def violations(tab: Tab) -> list[str]:
    tab.page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = tab.page.evaluate("axe.run()")
    assert found["passes"], "axe looked at nothing"
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


# Filters


def test_nothing_chosen_shows_every_clause(open_tab: Open, report_url: str) -> None:
    page = open_tab(report_url).page
    assert sorted(shown(page)) == sorted(clause.id for clause in samples.every_outcome())
    assert page.get_by_role("status").inner_text() == "8 of 8 clauses shown"


def test_one_outcome(open_tab: Open, report_url: str) -> None:
    page = open_tab(report_url).page
    page.get_by_role("checkbox", name="not tested").check()
    assert shown(page) == ["authentication.expired"]
    assert page.get_by_role("status").inner_text() == "1 of 8 clauses shown"


def test_outcomes_add_up_and_levels_narrow_down(open_tab: Open, report_url: str) -> None:
    page = open_tab(report_url).page
    page.get_by_role("checkbox", name="fail", exact=True).check()
    page.get_by_role("checkbox", name="not applicable").check()
    page.get_by_role("checkbox", name="SHOULD").check()
    assert shown(page) == ["hygiene.shared-cache", "hygiene.secure-cookie"]


def test_words_are_searched_in_everything_that_a_clause_says(
    open_tab: Open, report_url: str
) -> None:
    page = open_tab(report_url).page
    page.get_by_role("searchbox", name="Only with the words").fill("SESSION  expired")
    assert shown(page) == ["authentication.expired"]


def test_show_all_forgets_the_filter(open_tab: Open, report_url: str) -> None:
    page = open_tab(report_url).page
    page.get_by_role("searchbox").fill("nothing says this")
    assert shown(page) == []
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("8 of 8 clauses shown").wait_for()
    assert len(shown(page)) == 8


def test_the_keyboard_is_enough(open_tab: Open, report_url: str) -> None:
    page = open_tab(report_url).page
    page.get_by_role("checkbox", name="fail", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("size")
    page.keyboard.press("Enter")
    assert shown(page) == ["item.size"]


# Findings


def test_a_link_opens_its_finding(open_tab: Open, report_url: str) -> None:
    page = open_tab(report_url).page
    page.get_by_role("link", name="Finding 2").click()
    page.locator("#finding-2[open]").wait_for()
    assert page.locator("#finding-2 mark").inner_text() == '"1024"'


def test_an_address_with_a_finding_opens_it(open_tab: Open, report_url: str) -> None:
    page = open_tab(f"{report_url}#finding-3").page
    assert page.locator("details.finding[open]").count() == 1
    assert page.locator("#finding-3 dl").is_visible()


def test_all_findings_open_and_close(open_tab: Open, report_url: str) -> None:
    page = open_tab(report_url).page
    page.get_by_role("button", name="Open all findings").click()
    assert page.locator("details.finding[open]").count() == 4
    page.get_by_role("button", name="Close all findings").click()
    assert page.locator("details.finding[open]").count() == 0


def test_what_is_wrong_in_a_long_body_is_scrolled_to(open_tab: Open, tmp_path: Path) -> None:
    body = '{"chatFiles": [' + '{"size": 1}, ' * 5000 + '{"size": "x"}]}'
    bad = samples.finding(
        "item.size", "one", pointer="/chatFiles/5000/size", exchange=samples.exchange(body=body)
    )
    clause = samples.clause("item.size", Outcome.FAIL, findings=[bad])
    (tmp_path / "long.html").write_text(report.render(samples.result([clause])), "utf-8")
    page = open_tab((tmp_path / "long.html").as_uri()).page
    box, frame = page.locator("mark").bounding_box(), page.locator("pre:has(mark)").bounding_box()
    assert box is not None
    assert frame is not None
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]


# Nobody is asked, nothing complains


def test_from_disk_it_asks_for_nothing_but_itself(open_tab: Open, report_url: str) -> None:
    tab = open_tab(report_url)
    tab.page.get_by_role("button", name="Open all findings").click()
    tab.page.wait_for_load_state("networkidle")
    assert (tab.asked, tab.console) == ([report_url], [])


def test_served_under_its_own_policy_it_works(open_tab: Open, report_url: str) -> None:
    with serving(Path(urlsplit(report_url).path), policy=policy()) as (url, asked):
        tab = open_tab(url)
        tab.page.get_by_role("checkbox", name="not tested").check()
        assert shown(tab.page) == ["authentication.expired"]
        tab.page.wait_for_load_state("networkidle")
        assert (tab.console, asked) == ([], ["/report.html"])


def test_under_a_policy_that_forbids_everything_it_can_be_read(
    open_tab: Open, report_url: str
) -> None:
    with serving(Path(urlsplit(report_url).path), policy="default-src 'none'") as (url, asked):
        page = open_tab(url).page
        assert page.get_by_role("heading", name="Nonconformant").is_visible()
        assert len(shown(page)) == 8
        assert not page.get_by_role("button").is_visible()
        page.locator("#finding-2 summary").click()
        assert page.locator("#finding-2 mark").is_visible()
        assert asked == ["/report.html"]


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_neither_runs_nor_loads_nor_breaks_the_page(
    text: str, open_tab: Open, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(report.render(samples.hostile(text)), "utf-8")
    tab = open_tab(path.as_uri())
    tab.page.get_by_role("checkbox", name="not tested").check()
    assert shown(tab.page) == ["item.name"]
    assert (tab.asked, tab.console) == ([path.as_uri()], [])
    assert tab.page.locator("img, script:not(:last-child)").count() == 0


# Everybody can use it, anywhere


@BOTH_SCHEMES
@pytest.mark.parametrize("size", [{}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(
    scheme: str, size: dict[str, Any], open_tab: Open, report_url: str
) -> None:
    tab = open_tab(report_url, color_scheme=scheme, **size)
    tab.page.get_by_role("button", name="Open all findings").click()
    tab.page.locator(".checks summary").first.click()
    assert violations(tab) == []


def test_dark_is_dark(open_tab: Open, report_url: str) -> None:
    def ground(scheme: str) -> str:
        page = open_tab(report_url, color_scheme=scheme).page
        return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    assert (ground("light"), ground("dark")) == ("rgb(247, 247, 245)", "rgb(19, 23, 27)")


@pytest.mark.parametrize("name", ["markup", "long", "astral"])
def test_a_phone_needs_no_sideways_scrolling(name: str, open_tab: Open, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(report.render(samples.hostile(samples.HOSTILE[name])), "utf-8")
    page = open_tab((tmp_path / "a.html").as_uri(), **PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_on_paper_everything_is_open_and_nothing_is_left_to_press(
    open_tab: Open, report_url: str
) -> None:
    page = open_tab(report_url).page
    page.get_by_role("checkbox", name="not tested").check()
    page.emulate_media(media="print", color_scheme="dark")
    page.locator("#finding-4[open]").wait_for()
    assert page.locator("details:not([open])").count() == 0
    assert len(shown(page)) == 8
    assert page.locator("form:visible, button:visible, nav:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    page.emulate_media(media="screen")
    page.locator("#finding-4:not([open])").wait_for()


def test_on_paper_everything_is_open_without_the_script_too(
    open_tab: Open, report_url: str
) -> None:
    page = open_tab(report_url, java_script_enabled=False).page
    inside = "document.querySelector('#finding-4 dl').checkVisibility()"
    assert not page.evaluate(inside)
    page.emulate_media(media="print")
    assert page.evaluate(inside)


def test_a_report_with_one_finding_is_four_pages_on_paper_at_most(
    open_tab: Open, tmp_path: Path
) -> None:
    wrong = "authentication.expired"
    found = samples.finding(wrong, "one", exchange=samples.exchange(body="{}, " * 500))
    clauses = [
        samples.clause(
            clause.id,
            Outcome.FAIL if clause.id == wrong else Outcome.PASS,
            level=clause.level,
            sentence=clause.sentence,
            checks={f"{clause.id} {number}": Outcome.PASS for number in range(6)},
            findings=[found] if clause.id == wrong else [],
        )
        for clause in contract.clauses().values()
    ]
    settings = {
        f"--option-{number}": Setting(value="x" * 40, origin="flag") for number in range(20)
    }
    one = samples.result(clauses, causes=[samples.cause()], settings=settings)
    (tmp_path / "one.html").write_text(report.render(one), "utf-8")
    paper = open_tab((tmp_path / "one.html").as_uri()).page.pdf(format="A4")
    assert max(int(count) for count in re.findall(rb"/Count ([0-9]+)", paper)) <= 4
