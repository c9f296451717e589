"""The HTML report as a file; how it behaves is tried in a browser by `make test-browser`."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from neptun_conformance.reports import page
from neptun_conformance.reports.markup import Markup, join, tag
from neptun_conformance.results.result import Outcome, Result, Verdict
from tests.unit.reports import samples

VOID = {"meta", "link", "input"}


class Reader(HTMLParser):
    """Collects elements and attributes, and notices an element that is not closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def count(self, tag: str) -> int:
        return len([name for name, _ in self.seen if name == tag])


def read(result: Result) -> Reader:
    reader = Reader(page.render(result))
    assert reader.open == []
    return reader


def test_every_clause_and_finding_is_there() -> None:
    text = " ".join(read(samples.result()).words)
    for clause in samples.every_outcome():
        assert clause.id in text
        assert all(finding.message in text for finding in clause.findings)
    assert "429 was waited out once" in text
    assert "environment OWNER_SESSION" in text


def test_the_part_in_question_is_marked() -> None:
    assert '"size": <mark>"1024"</mark>' in page.render(samples.result()).replace("&quot;", '"')


def test_a_closed_finding_says_situation_expected_actual_and_count() -> None:
    found = samples.finding("item.size", "one", situation="the owner asks", count=3)
    text = page.render(
        samples.result([samples.clause("item.size", Outcome.FAIL, findings=[found])])
    )
    summary = text.partition('<summary><span class="chip fail"')[2].partition("</summary>")[0]
    words = re.sub("<[^>]*>", " ", summary)
    for word in (
        "MUST",
        "item.size",
        "size is text",
        "3 times",
        "the owner asks: expected a whole",
    ):
        assert word in words


def test_what_fails_comes_first_and_a_must_before_a_should() -> None:
    text = page.render(samples.result())
    order = re.findall(r'data-outcome="([a-z_]+)" data-level="([A-Z]+)"', text)
    assert order[:3] == [("fail", "MUST"), ("fail", "MUST"), ("fail", "SHOULD")]
    assert order[-1] == ("pass", "MUST")


def test_the_servers_log_stands_beside_the_exchange() -> None:
    found = samples.finding("item.size", "one", log=["Error: size", "  at files.js:3"])
    text = page.render(
        samples.result([samples.clause("item.size", Outcome.FAIL, findings=[found])])
    )
    assert "Error: size\n  at files.js:3" in text


def test_a_cause_leads_to_its_findings() -> None:
    found = samples.finding("item.size", "one", id=samples.cause().findings[0])
    clause = samples.clause("item.size", Outcome.FAIL, findings=[found])
    text = page.render(samples.result([clause], causes=[samples.cause()]))
    assert text.count('<a href="#finding-1">') == 2


def test_few_findings_are_open_and_many_are_not() -> None:
    def opened(count: int) -> int:
        found = [samples.finding("item.size", "one", id=f"{number}") for number in range(count)]
        result = samples.result([samples.clause("item.size", Outcome.FAIL, findings=found)])
        parts = [attrs for name, attrs in read(result).seen if name == "details"]
        return len([attrs for attrs in parts if "open" in attrs])

    assert (opened(3), opened(4)) == (3, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"truncated": True}, "did not come to its end"),
        ({"verdict": Verdict.PARTIAL}, "Only some of the clauses were selected"),
    ],
)
def test_a_run_that_is_not_whole_says_so(changes: dict[str, Any], words: str) -> None:
    assert words in page.render(samples.result(**changes))


def test_a_good_run_has_no_findings() -> None:
    reader = read(samples.conformant(notes=[], statuses={}))
    assert "None." in reader.words
    assert reader.count("mark") == 0


def test_a_body_that_was_left_out_says_so() -> None:
    seen = samples.exchange(body=None)
    bad = samples.finding("item.size", "one", exchange=seen, curl=None)
    bare = samples.finding("item.size", "two", exchange=None)
    clause = samples.clause("item.size", Outcome.FAIL, findings=[bad, bare])
    text = page.render(samples.result([replace(clause, checks=[])]))
    assert "body of 0 bytes left out" in text


def test_the_policy_names_the_style_and_the_script_by_their_hashes() -> None:
    text = page.render(samples.result())
    for kind in ("style", "script"):
        (content,) = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src &#x27;sha256-{digest}&#x27;" in text


@pytest.mark.parametrize("name", sorted(samples.HOSTILE.keys() - {"empty"}))
def test_hostile_text_adds_no_element_and_no_address(name: str) -> None:
    hostile, plain = read(samples.hostile(samples.HOSTILE[name])), read(samples.hostile("plain"))
    assert [kind for kind, _ in hostile.seen] == [kind for kind, _ in plain.seen]
    links = [attrs.get("href") or "" for _, attrs in hostile.seen if "href" in attrs]
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert not any("src" in attrs or "style" in attrs for _, attrs in hostile.seen)


def test_text_is_escaped_and_markup_is_not() -> None:
    inner = tag("b", "<&>", title='"', hidden=True, lang=None, open=False, class_="c", data_x=0)
    assert inner == '<b title="&quot;" hidden class="c" data-x="0">&lt;&amp;&gt;</b>'
    assert join(inner, None, "<") == f"{inner}&lt;"
    assert tag("input", type="text") == '<input type="text">'
    assert isinstance(inner, Markup)
