"""Whether a text is a moment, a link, a media type: as the rules have it, not as parsers do."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AnyUrl, TypeAdapter, UrlConstraints, ValidationError

MOMENT = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?P<seconds>:(?P<second>[0-9]{2})(?P<fraction>[.,][0-9]+)?)?"
    r"(?P<offset>[Zz]|[-+](?P<by>[0-9]{2}:?[0-9]{2}))?)?"
)
LEAP = 60
_WORD = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_MEDIA_TYPE = re.compile(rf'{_WORD}/{_WORD}(?:[ \t]*;[ \t]*(?:{_WORD}=(?:{_WORD}|"[^"]*"))?)*')
_URL = TypeAdapter(
    Annotated[AnyUrl, UrlConstraints(allowed_schemes=["http", "https"], host_required=True)]
)


def is_moment(text: str) -> bool:
    """Tell whether a text gives a real date, with or without what RFC 3339 wants beside it."""
    found = MOMENT.fullmatch(text)
    return found is not None and _is_real_date(found["date"]) and _is_real_time(found)


def is_exact_moment(text: str) -> bool:
    """Tell whether a text that is a moment has all that RFC 3339 wants, as it wants it."""
    found = MOMENT.fullmatch(text)
    return (
        found is not None
        and found["seconds"] is not None
        and found["offset"] is not None
        and "," not in (found["fraction"] or "")
        and (found["by"] is None or ":" in found["by"])
    )


def _is_real_date(text: str) -> bool:
    # The calendar of RFC 3339 begins with the year 0, Python's with 1; 2000 leaps as 0 does.
    try:
        date.fromisoformat(re.sub("^0000", "2000", text))
    except ValueError:
        return False
    return True


def _is_real_time(found: re.Match[str]) -> bool:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    by = (found["by"] or "0000").replace(":", "")
    shift = int(by[:2]) * 60 + int(by[2:])
    if hour > 23 or minute > 59 or int(by[:2]) > 23 or int(by[2:]) > 59:
        return False
    if second != LEAP:
        return second < LEAP
    sign = -1 if (found["offset"] or "").startswith("+") else 1
    return (hour * 60 + minute + sign * shift) % 1440 == 1439


def may_be_same(one: str, other: str) -> bool:
    """Tell whether two moments may be one, as far as both of them go into detail."""
    a, b = MOMENT.fullmatch(one), MOMENT.fullmatch(other)
    if a is None or b is None or not (is_moment(one) and is_moment(other)):
        return False
    if not (a["hour"] and b["hour"]) or "0000" in {one[:4], other[:4]}:
        return a["date"] == b["date"]
    with_offset = bool(a["offset"] and b["offset"])
    if _minutes(a, with_offset=with_offset) != _minutes(b, with_offset=with_offset):
        return False
    return not (a["seconds"] and b["seconds"]) or _seconds(a) == _seconds(b)


def _minutes(found: re.Match[str], *, with_offset: bool) -> int:
    day = date.fromisoformat(found["date"]).toordinal()
    minutes = (day * 24 + int(found["hour"])) * 60 + int(found["minute"])
    if not with_offset or found["by"] is None:
        return minutes
    by = found["by"].replace(":", "")
    shift = int(by[:2]) * 60 + int(by[2:])
    return minutes + (shift if found["offset"].startswith("-") else -shift)


def _seconds(found: re.Match[str]) -> Decimal:
    return Decimal(found["second"]) + Decimal((found["fraction"] or ".0").replace(",", "."))


def is_link(text: str) -> bool:
    """Tell whether a text is an absolute http or https URL with a host, written out in full."""
    if "\\" in text or text.strip() != text or not re.match("https?://[^/?#]", text, re.IGNORECASE):
        return False
    try:
        _URL.validate_python(text)
    except ValidationError:
        return False
    return True


def is_media_type(text: str) -> bool:
    """Tell whether a text looks like a media type (RFC 9110 section 8.3.1)."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def is_json_type(header: str | None) -> bool:
    """Tell whether a Content-Type says application/json."""
    return (header or "").partition(";")[0].strip(" \t").lower() == "application/json"
