"""How binding a clause is."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """MUST comes from the documentation, SHOULD from the standards that it stands on."""

    MUST = "MUST"
    SHOULD = "SHOULD"
