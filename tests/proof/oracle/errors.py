"""What a 401, a 404 and a 500 must be."""

from __future__ import annotations

import re

from tests.proof.oracle.text import NotJson, TooMuch, is_whole, read
from tests.proof.oracle.values import is_json_type
from tests.proof.oracle.words import Opinion, Told

CLAUSES = {
    "error.media-type",
    "error.json",
    "error.status-code",
    "error.status-message",
    "error.data",
    "error.message",
    "error.server-error",
    "error.no-internals",
}
_INTERNALS = re.compile(
    r"Traceback \(most recent call last\)"
    r"|\bat \S+ \(\S+:\d+:\d+\)"
    r"|/(?:srv|app|home|var|usr)/[\w./-]+\.\w+"
    r"|\b[A-Z]:\\\\?\w+"
)


def opinion_of(told: Told) -> Opinion:
    """Say what is wrong with an error."""
    wrong = _wrong_with(told)
    if told.status == 500:
        wrong = {"error.server-error"} if wrong else set()
    elif told.status != told.due:
        # The status is the mistake, and a body that goes with it is no second one.
        wrong = set()
    if _INTERNALS.search(told.body.decode("utf-8", "replace")):
        wrong.add("error.no-internals")
    return Opinion(wrong)


def _wrong_with(told: Told) -> set[str]:
    wrong = set() if is_json_type(told.header("content-type")) else {"error.media-type"}
    try:
        value = read(told.body).value
    except (NotJson, TooMuch):
        return wrong | {"error.json"}
    if not isinstance(value, dict):
        return wrong | {"error.json"}
    code, data = value.get("statusCode"), value.get("data")
    if not is_whole(code) or code != told.status:
        wrong.add("error.status-code")
    if not isinstance(value.get("statusMessage"), str):
        wrong.add("error.status-message")
    if not isinstance(data, dict):
        wrong.add("error.data")
    elif not isinstance(data.get("message"), str):
        wrong.add("error.message")
    return wrong
