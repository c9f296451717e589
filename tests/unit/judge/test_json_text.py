"""JSON is read strictly, and its limits are counted outside of texts, whatever the texts hold."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from neptun_conformance.bodies import json_text
from neptun_conformance.bodies.json_text import Document, read

BRACKETS = "[" * 1_500
MARK = b"\xef\xbb\xbf"
MANY = "[" + "[]," * 1_500
"""More openings than levels are allowed, all of them but the first closed again."""


def nested(levels: int, before: str = "") -> bytes:
    return (before + "[" * levels + "]" * levels + "]" * before.startswith("[")).encode()


def digits(text: str) -> bytes:
    return f"[1, {text}]".encode()


@pytest.mark.parametrize("name", [BRACKETS, f"{BRACKETS}\n", f'"{BRACKETS}"', f"{BRACKETS}é\\"])
def test_brackets_in_a_text_are_no_levels(name: str) -> None:
    document = read(json.dumps({"name": name}).encode())
    assert (document.beyond_limits, document.value) == (None, {"name": name})


@pytest.mark.parametrize("before", ["", MANY, '["[{", ', '["\\"\\\\", ', '["]]", ', '[{"{": {}}, '])
def test_a_thousand_levels_are_within_limits(before: str) -> None:
    levels = 999 if before else 1_000
    assert read(nested(levels, before)).beyond_limits is None
    assert read(nested(levels, before)).read
    assert read(nested(levels + 1, before)).beyond_limits == "more than 1,000 levels"


def test_what_is_closed_again_is_no_level() -> None:
    assert read(nested(600, MANY)).beyond_limits is None


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        ("9" * 4_300, "9" * 4_301),
        ("1." + "2" * 4_299, "1." + "2" * 4_300),
        ("-0." + "0" * 4_299, "-0." + "0" * 4_300),
    ],
)
def test_a_number_has_so_many_digits(within: str, beyond: str) -> None:
    assert read(digits(within)).read
    assert read(digits(beyond)).beyond_limits == "a number of more than 4,300 digits"


def test_digits_in_a_text_are_no_number() -> None:
    text = "9" * 5_000
    assert read(digits(f'"{text}"')).value == [1, text]
    assert read(digits(f'"{text}", {text}')).beyond_limits is not None


@pytest.mark.parametrize(
    "beyond", ["[1,2,3,4,5,6]", '{"a":{"a":{"a":{"a":{"a":{}}}}}}', "[{},{},{}]"]
)
def test_so_many_values_are_too_many(beyond: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "MOST_VALUES", 5)
    assert read(beyond.encode()).beyond_limits == "more than 5 values"
    assert read(b"[1,2,3,4,5]").read


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'["\xff"]', "not UTF-8 at octet 2"),
        (b"[NaN]", "NaN is not JSON"),
        (b"-Infinity", "-Infinity is not JSON"),
        (b"[1", "Expecting ',' delimiter at character 2"),
        (b"", "Expecting value at character 0"),
        (b'"' + b"[" * 1_001, "Unterminated string starting at at character 0"),
    ],
)
def test_what_is_no_json_says_where(body: bytes, problem: str) -> None:
    assert read(body) == Document(problem=problem)
    assert read(MARK + body) == Document(problem=problem, byte_order_mark=True)


def test_a_byte_order_mark_is_noted_and_passed_over() -> None:
    assert read(MARK + b"[]") == Document(value=[], read=True, byte_order_mark=True)
    assert read(MARK + nested(1_000)).byte_order_mark is True
    assert read(MARK + nested(1_001)).byte_order_mark is True
    assert read(b"[]" + MARK).byte_order_mark is False


def test_the_first_repeated_member_is_named() -> None:
    assert read(b'{"a": {"b": 1, "c": 2, "b": 3}, "d": 1, "d": 2}').repeated == "b"
    assert read(b'{"a": {"a": 1}}').repeated is None


def test_a_number_is_a_double_where_it_fits_into_one() -> None:
    (small, large, negative) = read(b"[1.5, 1e400, -1e400]").value
    assert (small, type(small)) == (1.5, float)
    assert (large, negative) == (Decimal("1e400"), Decimal("-1e400"))


def test_null_is_a_value() -> None:
    assert read(b"null") == Document(value=None, read=True)
