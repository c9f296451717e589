"""What leaks only where callers ask at once is caught in twenty runs of twenty, on real sockets."""

import pytest

from neptun_conformance.engine.check import Policy
from neptun_conformance.results.result import Outcome
from neptun_conformance.server.faults import Fault, isolation
from tests.proof.proving import checks, proof_of_some

RUNS = 20
CLAUSE = "isolation.own-answer"
LEAKING = [fault for fault in isolation.faults if fault.clauses == {CLAUSE}]


@pytest.mark.parametrize("fault", LEAKING, ids=lambda fault: fault.name)
def test_a_leak_under_concurrency_is_caught_each_time(fault: Fault) -> None:
    isolation = [check for check in checks("default") if check.clause == CLAUSE]
    for _ in range(RUNS):
        proof = proof_of_some(fault, isolation, Policy(), over_sockets=True)
        assert proof.clauses(Outcome.FAIL) == {CLAUSE}


def test_there_are_leaks_under_concurrency() -> None:
    assert LEAKING
