"""The badge: the JSON that the endpoint badge of shields.io reads."""

from __future__ import annotations

import json

from neptun_conformance.results.result import Result, Verdict
from neptun_conformance.results.text import share

_COLOURS = {
    Verdict.CONFORMANT: "brightgreen",
    Verdict.NONCONFORMANT: "red",
    Verdict.INCOMPLETE: "yellow",
    Verdict.PARTIAL: "lightgrey",
}


def render(result: Result) -> str:
    """Return the badge: the verdict, MUST clauses passed, and how many were not tested."""
    message = result.verdict.value
    # A run that never got anywhere has no figures worth a badge.
    if result.verdict in _COLOURS and not result.truncated:
        message = ", ".join([message, *_figures(result)])
    badge = {
        "schemaVersion": 1,
        "label": "chat files endpoint",
        "message": message,
        "color": _COLOURS.get(result.verdict, "lightgrey"),
        "isError": result.verdict is Verdict.ERROR,
    }
    return json.dumps(badge, indent=2) + "\n"


def _figures(result: Result) -> list[str]:
    must, should = result.counts.must, result.counts.should
    not_tested = must.not_tested + should.not_tested
    return [f"{share(must)} MUST", f"{not_tested} not tested"]
