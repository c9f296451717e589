"""Each voice that leaves an answer open is asked, and its answer is judged by what is left."""

from __future__ import annotations

import pytest

from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.free_voices import (
    ALONE,
    ODD_TOGETHER,
    TOGETHER,
    Alone,
    Free,
    in_free_voices,
    left_free,
)
from neptun_conformance.questions.situations import Question
from neptun_conformance.questions.voices import DIMENSIONS
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.liberties import Form
from neptun_conformance.resolve.resolved import ResolvedQuestion, resolve
from tests.unit.judge.said import CAST

OWN, FOREIGN, NOBODYS = (who.asks(owner.full) for who in (owner, stranger, anonymous))
EXPECTED = {
    Free.FORM: (Expected.FILES, Expected.NOT_FOUND, Expected.UNAUTHORIZED),
    Free.FORM_OR_406: (Expected.FILES, Expected.NOT_FOUND, Expected.UNAUTHORIZED),
    Free.REFUSAL: (Expected.FILES_OR_ANYTHING, Expected.NO_FILES, Expected.NO_FILES),
    Free.ANSWER: (Expected.FILES_OR_ANYTHING, Expected.NO_DATA, Expected.NO_DATA),
    Free.CLOSED: (Expected.FILES_OR_ANYTHING, Expected.NO_DATA, Expected.NO_DATA),
    Free.NOTHING: (Expected.FILES_AT_BEST, Expected.NO_FILES, Expected.NO_FILES),
}


def resolved(question: Question, alone: Alone) -> ResolvedQuestion:
    return resolve(question.in_voice((alone.level,)), CAST)


@pytest.mark.parametrize("alone", ALONE, ids=lambda alone: alone.level.name)
def test_what_is_left_open_is_expected_of_nobody(alone: Alone) -> None:
    found = [resolved(question, alone) for question in (OWN, FOREIGN, NOBODYS)]
    assert tuple(one.expected for one in found) == EXPECTED[alone.free]
    names_a_host = any(name == "Host" for name, _ in alone.level.headers)
    due = Form.FREE if names_a_host else Form.JSON
    forms = {Free.FORM: Form.FREE, Free.FORM_OR_406: Form.FREE_OR_406}
    assert {one.form for one in found} == {forms.get(alone.free, due)}
    assert {one.closable for one in found} == {alone.free is Free.CLOSED}


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda dimension: dimension.name)
def test_a_level_of_the_array_leaves_nothing_open(dimension: object) -> None:
    levels = {d.name: d.levels for d in DIMENSIONS}[getattr(dimension, "name", "")]
    for level in levels:
        found = [resolve(q.in_voice((level,)), CAST) for q in (OWN, FOREIGN, NOBODYS)]
        assert tuple(one.expected for one in found) == EXPECTED[Free.FORM]
        assert {one.form for one in found} == {Form.JSON}
        assert not left_free((level,))


def test_each_level_is_asked_in_a_row_but_another_host() -> None:
    named = [level.name for row in (*TOGETHER, *ODD_TOGETHER) for level in row]
    assert len(set(named)) == len(named)
    assert {alone.level.name for alone in ALONE} - set(named) == {"another-host"}
    for row in (*TOGETHER, *ODD_TOGETHER):
        set_twice = [name for level in row for name, _ in level.headers]
        assert len(set(set_twice)) == len(set_twice)


def test_as_many_questions_as_levels_are_given_voices() -> None:
    given = in_free_voices(NOBODYS.again(turn) for turn in range(len(ALONE)))
    assert [question.voice for question in given] == [(alone.level,) for alone in ALONE]
    with pytest.raises(ValueError, match=r"longer"):
        in_free_voices([NOBODYS])
