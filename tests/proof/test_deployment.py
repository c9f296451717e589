"""Each known difference of the deployed API is named by exactly the clauses that it breaks."""

from neptun_conformance.results.result import Outcome
from neptun_conformance.server.faults import Fault
from tests.proof.deployment import Deployment
from tests.proof.proving import prove

DIFFERENCES = {
    "other members in the items": {"file.name", "file.size", "file.type", "file.url"},
    "401 where 404 is documented": {
        "ownership.foreign-pair",
        "ownership.foreign-user",
        "ownership.conditional",
        "user.unknown",
        "user.other-shape-not-found",
    },
    "400 for malformed ids": {"chat.not-a-number-documented"},
    "500 past 2^31-1": {
        "chat.unknown",
        "chat.other-number",
        "error.server-error",
        "input.no-server-error",
    },
    "error bodies without data": {"error.data", "chat.other-number-not-found"},
    "no HEAD": {"methods.head"},
}


def test_the_differences_of_the_deployment_are_named_exactly() -> None:
    """Its sealed cookies, its new cookie on each 401 and its changing order are none of them."""
    deployment = Fault(
        name="deployment", wrong="the deployed API", clauses=frozenset(), build=Deployment
    )
    proof = prove(deployment)
    assert proof.clauses(Outcome.ERROR) == set()
    assert proof.clauses(Outcome.FAIL) == set().union(*DIFFERENCES.values())
    assert proof.verdict == "nonconformant"
