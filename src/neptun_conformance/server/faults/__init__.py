"""The catalogue of faults: servers that are wrong in one thing each.

Each module that holds ``faults`` is a theme. It may hold ``legal`` beside them: servers that come
close to its faults and are right.
"""

from functools import cache

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.fault import Fault, catalogue, themes
from neptun_conformance.server.faults.mistakes import mistake_of

THEMES = themes(__name__, "faults")

FAULTS: dict[str, Fault] = catalogue(*THEMES)


@cache
def mistake_of_each() -> dict[str, Mistake]:
    """Return the kind of mistake that each fault makes, by the fault's name.

    Raises:
        ValueError: a theme has no usual mistake.
    """
    return {
        fault.name: mistake_of(fault.name, theme.usual, fault.clauses)
        for theme in THEMES
        for fault in theme
    }


__all__ = ["FAULTS", "THEMES", "Fault", "mistake_of_each"]
