"""HAR: every exchange, with and without an answer; its schema is tried in `make test-browser`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.reports import har
from tests.unit.reports import samples

if TYPE_CHECKING:
    from neptun_conformance.results.result import Result


def entries(result: Result) -> list[dict[str, Any]]:
    log = json.loads(har.render(result))["log"]
    assert log["version"] == "1.2"
    assert isinstance(log["entries"], list)
    return log["entries"]


def test_an_answer() -> None:
    entry = entries(samples.result())[0]
    assert entry["startedDateTime"] == "2026-05-01T10:00:00.250000+00:00"
    assert entry["time"] == 42.1
    assert entry["request"]["queryString"] == [
        {"name": "limit", "value": "1"},
        {"name": "q", "value": ""},
    ]
    assert entry["response"]["statusText"] == "OK"
    assert entry["response"]["content"] == {
        "size": len(samples.BODY),
        "mimeType": "application/json",
        "text": samples.BODY,
    }


def test_no_answer_is_status_0_with_the_reason() -> None:
    entry = entries(samples.result())[1]
    assert entry["response"]["status"] == 0
    assert entry["response"]["content"]["comment"] == "no complete answer in time: 10 s"


@pytest.mark.parametrize(
    ("change", "comment"), [({"body": None}, "left out"), ({"body_cut": True}, "cut")]
)
def test_a_body_that_was_left_out_or_cut_says_so(change: dict[str, Any], comment: str) -> None:
    answer = samples.exchange().response
    assert answer is not None
    seen = replace(samples.exchange(), response=replace(answer, **change))
    (entry,) = entries(samples.result(exchanges=[seen]))
    assert entry["response"]["content"]["comment"] == comment


def test_a_status_without_a_name_has_none() -> None:
    (entry,) = entries(samples.result(exchanges=[samples.exchange(status=299)]))
    assert entry["response"]["statusText"] == ""


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_is_kept(text: str) -> None:
    (entry,) = entries(samples.hostile(text))
    assert entry["response"]["content"]["size"] == len(text)
