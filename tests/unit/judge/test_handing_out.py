"""Sessions that answers set: to whom they may go, and what is asked with them next."""

from __future__ import annotations

import pytest

from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.handing_out import (
    give_nobodys_session_away,
    handed_out,
    handed_out_by_kind,
)
from neptun_conformance.questions.callers import (
    anonymous,
    owner,
    stranger,
    with_expired_session,
    with_handed_out_session,
    with_session,
)
from neptun_conformance.questions.situations import Question
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.participants import NotApplicableHere
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.server.data import ALICE
from tests.unit.judge.said import CAST, files, refusal, said, told

OWN, NOBODYS = owner.asks(owner.full), anonymous.asks(owner.full)
FOREIGN = stranger.asks(owner.full)
FACTS = Facts(plain={owner.full: said(OWN, 200, files(1))})
HERS = ALICE.session.value


def setting(question: Question, session: str, status: int = 401) -> Answer:
    header = ("Set-Cookie", f"neptun-session={session}; HttpOnly")
    return said(question, status, refusal(status), headers=(header,), facts=FACTS)


@pytest.mark.parametrize("question", [NOBODYS, FOREIGN])
def test_a_session_goes_to_its_holder_alone(question: Question) -> None:
    wrong = "a response gives a session to another caller"
    (found,) = told(give_nobodys_session_away, setting(question, HERS))
    assert found[:2] == (wrong, "no session of the owner")
    quoted = f'"{HERS}"'
    assert told(give_nobodys_session_away, setting(question, quoted))[0][0] == wrong
    assert told(give_nobodys_session_away, setting(question, "new")) == []
    assert told(give_nobodys_session_away, setting(OWN, HERS, 200)) == []


def test_a_session_goes_to_nobody_else_under_another_name_either() -> None:
    header = ("Set-Cookie", f"last={HERS}; Path=/")
    for question, wrong in ((NOBODYS, 1), (OWN, 0)):
        answer = said(question, 404, refusal(404), headers=(header,), facts=FACTS)
        assert len(told(give_nobodys_session_away, answer)) == wrong


def test_the_newest_session_that_somebody_without_one_was_given() -> None:
    answers = [
        setting(NOBODYS, "one"),
        setting(NOBODYS, "two"),
        setting(OWN, "hers", 200),
        setting(NOBODYS, ""),
    ]
    assert handed_out(answers) == "two"
    assert handed_out(answers[2:]) is None


def test_each_kind_of_situation_gives_one_session() -> None:
    expired = with_expired_session.asks(owner.full)
    answers = [
        setting(NOBODYS, "one"),
        setting(NOBODYS, "two"),
        setting(NOBODYS.by("HEAD"), "three"),
        setting(expired, "four"),
        setting(with_session("x").asks(owner.full), "one"),
        setting(OWN, "hers", 200),
    ]
    assert set(handed_out_by_kind(answers)) == {"one", "three", "four"}
    assert handed_out_by_kind(answers[5:]) == []


def test_a_session_that_was_handed_out_is_asked_with() -> None:
    question = with_handed_out_session.asks(owner.full)
    resolved = resolve(question, CAST, handed_out="new*1")
    assert resolved.request.headers == (("Cookie", "neptun-session=new*1"),)
    assert resolved.expected is Expected.UNAUTHORIZED
    with pytest.raises(NotApplicableHere, match=r"^no answer gave a session"):
        resolve(question, CAST)
