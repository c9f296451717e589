"""What the oracle is told, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat: whose it is (None: nobody's), its number, and the files that the target lists."""

    of: str | None
    number: int
    files: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One request in plain words, and the answer as it came.

    Arguments:
        who: ``owner``, ``stranger`` or ``anonymous``.
        user: under whose id: ``owner``, ``stranger`` or ``nobody``.
        chat: for which chat.
        status: the status of the answer.
        headers: its headers, names in lower case.
        body: its content, undecoded.
        origin: the Origin of the request, if it had one.
    """

    who: str
    user: str
    chat: Chat
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    origin: str | None = None

    @property
    def due(self) -> int:
        """Return the status that is due."""
        if self.who == "anonymous":
            return 401
        return 200 if self.who == self.user == self.chat.of else 404

    def header(self, name: str) -> str | None:
        """Return the value of a header, several joined by a comma."""
        values = [value for key, value in self.headers if key == name]
        return ", ".join(values) if values else None


@dataclass(slots=True)
class Opinion:
    """Which clauses are violated.

    Arguments:
        violated: clauses that the rules say are violated.
        follows: further clauses that may be said to be violated as a consequence of those: the
            rules do not decide whether a list with a nameless file is also an incomplete one.
    """

    violated: set[str] = field(default_factory=set)
    follows: set[str] = field(default_factory=set)

    def add(self, other: Opinion) -> None:
        """Take up what was said of another answer."""
        self.violated |= other.violated
        self.follows |= other.follows
