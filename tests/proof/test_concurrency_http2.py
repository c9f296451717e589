"""What leaks only where callers ask at once is caught over HTTP/2, too, in twenty runs of twenty.

Some leak between two particular callers alone, who meet in one packet: over HTTP/2 they do.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from neptun_conformance.engine.checks.check import Policy
from neptun_conformance.results.result import Outcome
from neptun_conformance.server.faults import FAULTS, Fault, isolation, over_http2
from tests.proof.proving import checks, proof_of_some

RUNS = 20
CLAUSE = "isolation.own-answer"
CLAUSES = {CLAUSE, "success.status", "files.empty"}
"""The first questions of a run meet, too: then it is the plain answers that are wrong."""

LEAKING = [fault for fault in isolation.faults if fault.clauses == {CLAUSE}]
PAIRS = [fault for fault in over_http2.faults if fault.clauses == {CLAUSE}]


@pytest.mark.parametrize("fault", [*LEAKING, *PAIRS], ids=lambda fault: fault.name)
def test_a_leak_under_concurrency_is_caught_each_time(fault: Fault) -> None:
    wanted = [check for check in checks("default") if check.clause in CLAUSES]
    served = replace(fault, **over_http2.OVER_HTTP2)
    for _ in range(RUNS):
        proof = proof_of_some(served, wanted, Policy())
        assert proof.clauses(Outcome.FAIL)


def test_pairs_of_callers_are_in_the_catalogue() -> None:
    assert len(PAIRS) >= 3
    assert {fault.name for fault in PAIRS} <= FAULTS.keys()
