"""The limits of JSON are counted outside of texts, whatever the texts hold."""

import json

import pytest

from neptun_conformance.judge.json_text import read

BRACKETS = "[" * 1_500


@pytest.mark.parametrize("name", [BRACKETS, f"{BRACKETS}\n", f'"{BRACKETS}"', f"{BRACKETS}é\\"])
def test_brackets_in_a_text_are_no_levels(name: str) -> None:
    document = read(json.dumps({"name": name}).encode())
    assert (document.beyond_limits, document.value) == (None, {"name": name})


@pytest.mark.parametrize(("levels", "within"), [(1_000, True), (1_001, False)])
def test_levels_after_a_text_with_escapes_count(levels: int, *, within: bool) -> None:
    nested = '["\\"\\\\", ' + "[" * (levels - 1) + "]" * levels
    assert (read(nested.encode()).beyond_limits is None) == within
