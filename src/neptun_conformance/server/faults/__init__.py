"""The catalogue of faults: servers that are wrong in one thing each."""

from neptun_conformance.server.faults import (
    authentication,
    detours,
    files,
    forms,
    items,
    ownership,
)
from neptun_conformance.server.faults.fault import Fault, catalogue

FAULTS: dict[str, Fault] = catalogue(
    authentication.faults,
    detours.faults,
    ownership.faults,
    items.faults,
    forms.faults,
    files.faults,
)

__all__ = ["FAULTS", "Fault"]
