"""What no linter forbids, and the package must not hold."""

from __future__ import annotations

import re
import tokenize
from pathlib import Path

import pytest

import neptun_conformance

SOURCE = Path(neptun_conformance.__file__).parent
GROUP_WITHOUT_RETREAT = re.compile(r"(?<![(\\])\)(?:[*+?]|\{[0-9,]+\})\+")
"""A group repeated possessively; a bracket that nothing stands in, as in ()*+, is no group."""


TEXTS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}


def texts(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [token.string for token in tokenize.tokenize(file.readline) if token.type in TEXTS]


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=str)
def test_no_pattern_repeats_a_group_possessively(path: Path) -> None:
    """Python 3.11.2, which Debian 12 has, reads such groups wrongly: (?>…) says the same."""
    assert [text for text in texts(path) if GROUP_WITHOUT_RETREAT.search(text)] == []


@pytest.mark.parametrize("pattern", ["(a|b)*+", "(?:a){2,3}+", "(a)++", "(a)?+"])
def test_such_a_pattern_is_recognised(pattern: str) -> None:
    assert GROUP_WITHOUT_RETREAT.search(pattern)


@pytest.mark.parametrize("text", ["(?>(?:a|b)*)", r"\)*+", "[a]*+", "!$&'()*+,;="])
def test_nothing_else_is(text: str) -> None:
    assert not GROUP_WITHOUT_RETREAT.search(text)
