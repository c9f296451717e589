"""What holds for every format: a kept file says the same, and no text from a target breaks it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.reports import RENDERERS, terminal
from neptun_conformance.reports.reading import read_result
from neptun_conformance.reports.writing import write_atomically
from neptun_conformance.results.result import Outcome
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path

every_format = pytest.mark.parametrize("name", RENDERERS)
every_text = pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())


@every_format
def test_a_kept_file_renders_as_the_run_itself(name: str, tmp_path: Path) -> None:
    result = samples.result()
    write_atomically(tmp_path / "kept.json", RENDERERS["json"](result))
    assert RENDERERS[name](read_result(tmp_path / "kept.json")) == RENDERERS[name](result)


@every_format
@every_text
def test_hostile_text_survives_being_kept(name: str, text: str, tmp_path: Path) -> None:
    result = samples.hostile(text)
    write_atomically(tmp_path / "kept.json", RENDERERS["json"](result))
    assert RENDERERS[name](read_result(tmp_path / "kept.json")) == RENDERERS[name](result)


@every_format
@every_text
def test_a_report_is_text_that_utf_8_can_hold(name: str, text: str) -> None:
    rendered = RENDERERS[name](samples.hostile(text))
    assert rendered.encode("utf-8").decode("utf-8") == rendered


@pytest.mark.parametrize("name", sorted(RENDERERS.keys() - {"json"}))
def test_nothing_that_a_terminal_obeys_is_left(name: str) -> None:
    rendered = RENDERERS[name](samples.hostile(samples.HOSTILE["control"]))
    assert "\x1b" not in rendered
    assert "\x00" not in rendered


@every_format
def test_what_is_missing_is_left_out(name: str) -> None:
    alone = samples.finding("item.size", "asks-as-owner", exchange=None, curl=None, pointer=None)
    clause = samples.clause("item.size", Outcome.FAIL, findings=[alone])
    rendered = RENDERERS[name](samples.result([clause], statuses={}, exchanges=[], notes=[]))
    assert "None" not in rendered


def test_the_terminal_shows_no_request_where_none_was_kept() -> None:
    alone = samples.finding("item.size", "asks-as-owner", exchange=None, curl=None)
    clause = samples.clause("item.size", Outcome.FAIL, findings=[alone])
    shown = terminal.render(samples.result([clause], statuses={}, exchanges=[]))
    assert "size is text, not a whole number" in shown
    assert "answers:" not in shown
    assert "GET" not in shown


@pytest.mark.parametrize("form", ["html", "markdown", "junit", "sarif", "annotations", "json"])
def test_a_cause_stands_in_the_report(form: str) -> None:
    report = RENDERERS[form](samples.result(causes=[samples.cause()]))
    assert "The server gives a chat to a user who does not own it" in report


@pytest.mark.parametrize("form", ["html", "markdown", "junit", "sarif"])
def test_a_finding_names_its_cause(form: str) -> None:
    found = samples.finding("item.size", "asks-as-owner", causes=["ownership-not-checked"])
    result = samples.result([samples.clause("item.size", Outcome.FAIL, findings=[found])])
    assert "ownership-not-checked" in RENDERERS[form](result)


def test_the_terminal_names_causes_first() -> None:
    shown = terminal.render(samples.result(causes=[samples.cause()], lacks=["no stranger"]))
    before, _, after = shown.partition("1. The server gives a chat to a user who does not own it")
    assert before.strip() == "Cause"
    assert "explains  3 findings in item.size" in after
    assert "untested  1 clause by it: item.name" in after
    assert "not in the target file: no stranger" in after


def test_the_terminal_ends_with_what_to_mend_first() -> None:
    several = [samples.cause(), samples.cause("Something else")]
    shown = terminal.render(samples.result(causes=several))
    assert shown.startswith("\nCauses, to be fixed in this order")
    *_, last = shown.splitlines()
    assert last == (
        "fix first: The server gives a chat to a user who does not own it "
        "(3 findings, likely), the first of 2 causes"
    )


def test_what_is_known_is_not_named_as_to_be_mended() -> None:
    found = samples.finding("item.size", "asks-as-owner", known="K-1")
    clause = samples.clause("item.size", Outcome.KNOWN_FAILURE, findings=[found])
    cause = replace(samples.cause(), findings=[found.id])
    shown = terminal.render(samples.result([clause], causes=[cause]))
    assert "1. The server gives a chat" in shown
    assert "mend first" not in shown
