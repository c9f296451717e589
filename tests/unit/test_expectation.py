"""The decision table: what is due to a question, by where it stands."""

from dataclasses import replace

import pytest

from neptun_conformance.contract.chat_number import ChatNumber, Reading
from neptun_conformance.questions.situations import Account, ChatOf
from neptun_conformance.resolve.expectation import Expected, Place, expectation

OWNER, STRANGER = Account.OWNER, Account.STRANGER
PLAIN = ChatNumber(Reading.PLAIN, 123)
SPELLING = ChatNumber(Reading.SPELLING, 123)
OTHER = ChatNumber(Reading.OTHER_NUMBER)
SURROUNDED = ChatNumber(Reading.SURROUNDED, 123)
TEXT = ChatNumber(Reading.TEXT)

READABLE = Place(
    reader=OWNER,
    user=OWNER,
    other_shape=False,
    respelled=False,
    chat=PLAIN,
    chat_of=ChatOf(OWNER),
    odd=False,
    noisy=False,
    uncertain=False,
)
NOBODYS = replace(READABLE, reader=None)
UNKNOWN_CHAT = replace(READABLE, chat_of=None)
FOREIGN_CHAT = replace(READABLE, chat_of=ChatOf(STRANGER))
FOREIGN_USER = replace(READABLE, user=STRANGER)
FOREIGN_PAIR = replace(FOREIGN_USER, chat_of=ChatOf(STRANGER))
UNKNOWN_USER = replace(READABLE, user=None)

TO_THE_READER = [
    (READABLE, Expected.FILES),
    (replace(READABLE, chat_of=ChatOf(OWNER, empty=True)), Expected.FILES),
    (replace(READABLE, noisy=True), Expected.FILES_AT_BEST),
    (replace(READABLE, respelled=True), Expected.FILES_OR_4XX),
    (replace(READABLE, respelled=True, noisy=True), Expected.FILES_OR_4XX),
    (replace(READABLE, chat=SPELLING), Expected.FILES_OR_4XX),
    (replace(READABLE, chat=SURROUNDED), Expected.FILES_OR_BETTER_4XX),
    (replace(READABLE, chat=SURROUNDED, odd=True), Expected.FILES_OR_ANYTHING),
    (replace(READABLE, odd=True), Expected.FILES_OR_ANYTHING),
]
TO_NOBODY = [
    (NOBODYS, Expected.UNAUTHORIZED),
    (replace(NOBODYS, noisy=True), Expected.UNAUTHORIZED),
    (replace(NOBODYS, noisy=True, unknown_input=True), Expected.DOCUMENTED_OR_4XX),
    (replace(NOBODYS, chat_of=None), Expected.UNAUTHORIZED),
    (replace(NOBODYS, user=None), Expected.UNAUTHORIZED),
    (replace(NOBODYS, chat=TEXT), Expected.DOCUMENTED_OR_4XX),
    (replace(NOBODYS, chat=OTHER), Expected.DOCUMENTED_OR_4XX),
    (replace(NOBODYS, chat=SPELLING), Expected.DOCUMENTED_OR_4XX),
    (replace(NOBODYS, respelled=True), Expected.DOCUMENTED_OR_4XX),
    (replace(NOBODYS, other_shape=True), Expected.DOCUMENTED_OR_4XX),
    (replace(NOBODYS, odd=True), Expected.NO_DATA),
]
TO_SOMEBODY_ELSE = [
    (UNKNOWN_CHAT, Expected.NOT_FOUND),
    (FOREIGN_CHAT, Expected.NOT_FOUND),
    (FOREIGN_USER, Expected.NOT_FOUND),
    (FOREIGN_PAIR, Expected.NOT_FOUND),
    (UNKNOWN_USER, Expected.NOT_FOUND),
    (replace(FOREIGN_PAIR, noisy=True), Expected.NOT_FOUND),
    (replace(FOREIGN_PAIR, noisy=True, unknown_input=True), Expected.NOT_FOUND_OR_4XX),
    (replace(FOREIGN_PAIR, respelled=True, unknown_input=True), Expected.NO_FILES),
    (replace(UNKNOWN_USER, other_shape=True), Expected.NOT_FOUND_OR_4XX),
    (replace(UNKNOWN_CHAT, chat=OTHER), Expected.NOT_FOUND_OR_4XX),
    (replace(UNKNOWN_CHAT, chat=TEXT), Expected.DOCUMENTED_OR_4XX),
    (replace(FOREIGN_USER, chat=TEXT, respelled=True), Expected.DOCUMENTED_OR_4XX),
    (replace(FOREIGN_PAIR, chat=SURROUNDED), Expected.DOCUMENTED_OR_4XX),
    (replace(UNKNOWN_CHAT, uncertain=True), Expected.NOT_FOUND_OR_FILES),
    (replace(UNKNOWN_CHAT, uncertain=True, gateway=True), Expected.FILES_OR_4XX),
    (replace(UNKNOWN_CHAT, uncertain=True, foreign_voice=True), Expected.FILES_OR_ANYTHING),
    (replace(UNKNOWN_CHAT, uncertain=True, chat=SURROUNDED), Expected.FILES_OR_BETTER_4XX),
    (replace(UNKNOWN_CHAT, uncertain=True, chat=SPELLING), Expected.FILES_OR_4XX),
    (replace(FOREIGN_PAIR, uncertain=True, chat=SPELLING), Expected.NO_FILES),
    (replace(FOREIGN_USER, uncertain=True), Expected.NOT_FOUND),
    (replace(FOREIGN_PAIR, chat=SPELLING), Expected.NO_FILES),
    (replace(FOREIGN_PAIR, respelled=True), Expected.NO_FILES),
    (replace(FOREIGN_CHAT, chat=SPELLING, other_shape=True), Expected.NO_FILES),
    (replace(FOREIGN_PAIR, odd=True), Expected.NO_DATA),
]


@pytest.mark.parametrize(("place", "expected"), [*TO_THE_READER, *TO_NOBODY, *TO_SOMEBODY_ELSE])
def test_what_is_due_to_a_question(place: Place, expected: Expected) -> None:
    assert expectation(place) is expected
