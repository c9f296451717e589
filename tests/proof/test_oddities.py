"""What is odd and legal fails nothing, or exactly the SHOULDs that it deserves."""

from dataclasses import replace
from functools import partial

import pytest

from neptun_conformance.results.result import Outcome
from neptun_conformance.server.data import BOB, UUID, target_for
from neptun_conformance.server.faults import Fault
from neptun_conformance.server.legal import LEGAL
from tests.proof.proving import ALL_AT_ONCE, Proofs, musts, prove

LACKING = {"short-sessions": "a session of under 16 characters is not altered: nobody could tell"}
"""Where the target itself lacks what a MUST needs, and what that is."""


@pytest.mark.parametrize("oddity", LEGAL.values(), ids=lambda oddity: oddity.name)
def test_an_oddity_fails_exactly_the_shoulds_it_names(proofs: Proofs, oddity: Fault) -> None:
    proof = proofs.of(oddity, concurrency=ALL_AT_ONCE)
    assert proof.clauses(Outcome.ERROR) == set()
    assert proof.clauses(Outcome.FAIL) - oddity.by_chance == oddity.clauses
    assert proof.verdict == ("incomplete" if oddity.name in LACKING else "conformant")
    assert not musts(oddity.clauses)


def test_refusals_that_vary_are_not_asked_for_again(proofs: Proofs) -> None:
    """What varies by itself is known from what is asked anyway: 500 requests are the most."""
    assert proofs.of(LEGAL["refusals-by-chance"], concurrency=ALL_AT_ONCE).requests <= 500


def test_no_more_than_500_requests_go_to_whom_most_can_be_asked() -> None:
    """Sessions that are tokens can be altered in most ways, and what refusals set is asked with."""
    target = partial(target_for, owner=UUID, stranger=BOB)
    assert prove(replace(LEGAL["guest-refused"], target=target)).requests <= 500
