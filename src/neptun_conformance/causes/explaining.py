"""From the findings of a run to the fewest causes that explain them.

What stands in front of the target is told from the answers alone (``observing``). The rest is
compared with the signatures of known wrong servers: greedily, the mistake is taken whose servers
explain most of what is left, less what they would show and is not seen. A finding that no
signature explains joins a cause that it shares an answer with, or that a similar server would
show; what then remains is grouped by what was expected and what came, without a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from neptun_conformance.causes.kinds import Mistake, Weight, about
from neptun_conformance.causes.signatures import Signature
from neptun_conformance.causes.symptoms import Form, Symptom, sort_of, without_form

NOT_SEEN = 0.7
"""What a sign that a signature has and a run lacks takes from what the signature explains."""
ONE_MORE_SERVER = 0.3
ONE_MORE_MISTAKE = 0.5
"""What it costs to assume one more similar server of the same mistake, and one more mistake."""
NAMED = 0.6
"""Share of a cause's signs that signatures must explain for the cause to have its name."""
WITHOUT_A_NAME = 0.5
"""What a cause without a name costs beside one that has a name."""
ENOUGH = 3
"""Checks that must show a known mistake beside a larger one that nobody knows."""
NEAR = 0.5
"""Share of a cause's signs that one known server must show for the cause to have its name."""
RIVAL = 0.85
"""A second mistake that explains so much of what the first does leaves a cause without a name."""

Simplify = Callable[[str], str]


class Certainty(StrEnum):
    """How sure a cause is."""

    SURE = "sure"
    LIKELY = "likely"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause.

    Arguments:
        mistake: its kind, None where no known mistake fits.
        certainty: how sure that is.
        symptoms: the findings that it explains, at least one.
        because: what says so, in one line.
        sentence: what the server does, where more is known than the kind says.
    """

    mistake: Mistake | None
    certainty: Certainty
    symptoms: tuple[Symptom, ...]
    because: str
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    """How well a mistake explains some signs."""

    mistake: Mistake
    gain: float
    signs: frozenset[str]
    faults: tuple[str, ...]


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
    known = _compared(dictionary, observed, simplify)
    matches = _cover(observed, known)
    groups: list[list[Symptom]] = [
        [symptom for symptom in symptoms if signs[id(symptom)] in match.signs] for match in matches
    ]
    explained = frozenset[str]().union(*(match.signs for match in matches))
    rest = [symptom for symptom in symptoms if signs[id(symptom)] not in explained]
    rest = _joined(rest, groups)
    matches, groups = _without_splinters(matches, groups)
    named = [
        _named(match, group, {signs[id(symptom)] for symptom in group}, known)
        for match, group in zip(matches, groups, strict=True)
    ]
    return _doubted([*named, *_unnamed(rest)])


def _doubted(causes: list[Cause]) -> list[Cause]:
    """Take the name from small causes beside a larger one that nobody knows.

    A mistake that is not in the dictionary may show in anything: what looks like a known one beside
    it, in one or two checks, is more likely a part of it.
    """
    unknown = max(
        (len(c.symptoms) for c in causes if c.mistake is None and _is_of_status(c)), default=0
    )
    return [
        replace(cause, mistake=None, certainty=Certainty.UNNAMED)
        if len(cause.symptoms) < unknown and _is_doubtful(cause)
        else cause
        for cause in causes
    ]


def _is_doubtful(cause: Cause) -> bool:
    """Tell whether a cause shows in wrong answers only, in few checks, and not in a form alone."""
    of_form = cause.mistake is not None and about(cause.mistake).weight is Weight.FORM
    return _is_of_status(cause) and _checks(cause) < ENOUGH and not of_form


def _is_of_status(cause: Cause) -> bool:
    return all(symptom.seen.right is False for symptom in cause.symptoms)


def _checks(cause: Cause) -> int:
    return len({symptom.check for symptom in cause.symptoms})


def _compared(
    dictionary: Sequence[Signature], observed: set[str], simplify: Simplify
) -> list[Signature]:
    """Return the signatures of which at least half is seen, each kind of mistake once."""
    simple = (replace(one, signs=frozenset(map(simplify, one.signs))) for one in dictionary)
    near = [one for one in simple if one.signs and 2 * len(one.signs & observed) >= len(one.signs)]
    return list({(one.mistake, one.signs): one for one in near}.values())


def _cover(observed: set[str], known: Sequence[Signature]) -> list[_Match]:
    """Return mistakes that explain what is seen, the one that explains most first."""
    left, matches = set(observed), list[_Match]()
    while left:
        best = _best(left, observed, known)
        if best is None:
            return matches
        matches.append(best)
        left -= best.signs
    return matches


def _best(left: Collection[str], observed: set[str], known: Sequence[Signature]) -> _Match | None:
    ranked = _ranked(left, observed, known)
    return ranked[0] if ranked and ranked[0].gain > 0 else None


def _ranked(left: Collection[str], observed: set[str], known: Sequence[Signature]) -> list[_Match]:
    """Return how much each mistake explains of what is left, most first."""
    alike = defaultdict[tuple[Mistake, str], list[Signature]](list)
    for one in known:
        alike[one.mistake, _sort_of_answer(one)].append(one)
    found = [_match(mistake, left, observed, ones) for (mistake, _), ones in alike.items()]
    return sorted(found, key=lambda match: (-match.gain, match.mistake, match.faults))


def _sort_of_answer(one: Signature) -> str:
    """Return how a server answers where it is wrong: one that fails and one that serves differ."""
    return Counter(map(sort_of, one.signs)).most_common(1)[0][0]


def _match(
    mistake: Mistake, left: Collection[str], observed: set[str], ones: Sequence[Signature]
) -> _Match:
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
            return _Match(mistake, gain, frozenset(signs), tuple(taken))
        gain += best - cost
        taken.append(one.fault)
        signs |= one.signs & wanted
        wanted -= one.signs


def _joined(rest: Sequence[Symptom], groups: list[list[Symptom]]) -> list[Symptom]:
    """Add to each cause what looks like it, and return what looks like none."""
    alone = list[Symptom]()
    for symptom in rest:
        group = next(
            (group for group in groups if any(_belongs(symptom, other) for other in group)), alone
        )
        group.append(symptom)
    return alone


def _without_splinters(
    matches: list[_Match], groups: list[list[Symptom]]
) -> tuple[list[_Match], list[list[Symptom]]]:
    """Give what shows in one check alone, and looks like a part of a larger cause, to that one."""
    kept = sorted(zip(matches, groups, strict=True), key=lambda pair: -len(pair[1]))
    for pair in reversed(kept[1:]):
        _, small = pair
        larger = (group for _, group in kept if len(group) > len(small))
        if len({symptom.check for symptom in small}) == 1:
            home = next((group for group in larger if _is_a_part(small, group)), None)
            if home is not None:
                home.extend(small)
                kept.remove(pair)
    return [match for match, _ in kept], [group for _, group in kept]


def _is_a_part(small: Sequence[Symptom], large: Sequence[Symptom]) -> bool:
    return any(
        (_wrongly_answered(one, other) and one.seen.form is other.seen.form)
        or _same_files(one, other)
        for one in small
        for other in large
    )


def _same_files(one: Symptom, other: Symptom) -> bool:
    """Tell whether both are about which files a chat has."""
    return {one.group, other.group} <= _OF_FILES


_OF_FILES = {"files", "reading", "isolation"}


def _akin(one: Symptom, other: Symptom) -> bool:
    """Tell whether two symptoms are likely to have one cause, whatever that is."""
    same_form = one.seen.form is other.seen.form
    same_answer = same_form and one.seen.situation == other.seen.situation
    if same_answer and (one.group == other.group or not (one.of_content or other.of_content)):
        return True
    same_sort = (one.seen.form in _FAILED) == (other.seen.form in _FAILED)
    if one.message == other.message and (same_form or (one.check == other.check and same_sort)):
        return True
    if one.clause in other.actual or other.clause in one.actual:
        return True
    return same_form and _wrongly_answered(one, other)


def _wrongly_answered(one: Symptom, other: Symptom) -> bool:
    """Tell whether two answers, and not just their content, are wrong, and on the same side."""
    if any(each.seen.right is not False or each.of_content for each in (one, other)):
        return False
    return one.seen.form in _FAILED or _side(one) == _side(other)


def _belongs(symptom: Symptom, other: Symptom) -> bool:
    """Tell whether a symptom that nothing known explains belongs to a cause that shows in another.

    To be answered wrongly in the same way is not enough: a server may make several mistakes.
    """
    related = symptom.group == other.group or symptom.seen.form in _FAILED
    return (related or symptom.message == other.message) and _akin(symptom, other)


_FAILED = {Form.SERVER_ERROR, Form.NO_ANSWER, Form.BROKEN}


def _side(symptom: Symptom) -> tuple[bool, bool]:
    return symptom.seen.of_a_person, symptom.seen.due == "FILES"


def _named(
    match: _Match, group: Sequence[Symptom], signs: set[str], known: Sequence[Signature]
) -> Cause:
    symptoms = tuple(group)
    ranked = _ranked(signs, signs, known)
    share = len(match.signs) / len(signs)
    rivals = [other for other in ranked if other.mistake is not match.mistake]
    rival = bool(rivals) and rivals[0].gain >= RIVAL * match.gain
    nearest = max(len(one.signs & signs) for one in known if one.mistake is match.mistake)
    if share < NAMED or rival or nearest < NEAR * len(signs):
        return Cause(None, Certainty.UNNAMED, symptoms, _why_unnamed(match, rivals, rival=rival))
    exact = any(one.signs == signs for one in known if one.mistake is match.mistake)
    how = "exactly" if exact else "mostly"
    because = f"a known wrong server fails in {how} these checks: {match.faults[0]}"
    certainty = Certainty.SURE if exact else Certainty.LIKELY
    return Cause(match.mistake, certainty, symptoms, because)


def _why_unnamed(match: _Match, rivals: Sequence[_Match], *, rival: bool) -> str:
    if rival:
        return f"two mistakes fit: {match.mistake} and {rivals[0].mistake}"
    return f"no known mistake fits well; nearest is {match.mistake}"


def _unnamed(rest: Sequence[Symptom]) -> list[Cause]:
    """Group what no known mistake explains: by shared answers, checks, clauses, and what came."""
    groups: list[list[Symptom]] = []
    for symptom in rest:
        near = [group for group in groups if any(_alike(symptom, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(one for group in near for one in group), symptom])
    why = "no known mistake fits"
    return [Cause(None, Certainty.UNNAMED, tuple(group), why) for group in groups]


def _alike(one: Symptom, other: Symptom) -> bool:
    """Tell whether two symptoms that nothing known explains stand together."""
    same_form = one.seen.form is other.seen.form
    same = one.check == other.check or one.clause == other.clause or one.expected == other.expected
    return (same and same_form) or _akin(one, other)
