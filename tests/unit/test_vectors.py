"""The project's own tables of inputs: what each reader makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from neptun_conformance.bodies.json_text import read
from neptun_conformance.bodies.media_type import media_type_problem
from neptun_conformance.bodies.members import date_time, is_whole, url_problem
from neptun_conformance.client.throttling import SHORTEST_WAIT, next_wait
from neptun_conformance.exchange import Response
from neptun_conformance.judge import hygiene
from neptun_conformance.questions.callers import owner
from tests.unit.judge.said import said

TABLES = Path(__file__).parent / "vectors"
UNSAID = 1.0
"""Seconds waited where Retry-After says nothing of use."""


def table(name: str) -> pytest.MarkDecorator:
    rows = json.loads((TABLES / f"{name}.json").read_text("utf-8"))
    return pytest.mark.parametrize(("text", "reading"), rows)


@table("json")
def test_json(text: str, reading: str) -> None:
    document = read(text.encode("latin-1"))
    found = {"problem": document.problem, "limits": document.beyond_limits, "read": document.read}
    assert [name for name, value in found.items() if value] == [reading]


@table("whole")
def test_whole_numbers(text: str, reading: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_whole(read(text.encode()).value) is reading


@table("date-time")
def test_dates_and_times(text: str, reading: str) -> None:
    assert date_time(text).name == reading


@table("url")
def test_urls(text: str, reading: bool) -> None:  # noqa: FBT001
    assert (url_problem(text) is None) is reading


@table("media-type")
def test_media_types(text: str, reading: bool) -> None:  # noqa: FBT001
    response = Response(200, (("Content-Type", text),), b"")
    assert (media_type_problem(response) is None) is reading


@table("retry-after")
def test_retry_after(text: str, reading: float | None) -> None:
    date = ("Date", "Sun, 06 Nov 1994 12:00:00 GMT")
    wait = next_wait(Response(429, (("Retry-After", text), date), b""), [], float("inf"))
    assert wait.seconds == max(UNSAID if reading is None else reading, SHORTEST_WAIT)


@table("cache-control")
def test_cache_directives(text: str, reading: bool) -> None:  # noqa: FBT001
    answer = said(owner.asks(owner.full), 200, b"{}", (("Cache-Control", text),))
    assert bool(list(hygiene.not_be_for_shared_caches(answer))) is reading


@table("set-cookie")
def test_cookies_that_are_set(text: str, reading: bool) -> None:  # noqa: FBT001
    response = Response(200, (("Set-Cookie", text),), b"")
    assert bool(hygiene.issued_sessions(response)) is reading
