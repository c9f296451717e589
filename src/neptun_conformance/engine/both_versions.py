"""A run over HTTP/1.1, and after it one over HTTP/2 of what may differ there: one result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from neptun_conformance.client.negotiation import refuse_unspeakable
from neptun_conformance.engine.checks.check import Check
from neptun_conformance.engine.checks.selection import selected
from neptun_conformance.results.merging import TO_ITS_END, merged
from neptun_conformance.results.result import Result
from neptun_conformance.settings import SettingError, Settings
from neptun_conformance.targets.load import Loaded

_THE_SAME = ("chat", "user", "ownership.spelling", "authentication.made-up")
"""Clauses about values that only the application reads: ids in the path, values of a session."""


def over_http_1(settings: Settings) -> Settings:
    """Return the settings of the first run."""
    return replace(settings, http="1.1", http2_prior_knowledge=False)


def over_http_2(settings: Settings, sent: int = 0) -> Settings:
    """Return the settings of the second run.

    Arguments:
        settings: those of both.
        sent: how many requests the first run sent, which the second one is to send less.
    """
    most = settings.max_requests
    left = None if most is None else max(1, most - sent)
    return replace(settings, http="2", max_requests=left)


def refuse_target(loaded: Loaded, settings: Settings) -> None:
    """Refuse a target to which HTTP/2 cannot be spoken, before anything is sent to it.

    Raises:
        SettingError: one line says why.
    """
    http = over_http_2(settings).http_version or ""
    try:
        refuse_unspeakable(loaded.target.base_url, http)
    except ValueError as problem:
        raise SettingError(str(problem)) from None


def may_differ(checks: Iterable[Check]) -> list[Check]:
    """Return the checks whose outcome may be another over HTTP/2.

    Left out is what differs in values that only the application reads, among them all that is
    drawn at random: whatever carries a request hands them on as they are.
    """
    return [c for c in checks if c.exploration is None and not selected(c.clause, _THE_SAME)]


def goes_on(first: Result) -> bool:
    """Tell whether the first run came to its end, so that a second one is worth its requests."""
    return first.verdict in TO_ITS_END


def together(first: Result, second: Result, settings: Settings, *, partial: bool) -> Result:
    """Return the one result of both runs."""
    return merged(first, second, partial=partial, allow_incomplete=settings.allow_incomplete)
