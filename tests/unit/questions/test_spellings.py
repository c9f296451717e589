"""Spellings of numbers: who takes them, and that the telling ones tell of every pair of readers."""

import json
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.questions.spellings import FORMS, Form, form, telling
from neptun_conformance.server.readers import READERS
from tools import choose_spellings
from tools.choose_spellings import takers

PYTHON: dict[str, Callable[[str], Any]] = {
    "Python int": int,
    "Python float": float,
    "Python int 0": lambda text: int(text, 0),
    "Python Decimal": Decimal,
    "Python Fraction": Fraction,
}
NODE = """
const read = {
  "JavaScript Number": Number,
  "JavaScript parseInt": (text) => parseInt(text),
  "JavaScript parseInt 10": (text) => parseInt(text, 10),
  "JavaScript BigInt": BigInt,
};
const taken = ([reader, text, number]) => {
  try { return Number(read[reader](text)) === number; } catch { return false; }
};
console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(taken)));
"""
FEW = (25, 123, 4_711, 6_082, 90_071, 1_234_567_895)
"""Numbers in which no digit stands for another base's by chance."""
NUMBERS = st.integers(10, 2**31 - 1)
"""Of two digits or more, so that something fits between them."""


def test_every_form_has_a_name_and_a_text_of_its_own_and_a_taker() -> None:
    assert list(takers()) == [form.name for form in FORMS]
    assert len(set(takers())) == len({form.write(4711) for form in FORMS}) == len(FORMS)
    assert all(takers().values())


@given(NUMBERS)
def test_no_form_is_the_plain_one(number: int) -> None:
    assert str(number) not in {form.write(number) for form in FORMS}


def test_the_telling_forms_show_every_pair_of_readers_that_any_form_shows() -> None:
    pairs = choose_spellings.shown(takers())
    told = frozenset().union(*(pairs[form.name] for form in telling()))
    assert told == frozenset().union(*pairs.values())


def test_no_telling_form_is_told_by_the_others() -> None:
    pairs = choose_spellings.shown(takers())
    for one in telling():
        others = (pairs[other.name] for other in telling() if other is not one)
        assert pairs[one.name] - frozenset().union(*others), one.name


def test_the_tool_keeps_what_was_seen_and_chooses_the_same_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choose_spellings, "DRAWS", 3)
    choose_spellings.main(tmp_path / "one.json")
    choose_spellings.main(tmp_path / "other.json")
    one, other = ((tmp_path / name).read_text("utf-8") for name in ("one.json", "other.json"))
    kept = json.loads(choose_spellings.KEPT.read_text("utf-8"))
    assert one == other
    assert json.loads(one)["takers"] == kept["takers"]
    assert len(json.loads(one)["telling"]) >= len(kept["telling"])


@given(st.sampled_from(list(PYTHON)), st.sampled_from(FORMS), NUMBERS)
def test_readers_of_python_take_what_is_kept(reader: str, form: Form, number: int) -> None:
    assert _taken(PYTHON[reader], form, number) == (reader in takers()[form.name])


def _taken(read: Callable[[str], Any], form: Form, number: int) -> bool:
    try:
        return bool(read(form.write(number)) == number)
    except (ValueError, ArithmeticError):
        return False


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is missing")
def test_readers_of_javascript_take_what_is_kept() -> None:
    readers = [name for name in READERS if name.startswith("JavaScript")]
    cases = [(r, f, n) for r in readers for f in FORMS for n in FEW]
    texts = json.dumps([(reader, form.write(number), number) for reader, form, number in cases])
    command = ["node", "--eval", NODE]
    ran = subprocess.run(command, input=texts.encode(), check=True, capture_output=True)  # noqa: S603
    for (reader, each, number), taken in zip(cases, json.loads(ran.stdout), strict=True):
        assert taken == (reader in takers()[each.name]), (reader, each.write(number))


@pytest.mark.parametrize("number", FEW)
def test_the_small_readers_take_what_the_real_ones_do(number: int) -> None:
    for name, read in READERS.items():
        taken = {each.name for each in FORMS if read(each.write(number)) == number}
        assert taken == {each for each, readers in takers().items() if name in readers}, name


def test_an_unknown_form_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        form("in words")
