"""The strings in a JSON value: where an answer may name a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

DOCUMENTED = frozenset(
    {
        *("chatFiles", "id", "chat_conversation_id", "name", "size", "type", "created_at", "url"),
        *("statusCode", "statusMessage", "data", "message"),
    }
)
"""Names of members that any answer may hold, whatever files are called."""


def strings_in(value: object) -> Iterator[str]:
    """Yield every string in a value, and every name of a member that is not documented."""
    left = [value]  # no recursion: what is nested a thousand levels deep is still judged
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            yield from one.keys() - DOCUMENTED
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)


def beside_the_files(envelope: dict[str, Any]) -> Iterator[str]:
    """Yield the strings of an envelope and its files that are no documented member of a file."""
    yield from strings_in({name: envelope[name] for name in envelope if name != "chatFiles"})
    for item in envelope["chatFiles"]:
        further = item.keys() - DOCUMENTED if type(item) is dict else ()
        yield from strings_in({name: item[name] for name in further})
