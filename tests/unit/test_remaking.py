"""A question in a report can be made anew, whatever became of it in a run."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from neptun_conformance.engine.asking.casting import Casting
from neptun_conformance.engine.checks.check import with_generated
from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.engine.records.remaking import question_of, record_of
from neptun_conformance.exchange import Request
from neptun_conformance.questions.bundles import parts_of, with_parts
from neptun_conformance.questions.callers import anonymous, owner
from neptun_conformance.questions.free_voices import ALONE
from neptun_conformance.questions.generated import recipes
from neptun_conformance.questions.situations import Derived, Question
from neptun_conformance.questions.voices import DIMENSIONS
from neptun_conformance.resolve.participants import NotApplicableHere, Participants
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.results.adapter import adapter
from neptun_conformance.results.result import QuestionRecord
from neptun_conformance.server.data import target_for
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper

TARGET = Target.of(target_for("http://reference.invalid"))
ASKED = [
    asked
    for check in with_generated(all_checks(), effort="default", seed=0)
    for asked in check.asked
    if isinstance(asked, Question)
]
KEPT = [question.again(0) for question in ASKED]
"""Which turn a question was asked in tells nothing about it."""


def kept(question: Question) -> QuestionRecord:
    """Return a record as it is read from a report."""
    written = adapter(QuestionRecord).dump_json(record_of(question))
    read: QuestionRecord = adapter(QuestionRecord).validate_json(written)
    return read


def request(question: Question | None, people: Participants) -> Request | None:
    try:
        return resolve(question, people, handed_out="s").request if question else None
    except NotApplicableHere:
        return Request("NONE", str(question))


def test_every_question_of_a_run_is_made_anew_in_its_voice() -> None:
    people = Participants.of(TARGET, SessionKeeper(TARGET))
    casting = Casting(people)
    voiced = [asked for one in KEPT if isinstance(asked := casting.in_voice(one), Question)]
    made = [question_of(kept(one), ASKED) for one in voiced]
    wrong = zip(voiced, made, strict=True)
    assert [str(a) for a, b in wrong if request(a, people) != request(b, people)] == []


def test_no_request_names_the_targets_address_by_a_word_for_it() -> None:
    people = Participants.of(TARGET, SessionKeeper(TARGET))
    casting = Casting(people)
    voiced = [asked for one in KEPT if isinstance(asked := casting.in_voice(one), Question)]
    made = [request(question, people) for question in voiced]
    values = [value for one in made if one for _, value in (*one.headers, ("", one.target))]
    assert "reference.invalid:99999" in values
    assert [one for one in values if re.search(r"\{(?:scheme|host|authority)\}", one)] == []


def test_every_question_of_several_parts_is_made_anew_with_the_last_of_them_alone() -> None:
    single = [with_parts(one, parts_of(one)[-1:]) for one in KEPT if len(parts_of(one)) > 1]
    assert len(single) > 20
    assert [str(one) for one in single if question_of(kept(one), ASKED) != one] == []


def test_what_is_drawn_and_made_smaller_needs_no_question_like_it() -> None:
    small = recipes.question(["asks", "owner", ["with_fraction", 137], "owner"])
    made = question_of(kept(small.with_query("a=1")), ())
    assert made is not None
    assert made == small.with_query("a=1")
    assert isinstance(made.chat, Derived)
    assert made.chat.write(12) == "12.000137"


def test_every_level_of_a_voice_is_made_anew() -> None:
    levels = [level for dimension in DIMENSIONS for level in dimension.levels[1:]]
    voice = (*levels, *(alone.level for alone in ALONE))
    asked = owner.asks(owner.full).in_voice(voice)
    assert question_of(kept(asked), ASKED) == asked


@pytest.mark.parametrize(
    "changes",
    [{"voice": ["gone"]}, {"recipe": ["gone"]}, {"chat": "gone"}, {"route": "GONE"}],
    ids=lambda changes: next(iter(changes)),
)
def test_what_this_version_does_not_know_is_none(changes: dict[str, Any]) -> None:
    record = replace(record_of(anonymous.asks(owner.full)), **changes)
    assert question_of(record, ASKED) is None
