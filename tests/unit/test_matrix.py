"""Many targets side by side, from whatever lies in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from neptun_conformance.reports import badge, matrix
from neptun_conformance.reports.as_json import render
from neptun_conformance.reports.reading import ReportError
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a bad and a good target, a badge, and a report that was cut."""
    (tmp_path / "eu").mkdir()
    (tmp_path / "eu" / "staging.json").write_text(render(samples.result()), "utf-8")
    (tmp_path / "asia.json").write_text(render(samples.conformant()), "utf-8")
    (tmp_path / "badge.json").write_text(badge.render(samples.result()), "utf-8")
    (tmp_path / "cut.json").write_text(render(samples.result())[:1000], "utf-8")
    return tmp_path


def test_reports_are_named_after_their_files(folder: Path) -> None:
    found = matrix.read(folder)
    assert list(found.results) == ["asia", "eu/staging"]


def test_what_cannot_be_read_is_named_and_leaves_the_others(folder: Path) -> None:
    (line,) = matrix.read(folder).unreadable
    assert "cut.json" in line


def test_every_clause_has_an_outcome_for_each_target(folder: Path) -> None:
    found = matrix.read(folder)
    assert found.outcomes("authentication.no-cookie") == ["pass", "pass"]
    assert found.outcomes("item.size") == [None, "fail"]


def test_the_text_names_verdicts_and_what_is_not_fine(folder: Path) -> None:
    lines = matrix.render_text(matrix.read(folder)).splitlines()
    assert lines[0] == "asia        CONFORMANT  1/1 MUST, 0/0 SHOULD, 318 requests, 2.1 s"
    assert lines[1].startswith("eu/staging  NONCONFORMANT  1/6 MUST")
    assert lines[2].startswith("unreadable: ")
    assert "item.size: asia absent, eu/staging fail" in lines
    assert not any(line.startswith("authentication.no-cookie") for line in lines)


def test_the_markdown_has_a_column_for_each_target(folder: Path) -> None:
    text = matrix.render_markdown(matrix.read(folder))
    assert "| clause | `asia` | `eu/staging` |\n| --- | --- | --- |" in text
    assert "| `item.size` | absent | fail |" in text


def test_the_page_has_both_tables_and_the_files_that_are_missing(folder: Path) -> None:
    page = matrix.render_html(matrix.read(folder))
    assert "<h1>2 targets</h1>" in page
    assert 'data-outcome="not_applicable" data-level="SHOULD"' in page
    assert 'class="warning">cannot read report' in page


def test_the_page_links_to_pages_of_reports_and_else_to_reports(folder: Path) -> None:
    (folder / "eu" / "staging.html").write_text("a page", "utf-8")
    page = matrix.render_html(matrix.read(folder), folder / "eu" / "matrix.html")
    assert 'href="./staging.html"' in page
    assert 'href="./../asia.json"' in page


def test_the_page_marks_what_differs(folder: Path) -> None:
    page = matrix.render_html(matrix.read(folder))
    differing, same = (
        row for row in page.split("<tr")[1:] if "authentication.no-" in row or "item.size" in row
    )
    assert 'data-differs="true"' in differing
    assert 'data-differs="false"' in same


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    found = matrix.Matrix({text: samples.hostile(text)}, (text,))
    assert "<img" not in matrix.render_html(found)
    assert matrix.render_html(found).count("<script>") == 1
    assert "\x1b" not in matrix.render_text(found) + matrix.render_markdown(found)


def test_a_folder_without_a_report(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="there is no report to read"):
        matrix.read(tmp_path)


def test_a_folder_with_nothing_but_a_broken_report(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text("{", "utf-8")
    with pytest.raises(ReportError, match=r"there is no report to read .*cut\.json.*not JSON"):
        matrix.read(tmp_path)


def test_a_file_is_no_folder(folder: Path) -> None:
    with pytest.raises(ReportError, match="is not a folder of reports"):
        matrix.read(folder / "asia.json")
