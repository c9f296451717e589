"""Conditions and ranges under which a reading is wanted (RFC 9110 sections 13.1 and 14.2).

In values, ``{etag}`` and ``{last_modified}`` stand for the validators that the chat's owner was
given, ``{weak_etag}`` for that tag as a weak one, ``{other_etag}`` for one with another last
character, ``{longer_etag}`` for one that holds it, and ``{earlier}`` for a moment before that of
the files.
"""

from __future__ import annotations

LATE = "Thu, 01 Jan 2032 00:00:00 GMT"
LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"
NO_DATE = "unknown"
"""To nobody a date, as ``yesterday`` and single letters are to PHP's ``strtotime``."""

IF_ANY = ("If-None-Match", "*")
IF_CHANGED = ("If-None-Match", "{etag}")
IF_OTHER = ("If-None-Match", "{other_etag}, {longer_etag}")
IF_MADE_UP = ("If-None-Match", '"", W/"", "made-up"')
IF_MODIFIED = ("If-Modified-Since", "{last_modified}")
IF_MODIFIED_EARLIER = ("If-Modified-Since", "{earlier}")
IF_MODIFIED_LATE = ("If-Modified-Since", LATE)
UNLESS_LATE = ("If-Unmodified-Since", LATE)
IF_WEAK = ("If-None-Match", "{weak_etag}")
IF_ANY_OF_SEVERAL = ("If-None-Match", '"made-up", {etag}')
_FIRST = "bytes=0-9"
_LAST = "bytes=-10"
_SEVERAL = "bytes=0-3,6-9"
_PAST_THE_END = "bytes=99999999-"


def _if_it_holds(tags: tuple[str, str], octets: str) -> tuple[tuple[str, str], ...]:
    """Return conditions that hold, so that nothing is new, and a range that is there."""
    return (("If-Match", "*"), tags, IF_MODIFIED, ("Range", octets), ("If-Range", "{etag}"))


def _unless_it_holds(tags: tuple[str, str], octets: str) -> tuple[tuple[str, str], ...]:
    """Return conditions that do not hold, those for what is new, and a range."""
    failing = (("If-Match", '"made-up"'), ("If-Unmodified-Since", LONG_AGO))
    return (*failing, tags, IF_MODIFIED_LATE, ("Range", octets))


BY_ANYBODY = (
    _unless_it_holds(IF_CHANGED, _PAST_THE_END),
    _if_it_holds(IF_ANY_OF_SEVERAL, _SEVERAL),
    _unless_it_holds(IF_ANY, _LAST),
)
BY_OTHERS = (
    _unless_it_holds(IF_CHANGED, _LAST),
    _if_it_holds(IF_WEAK, _FIRST),
    _unless_it_holds(IF_ANY, _PAST_THE_END),
)
"""In rows, for who may not read: whichever of them is looked at first, no answer but a refusal is
right. Two are for a chat with files, the last for one without. What is read before anybody asks who
is calling shows by those of others, too, so both together have every form of a tag and of a range.
"""

A_PART = (("Range", "bytes=0-9"), ("If-Modified-Since", NO_DATE))
THE_FIRST_OCTET = (("Range", "bytes=0-0"), ("If-None-Match", '""'))
"""A range beside a condition that does not hold: a part or the whole is right, and no 304."""
