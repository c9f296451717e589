"""How texts read as chat ids: plain numbers, spellings of them, other numbers, and none."""

import pytest

from neptun_conformance.contract.chat_number import LARGEST, ChatNumber, Reading, read


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
    ],
)
def test_a_number_that_no_chat_can_have_is_another_one(text: str) -> None:
    assert read(text) == ChatNumber(Reading.OTHER_NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "123abc",
        "12 3",
        "1,23",
        "1.2.3",
        "--123",
        "+",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "0x",
        "0xg",
        "0b2",
        "0o8",
        "0x_",
        "_123",
        "NaN",
        "Infinity",
        "null",
        "true",
        "½",
        "123\x00",
        "123;",
        "X123",
        "123X",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert read(text) == ChatNumber(Reading.TEXT)
