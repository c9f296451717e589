"""Faults that come and go, counted and not left to chance, so that every run meets them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File

EVERY = 5
MET = ("client.documented", "chat.spelling")
"""What may fail, too, where the documented client or a spelling gets what is wrong now and then."""
COMPARED = (
    *MET,
    "cookie.neighbours",
    "isolation.own-answer",
    "methods.head",
    "query.override",
    "query.ignored",
    "input.no-disclosure",
    "conditional.not-modified",
    "authentication.owner-after",
)
"""Clauses that compare two answers: whether they meet the fifth reading, the order says."""


class Counting(Reference):
    """Counts how often each chat was read."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: Counter[int] = Counter()

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        self.turns[chat.id] += 1
        return await super().read_files(request, chat)

    def is_fifth(self, chat: Chat) -> bool:
        """Say whether this is every fifth reading of a chat."""
        return self.turns[chat.id] % EVERY == 0
