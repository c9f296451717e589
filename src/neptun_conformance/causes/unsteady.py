"""Takes the name from what shows now and then: an input that is blamed for it may be innocent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake, Weight, about
from neptun_conformance.causes.symptoms import Symptom

NOW_AND_THEN = "Some answers are wrong now and then"
_DOCUMENTED = {401, 404}
_BY_NATURE = {Mistake.UNSTABLE, Mistake.SHARED_STATE}
"""Mistakes that show now and then, as those of what stands in front do."""


def doubted_where_unsteady(causes: Sequence[Cause]) -> list[Cause]:
    """Return causes, those whose wrong answers do not come again put together without a name."""
    unsteady = [cause for cause in causes if _is_unsteady(cause)]
    refused = {one.seen.status for cause in unsteady for one in cause.symptoms if _is_refused(one)}
    unsteady += [one for one in causes if one not in unsteady and _is_alike(one, refused)]
    others = [
        _less_sure(cause) if _is_doubtful(cause, beside=bool(unsteady)) else cause
        for cause in causes
        if cause not in unsteady
    ]
    if not unsteady:
        return others
    symptoms = tuple(symptom for cause in unsteady for symptom in cause.symptoms)
    repeated = sum(symptom.steady is False for symptom in symptoms)
    because = (
        f"repeated, the same requests are answered otherwise ({repeated} of them were): instances"
        " that differ, or state that earlier requests or their connection left behind"
    )
    return [*others, Cause(None, Certainty.UNNAMED, symptoms, because, NOW_AND_THEN)]


def _is_unsteady(cause: Cause) -> bool:
    known = {symptom.steady for symptom in cause.symptoms} - {None}
    return known == {False} and not _is_by_nature(cause)


def _is_by_nature(cause: Cause) -> bool:
    if cause.mistake is None:
        return False
    return cause.mistake in _BY_NATURE or about(cause.mistake).weight is Weight.REACHABILITY


def _is_refused(symptom: Symptom) -> bool:
    """Tell whether an answer is a refusal that the endpoint has no use for."""
    status = symptom.seen.status
    return status is not None and 400 <= status < 500 and status not in _DOCUMENTED


def _is_alike(cause: Cause, refused: set[int | None]) -> bool:
    """Tell whether a cause shows in refusals alone that come elsewhere now and then."""
    return not _is_by_nature(cause) and all(
        one.steady is not True and _is_refused(one) and one.seen.status in refused
        for one in cause.symptoms
    )


def _is_doubtful(cause: Cause, *, beside: bool) -> bool:
    """Tell whether a cause that is sure shows now and then, or may do so as another one does."""
    known = {symptom.steady for symptom in cause.symptoms}
    doubted = False in known or (beside and known == {None})
    return cause.certainty is Certainty.SURE and doubted and not _is_by_nature(cause)


def _less_sure(cause: Cause) -> Cause:
    because = f"{cause.because}; but some answers are wrong now and then"
    return replace(cause, certainty=Certainty.LIKELY, because=because)
