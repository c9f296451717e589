"""The Markdown report: complete, and inert whatever the target sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from neptun_conformance.reports import markdown
from neptun_conformance.results.result import Outcome
from neptun_conformance.results.text import visible
from tests.unit.reports import samples

if TYPE_CHECKING:
    from markdown_it.token import Token


def tokens(source: str) -> list[Token]:
    found = MarkdownIt("commonmark").enable("table").parse(source)
    return [token for outer in found for token in [outer, *(outer.children or [])]]


def test_it_says_verdict_figures_findings_and_what_was_not_tested() -> None:
    text = markdown.render(samples.result())
    assert text.startswith("# NONCONFORMANT `https://staging.example.com`\n")
    assert "1/6 MUST · 0/1 SHOULD · 1 known · 1 not tested · 318 requests · 2.1 s" in text
    assert "### ❌ MUST `ownership.foreign-chat`" in text
    assert "### 🔶 MUST `item.created-at`" in text
    assert "- actual: `200 with 3 files`" in text
    assert "| ⚪ `authentication.expired` | MUST | the target gives no expired session |" in text
    assert "$OWNER_SESSION" in text


def test_the_groups_are_counted() -> None:
    text = markdown.render(samples.result())
    assert "| authentication |  |  |  | 1 |  | 1 |" in text
    assert "| item | 1 |  | 1 |  |  |  |" in text


def test_a_good_run_has_neither_findings_nor_gaps() -> None:
    text = markdown.render(samples.conformant())
    assert "## Findings" not in text
    assert "## Not tested" not in text


def test_a_truncated_run_says_so_first() -> None:
    text = markdown.render(samples.result(truncated=True))
    assert text.index("> [!WARNING]") < text.index("| clauses |")


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_nothing_from_a_target_becomes_markup(text: str) -> None:
    found = tokens(markdown.render(samples.hostile(text)))
    ours = ("<details><summary>", "</details>")
    html = [token.content for token in found if token.type.startswith("html")]
    assert all(part.startswith(ours) for part in html)
    assert not {"link_open", "image"} & {token.type for token in found}
    headings = [token for token in found if token.type == "heading_open"]
    assert len(headings) == len(
        [t for t in tokens(markdown.render(samples.hostile("plain"))) if t.type == "heading_open"]
    )


@pytest.mark.parametrize("text", ["```\n````", "a | b", "`", "``x``", "two\nlines"])
def test_a_body_comes_out_as_it_came(text: str) -> None:
    blocks = [
        t.content for t in tokens(markdown.render(samples.hostile(text))) if t.type == "fence"
    ]
    assert f"{visible(text)}\n" in blocks


def test_a_mention_in_words_reaches_nobody() -> None:
    assert "@everyone" not in markdown.plain("by @everyone in #12")
    assert "#12" not in markdown.plain("by @everyone in #12")


def test_a_bar_in_a_cell_stays_in_its_cell() -> None:
    assert markdown.code("a|b", cell=True) == "`a\\|b`"


def test_a_limit_leaves_out_whole_findings_and_counts_them() -> None:
    many = [
        samples.finding("item.size", "asks-as-owner", id=f"finding-{n}", message=f"number {n}")
        for n in range(50)
    ]
    result = samples.result([samples.clause("item.size", Outcome.FAIL, findings=many)])
    text = markdown.render(result, limit=20_000)
    assert len(text.encode()) <= 20_000
    assert "number 0" in text
    assert "number 49" not in text
    shown = text.count("### ")
    assert f"*{50 - shown} more findings are in the other reports.*" in text
    assert text.count("```") % 2 == 0


def test_a_body_that_was_left_out_or_cut_says_so() -> None:
    answer = samples.exchange().response
    assert answer is not None
    left_out = replace(answer, body=None)
    cut = replace(answer, body_cut=True)
    for response, words in [(left_out, "bytes left out"), (cut, "cut here;")]:
        seen = replace(samples.exchange(), response=response)
        bad = samples.finding("item.size", "asks-as-owner", exchange=seen)
        clause = samples.clause("item.size", Outcome.FAIL, findings=[bad])
        assert words in markdown.render(samples.result([clause]))


def test_a_finding_without_an_exchange_has_no_details() -> None:
    bare = samples.finding("item.size", "one", exchange=None, curl=None)
    clause = samples.clause("item.size", Outcome.FAIL, findings=[bare])
    assert "Exchange" not in markdown.render(samples.result([clause]))


def test_what_matters_most_comes_first() -> None:
    text = markdown.render(samples.result())
    found = [line.split("`")[1] for line in text.splitlines() if line.startswith("### ")]
    assert found == [
        "ownership.foreign-chat",
        "item.size",
        "hygiene.shared-cache",
        "item.created-at",
    ]
