"""The catalogue of faults: sound as a list, each of its servers another than the reference."""

from __future__ import annotations

from functools import cache

import pytest

from neptun_conformance import contract
from neptun_conformance.server.faults import FAULTS, Fault
from neptun_conformance.server.faults.fault import Theme, catalogue
from neptun_conformance.server.reference import Reference
from tests.unit.server.panel import Told, answers

CONCURRENT = "isolation.own-answer"


@cache
def of_the_reference(scheme: str) -> list[Told | None]:
    return answers(Reference(), scheme=scheme)


ALONE = [
    fault for fault in FAULTS.values() if not fault.needs_socket and fault.clauses != {CONCURRENT}
]


@pytest.mark.parametrize("fault", ALONE, ids=lambda fault: fault.name)
def test_a_fault_is_another_server_than_the_reference(fault: Fault) -> None:
    given = answers(fault.build(), scheme=fault.scheme, patience=0.01 if fault.hangs else 5)
    assert given != of_the_reference(fault.scheme)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.name)
def test_a_fault_names_clauses_of_the_contract(fault: Fault) -> None:
    assert fault.clauses
    assert fault.clauses | fault.by_chance <= contract.clauses().keys()
    assert not fault.clauses & fault.by_chance


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.name)
def test_a_fault_says_in_one_line_what_is_wrong(fault: Fault) -> None:
    assert 10 < len(fault.wrong) < 160
    assert "\n" not in fault.wrong


def test_every_clause_has_a_fault() -> None:
    broken = {clause for fault in FAULTS.values() for clause in fault.clauses}
    assert contract.clauses().keys() - broken == set()


def test_two_faults_of_one_name_are_an_error() -> None:
    theme = Theme()
    for _ in range(2):
        theme.add("twice", "the same name again", "file.id", build=Reference)
    with pytest.raises(ValueError, match="two faults named twice"):
        catalogue(theme)
