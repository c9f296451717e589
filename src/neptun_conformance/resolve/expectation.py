"""Which answer is due to a question: the contract's decision table, in one place.

A question is placed by four facts: whose valid session it shows, whose user id it names, what its
chat id is, and whether its spelling is one that proxies and routers may treat in their own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from neptun_conformance.contract.chat_number import ChatNumber, Reading
from neptun_conformance.questions.situations import Account, ChatOf


class Expected(Enum):
    """What the contract demands of the answer."""

    FILES = "the 200 with the files of the chat"
    UNAUTHORIZED = "the documented 401"
    NOT_FOUND = "the documented 404"
    NOT_FOUND_OR_FILES = "the documented 404, or the right 200 of a chat that the target leaves out"
    NOT_FOUND_OR_4XX = "a 4xx, at best the documented 404"
    DOCUMENTED_OR_4XX = "a 4xx, at best a documented one"
    FILES_OR_4XX = "a 4xx, or the right 200"
    FILES_OR_BETTER_4XX = "a 4xx, at worst the right 200"
    NO_FILES = "no 2xx"
    NO_DATA = "anything that discloses no chat data"
    FILES_AT_BEST = "at best the right 200, and a finding of good custom where it is another answer"
    FILES_OR_ANYTHING = "anything, and where it is a 200 with files, the right ones"

    __hash__ = object.__hash__  # each member is one object; Enum hashes its name, in Python


REFUSED = frozenset({Expected.DOCUMENTED_OR_4XX, Expected.NOT_FOUND_OR_4XX})
"""What demands a 4xx, whichever it is."""
REFUSED_OR_RIGHT = frozenset({Expected.FILES_OR_4XX, Expected.FILES_OR_BETTER_4XX})
"""What allows the right 200 beside a 4xx."""
PERHAPS_SERVED = REFUSED_OR_RIGHT | {
    Expected.FILES,
    Expected.FILES_AT_BEST,
    Expected.FILES_OR_ANYTHING,
}
"""What allows a 200 with the files of the chat."""
STATUSES = {Expected.FILES: 200, Expected.UNAUTHORIZED: 401, Expected.NOT_FOUND: 404}
"""The one status that is right, where there is but one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands.

    Arguments:
        reader: the account whose untouched session is shown, None for nobody's.
        user: the account whose id is named, None for nobody's.
        other_shape: the user id has another shape than the owner's.
        respelled: user id or path are encoded in an unusual but equivalent way.
        chat: how the chat id reads.
        chat_of: the real chat that the number belongs to, if any.
        odd: proxies and routers may treat this request in their own way.
        noisy: carries query parameters, a body or headers that the operation does not know.
        unknown_input: carries query parameters, a body or two sessions, which anybody may be
            refused for.
        gateway: carries headers that gateways set or act on, or a session that looks like an
            attack: where a refusal is due, any 4xx is right.
        foreign_voice: says that it comes from another site or by another way, which may also be
            met by a redirect.
        uncertain: the number is guessed: it may be a chat of whoever asks for it under the own
            id, which the target need not name.
    """

    reader: Account | None
    user: Account | None
    other_shape: bool
    respelled: bool
    chat: ChatNumber
    chat_of: ChatOf | None
    odd: bool
    noisy: bool
    uncertain: bool
    gateway: bool = False
    foreign_voice: bool = False
    unknown_input: bool = False

    @property
    def readable(self) -> bool:
        """Whether this caller may read what user id and number name."""
        return (
            self.reader is not None
            and self.reader is self.user
            and self.chat_of is not None
            and self.chat_of.account is self.reader
        )


def expectation(place: Place) -> Expected:
    """Return what is due to a question in this place."""
    if place.odd:
        return Expected.FILES_OR_ANYTHING if place.readable else Expected.NO_DATA
    if place.reader is None:
        return _due_to_nobody(place)
    if place.readable:
        return _due_to_the_reader(place)
    return _due_to_others(place)


def _due_to_nobody(place: Place) -> Expected:
    if place.foreign_voice:
        return Expected.NO_FILES
    plain = place.chat.reading is Reading.PLAIN and not place.respelled and not place.other_shape
    refusable = place.gateway or place.unknown_input
    return Expected.UNAUTHORIZED if plain and not refusable else Expected.DOCUMENTED_OR_4XX


def _due_to_the_reader(place: Place) -> Expected:
    if place.chat.reading is Reading.SURROUNDED:
        return Expected.FILES_OR_BETTER_4XX
    if place.respelled or place.chat.reading is Reading.SPELLING:
        return Expected.FILES_OR_4XX
    if place.noisy:
        return Expected.FILES_AT_BEST
    return Expected.FILES_OR_ANYTHING if place.foreign_voice else Expected.FILES


def _due_to_others(place: Place) -> Expected:
    if place.uncertain and place.reader is place.user:
        return _due_to_a_guess(place)
    if place.foreign_voice:
        return Expected.NO_FILES
    if place.gateway:
        return Expected.NOT_FOUND_OR_4XX
    return _due_to_who_may_not_read(place)


def _due_to_a_guess(place: Place) -> Expected:
    if place.foreign_voice:
        return Expected.FILES_OR_ANYTHING
    if place.chat.reading is Reading.SURROUNDED:
        return Expected.FILES_OR_BETTER_4XX
    plain = place.chat.reading is Reading.PLAIN and not place.respelled
    strict = plain and not place.gateway and not place.unknown_input
    return Expected.NOT_FOUND_OR_FILES if strict else Expected.FILES_OR_4XX


def _due_to_who_may_not_read(place: Place) -> Expected:
    if place.chat.reading in {Reading.TEXT, Reading.SURROUNDED}:
        return Expected.DOCUMENTED_OR_4XX
    if place.respelled or place.chat.reading is Reading.SPELLING:
        return Expected.NO_FILES
    unlike = place.other_shape and place.user is None
    if place.chat.reading is Reading.OTHER_NUMBER or unlike:
        return Expected.NOT_FOUND_OR_4XX
    return Expected.NOT_FOUND_OR_4XX if place.unknown_input else Expected.NOT_FOUND
