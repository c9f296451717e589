"""Each fault fails exactly its named clauses: no fewer (a miss), no more (asserted too much)."""

import pytest

from neptun_conformance.results.result import Outcome
from neptun_conformance.server.faults import FAULTS, Fault
from tests.proof.proving import Proofs, musts

EVERY = pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.name)


@EVERY
def test_a_fault_fails_exactly_its_clauses(proofs: Proofs, fault: Fault) -> None:
    proof = proofs.of(fault)
    assert proof.clauses(Outcome.ERROR) == set()
    assert proof.clauses(Outcome.FAIL) - fault.by_chance == fault.clauses


@EVERY
def test_a_fault_is_nonconformant_where_it_breaks_a_must(proofs: Proofs, fault: Fault) -> None:
    verdict = proofs.of(fault).verdict
    assert (verdict == "nonconformant") == bool(musts(fault.clauses))
    assert verdict in {"nonconformant", "conformant", "incomplete"}
