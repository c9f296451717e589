"""What pages call by its name in the code is there under that name."""

from __future__ import annotations

import re

import pytest

from tests.unit.documentation.book import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CODE = "\n".join(
    path.read_text("utf-8") for path in sorted((ROOT / "src/neptun_conformance").rglob("*.py"))
)
NAMED = {
    f"{path.name}: {name}": name
    for path in PAGES
    for name in re.findall(r"`(?:@|Needs\.)(\w+)", path.read_text("utf-8"))
}


def is_defined(name: str) -> bool:
    return re.search(rf"^ *(?:def {name}\(|{name} = )", CODE, re.MULTILINE) is not None


@pytest.mark.parametrize("name", NAMED.values(), ids=NAMED)
def test_a_decorator_or_a_need_has_the_name_that_a_page_gives(name: str) -> None:
    assert is_defined(name)


def test_a_name_that_is_gone_would_be_seen() -> None:
    assert not is_defined("of_refusals")
