"""Of which kind a situation is, as far as a server may treat it in a way of its own."""

from __future__ import annotations

from neptun_conformance.contract.chat_number import Reading
from neptun_conformance.questions.array import Kind
from neptun_conformance.questions.situations import Question, Route
from neptun_conformance.resolve.expectation import Expected, Place

_OPEN = {
    Expected.FILES_OR_4XX,
    Expected.FILES_OR_BETTER_4XX,
    Expected.FILES_AT_BEST,
    Expected.FILES_OR_ANYTHING,
    Expected.NO_DATA,
}


def may_be_of_a_kind(question: Question) -> bool:
    """Tell whether nothing but who asks for what may be particular about a question."""
    plainly = question.method == "GET" and question.route is Route.PLAIN
    particular = question.query or question.headers or question.body
    return plainly and not particular and not question.documented


def kind_of(question: Question, place: Place, expected: Expected) -> Kind | None:
    """Return the kind of a situation, None where something else about it is particular.

    Arguments:
        question: the question in words.
        place: where it stands.
        expected: what is due to it.
    """
    if not may_be_of_a_kind(question) or expected in _OPEN:
        return None
    if place.reader is None:
        return _of_nobody(question, place)
    if place.readable:
        return Kind.OWN_EMPTY if place.chat_of and place.chat_of.empty else Kind.OWN_FILES
    return _of_others(place)


def _of_nobody(question: Question, place: Place) -> Kind | None:
    caller = question.caller
    if caller.of == "expired":
        return Kind.EXPIRED_SESSION
    if caller.channel not in {"none", "cookie"}:
        return Kind.SESSION_ELSEWHERE
    if caller.channel == "cookie":
        return Kind.ALTERED_SESSION if caller.shows_a_session else Kind.MADE_UP_SESSION
    there = place.chat_of is not None and place.chat_of.account is place.user
    return Kind.NO_SESSION if there else Kind.ANONYMOUS_UNKNOWN


def _of_others(place: Place) -> Kind | None:
    if place.chat.reading is Reading.SPELLING:
        return Kind.FOREIGN_SPELLING
    if place.chat.reading is not Reading.PLAIN:
        return Kind.NO_CHAT_NUMBER
    # To a server that does not read another spelling of a user's id, it is nobody's.
    if place.user is None or place.respelled:
        return Kind.UNKNOWN_USER
    if place.chat_of is None:
        return Kind.UNKNOWN_CHAT
    if place.user is place.reader:
        return Kind.FOREIGN_CHAT
    return Kind.FOREIGN_USER if place.chat_of.account is place.reader else Kind.FOREIGN_PAIR
