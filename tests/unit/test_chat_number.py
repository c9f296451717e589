"""How texts read as chat ids: plain numbers, spellings of them, other numbers, and none."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from neptun_conformance.contract.chat_number import LARGEST, ChatNumber, Reading, read
from neptun_conformance.questions.spellings import FORMS, Form

DROPPED = {
    *("with letters behind it", "with an L behind it", "with an n behind it"),
    *("with a question mark behind it", "with a comma and more behind it"),
    *("with a NUL behind it", "with a NUL and letters behind it"),
}
"""Forms whose takers only stop where the number ends."""


@pytest.mark.parametrize("number", [1, 9, 10, 123, 2**31, 2**53 - 2, LARGEST])
def test_a_positive_whole_number_is_plain(number: int) -> None:
    assert read(str(number)) == ChatNumber(Reading.PLAIN, number)


@pytest.mark.parametrize(
    "text",
    [
        "0123",
        "+123",
        " 123",
        "123\r\n",
        "\t123",
        "\u00a0123\ufeff",
        "123.",
        "123.0",
        "123.000",
        "1.23e2",
        "1.23E+2",
        "12300e-2",
        ".123e3",
        "0x7b",
        "0X7B",
        "+0x7b",
        "0o173",
        "0b1111011",
        "1_23",
        "0x7_b",
        "\u0661\u0662\u0663",
        "\uff11\uff12\uff13",
        "123.00000000000000000001",
        "122.99999999999999999999",
        "123.0e0",
        f"123.{'0' * 900}",
        f"{'0' * 900}123",
        f"123.{'0' * 900}1",
        f"123{'0' * 450}e-450",
        f"0.{'0' * 450}123e453",
        "123_",
        "1__23",
        "_123",
        "_1_.2_3e2",
        "0x_7b_",
        "0d123",
        "0u123",
        "123e",
        "123e+",
        "123f",
        "12.3D1",
        "1.23l2",
        "0x7b.",
        "0x.7bp8",
        "0x1.ecp+6",
        "0x\uff17b",
        "1\uff123",
        "\U0001d7cf\U0001d7d0\U0001d7d1",
        "12 3",
        "(123)",
        " ( (123) ) ",
        "123/1",
        "246/2",
        "#x7b",
        "#o173",
        "#b1111011",
        "#e123",
        "#d123",
        "#7b",
        "#16r7b",
        "16'7B",
        "36'3F",
        "0'{",
        "\u2028123",
        "\x1c123",
        "123\x85",
        "%31%32%33",
        "%2B123",
    ],
)
def test_another_way_to_write_a_number_is_a_spelling(text: str) -> None:
    assert read(text) == ChatNumber(Reading.SPELLING, 123)


@pytest.mark.parametrize("number", [1, LARGEST])
def test_the_smallest_and_the_largest_number_have_spellings(number: int) -> None:
    assert read(f"0{number}") == read(f"{number}.0") == ChatNumber(Reading.SPELLING, number)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-0",
        "00",
        "-1",
        "-123",
        "123.5",
        "123.0001",
        ".5",
        "0.5",
        "1e-3",
        str(LARGEST + 1),
        str(2**64 + 123),
        "1e16",
        "1e400",
        "1e999999999999",
        "1e-999999999999",
        "-1e999999999999",
        "9" * 5_000,
        f"0.{'0' * 900}1",
        "0e999999",
        "0x0",
        "0x" + "f" * 300,
        "-0x7b",
        "-123.0",
        "-#7b",
        "-123/1",
        "1/2",
        f"{'1' * 900}/{'2' * 900}",
        f"36'{'Z' * 900}",
        f"0x1p-{'9' * 900}",
        f"0x{'1' * 900}.1p-3596",
    ],
)
def test_a_number_that_no_chat_can_have_is_another_one(text: str) -> None:
    assert read(text) == ChatNumber(Reading.OTHER_NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "123abc",
        "abc123",
        "123L",
        "123n",
        "123;",
        "X123",
        "--123",
        "123\x00",
        "123 OR 1=1",
        "123,23",
        "123.0.1",
        "0123abc",
        "[123]",
        "id=123",
        "\u00b9123",
        "%5B123%5D",
        "123%zz",
    ],
)
def test_text_about_a_number_leaves_it_readable(text: str) -> None:
    assert read(text) == ChatNumber(Reading.SURROUNDED, 123)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "+",
        "-",
        ".",
        "()",
        "0x",
        "0xg",
        "0b2",
        "0o8",
        "0x_",
        "__",
        "a1b2",
        "#",
        "NaN",
        "Infinity",
        "null",
        "true",
        "\u00bd",
        "0 OR id=123",
        f"{'1' * 60}x",
        "%s",
        "%",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert read(text) == ChatNumber(Reading.TEXT)


@given(st.sampled_from(FORMS), st.integers(1, 10**12))
def test_whatever_some_reader_takes_for_a_number_reads_as_that(form: Form, number: int) -> None:
    text = form.write(number)
    assume(not form.alias and "123.5" not in form.write(123))
    reading = Reading.SURROUNDED if form.name in DROPPED else Reading.SPELLING
    assert read(text) == ChatNumber(reading, number)


@given(st.sampled_from([form for form in FORMS if form.alias]), st.integers(1, 10**12))
def test_leading_zeros_are_decimal(form: Form, number: int) -> None:
    assert read(form.write(number)) == ChatNumber(Reading.SPELLING, int(f"{number:o}"))


@given(st.text(max_size=200) | st.text("0123456789_+-./#'xXeEoObBdr()% ", max_size=200))
def test_any_text_reads_as_something(text: str) -> None:
    number = read(text)
    whole = number.reading in {Reading.PLAIN, Reading.SPELLING, Reading.SURROUNDED}
    assert (number.value is not None) == whole
    assert number.value is None or 1 <= number.value <= LARGEST
