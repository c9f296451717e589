"""Long texts are cut in the middle, and never become longer than they may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.cutting import cut, listed, quoted


@given(st.text(min_size=1, max_size=200), st.integers(4, 100))
def test_a_cut_text_keeps_its_two_ends(text: str, longest: int) -> None:
    whole = text * longest + text
    shown = cut(whole, longest)
    behind = longest // 4
    assert len(shown) == longest
    assert shown[: -behind - 1] == whole[: longest - behind - 1]
    assert shown[-behind:] == whole[-behind:]


def test_a_text_that_is_short_enough_stays() -> None:
    assert cut("12345678", 8) == "12345678"


def test_what_is_behind_counts_less_than_what_is_before() -> None:
    assert cut("abcdefghijkl", 8) == "abcde…kl"


def test_a_long_quotation_says_how_long_the_text_is() -> None:
    assert quoted("9" * 4_400, 20) == f"'{'9' * 10}…99' (4400 characters)"


def test_a_quotation_is_ascii_on_one_line() -> None:
    assert quoted("ä\n") == r"'\xe4\n'"


def test_a_list_names_how_many_it_leaves_out() -> None:
    assert listed(["a", "b", "c"], 3) == "a, b, c"
    assert listed(["a", "b", "c"], 1) == "a and 2 more"
