"""Servers that are odd and legal: what tempts a careless suite to find fault with them.

Their records are those of faults. Where the documentation's standards do find something, the
``clauses`` of a record are exactly those SHOULD findings.
"""

from neptun_conformance.server.faults.fault import Fault, catalogue
from neptun_conformance.server.legal import (
    answers,
    connections,
    liberties,
    people,
    readings,
    refusals,
)

LEGAL: dict[str, Fault] = catalogue(
    answers.legal,
    refusals.legal,
    people.legal,
    readings.legal,
    connections.legal,
    liberties.legal,
)

__all__ = ["LEGAL"]
