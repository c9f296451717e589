"""docs/proof.md says what the catalogue says."""

from tests.proof.page import PATH, page


def test_the_page_is_as_generated() -> None:
    assert PATH.read_text(encoding="utf-8") == page(), "run make docs"
