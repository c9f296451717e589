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

FAULTS: dict[str, Fault] = catalogue(
    authentication.faults,
    sessions.faults,
    detours.faults,
    ownership.faults,
    isolation.faults,
    success.faults,
    items.faults,
    forms.faults,
    files.faults,
    empty.faults,
    errors.faults,
    users.faults,
    numbers.faults,
    readings.faults,
    inputs.faults,
    injection.faults,
    hygiene.faults,
    methods.faults,
    transport.faults,
    links.faults,
    voices.faults,
)

__all__ = ["FAULTS", "Fault"]
