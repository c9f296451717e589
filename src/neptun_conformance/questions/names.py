"""Names of questions that last: from their words, short enough for a test's id, each another."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from neptun_conformance.questions.situations import Asked, Burst

_LONGEST = 80
_PASSED_OVER = frozenset(
    ["a", "an", "the", "s", "of", "for", "with", "and", "is", "as", "its", "to", "in", "asks"]
)


def names_of(asked: Iterable[Asked]) -> list[str]:
    """Return a name for each question; those of the same words are told apart by a number."""
    seen: Counter[str] = Counter()
    names = []
    for one in asked:
        name = _name(one)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def _name(asked: Asked) -> str:
    words = "burst" if isinstance(asked, Burst) else str(asked)
    found = re.findall(r"[a-z0-9]+", words.lower())
    name = "-".join(word for word in found if word not in _PASSED_OVER) or "question"
    if len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return f"{name[: _LONGEST - 9]}-{digest}"
