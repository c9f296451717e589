"""Servers that are odd and legal: what tempts a careless suite to find fault with them.

Their records are those of faults. One that comes close to a fault stands beside it, as ``legal`` in
the module of that fault; all others stand here. Where the documentation's standards do find
something, the ``clauses`` of a record are exactly those SHOULD findings.
"""

from neptun_conformance.server.faults import MODULES
from neptun_conformance.server.faults.fault import Fault, catalogue
from neptun_conformance.server.legal import (
    answers,
    connections,
    files,
    gates,
    ids,
    liberties,
    limits,
    methods,
    negotiating,
    people,
    readings,
    refusals,
    sessions,
    voices,
)

LEGAL: dict[str, Fault] = catalogue(
    answers.legal,
    files.legal,
    refusals.legal,
    ids.legal,
    methods.legal,
    people.legal,
    readings.legal,
    connections.legal,
    liberties.legal,
    voices.legal,
    negotiating.legal,
    sessions.legal,
    limits.legal,
    gates.legal,
    *(module.legal for module in MODULES if hasattr(module, "legal")),
)

__all__ = ["LEGAL"]
