"""The decision table: what is due to a question, by where it stands."""

from dataclasses import replace

import pytest

from neptun_conformance.chat_number import ChatNumber, Reading
from neptun_conformance.due import Due, Place, due
from neptun_conformance.situations import Account, ChatOf

OWNER, STRANGER = Account.OWNER, Account.STRANGER
PLAIN = ChatNumber(Reading.PLAIN, 123)
SPELLING = ChatNumber(Reading.SPELLING, 123)
OTHER = ChatNumber(Reading.OTHER_NUMBER)
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


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (READABLE, Due.FILES),
        (replace(READABLE, chat_of=ChatOf(OWNER, empty=True)), Due.FILES),
        (replace(READABLE, noisy=True), Due.FILES_OR_ANYTHING),
        (replace(READABLE, respelled=True), Due.FILES_OR_4XX),
        (replace(READABLE, respelled=True, noisy=True), Due.FILES_OR_4XX),
        (replace(READABLE, chat=SPELLING), Due.FILES_OR_4XX),
        (replace(READABLE, odd=True), Due.FILES_OR_ANYTHING),
    ],
)
def test_to_the_reader(place: Place, expected: Due) -> None:
    assert due(place) is expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (NOBODYS, Due.UNAUTHORIZED),
        (replace(NOBODYS, noisy=True), Due.UNAUTHORIZED),
        (replace(NOBODYS, chat_of=None), Due.UNAUTHORIZED),
        (replace(NOBODYS, user=None), Due.UNAUTHORIZED),
        (replace(NOBODYS, chat=TEXT), Due.DOCUMENTED_OR_4XX),
        (replace(NOBODYS, chat=OTHER), Due.DOCUMENTED_OR_4XX),
        (replace(NOBODYS, chat=SPELLING), Due.DOCUMENTED_OR_4XX),
        (replace(NOBODYS, respelled=True), Due.DOCUMENTED_OR_4XX),
        (replace(NOBODYS, other_shape=True), Due.DOCUMENTED_OR_4XX),
        (replace(NOBODYS, odd=True), Due.NO_DATA),
    ],
)
def test_to_nobody(place: Place, expected: Due) -> None:
    assert due(place) is expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (UNKNOWN_CHAT, Due.NOT_FOUND),
        (FOREIGN_CHAT, Due.NOT_FOUND),
        (FOREIGN_USER, Due.NOT_FOUND),
        (FOREIGN_PAIR, Due.NOT_FOUND),
        (UNKNOWN_USER, Due.NOT_FOUND),
        (replace(UNKNOWN_USER, other_shape=True), Due.NOT_FOUND_OR_4XX),
        (replace(UNKNOWN_CHAT, chat=OTHER), Due.NOT_FOUND_OR_4XX),
        (replace(UNKNOWN_CHAT, chat=TEXT), Due.DOCUMENTED_OR_4XX),
        (replace(FOREIGN_USER, chat=TEXT, respelled=True), Due.DOCUMENTED_OR_4XX),
        (replace(UNKNOWN_CHAT, uncertain=True), Due.FILES_OR_4XX),
        (replace(FOREIGN_USER, uncertain=True), Due.NOT_FOUND),
        (replace(FOREIGN_PAIR, chat=SPELLING), Due.NO_FILES),
        (replace(FOREIGN_PAIR, respelled=True), Due.NO_FILES),
        (replace(FOREIGN_CHAT, chat=SPELLING, other_shape=True), Due.NO_FILES),
        (replace(FOREIGN_PAIR, odd=True), Due.NO_DATA),
    ],
)
def test_to_somebody_else(place: Place, expected: Due) -> None:
    assert due(place) is expected
