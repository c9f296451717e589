"""The types of the documentation as pydantic models, for those who read answers in Python.

They take what ``openapi.yaml`` demands at the level MUST, and coerce nothing that it refuses: no
number from text or a boolean, no moment from an epoch number. JSON has one kind of number, so
``1.0`` is a whole one. Members that they do not know are passed over, as readers of an interface
that may grow should. Attributes are named in Python's manner, the JSON keeps its own names.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, HttpUrl
from pydantic.alias_generators import to_camel

_CALENDAR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ].*)?", re.ASCII)
_AUTHORITY = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_NEVER_IN_A_URL = re.compile(r"\\|[\t\n\r]|^[\x00- ]|[\x00- ]$")


def _whole(value: object) -> object:
    """Refuse what JSON does not call a number; pydantic refuses fractions by itself."""
    if isinstance(value, bool | str):
        raise ValueError("not a number")  # noqa: TRY004 - pydantic reports a ValueError
    # Past 2^53 pydantic no longer takes a float for the whole number that it is.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _dated(value: object) -> object:
    """Refuse numbers, and text that pydantic would read as seconds since 1970."""
    if not isinstance(value, datetime) and not (
        isinstance(value, str) and _CALENDAR.fullmatch(value)
    ):
        raise ValueError("not a text with a date and a time")
    return value


def _written_out(value: object) -> object:
    """Refuse what browsers put right in silence: a missing slash, backslashes, blanks around."""
    if isinstance(value, str) and (not _AUTHORITY.match(value) or _NEVER_IN_A_URL.search(value)):
        raise ValueError("not an absolute http or https URL")
    return value


Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number of any size: ``1``, ``1.0`` and ``1e3``, not ``true`` and not ``"1"``."""

Moment = Annotated[datetime, BeforeValidator(_dated)]
"""A date and time in the manner of RFC 3339; without an offset it is a naive one."""

Link = Annotated[HttpUrl, BeforeValidator(_written_out)]
"""An absolute http or https URL with a host (RFC 3986 section 4.3)."""


class ChatFile(BaseModel):
    """A file that was attached to a chat; ``size`` counts octets."""

    id: Whole
    chat_conversation_id: Whole
    name: str
    size: Whole
    type: str
    created_at: Moment
    url: Link


class _Body(BaseModel):
    """A body whose members are written in camel case."""

    model_config = ConfigDict(alias_generator=to_camel)


class GetChatFilesResponse(_Body):
    """The body of a 200: every file of the chat, in any order."""

    chat_files: list[ChatFile]


class ErrorData(_Body):
    """What went wrong, in words."""

    message: str


class GetChatFilesError(_Body):
    """The body of a 401, a 404 and a 500; ``status_code`` repeats the HTTP status."""

    status_code: Whole
    status_message: str
    data: ErrorData
