"""Chooses the few spellings of a number that show every pair of readers which any spelling shows.

A server checks who owns a chat by one reader of its number, and looks the chat up by another. A
spelling that the second takes for the number and the first does not (it refuses the text, or reads
another number) opens the chat to strangers. To find the least set of spellings for all such pairs
is a set cover; many greedy ones are drawn, and the best is kept: the smallest, where a text that
proxies treat in their own way, and may never hand on, counts twice. What the common spellings show,
which are always asked, is not looked for.

Usage: python tools/choose_spellings.py [FILE]
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from itertools import product
from pathlib import Path
from random import Random

from neptun_conformance.questions import spellings

KEPT = Path(__file__).parents[1] / "src/neptun_conformance/questions/spellings.json"
DRAWS = 300

Takers = dict[str, frozenset[str]]
Pair = tuple[str, str]


@cache
def takers() -> Takers:
    """Return by the name of a form the readers that take it for its number.

    They are functions, named with their language; ``versions`` in the data says which were run.
    What they take was seen for several numbers of two digits and more, whose digits differ. What
    Haskell, PostgreSQL and MariaDB take was derived from fewer texts.
    """
    kept = json.loads(KEPT.read_text("utf-8"))["takers"]
    return {name: frozenset(readers) for name, readers in kept.items()}


def shown(taken: Takers) -> dict[str, frozenset[Pair]]:
    """Return by form the pairs that it shows and no common one: who checks, and who looks up."""
    readers = frozenset().union(*taken.values())
    pairs = {name: frozenset(product(readers - takes, takes)) for name, takes in taken.items()}
    common = frozenset().union(*(pairs.pop(name) for name in spellings.COMMON))
    return {name: shows - common for name, shows in pairs.items()}


def choose(taken: Takers) -> list[str]:
    """Return the names of the chosen forms, whoever shows most pairs first."""
    pairs = shown(taken)
    random = Random(14)  # noqa: S311 - nothing secret, and the same each time
    chosen = min((_drawn(pairs, random) for _ in range(DRAWS)), key=_cost)
    return _in_order(chosen, pairs)


def _drawn(pairs: dict[str, frozenset[Pair]], random: Random) -> list[str]:
    """Draw a cover: greedy, with weights of chance, and without what the rest shows already."""
    weights = {name: random.uniform(0.4 if _odd(name) else 0.7, 1) for name in pairs}
    missing = set().union(*pairs.values())
    chosen: list[str] = []
    while missing:
        best = max(pairs, key=lambda name: len(pairs[name] & missing) * weights[name])
        chosen.append(best)
        missing -= pairs[best]
    for name in sorted(chosen, key=_odd, reverse=True):
        rest = [other for other in chosen if other != name]
        if pairs[name] <= frozenset().union(*(pairs[other] for other in rest)):
            chosen = rest
    return chosen


def _cost(chosen: list[str]) -> tuple[int, int, list[str]]:
    return len(chosen) + sum(map(_odd, chosen)), len(chosen), chosen


def _odd(name: str) -> bool:
    return spellings.form(name).odd


def _in_order(chosen: list[str], pairs: dict[str, frozenset[Pair]]) -> list[str]:
    missing = set().union(*pairs.values())
    ordered: list[str] = []
    while len(ordered) < len(chosen):
        rest = [name for name in chosen if name not in ordered]
        ordered.append(max(rest, key=lambda name: len(pairs[name] & missing)))
        missing -= pairs[ordered[-1]]
    return ordered


def main(path: Path) -> None:
    """Choose by what the data say of readers, and write the data anew with what was chosen."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    kept["telling"] = choose(takers())
    text = json.dumps(kept, indent=1)
    # One form with all its takers a line.
    head, mark, rows = text.partition('"takers": {')
    rows = re.sub(r"\[\s+|,\n {3}|\s+\]", lambda m: {"[": "[", ",": ", "}.get(m[0][0], "]"), rows)
    text = head + mark + rows
    path.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else KEPT)
