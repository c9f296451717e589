"""What all proofs share."""

import os

import pytest

from tests.proof.proving import Proofs


@pytest.fixture(scope="session")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Proofs:
    """Keep proofs for this session; its processes (pytest-xdist) share one folder."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    kept = folder / "proofs"
    kept.mkdir(exist_ok=True)
    return Proofs(kept)
