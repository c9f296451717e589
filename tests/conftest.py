"""What tests of several folders need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    import trustme


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Issue certificates that nobody trusts by default."""
    import trustme

    return trustme.CA()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path) -> str:
    """Write the authority's certificate to a file."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)
