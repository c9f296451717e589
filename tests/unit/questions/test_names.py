"""Names of questions: each another, short, and the same from run to run."""

from __future__ import annotations

import re

from neptun_conformance.questions.callers import anonymous, owner
from neptun_conformance.questions.names import names_of
from neptun_conformance.questions.situations import Burst

OWN = owner.asks(owner.full)


def test_a_name_says_what_is_asked() -> None:
    assert names_of([OWN, anonymous.asks(owner.empty)]) == [
        "owner-owner-chat-files-under-owner-id",
        "somebody-without-cookie-owner-empty-chat-under-owner-id",
    ]


def test_what_is_asked_again_is_told_apart() -> None:
    names = names_of([OWN, OWN.again(1), Burst((OWN,)), Burst((OWN,), rounds=2)])
    assert len(set(names)) == 4


def test_long_questions_have_short_names_that_differ() -> None:
    long = [OWN.with_query("a" * 30 + end).with_headers(("X", "b" * 30)) for end in "xy"]
    names = names_of(long)
    assert len(set(names)) == 2
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", name) for name in names)
