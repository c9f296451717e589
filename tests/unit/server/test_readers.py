"""The small readers of numbers on what they refuse, cut, or read as another number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.server.readers import READERS

EVERY = pytest.mark.parametrize("name", READERS)


@given(st.sampled_from(list(READERS)), st.integers(0, 2**63 - 1))
def test_every_reader_takes_a_plain_number(name: str, number: int) -> None:
    assert READERS[name](str(number)) == number


@given(
    st.sampled_from(list(READERS)),
    st.text(max_size=50) | st.text("0123456789abxXoOeE_.+-#/' \x00", max_size=50),
)
def test_no_reader_stumbles(name: str, text: str) -> None:
    number = READERS[name](text)
    assert number is None or isinstance(number, int)


@EVERY
def test_no_reader_takes_more_digits_than_any_chat_has(name: str) -> None:
    assert READERS[name]("1" * 5_000) is None


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("Go ParseInt 0", "0123", 83),
        ("Ruby Integer", "0123", 83),
        ("Java Long.decode", "0123", 83),
        ("C strtol 0", "0129", 10),
        ("C strtol 10", "-12x", -12),
        ("Perl int", "12.9", 12),
        ("Perl +0", "12.9", None),
        ("R as.integer", "12.9", 12),
        ("JavaScript Number", "+0x7b", None),
        ("JavaScript parseInt", "16r7b", 16),
        ("JavaScript parseInt", "x", None),
        ("Lua tonumber", "0x1.8p1", 3),
        ("Python Fraction", "1/0", 1),
        ("Guile string->number", "246/2", 123),
        ("SWI-Prolog atom_number", "36'3F", 123),
        ("Python int", "\u0661\u0662\u0663", 123),
    ],
)
def test_a_reader_reads_in_its_own_way(name: str, text: str, number: int | None) -> None:
    assert READERS[name](text) == number
