"""docs/compatibility-policy.md names what can be imported."""

from __future__ import annotations

from pkgutil import resolve_name

import pytest

from tests.unit.documentation.book import ROOT, blocks

(BLOCK,) = blocks(ROOT / "docs" / "compatibility-policy.md")


@pytest.mark.parametrize("name", BLOCK.text.split())
def test_what_the_policy_names_can_be_imported(name: str) -> None:
    assert resolve_name(name) is not None
