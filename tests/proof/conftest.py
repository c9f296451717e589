"""What all proofs share."""

import os

import pytest

from neptun_conformance.server.faults import FAULTS
from tests.proof.proving import Proofs

SHARE = int(os.environ.get("PROOF_SHARE", "1"))
"""Each how many-th fault is proved where all of them would take too long."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the faults that are not in the share."""
    others = FAULTS.keys() - [*FAULTS][::SHARE]
    config.hook.pytest_deselected(items=[item for item in items if _proved(item) in others])
    items[:] = [item for item in items if _proved(item) not in others]


def _proved(item: pytest.Item) -> str | None:
    """Return the name of the fault that an item of the proof is about, None where it is none."""
    if item.path.name != "test_faults.py" or item.path.parent.name != "proof":
        return None
    fault = getattr(item, "callspec", None) and item.callspec.params.get("fault")  # type: ignore[attr-defined]
    return fault.name if fault else None


@pytest.fixture(scope="session")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Proofs:
    """Keep proofs for this session; its processes (pytest-xdist) share one folder."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    kept = folder / "proofs"
    kept.mkdir(exist_ok=True)
    return Proofs(kept)
