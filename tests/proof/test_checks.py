"""Each check is killed by a fault, and none could be missed: what is redundant says why."""

from functools import cache

import pytest

from neptun_conformance import contract
from neptun_conformance.results.result import Outcome
from neptun_conformance.server.faults import FAULTS, Fault
from tests.proof.known import REDUNDANT, SHARED
from tests.proof.proving import Proof, Proofs, clause_of

Kills = dict[str, frozenset[str]]
CHECKS = sorted(clause_of())


@cache
def kills(proofs: Proofs) -> Kills:
    """Return the checks that fail, by fault; those that may also pass do not count.

    Begins at the other end than the tests of the faults: two processes meet in the middle.
    """
    return {name: _sure(proofs.of(fault), fault) for name, fault in reversed(FAULTS.items())}


def is_generated(check: str) -> bool:
    """Tell whether a check draws its questions."""
    return check.startswith("generated_")


def _sure(proof: Proof, fault: Fault) -> frozenset[str]:
    failed = proof.checks(Outcome.FAIL)
    return frozenset(check for check in failed if clause_of()[check] not in fault.by_chance)


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_is_killed_by_a_fault(proofs: Proofs, check: str) -> None:
    assert any(check in failed for failed in kills(proofs).values())


@pytest.mark.parametrize("check", CHECKS)
def test_without_a_check_a_fault_goes_uncaught_unless_it_is_known_why_not(
    proofs: Proofs, check: str
) -> None:
    # What is drawn may hit by luck, so it does not make what is picked by hand redundant.
    others = {one for one in CHECKS if not is_generated(one)} - {check}
    alone = [failed for failed in kills(proofs).values() if check in failed and not failed & others]
    assert (alone == []) == (check in REDUNDANT)


def test_what_is_redundant_is_a_check() -> None:
    assert set(REDUNDANT) <= set(CHECKS)
    assert all(REDUNDANT.values())


@pytest.mark.parametrize("clause", contract.clauses())
def test_a_fault_is_explained_by_one_clause_alone_unless_it_is_known_why_not(clause: str) -> None:
    alone = [fault for fault in FAULTS.values() if fault.clauses == {clause}]
    assert (alone == []) == (clause in SHARED)


def test_what_shares_its_faults_is_a_clause() -> None:
    assert set(SHARED) <= set(contract.clauses())
    assert all(SHARED.values())
