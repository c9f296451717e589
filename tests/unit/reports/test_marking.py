"""The part of a body that a finding is about is found as it stands in the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neptun_conformance.reports.marking import find
from tests.unit.reports import samples


def marked(text: str, pointer: str | None) -> str | None:
    place = find(text, pointer)
    return text[slice(*place)] if place else None


@pytest.mark.parametrize(
    ("text", "pointer", "part"),
    [
        (samples.BODY, "/chatFiles/2/size", '"1024"'),
        (samples.BODY, "/chatFiles/1/name", '"Übersicht.pdf"'),
        ('{"a": [1, [2, {"b": null}]]}', "/a/1/1/b", "null"),
        ('\n{ "a" :\t[ 1 , 2 ] }', "/a/1", "2"),
        ('{"a/b": {"c~d": 1}}', "/a~1b/c~0d", "1"),
        ('{"": {"": 7}}', "//", "7"),
        ('{"a": NaN}', "/a", "NaN"),
        ('{"a": ' + "9" * 5000 + ', "b": 1}', "/b", "1"),
    ],
)
def test_the_part_that_a_pointer_names(text: str, pointer: str, part: str) -> None:
    assert marked(text, pointer) == part


@pytest.mark.parametrize(
    ("text", "pointer", "part"),
    [
        ('{"a": [{"b": 1}, {"c": 2}]}', "/a/1/b", '{"c": 2}'),
        ('{"a": [1, 2]}', "/a/7", "[1, 2]"),
        ('{"a": []}', "/a/0", "[]"),
        ('{"a": [1]}', "/a/x", "[1]"),
        ('{"a": "text"}', "/a/b", '"text"'),
        ('{"a": {"b": 1, "b": 2}}', "/a/c", '{"b": 1, "b": 2}'),
    ],
)
def test_what_is_missing_is_shown_by_what_is_around_it(text: str, pointer: str, part: str) -> None:
    assert marked(text, pointer) == part


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (samples.BODY, None),
        (samples.BODY, ""),
        ('{"a": 1}', "/b"),
        ("<html>", "/chatFiles"),
        ("", "/a"),
        ('{"a"', "/a/b"),
        ("[" * 100_000, "/1"),
    ],
)
def test_nothing_narrower_than_the_whole(text: str, pointer: str | None) -> None:
    assert find(text, pointer) is None


@pytest.mark.parametrize(
    ("text", "pointer", "part"),
    [
        ('{"a": [1, {"b": "lon', "/a/1/b", '"lon'),
        ('{"a": [1, 2', "/a/7", "[1, 2"),
        ('{"a": 1, "b": [' + "[" * 100_000, "/b/0", None),
    ],
)
def test_a_body_that_was_cut(text: str, pointer: str, part: str | None) -> None:
    assert marked(text, pointer) == part


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(), st.lists(st.integers() | st.text(), min_size=1), min_size=1))
def test_any_part_of_any_document(document: dict[str, list[object]]) -> None:
    text = json.dumps(document)
    for name, values in document.items():
        token = name.replace("~", "~0").replace("/", "~1")
        assert marked(text, f"/{token}/{len(values) - 1}") == json.dumps(values[-1])
