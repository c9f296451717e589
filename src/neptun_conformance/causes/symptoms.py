"""What causes are inferred from: what is wrong, and what every answer looked like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class Form(StrEnum):
    """What an answer looks like, as far as causes differ in it."""

    FILES = "a 200 with files"
    EMPTY_LIST = "a 200 with an empty list"
    OTHER_200 = "a 200 without a list"
    SUCCESS = "another 2xx"
    REDIRECT = "a 3xx"
    UNAUTHORIZED = "a 401"
    NOT_FOUND = "a 404"
    REFUSAL = "another 4xx"
    SERVER_ERROR = "a 5xx"
    NO_ANSWER = "no answer in time"
    BROKEN = "no answer"


SERVED = {Form.FILES, Form.EMPTY_LIST}
"""Answers of the endpoint to somebody who may read."""
REFUSED = {Form.UNAUTHORIZED, Form.NOT_FOUND, Form.REFUSAL}
"""Answers that refuse."""
FAILED = {Form.SERVER_ERROR, Form.NO_ANSWER, Form.BROKEN}
"""Answers that no caller should ever get."""
AFTER_OTHERS = {"authentication.after-owner", "authentication.owner-after"}
"""Clauses about an answer to one caller after another caller has asked for the same."""
ON_USED_ONES = "on a connection that another request was answered on"
"""What is said where a request gets no answer there, and gets one on a new connection."""
_ACCOUNTS = ("owner", "stranger")
_PERSONS = ("the owner asks", "the stranger asks")


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer of a run.

    Arguments:
        situation: who asked for what, in words.
        due: what was due, as a word of ``Expected``; ``FILES`` where the caller may read.
        plain: a GET along the plain route, without a query or headers of its own.
        form: what the answer looks like.
        status: None where none came.
        headers: names in lower case, and values.
        body: its beginning, as text.
        right: whether nothing is wrong with its status; None where nothing can be said.
        started: seconds since the run began.
        particulars: what is particular about the request beside who asks for what, in words.
        garbled: its body is not in the content coding that it names.
        cookie_fields: the Cookie fields that the request went out with; over HTTP/2 there may be
            one for each cookie.
        cookies: the cookies in them.
        unkept: what came right before is nothing that a cache keeps: ``a HEAD``, for one.
    """

    situation: str
    due: str
    plain: bool
    form: Form
    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    right: bool | None = None
    started: float = 0.0
    particulars: tuple[str, ...] = ()
    garbled: bool = False
    cookie_fields: int = 0
    cookies: int = 0
    unkept: str = ""

    @property
    def plain_situation(self) -> str:
        """Who asks for what, without what else is particular about the request."""
        behind = "".join(f", {words}" for words in self.particulars)
        return self.situation.removesuffix(behind)

    @property
    def person(self) -> str | None:
        """Who asks, if that is somebody with a valid session of an account, untouched."""
        asks = next(filter(self.situation.startswith, _PERSONS), None)
        return asks.removesuffix(" asks") if asks else None

    @property
    def of_a_person(self) -> bool:
        """Whether whoever asks shows a valid session of an account, untouched."""
        return self.person is not None

    @property
    def whose_id(self) -> str:
        """Whose user id a person asks under: ``own``, ``foreign``, or ``unknown`` for nobody's."""
        _, _, user = self.plain_situation.rpartition(" under ")
        named = next((word for word in _ACCOUNTS if user == f"the {word}'s id"), None)
        if named is None:
            return "unknown"
        return "own" if self.person == f"the {named}" else "foreign"

    def header(self, name: str) -> str | None:
        """Return the first value of a header, by its name in lower case."""
        return next((value for key, value in self.headers if key == name), None)


class Repeated(Enum):
    """What came of a request that was answered wrongly, and sent again."""

    EACH_TIME = auto()
    """The same wrong answer, over a new connection and over used ones."""
    BY_CONNECTION = auto()
    """Another answer over a new connection, and none like that over one that somebody used."""
    NOT_AGAIN = auto()
    """Another answer over a new connection, and the same over a used one."""
    NOW_AND_THEN = auto()
    """The same over a new connection, and others over a used one."""


_ABOUT_ANSWERS = {"authentication", "ownership", "chat", "user", "input", "voice", "isolation"}
_ABOUT_ANSWERS |= {"query", "methods", "conditional", "client"}
_OF_ANSWERS = {"success.status", "files.empty"}


@dataclass(frozen=True, slots=True)
class Symptom:
    """One finding of one check about one question.

    Arguments:
        clause: the clause's id.
        check: the name of the check's function, with its module.
        message: what is wrong, one line.
        expected: what the clause demands.
        actual: what came.
        pointer: the place in the body, if it is there.
        seen: the answer in which it was found.
        finding: id of the finding in the result under which it is reported.
        simplicity: sorts the simplest question first, and what was asked together with others last.
        must: whether the clause must hold.
        count: how often it was found, in all answers and members together.
        repeated: what came of its request when it was sent again, None where it was not.
    """

    clause: str
    check: str
    message: str
    expected: str
    actual: str
    pointer: str | None
    seen: Seen
    finding: str = ""
    simplicity: tuple[object, ...] = ()
    must: bool = True
    count: int = 1
    repeated: Repeated | None = None

    @property
    def steady(self) -> bool | None:
        """Whether its request gets the same answer each time, None where nobody knows."""
        return None if self.repeated is None else self.repeated is Repeated.EACH_TIME

    @property
    def group(self) -> str:
        """What the clause is about."""
        return self.clause.partition(".")[0]

    @property
    def member(self) -> str | None:
        """The name of the member that it is about, if it is about one."""
        return self.pointer.rpartition("/")[2] if self.pointer else None

    @property
    def of_content(self) -> bool:
        """Whether it is about what an answer holds, and not about which answer came."""
        about_answers = self.group in _ABOUT_ANSWERS or self.clause in _OF_ANSWERS
        return self.pointer is not None or not about_answers

    @property
    def sign(self) -> str:
        """What is remembered of a symptom: whatever the target and its data, it stays the same."""
        place = re.sub("/[0-9]+", "/-", self.pointer or "")
        return " | ".join((self.check, self.message, f"{self.seen.form}{place and f' at {place}'}"))


_SORTS = {"served", "failed", "answered"}
_CLASSES = {
    Form.FILES: "served",
    Form.SERVER_ERROR: "failed",
    Form.NO_ANSWER: "failed",
    Form.BROKEN: "failed",
}


def without_form(sign: str) -> str:
    """Return a sign with the sort of its answer in place of its form: served, failed or neither."""
    check, message, came = sign.rsplit(" | ", 2)
    _, at, place = came.partition(" at ")
    return " | ".join((check, message, f"{sort_of(sign)}{at}{place}"))


def sort_of(sign: str) -> str:
    """Return the sort of answer in which a sign was seen; of one without its form, the same."""
    form = sign.rpartition(" | ")[2].partition(" at ")[0]
    return form if form in _SORTS else _CLASSES.get(Form(form), "answered")
