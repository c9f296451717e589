"""The oracle: which clauses do these answers violate?"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

from tests.proof.oracle import errors, success
from tests.proof.oracle.text import is_whole
from tests.proof.oracle.values import may_be_same
from tests.proof.oracle.words import Opinion, Told

if TYPE_CHECKING:
    from collections.abc import Iterable

KNOWN = {
    *errors.CLAUSES,
    *success.CLAUSES,
    "authentication.no-cookie",
    "authentication.empty-chat",
    "authentication.unknown-chat",
    "authentication.unknown-user",
    "authentication.after-owner",
    "authentication.owner-after",
    "chat.unknown",
    "cookie.http-only",
    "cors.answer",
    "files.empty",
    "input.no-server-error",
    "ownership.foreign-chat",
    "ownership.foreign-pair",
    "ownership.foreign-user",
    "ownership.indistinguishable",
    "reading.same-files",
    "reading.same-members",
    "success.status",
    "user.unknown",
}
"""Every clause that the oracle has an opinion about."""

OK = 200
ERRORS = (401, 404, 500)


def opinion_of(answers: Iterable[Told]) -> Opinion:
    """Say which clauses the answers of one server violate, in the order in which they came."""
    all_of_them = list(answers)
    said = Opinion()
    for told in all_of_them:
        said.add(_of_one(told))
    said.add(_of_readings(all_of_them))
    said.add(_of_likeness(all_of_them))
    said.follows -= said.violated
    return said


def _of_one(told: Told) -> Opinion:
    said = Opinion()
    if told.status != told.due:
        said.violated.add(_clause_about_status(told))
    if told.status != told.due and told.due == 401:
        said.follows |= {"authentication.no-cookie", "authentication.after-owner"}
    if told.status != told.due == 200:
        said.follows.add("authentication.owner-after")
    if told.status >= 500:
        said.violated.add("input.no-server-error")
    if told.status == 200:
        said.add(success.opinion_of(told))
    elif told.status in ERRORS:
        said.add(errors.opinion_of(told))
    said.violated |= _careless_headers(told)
    return said


def _clause_about_status(told: Told) -> str:
    if told.due == 401:
        return _clause_about_anonymous(told)
    if told.due == 200:
        return "success.status" if told.chat.files else "files.empty"
    if told.user == "nobody":
        return "user.unknown"
    if told.chat.of is None:
        return "chat.unknown"
    if told.user == told.who:
        return "ownership.foreign-chat"
    return "ownership.foreign-user" if told.chat.of == told.who else "ownership.foreign-pair"


def _clause_about_anonymous(told: Told) -> str:
    if told.user == "nobody":
        return "authentication.unknown-user"
    if told.chat.of is None:
        return "authentication.unknown-chat"
    return "authentication.no-cookie" if told.chat.files else "authentication.empty-chat"


def _careless_headers(told: Told) -> set[str]:
    wrong = set()
    for name, value in told.headers:
        pair, *attributes = (part.strip() for part in value.split(";"))
        cookie, _, session = pair.partition("=")
        given = name == "set-cookie" and cookie.strip() == "neptun-session" and session.strip(' "')
        if given and "httponly" not in {attribute.lower() for attribute in attributes}:
            wrong.add("cookie.http-only")
    allowed = told.header("access-control-allow-origin")
    credentials = told.header("access-control-allow-credentials")
    if told.origin and allowed == told.origin and credentials == "true":
        wrong.add("cors.answer")
    return wrong


def _of_readings(answers: list[Told]) -> Opinion:
    """Compare each due 200 with the first one of its chat."""
    by_chat: dict[int, list[list[Any]]] = defaultdict(list)
    for told in answers:
        files = success.files_of(told)
        if files is not None:
            by_chat[told.chat.number].append(files)
    said = Opinion()
    for first, *others in by_chat.values():
        for files in others:
            certain = all(success.is_well_formed(file) for file in (*first, *files))
            (said.violated if certain else said.follows).update(_compared(first, files))
            if len(set(map(_id, files))) < len(files):
                said.follows.add("reading.same-members")
    return said


def _compared(first: list[Any], files: list[Any]) -> set[str]:
    wrong = set()
    if Counter(map(_id, first)) != Counter(map(_id, files)):
        wrong.add("reading.same-files")
    for was in first:
        became = [file for file in files if _id(file) == _id(was)]
        if became and not any(_is_kept(was, file) for file in became):
            wrong.add("reading.same-members")
    return wrong


def _id(file: Any) -> object:
    value = file.get("id") if isinstance(file, dict) else file
    return value if is_whole(value) else repr(value)


def _is_kept(was: Any, file: Any) -> bool:
    """Tell whether a file says the same, its moment in any spelling."""
    if not isinstance(was, dict) or not isinstance(file, dict):
        return bool(was == file)
    one, other = was.get("created_at"), file.get("created_at")
    same = one == other or may_be_same(str(one), str(other))
    return same and all(was.get(name) == file.get(name) for name in success.KEPT)


def _of_likeness(answers: list[Told]) -> Opinion:
    """Compare, under one user id, what is said of a foreign chat with what is said of no chat."""
    said = Opinion()
    for who, user in product(("owner", "stranger"), repeat=2):
        own = [t for t in answers if (t.who, t.user) == (who, user)]
        missing = {_shown(t) for t in own if t.chat.of is None}
        foreign = {_shown(t) for t in own if t.chat.of not in {None, who}}
        # What varies by itself is no sign, and another status is what another clause is about.
        refused = all(told.status == told.due for told in own if told.due != OK)
        verdict = said.violated if refused else said.follows
        if len(missing) == 1 and foreign - missing:
            verdict.add("ownership.indistinguishable")
    return said


def _shown(told: Told) -> tuple[object, ...]:
    """Return what of an answer could tell one from another; its length follows from its body."""
    return tuple(sorted(h for h in told.headers if h[0] != "content-length")), told.body
