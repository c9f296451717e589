"""The catalogue of faults: servers that are wrong in one thing each."""

from neptun_conformance.server.faults import (
    authentication,
    detours,
    empty,
    errors,
    files,
    forms,
    items,
    ownership,
    success,
)
from neptun_conformance.server.faults.fault import Fault, catalogue

FAULTS: dict[str, Fault] = catalogue(
    authentication.faults,
    detours.faults,
    ownership.faults,
    items.faults,
    forms.faults,
    files.faults,
    success.faults,
    empty.faults,
    errors.faults,
)

__all__ = ["FAULTS", "Fault"]
