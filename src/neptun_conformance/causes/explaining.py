"""From the findings of a run to the fewest causes that explain them.

What stands in front of the target is told from the answers alone (``observing``). The rest is
compared with the signatures of known wrong servers: greedily, the mistake is taken whose servers
explain most of what is left, less what they would show and is not seen. A finding that no
signature explains joins a cause that it shares an answer with, or that a similar server would
show; what then remains is grouped by what was expected and what came, without a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.covering import Match, Simplify, compared, cover, ranked
from neptun_conformance.causes.kinds import Mistake, Weight, about
from neptun_conformance.causes.likeness import alike, belongs, is_a_part
from neptun_conformance.causes.signatures import Signature
from neptun_conformance.causes.symptoms import Symptom, sort_of, without_form

NAMED = 0.6
"""Share of a cause's signs that signatures must explain for the cause to have its name."""
WITHOUT_A_NAME = 0.5
"""What a cause without a name costs beside one that has a name."""
ENOUGH = 3
"""Checks that must show a known mistake beside a larger one that nobody knows."""
NEAR = 0.5
"""Share of a cause's signs that one known server must show for the cause to have its name, or
several together that show in full."""
RIVAL = 0.85
"""A second mistake that explains so much of what the first does leaves a cause without a name."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause.

    Arguments:
        mistake: its kind, None where no known mistake fits.
        certainty: how sure that is.
        symptoms: the findings that it explains, at least one.
        because: what says so, in one line.
        sentence: what the server does, where more is known than the kind says.
        typical: those among the symptoms from which examples are taken; empty for all.
    """

    mistake: Mistake | None
    certainty: Certainty
    symptoms: tuple[Symptom, ...]
    because: str
    sentence: str | None = None
    typical: tuple[Symptom, ...] = ()

    @property
    def clauses(self) -> set[str]:
        """The clauses that fail by it."""
        return {symptom.clause for symptom in self.symptoms}

    @property
    def groups(self) -> set[str]:
        """What these clauses are about."""
        return {symptom.group for symptom in self.symptoms}

    @property
    def checks(self) -> set[str]:
        """The checks in which it shows."""
        return {symptom.check for symptom in self.symptoms}

    @property
    def members(self) -> set[str]:
        """The names of the members of files that it is about."""
        return {symptom.member for symptom in self.symptoms if symptom.member}

    def named(self, mistake: Mistake, because: str) -> Cause:
        """Return the same cause as a likely case of a known mistake."""
        likely = replace(self, certainty=Certainty.LIKELY, because=because)
        return replace(likely, mistake=mistake, sentence=None)

    def unnamed(self, because: str) -> Cause:
        """Return the same cause without a name."""
        return replace(self, mistake=None, certainty=Certainty.UNNAMED, because=because)


def explain(symptoms: Sequence[Symptom], dictionary: Sequence[Signature]) -> list[Cause]:
    """Return the causes of symptoms; each symptom belongs to exactly one.

    Signs are compared as they are, and without the exact form of an answer (a server that answers
    403 in place of 401 makes the mistake of one that answers 404). What leaves fewer causes, and
    fewer of them without a name, counts.

    Arguments:
        symptoms: every finding of a run.
        dictionary: the signatures to compare with.
    """
    exact = _explained(symptoms, dictionary, lambda sign: sign)
    coarse = _explained(symptoms, dictionary, without_form)
    return min(exact, coarse, key=_cost)


def _cost(causes: Sequence[Cause]) -> float:
    unnamed = sum(cause.mistake is None for cause in causes)
    return len(causes) + unnamed * WITHOUT_A_NAME


def _explained(
    symptoms: Sequence[Symptom], dictionary: Sequence[Signature], simplify: Simplify
) -> list[Cause]:
    signs = {id(symptom): simplify(symptom.sign) for symptom in symptoms}
    observed = set(signs.values())
    known = compared(dictionary, observed, simplify)
    matches = cover(observed, known)
    groups: list[list[Symptom]] = [
        [symptom for symptom in symptoms if signs[id(symptom)] in match.signs] for match in matches
    ]
    explained = frozenset[str]().union(*(match.signs for match in matches))
    rest = [symptom for symptom in symptoms if signs[id(symptom)] not in explained]
    rest = _joined(rest, groups)
    matches, groups = _without_splinters(matches, groups)
    named = [
        _named(match, group, signs, known) for match, group in zip(matches, groups, strict=True)
    ]
    return [_named_by_check(cause, dictionary) for cause in [*named, *_unnamed(rest)]]


def _named_by_check(cause: Cause, dictionary: Sequence[Signature]) -> Cause:
    """Name what shows in one check and sort of answer, if one mistake alone is known to do so."""
    shown = {_check_and_sort(symptom.sign) for symptom in cause.symptoms}
    if cause.mistake is not None or len(shown) > 1:
        return cause
    mistakes = [one.mistake for one in dictionary if set(map(_check_and_sort, one.signs)) == shown]
    if len(mistakes) < ENOUGH or len(set(mistakes)) > 1:
        return cause
    because = f"so did each of the {len(mistakes)} servers we know that fail in this check alone"
    return cause.named(mistakes[0], because)


def _check_and_sort(sign: str) -> tuple[str, str]:
    """Return the check of a sign, and whether the answer served, failed or neither."""
    return sign.partition(" | ")[0], sort_of(sign)


def doubted(causes: list[Cause]) -> list[Cause]:
    """Take the name from small causes beside a larger one that nobody knows.

    A mistake that is not in the dictionary may show in anything: what looks like a known one beside
    it, in one or two checks, is more likely a part of it.
    """
    unknown = max(
        (len(c.symptoms) for c in causes if c.mistake is None and _is_of_status(c)), default=0
    )
    because = "a larger cause that no known mistake fits may be behind it"
    return [
        cause.unnamed(because)
        if cause.mistake and len(cause.symptoms) < unknown and _is_doubtful(cause)
        else cause
        for cause in causes
    ]


def _is_doubtful(cause: Cause) -> bool:
    """Tell whether a cause shows in wrong answers only, in few checks, and not in a form alone."""
    of_form = cause.mistake is not None and about(cause.mistake).weight is Weight.FORM
    return _is_of_status(cause) and len(cause.checks) < ENOUGH and not of_form


def _is_of_status(cause: Cause) -> bool:
    return all(symptom.seen.right is False for symptom in cause.symptoms)


def _joined(rest: Sequence[Symptom], groups: list[list[Symptom]]) -> list[Symptom]:
    """Add to each cause what looks like it, and return what looks like none."""
    alone = list[Symptom]()
    for symptom in rest:
        group = next(
            (group for group in groups if any(belongs(symptom, other) for other in group)), alone
        )
        group.append(symptom)
    return alone


def _without_splinters(
    matches: list[Match], groups: list[list[Symptom]]
) -> tuple[list[Match], list[list[Symptom]]]:
    """Give what shows in one check alone, and looks like a part of a larger cause, to that one."""
    kept = sorted(zip(matches, groups, strict=True), key=lambda pair: -len(pair[1]))
    for pair in reversed(kept[1:]):
        _, small = pair
        larger = (group for _, group in kept if len(group) > len(small))
        if len({symptom.check for symptom in small}) == 1:
            home = next((group for group in larger if is_a_part(small, group)), None)
            if home is not None:
                home.extend(small)
                kept.remove(pair)
    return [match for match, _ in kept], [group for _, group in kept]


def _named(
    match: Match, group: Sequence[Symptom], sign: dict[int, str], known: Sequence[Signature]
) -> Cause:
    symptoms = tuple(group)
    typical = tuple(symptom for symptom in group if sign[id(symptom)] in match.signs)
    signs = {sign[id(symptom)] for symptom in group}
    best = ranked(signs, signs, known)
    share = len(match.signs) / len(signs)
    rivals = [other for other in best if other.mistake is not match.mistake]
    rival = bool(rivals) and rivals[0].gain >= RIVAL * match.gain
    servers = [one for one in known if one.mistake is match.mistake]
    whole = frozenset[str]().union(*(one.signs for one in servers if one.signs <= signs))
    nearest = max(len(whole), *(len(one.signs & signs) for one in servers))
    if share < NAMED or rival or nearest < NEAR * len(signs):
        sentence = _both(match, rivals[0]) if rival else None
        why = _why_unnamed(match, rivals, rival=rival)
        return Cause(None, Certainty.UNNAMED, symptoms, why, sentence, typical)
    exact = sum(one.signs == signs for one in servers)
    how = "in exactly" if exact else "mostly in"
    because = f"known wrong servers fail {how} these checks, {match.faults[0]} for one"
    sure = exact > 1 or (exact and len({symptom.check for symptom in group}) >= ENOUGH)
    certainty = Certainty.SURE if sure else Certainty.LIKELY
    return Cause(match.mistake, certainty, symptoms, because, typical=typical)


def _both(match: Match, rival: Match) -> str:
    """Name both mistakes: one of them, or both where each explains what the other does not."""
    one, other = (about(fitting.mistake).name for fitting in (match, rival))
    apart = match.signs.isdisjoint(rival.signs)
    return (
        f"Two known mistakes {'show' if apart else 'fit'}: {one} {'and' if apart else 'or'} {other}"
    )


def two_fit(cause: Cause, one: Mistake, other: Mistake, because: str) -> Cause:
    """Return a cause without a name, because two mistakes show in exactly its requests."""
    sentence = f"Two known mistakes fit: {about(one).name} or {about(other).name}"
    return replace(cause.unnamed(because), sentence=sentence)


def _why_unnamed(match: Match, rivals: Sequence[Match], *, rival: bool) -> str:
    if rival:
        return f"two mistakes fit: {match.mistake} and {rivals[0].mistake}"
    return f"no known mistake fits well; nearest is {match.mistake}"


def _unnamed(rest: Sequence[Symptom]) -> list[Cause]:
    """Group what no known mistake explains: by shared answers, checks, clauses, and what came."""
    groups: list[list[Symptom]] = []
    for symptom in rest:
        near = [group for group in groups if any(alike(symptom, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(one for group in near for one in group), symptom])
    why = "no known mistake fits"
    return [Cause(None, Certainty.UNNAMED, tuple(group), why) for group in groups]
