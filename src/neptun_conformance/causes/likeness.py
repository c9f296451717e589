"""Tells whether two findings are likely to have one cause, whatever that is."""

from __future__ import annotations

from collections.abc import Sequence

from neptun_conformance.causes.symptoms import FAILED, Symptom

_OF_FILES = {"files", "reading", "isolation"}
_OF_CLIENTS = {"voice", "client"}


def is_a_part(small: Sequence[Symptom], large: Sequence[Symptom]) -> bool:
    """Tell whether what shows in one check alone looks like a part of a larger cause."""
    return any(
        (_wrongly_answered(one, other) and one.seen.form is other.seen.form)
        or _same_files(one, other)
        for one in small
        for other in large
    )


def _same_files(one: Symptom, other: Symptom) -> bool:
    """Tell whether both are about which files a chat has."""
    return {one.group, other.group} <= _OF_FILES


def _akin(one: Symptom, other: Symptom) -> bool:
    """Tell whether two symptoms are likely to have one cause, whatever that is."""
    same_form = one.seen.form is other.seen.form
    same_answer = same_form and one.seen.situation == other.seen.situation
    if same_answer and (one.group == other.group or not (one.of_content or other.of_content)):
        return True
    same_sort = (one.seen.form in FAILED) == (other.seen.form in FAILED)
    if one.message == other.message and (same_form or (one.check == other.check and same_sort)):
        return True
    if one.clause in other.actual or other.clause in one.actual:
        return True
    return same_form and _wrongly_answered(one, other)


def _wrongly_answered(one: Symptom, other: Symptom) -> bool:
    """Tell whether two answers, and not just their content, are wrong, and on the same side."""
    if any(each.seen.right is not False or each.of_content for each in (one, other)):
        return False
    return one.seen.form in FAILED or _side(one) == _side(other)


def _of_one_group(one: Symptom, other: Symptom) -> bool:
    return one.group == other.group or {one.group, other.group} <= _OF_CLIENTS


def belongs(symptom: Symptom, other: Symptom) -> bool:
    """Tell whether a symptom that nothing known explains belongs to a cause that shows in another.

    To be answered wrongly in the same way is not enough: a server may make several mistakes.
    """
    related = _of_one_group(symptom, other) or symptom.seen.form in FAILED
    return (related or symptom.message == other.message) and _akin(symptom, other)


def _side(symptom: Symptom) -> tuple[bool, bool]:
    return symptom.seen.of_a_person, symptom.seen.due == "FILES"


def alike(one: Symptom, other: Symptom) -> bool:
    """Tell whether two symptoms that nothing known explains stand together."""
    same_form = one.seen.form is other.seen.form
    same = one.check == other.check or one.clause == other.clause or one.expected == other.expected
    same_answer = same_form and one.seen.situation == other.seen.situation
    shared = same_answer and not (one.of_content and other.of_content)
    return (same and same_form) or shared or _akin(one, other)
