"""Dates in headers: Retry-After, Date, the Expires of a cookie."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 100
"""Characters; the forms of RFC 9110 section 5.6.7 have 29 and fewer, 33 with a long weekday."""


def read(value: str) -> datetime | None:
    """Read a date and time, generously, as clients do (RFC 9110 section 5.6.7).

    Returns:
        The date and time with an offset (UTC where none is given), None where there is none.
    """
    if len(value) > LONGEST:
        return None
    try:
        moment = parsedate_to_datetime(value)
        # An offset may lead past the years that can be compared.
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, LookupError, ArithmeticError):
        return None
