"""What single values must be: whole numbers, moments, addresses, media types."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
# What the documentation's own model reads as a date and time, though RFC 3339 does not.
_NEARLY = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:[Zz]|([+-])(\d\d):?(\d\d))?)?",
    re.ASCII,
)
# The addresses that nearly every server gives; all others take the slow and exact way.
_BYTE = r"(?:0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])"
_COMMON_URL = re.compile(
    r"https?://(?:(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!xn--)[a-z]{2,20}"
    rf"|localhost|(?:{_BYTE}\.){{3}}{_BYTE})(?::[1-9][0-9]{{0,3}}|:[1-5][0-9]{{4}})?"
    r"(?:/[!-;=?-\[\]^-~]*)?",
    re.ASCII,
)
_AUTHORITY = re.compile(r"https?://[^/?#\\]", re.IGNORECASE | re.ASCII)
_MEDIA_TYPE = re.compile(
    r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*(?:;.*)?", re.DOTALL | re.ASCII
)


class Form(Enum):
    """How well a text gives a date and time."""

    EXACT = "RFC 3339"
    NEARLY = "a date and time, but not in the form of RFC 3339"
    WRONG = "not a date and time"


def is_whole(value: object) -> bool:
    """Tell whether a JSON value is a whole number: 1, 1.0 and 1e3 are; true and "1" are not."""
    kind = type(value)
    if kind is int:
        return True
    if kind is float:
        return value.is_integer()  # type: ignore[attr-defined,no-any-return]
    return isinstance(value, Decimal) and value == value.to_integral_value()


def date_time(text: str) -> Form:
    """Say how well a text gives a real date and time (RFC 3339 section 5.6)."""
    match = _RFC_3339.fullmatch(text)
    if match is not None:
        return Form.EXACT if _real_moment(match) else Form.WRONG
    match = _NEARLY.fullmatch(text)
    return Form.NEARLY if match is not None and _real_moment(match) else Form.WRONG


def _real_moment(match: re.Match[str]) -> bool:
    *date_and_time, sign, off_hours, off_minutes = match.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in date_and_time)
    hours, minutes = int(off_hours or 0), int(off_minutes or 0)
    if not (1 <= month <= 12 and 1 <= day <= _days(year, month)):
        return False
    if hour > 23 or minute > 59 or hours > 23 or minutes > 59:
        return False
    return second <= 59 or (second == 60 and _last_minute(hour, minute, sign, hours, minutes))


@cache
def _days(year: int, month: int) -> int:
    # The year 0 is in RFC 3339 but not in the calendar module; 2000 is a leap year as it is.
    return calendar.monthrange(year or 2000, month)[1]


def _last_minute(hour: int, minute: int, sign: str | None, hours: int, minutes: int) -> bool:
    """Tell whether a time is in the last minute of a day in UTC, where a leap second can be."""
    offset = (hours * 60 + minutes) * (-1 if sign == "-" else 1)
    return (hour * 60 + minute - offset) % (24 * 60) == 24 * 60 - 1


def url_problem(text: str) -> str | None:
    """Say why a text is no absolute http or https URL with a host, None where it is one.

    The documentation's URL type decides, except where it mends what it is given: blanks around the
    address, control characters, backslashes, a missing slash.
    """
    if _COMMON_URL.fullmatch(text):
        return None
    if text != text.strip(" ") or _CONTROL.search(text):
        return "spaces around it, or control characters"
    if not re.match(r"https?:", text, re.IGNORECASE):
        return "not absolute with the scheme http or https"
    if not _AUTHORITY.match(text):
        return "no // and host after the scheme"
    if "\\" in re.split(r"[?#]", text, maxsplit=1)[0]:
        return "a backslash"
    return _refused_by_type(text)


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _refused_by_type(text: str) -> str | None:
    from pydantic import ValidationError

    try:
        _url_type().validate_python(text)
    except ValidationError as error:
        return str(error.errors()[0]["msg"])
    return None


@cache
def _url_type() -> TypeAdapter[Any]:
    from typing import Annotated

    from pydantic import AnyUrl, TypeAdapter, UrlConstraints

    # HttpUrl without its limit on length, which the contract does not have.
    constraints = UrlConstraints(allowed_schemes=["http", "https"], host_required=True)
    return TypeAdapter(Annotated[AnyUrl, constraints])


def prepare() -> None:
    """Load now what is otherwise loaded with the first address that is not a common one."""
    _url_type()


def looks_like_media_type(text: str) -> bool:
    """Tell whether a text has the form of a media type (RFC 9110 section 8.3.1)."""
    return _MEDIA_TYPE.fullmatch(text) is not None
