"""The media type of an answer (RFC 9110 section 8.3)."""

from __future__ import annotations

from neptun_conformance.bodies.problem import Problem, shown
from neptun_conformance.exchange import Response


def media_type_problem(response: Response) -> Problem | None:
    """Say why an answer is not application/json, in any letter case and with any parameters."""
    values = response.header_values("content-type")
    if not values:
        return Problem("there is no Content-Type", "application/json", "no such header")
    if all(value.partition(";")[0].strip().lower() == "application/json" for value in values):
        return None
    return Problem("the media type is wrong", "application/json", shown(", ".join(values)))
