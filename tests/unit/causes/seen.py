"""Answers and symptoms as runs have them, for the tests of causes."""

from __future__ import annotations

from neptun_conformance.causes.symptoms import Form, Seen, Symptom

OWNER = "the owner asks for the owner's chat with files under the owner's id"
ANONYMOUS = "somebody without a cookie asks for the owner's chat with files under the owner's id"


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
