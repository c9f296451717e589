"""The catalogue of faults: servers that are wrong in one thing each."""

from neptun_conformance.server.faults import (
    authentication,
    detours,
    empty,
    errors,
    files,
    forms,
    hygiene,
    injection,
    inputs,
    isolation,
    items,
    links,
    methods,
    numbers,
    ownership,
    readings,
    sessions,
    success,
    transport,
    users,
    voices,
)
from neptun_conformance.server.faults.fault import Fault, catalogue

MODULES = (
    authentication,
    sessions,
    detours,
    ownership,
    isolation,
    success,
    items,
    forms,
    files,
    empty,
    errors,
    users,
    numbers,
    readings,
    inputs,
    injection,
    hygiene,
    methods,
    transport,
    links,
    voices,
)
"""The themes, in the order of the catalogue. A module may hold ``legal`` beside ``faults``:
servers that come close to its faults and are right."""

FAULTS: dict[str, Fault] = catalogue(*(module.faults for module in MODULES))

__all__ = ["FAULTS", "MODULES", "Fault"]
