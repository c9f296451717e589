"""The catalogue of faults: servers that are wrong in one thing each."""

from functools import cache

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults import (
    authentication,
    claims,
    conditions,
    connections,
    detours,
    elsewhere,
    empty,
    errors,
    files,
    forged,
    forms,
    habits,
    handing_out,
    hygiene,
    in_front,
    injection,
    inputs,
    instead,
    isolation,
    items,
    links,
    methods,
    numbers,
    over_http2,
    ownership,
    places,
    queries,
    readings,
    refusing,
    sessions,
    success,
    telling,
    texts,
    transport,
    users,
    voices,
)
from neptun_conformance.server.faults.fault import Fault, catalogue
from neptun_conformance.server.faults.mistakes import mistake_of

MODULES = (
    authentication,
    refusing,
    sessions,
    elsewhere,
    places,
    forged,
    handing_out,
    detours,
    in_front,
    habits,
    ownership,
    telling,
    isolation,
    success,
    texts,
    items,
    forms,
    files,
    empty,
    errors,
    users,
    numbers,
    instead,
    readings,
    inputs,
    injection,
    claims,
    hygiene,
    conditions,
    queries,
    methods,
    transport,
    connections,
    over_http2,
    links,
    voices,
)
"""The themes, in the order of the catalogue. A module may hold ``legal`` beside ``faults``:
servers that come close to its faults and are right."""

FAULTS: dict[str, Fault] = catalogue(*(module.faults for module in MODULES))


@cache
def mistake_of_each() -> dict[str, Mistake]:
    """Return the kind of mistake that each fault makes, by the fault's name.

    Raises:
        KeyError: a theme has no usual mistake; see ``mistakes.THEMES``.
    """
    return {
        fault.name: mistake_of(fault.name, module.__name__.rpartition(".")[2], fault.clauses)
        for module in MODULES
        for fault in module.faults
    }


__all__ = ["FAULTS", "MODULES", "Fault", "mistake_of_each"]
