"""How sure a cause is; apart from what infers causes, which a run that finds nothing needs not."""

from __future__ import annotations

from enum import StrEnum


class Certainty(StrEnum):
    """How sure a cause is."""

    SURE = "sure"
    LIKELY = "likely"
    UNNAMED = "unnamed"
