"""Finds the fewest known mistakes whose servers show what a run has seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.signatures import Signature
from neptun_conformance.causes.symptoms import sort_of

NOT_SEEN = 0.7
"""What a sign that a signature has and a run lacks takes from what the signature explains."""
ONE_MORE_SERVER = 0.3
ONE_MORE_MISTAKE = 0.5
"""What it costs to assume one more similar server of the same mistake, and one more mistake."""

Simplify = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Match:
    """How well a mistake explains some signs."""

    mistake: Mistake
    gain: float
    signs: frozenset[str]
    faults: tuple[str, ...]


def compared(
    dictionary: Sequence[Signature], observed: set[str], simplify: Simplify
) -> list[Signature]:
    """Return the signatures of which at least half is seen."""
    simple = (replace(one, signs=frozenset(map(simplify, one.signs))) for one in dictionary)
    return [one for one in simple if one.signs and 2 * len(one.signs & observed) >= len(one.signs)]


def cover(observed: set[str], known: Sequence[Signature]) -> list[Match]:
    """Return mistakes that explain what is seen, the one that explains most first."""
    left, matches = set(observed), list[Match]()
    while left:
        best = _best(left, observed, known)
        if best is None:
            return matches
        matches.append(best)
        left -= best.signs
    return matches


def _best(left: Collection[str], observed: set[str], known: Sequence[Signature]) -> Match | None:
    best = ranked(left, observed, known)
    return best[0] if best and best[0].gain > 0 else None


def ranked(left: Collection[str], observed: set[str], known: Sequence[Signature]) -> list[Match]:
    """Return how much each mistake explains of what is left, most first."""
    different = {(one.mistake, one.signs): one for one in known}
    alike = defaultdict[tuple[Mistake, str], list[Signature]](list)
    for one in different.values():
        alike[one.mistake, _sort_of_answer(one)].append(one)
    found = [_match(mistake, left, observed, ones) for (mistake, _), ones in alike.items()]
    return sorted(found, key=lambda match: (-match.gain, match.mistake, match.faults))


def _sort_of_answer(one: Signature) -> str:
    """Return how a server answers where it is wrong: one that fails and one that serves differ."""
    return Counter(map(sort_of, one.signs)).most_common(1)[0][0]


def _match(
    mistake: Mistake, left: Collection[str], observed: set[str], ones: Sequence[Signature]
) -> Match:
    """Put servers of one mistake together as long as each explains more than it costs."""
    wanted, taken, signs = set(left), list[str](), set[str]()
    gain = -ONE_MORE_MISTAKE
    while True:
        scored = [
            (len(one.signs & wanted) - NOT_SEEN * len(one.signs - observed), one) for one in ones
        ]
        best, one = max(scored, key=lambda pair: (pair[0], pair[1].fault), default=(0.0, None))
        cost = ONE_MORE_SERVER if taken else 0.0
        if one is None or best <= cost:
            return Match(mistake, gain, frozenset(signs), tuple(taken))
        gain += best - cost
        taken.append(one.fault)
        signs |= one.signs & wanted
        wanted -= one.signs
