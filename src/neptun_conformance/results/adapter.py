"""Reads and writes results as JSON, by pydantic."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter

Record = TypeVar("Record")


@cache
def adapter(kind: type[Record]) -> TypeAdapter[Record]:
    """Return what turns records of a kind into JSON, and JSON into such records."""
    return TypeAdapter(kind)
