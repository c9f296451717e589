"""The catalogue of faults is sound as a list; what each breaks, the proof shows."""

from __future__ import annotations

import pytest

from neptun_conformance import contract
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.faults.fault import Theme, catalogue
from neptun_conformance.server.reference import Reference


def test_every_fault_is_described() -> None:
    """It names clauses of the contract, and says in one line what is wrong."""
    wrong = [
        fault.name
        for fault in FAULTS.values()
        if not fault.clauses
        or not fault.clauses | fault.by_chance <= contract.clauses().keys()
        or fault.clauses & fault.by_chance
        or not 10 < len(fault.wrong) < 200
        or "\n" in fault.wrong
    ]
    assert wrong == []


def test_every_clause_has_a_fault() -> None:
    broken = {clause for fault in FAULTS.values() for clause in fault.clauses}
    assert contract.clauses().keys() - broken == set()


def test_two_faults_of_one_name_are_an_error() -> None:
    theme = Theme()
    for _ in range(2):
        theme.add("twice", "the same name again", "file.id", build=Reference)
    with pytest.raises(ValueError, match="two faults named twice"):
        catalogue(theme)
