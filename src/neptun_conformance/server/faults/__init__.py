"""The catalogue of faults: servers that are wrong in one thing each."""

from neptun_conformance.server.faults import authentication, detours, ownership
from neptun_conformance.server.faults.fault import Fault, catalogue

FAULTS: dict[str, Fault] = catalogue(authentication.faults, detours.faults, ownership.faults)

__all__ = ["FAULTS", "Fault"]
