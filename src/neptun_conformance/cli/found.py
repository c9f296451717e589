"""What the doctor finds: one thing that a run needs, and how it is."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something was found."""

    OK = "ok"
    PROBLEM = "problem"
    ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one thing: its name, how it is, and details with any remedy."""

    what: str
    state: State
    words: str
