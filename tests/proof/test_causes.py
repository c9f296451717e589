"""Servers with several mistakes are told them all, and no other."""

from __future__ import annotations

from neptun_conformance.causes.kinds import Mistake
from tests.proof.deployment import Deployment
from tests.proof.measuring import causes_of
from tests.proof.naive import MISTAKES, Naive

DEPLOYED = {
    Mistake.ITEM_MEMBER,  # other members in the items
    Mistake.OWNERSHIP_REFUSAL,  # 401 where 404 is documented
    Mistake.OTHER_ID_BODY,  # 400 for malformed ids
    Mistake.CRASH,  # 500 past 2^31-1
    Mistake.ERROR_BODY,  # error bodies without data
    Mistake.HEAD,  # no HEAD
}


def test_nine_usual_mistakes_are_nine_causes_and_what_the_empty_chat_reveals() -> None:
    told = [cause.mistake for cause in causes_of(Naive)]
    assert len(told) == len(set(told))
    assert set(told) == {*MISTAKES, Mistake.CHAT_REVEALED}


def test_each_difference_of_the_deployment_is_one_cause() -> None:
    told = [cause.mistake for cause in causes_of(Deployment)]
    assert len(told) == len(set(told))
    assert set(told) == DEPLOYED
