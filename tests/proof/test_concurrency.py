"""What leaks only where callers ask at once is caught in nearly all of twenty runs, over sockets.

Over HTTP/1.1 it is up to the two machines how many of the requests that leave together also meet.
"""

import pytest

from neptun_conformance.engine.checks.check import Policy
from neptun_conformance.results.result import Outcome
from neptun_conformance.server.faults import Fault, isolation
from tests.proof.proving import checks, proof_of_some

RUNS, FEWEST = 20, 18
CLAUSE = "isolation.own-answer"
CLAUSES = {CLAUSE, "success.status", "files.empty"}
"""The first questions of a run meet, too: then it is the plain answers that are wrong."""

LEAKING = [fault for fault in isolation.faults if fault.clauses == {CLAUSE}]


@pytest.mark.parametrize("fault", LEAKING, ids=lambda fault: fault.name)
def test_a_leak_under_concurrency_is_caught_nearly_each_time(fault: Fault) -> None:
    wanted = [check for check in checks("default") if check.clause in CLAUSES]
    proofs = (proof_of_some(fault, wanted, Policy(), over_sockets=True) for _ in range(RUNS))
    assert sum(bool(proof.clauses(Outcome.FAIL)) for proof in proofs) >= FEWEST


def test_there_are_leaks_under_concurrency() -> None:
    assert LEAKING
