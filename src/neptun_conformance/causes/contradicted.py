"""Changes a name that the answers contradict: what came is not what the name says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.symptoms import ON_USED_ONES, SERVED, Symptom

_BY_A_CONDITION = {206, 304, 412, 416}
"""Statuses that a condition or a range is answered by."""
_OF_LISTS = {Mistake.FILES_MISSING, Mistake.UNSTABLE, Mistake.EMPTY_CHAT}
_BY_THE_QUERY = "an unknown query parameter changes "
"""How the judge of queries begins what it says."""


def unless_contradicted(cause: Cause) -> Cause:
    """Return a cause under another name, or without one, where its answers say so."""
    for look in (_of_right_refusals, _of_conditions, _of_queries, _of_used_connections):
        cause = look(cause)
    return cause


def _all(cause: Cause, test: Callable[[Symptom], bool]) -> bool:
    return all(map(test, cause.symptoms))


def _of_right_refusals(cause: Cause) -> Cause:
    """Tell what a 404 gives away from another answer in its place."""
    refused = _all(cause, lambda one: one.seen.due == "NOT_FOUND" and one.seen.status == 404)
    if cause.mistake is not Mistake.OWNERSHIP_REFUSAL or not refused:
        return cause
    because = "the 404 that is due comes, and what it holds tells of the chat"
    return cause.named(Mistake.CHAT_REVEALED, because)


def _of_conditions(cause: Cause) -> Cause:
    """Tell a wrong 304 from one to somebody who may not read, and from a list that is wrong."""
    if cause.mistake is not Mistake.VALIDATORS:
        return cause
    if _all(cause, lambda one: not one.seen.due.startswith("FILES") and _is_by_a_condition(one)):
        because = "whoever may not read gets what a condition or a range is answered by"
        return cause.named(Mistake.CONDITION_FIRST, because)
    if "conditional" in cause.groups or not _all(cause, lambda one: one.seen.form in SERVED):
        return cause
    because = "only requests under a condition are answered so, but by no 304 or 412"
    return replace(cause.unnamed(because), sentence=None)


def _is_by_a_condition(symptom: Symptom) -> bool:
    return symptom.seen.status in _BY_A_CONDITION


def _of_queries(cause: Cause) -> Cause:
    """Name the query where files differ with one alone."""
    by_query = _all(cause, lambda one: one.message.startswith(_BY_THE_QUERY))
    if cause.mistake not in _OF_LISTS or not by_query:
        return cause
    because = "the lists differ only where the request has a query"
    return cause.named(Mistake.QUERY_HEEDED, because)


def _of_used_connections(cause: Cause) -> Cause:
    """Name what gets no answer on a connection that was used before, whatever is asked."""
    if not _all(cause, lambda one: ON_USED_ONES in one.actual):
        return cause
    because = "a plain request is answered on a new connection, and not as the second on one"
    named = cause.named(Mistake.HANG, because)
    return replace(named, sentence="The server answers no second request on a connection")
