"""Answers, symptoms and causes as runs have them, for the tests of causes."""

from __future__ import annotations

from typing import Any

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.symptoms import Form, Seen, Symptom

OWNER = "the owner asks for the owner's chat with files under the owner's id"
ANONYMOUS = "somebody without a cookie asks for the owner's chat with files under the owner's id"
STRANGERS = "the owner asks for the stranger's chat with files under the stranger's id"
EMPTY = "the owner asks for the owner's empty chat under the owner's id"
FAILS: dict[str, Any] = {"form": Form.SERVER_ERROR, "status": 500, "right": False}


def seen(form: Form = Form.FILES, status: int | None = 200, **changes: object) -> Seen:
    """Return an answer to the owner's plain question, unless told otherwise."""
    usual: dict[str, object] = {"situation": OWNER, "due": "FILES", "plain": True, "right": True}
    return Seen(form=form, status=status, **(usual | changes))  # type: ignore[arg-type]


def symptom(check: str = "module::test_one", **changes: object) -> Symptom:
    """Return a finding of a check: a 404 was due, files came."""
    usual: dict[str, object] = {
        "clause": "ownership.foreign-chat",
        "message": "not refused with a 404",
        "expected": "status 404",
        "actual": "status 200",
        "pointer": None,
        "seen": seen(due="NOT_FOUND", right=False),
    }
    return Symptom(check=check, **(usual | changes))  # type: ignore[arg-type]


def cause(mistake: Mistake | None, *symptoms: Symptom) -> Cause:
    """Return what a mistake causes, likely if it is known."""
    certainty = Certainty.LIKELY if mistake else Certainty.UNNAMED
    return Cause(mistake, certainty, symptoms, "because")


def found(clause: str, answer: Seen | None = None, **changes: object) -> Symptom:
    """Return a finding of a clause, by a wrong answer."""
    return symptom(f"{clause}::check", clause=clause, seen=answer or seen(right=False), **changes)


def let_in(clause: str, situation: str) -> Symptom:
    """Return a finding that files came where a 401 was due."""
    answer = seen(situation=situation, due="UNAUTHORIZED", right=False)
    return found(clause, answer)


def told(causes: list[Cause]) -> list[tuple[Mistake | None, int]]:
    """Return the mistake and the number of symptoms of each cause, the largest first."""
    return sorted(((one.mistake, len(one.symptoms)) for one in causes), key=lambda pair: -pair[1])


def failing(user: str) -> Seen:
    """Return a 500 to the owner's question under a user id, where a 404 was due."""
    situation = f"the owner asks for the owner's chat with files under {user}"
    return seen(Form.SERVER_ERROR, 500, situation=situation, due="NOT_FOUND", right=False)
