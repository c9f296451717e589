"""Conditions and ranges under which a reading is wanted (RFC 9110 sections 13.1 and 14.2).

In values, ``{etag}`` and ``{last_modified}`` stand for the validators that the chat's owner was
given, ``{other_etag}`` for that with another last character, ``{longer_etag}`` for one that holds
it, and ``{earlier}`` for a moment before that of the files.
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
IF_IT_HOLDS = (
    *(("If-Match", "*"), IF_ANY, IF_MODIFIED),
    *(("Range", "bytes=0-9"), ("If-Range", "{etag}")),
)
UNLESS_IT_HOLDS = (
    *(("If-Match", '"made-up"'), ("If-Unmodified-Since", LONG_AGO)),
    *(IF_CHANGED, IF_MODIFIED_LATE, ("Range", "bytes=99999999-")),
)
"""In rows, for who may not read: whichever of them is looked at first, no answer but a refusal is
right.
"""

A_PART = (("Range", "bytes=0-9"), ("If-Modified-Since", NO_DATE))
THE_FIRST_OCTET = (("Range", "bytes=0-0"), ("If-None-Match", '""'))
"""A range beside a condition that does not hold: a part or the whole is right, and no 304."""
