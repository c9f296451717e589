"""docs/voices.md lists the dimensions and levels that there are."""

from __future__ import annotations

import re

from neptun_conformance.questions.voices import DIMENSIONS
from tests.unit.documentation.book import ROOT


def test_the_page_lists_every_dimension_with_its_levels() -> None:
    text = (ROOT / "docs" / "voices.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| (\d+) \|", text, re.MULTILINE)
    assert rows == [(dimension.name, str(len(dimension.levels))) for dimension in DIMENSIONS]
