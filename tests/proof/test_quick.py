"""``--effort quick`` asks a third of the questions, and sees all but a few of the wrong servers."""

import pytest

from neptun_conformance.server.faults import FAULTS, Fault
from tests.proof.known import MISSED_BY_QUICK
from tests.proof.proving import Proofs, musts

WRONG = [fault for fault in FAULTS.values() if musts(fault.clauses)]


@pytest.mark.parametrize("fault", WRONG, ids=lambda fault: fault.name)
def test_quick_finds_a_server_nonconformant_unless_it_is_known_why_not(
    proofs: Proofs, fault: Fault
) -> None:
    verdict = proofs.of(fault, effort="quick").verdict
    assert (verdict == "nonconformant") == (fault.name not in MISSED_BY_QUICK)


def test_what_quick_misses_is_a_fault() -> None:
    assert set(MISSED_BY_QUICK) <= {fault.name for fault in WRONG}
    assert all(MISSED_BY_QUICK.values())
