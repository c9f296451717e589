"""JSON is read strictly, and its limits are counted outside of texts, whatever the texts hold."""

from __future__ import annotations

import json
import sys
from decimal import Decimal

import pytest

from neptun_conformance.bodies import json_text
from neptun_conformance.bodies.json_text import Document, read
from neptun_conformance.bodies.members import is_whole

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
        (b'["\xff"]', "not UTF-8 at byte 2"),
        (b"[NaN]", "NaN is not JSON"),
        (b"-Infinity", "-Infinity is not JSON"),
        (b"[1", "no JSON (Expecting ',' delimiter at character 2)"),
        (b"", "no JSON (Expecting value at character 0)"),
        (b'"' + b"[" * 1_001, "no JSON (Unterminated string starting at character 0)"),
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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9007199254740993.0", 2**53 + 1),
        ("9007199254740993e0", 2**53 + 1),
        ("90071992547409930e-1", 2**53 + 1),
        ("0.9007199254740993e16", 2**53 + 1),
        ("1E400", 10**400),
        ("1e4299", 10**4_299),
        ("-1e4299", -(10**4_299)),
        ("0.0001e4303", 10**4_299),
        ("1e22", 10**22),
        ("1e23", 10**23),
        ("0e999999999999999999999999", 0),
        ("-0.000E-999999999999999999999999", 0),
    ],
)
def test_a_whole_number_is_exact_however_it_is_written(text: str, value: int) -> None:
    (number,) = read(f"[{text}]".encode()).value
    assert number == value
    assert is_whole(number)


@pytest.mark.parametrize(
    "text", ["9007199254740993.5", "1.00000000000000000001", "1e-400", "0.1", "1e-4299", "12e-1"]
)
def test_a_number_with_a_fraction_is_never_rounded_to_a_whole_one(text: str) -> None:
    (number,) = read(f"[{text}]".encode()).value
    assert not is_whole(number)


@pytest.mark.parametrize(
    "text",
    [
        "1e4300",
        "1E9999",
        "-1e+9999",
        "1e-4300",
        "10.0e4299",
        "1e100000",
        "1e999999999",
        "1e1000000000000000000000",
        "1e-1000000000000000000000",
        "1e" + "9" * 4_000,
    ],
)
def test_a_number_is_counted_as_it_would_be_written_out(text: str) -> None:
    document = Document(beyond_limits="a number of more than 4,300 digits")
    assert read(f'{{"size": {text}}}'.encode()) == document


@pytest.mark.parametrize("text", ["1e4299", "1e9999", "0e999999999", "9" * 4_300, "1.5e308"])
def test_a_number_takes_no_more_memory_than_its_text(text: str) -> None:
    body = ("[" + ",".join([text] * 1_000) + "]").encode()
    document = read(body)
    numbers = document.value or []
    assert sum(map(sys.getsizeof, numbers)) < 60 * len(body)
    assert all(len(str(number)) <= len(text) + 2 for number in numbers)


def test_a_text_that_never_ends_is_read_once() -> None:
    """Its escaped quotes begin no further texts: reading on from each would take minutes."""
    body = b'["' + b"9" * 4_301 + b'", "' + b'\\"' * 500_000
    assert read(body).problem == "no JSON (Unterminated string starting at character 4306)"


def test_null_is_a_value() -> None:
    assert read(b"null") == Document(value=None, read=True)
