"""What the answers themselves tell: that something in front of the API, or none of it, answered.

One sort of answer to many kinds of request at once is nothing that the endpoint's code would give.
What sort it is (a redirect, a page, an error of a gateway) names the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.symptoms import SERVED, Form, Seen

MOST = 0.5
"""Share of the plain answers that one sort must have to be the cause of all else."""
LIMITED = 0.2
"""Share that is enough where the same questions were answered rightly at other times."""
FEWEST = 6
"""Answers below which no share says anything."""
AT_FIRST = 3
"""Answers to readers before the first refusal that show that they were served until then."""
TRADES = 0.3
"""Share of equal plain questions that must get each of two answers, for instances to differ."""
TURNS = 3
"""How often one must follow the other: what is refused from some moment on was not another's."""
_DONE_BY_A_READER = "FILES"


@dataclass(frozen=True, slots=True)
class InFront:
    """What answers in place of the API.

    Arguments:
        mistake: its kind.
        sentence: what was seen, with its figures.
        sort: the sort of its answers.
    """

    mistake: Mistake
    sentence: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of answer: status or failure, where it redirects to, and its media type."""

    status: int | None
    form: Form
    place: str = ""
    media_type: str = ""

    @classmethod
    def of(cls, seen: Seen) -> Sort:
        """Return the sort of an answer; a redirect's is where it leads, without path and query."""
        place = _place(seen.header("location") or "") if seen.form is Form.REDIRECT else ""
        kind = (seen.header("content-type") or "").partition(";")[0].strip().lower()
        return cls(seen.status, seen.form, place, kind)

    def holds(self, seen: Seen) -> bool:
        """Tell whether an answer is of this sort."""
        return Sort.of(seen) == self


def _place(location: str) -> str:
    """Return where a redirect leads; what is no address leads nowhere else."""
    try:
        to = urlsplit(location)
    except ValueError:
        return location
    # Each request has a path of its own: what is compared is where it would go.
    path = re.sub("/users/[^/]*/chats/[^/]*/", "/users/…/chats/…/", to.path)
    return f"{to.scheme}://{to.netloc}" if to.netloc else path


def in_front(answers: Iterable[Seen]) -> InFront | None:
    """Return what answers in place of the API, None where the API itself does.

    Arguments:
        answers: every answer of a run.
    """
    every = [seen for seen in answers if seen.plain]
    owned = [seen for seen in every if seen.due == _DONE_BY_A_READER]
    others = [seen for seen in every if seen.due != _DONE_BY_A_READER]
    if len(owned) + len(others) < FEWEST:
        return None
    ranked = sorted(set(map(Sort.of, every)), key=lambda sort: -_share(sort, every))
    return next((told for sort in ranked if (told := _told(sort, every, owned, others))), None)


def _share(sort: Sort, answers: Sequence[Seen]) -> float:
    return sum(map(sort.holds, answers)) / len(answers) if answers else 0.0


def _told(
    sort: Sort, every: Sequence[Seen], owned: Sequence[Seen], others: Sequence[Seen]
) -> InFront | None:
    """Say what a sort of answer is, if it comes whoever asks for whatever."""
    if sort.form in SERVED:
        return None
    answered = any(seen.form in SERVED for seen in owned)
    least = LIMITED if answered else MOST
    if min(_share(sort, owned) if owned else 1.0, _share(sort, others)) < least:
        return None
    sample = next(seen for seen in every if sort.holds(seen))
    mistake = _kind(sort, sample, answered=answered)
    if mistake is None and _from_then_on(sort, owned):
        mistake = Mistake.REQUEST_LIMIT
    if mistake is None or (mistake is Mistake.OVERLOAD and not _also_served(sort, owned)):
        return None
    figures = f"{sum(map(sort.holds, every))} of {len(every)} plain requests get {_words(sort)}"
    return InFront(mistake, figures, sort)


def _also_served(sort: Sort, owned: Sequence[Seen]) -> bool:
    """Tell whether an equal question of somebody who may read gets files at other times."""
    served = {seen.situation for seen in owned if seen.form in SERVED}
    return any(sort.holds(seen) and seen.situation in served for seen in owned)


def _from_then_on(sort: Sort, owned: Sequence[Seen]) -> bool:
    """Tell whether whoever may read is served at first, and refused from some moment on.

    A 401 or a 404 has other reasons: a session that has ended, a chat that is gone.
    """
    refused = [seen.started for seen in owned if sort.holds(seen)]
    served = [seen.started for seen in owned if seen.form in SERVED]
    if sort.form is not Form.REFUSAL or len(refused) < FEWEST or len(served) < AT_FIRST:
        return False
    return max(served) < min(refused)


def _words(sort: Sort) -> str:
    if sort.status is None:
        return str(sort.form)
    if sort.form is Form.REDIRECT:
        return f"a {sort.status} to {sort.place or 'nowhere'}"
    return f"a {sort.status} ({sort.media_type or 'no media type'})"


GATEWAY = {502, 504, 520, 521, 522, 523, 524, 530}
"""Statuses by which a gateway says that what is behind it gave no answer."""
_LOGIN = re.compile(
    r"log[ -]?in|sign[ -]?in|authentication required|type=.?password|/sso", re.IGNORECASE
)
_CHALLENGE = re.compile(
    r"just a moment|you are about to visit|checking your browser|captcha|are you (a )?human",
    re.IGNORECASE,
)
_CHALLENGED = {"cf-mitigated", "ngrok-error-code"}
_BUSY = re.compile(r"too many|rate.?limit|slow down|quota", re.IGNORECASE)
_DOWN = re.compile(r"maintenance|back soon|be right back|under construction", re.IGNORECASE)
_PAGES = {"text/html", "application/xhtml+xml"}


def _kind(sort: Sort, sample: Seen, *, answered: bool) -> Mistake | None:
    """Return the kind of what answers, None where the API itself may answer so."""
    if sort.form is Form.REDIRECT:
        login = _LOGIN.search(sample.header("location") or "")
        return Mistake.LOGIN_PAGE if login else Mistake.REDIRECT
    if _CHALLENGED & dict(sample.headers).keys() or _CHALLENGE.search(sample.body):
        return Mistake.CHALLENGE_PAGE
    if sort.status is None or sort.form is Form.SERVER_ERROR:
        return _of_failures(sort, sample, answered=answered)
    page = sort.media_type in _PAGES
    if answered:
        return Mistake.REQUEST_LIMIT if sort.status in {403, 429} and page else None
    if page and sort.form is not Form.NOT_FOUND and _LOGIN.search(sample.body):
        return Mistake.LOGIN_PAGE
    return _of_refusals(sort, page=page)


def _of_failures(sort: Sort, sample: Seen, *, answered: bool) -> Mistake | None:
    if sort.status is None:
        return Mistake.STOPPED if answered else Mistake.SERVER_DOWN
    if sort.status in GATEWAY:
        return Mistake.GATEWAY_ERROR
    if sort.status == 503:
        return _of_unavailable(sample, answered=answered)
    return Mistake.OVERLOAD if answered else Mistake.SERVER_DOWN


def _of_refusals(sort: Sort, *, page: bool) -> Mistake | None:
    if sort.status == 429:
        return Mistake.REQUEST_LIMIT
    if sort.form in {Form.NOT_FOUND, Form.OTHER_200}:
        return Mistake.WRONG_PATH
    return Mistake.CHALLENGE_PAGE if sort.form is Form.REFUSAL and page else None


def _of_unavailable(sample: Seen, *, answered: bool) -> Mistake:
    if _DOWN.search(sample.body):
        return Mistake.MAINTENANCE
    if answered or _BUSY.search(sample.body):
        return Mistake.REQUEST_LIMIT
    return Mistake.GATEWAY_ERROR


def from_a_cache(seen: Seen) -> str | None:
    """Say by which header an answer tells that a cache gave it, None where none does."""
    age = seen.header("age") or ""
    # Other scripts have digits, too, and Python reads no number of thousands of them.
    if re.fullmatch(r"\s*0*[1-9][0-9]*\s*", age):
        return f"Age: {age}"
    for name in ("x-cache", "x-cache-status", "cf-cache-status", "x-proxy-cache"):
        value = seen.header(name) or ""
        if re.search(r"\bhit\b", value, re.IGNORECASE):
            return f"{name}: {value}"
    return None


def instances_differ(answers: Iterable[Seen]) -> str | None:
    """Say that equal questions of a caller who may read get two answers in turn, or None."""
    asked: dict[str, list[Seen]] = {}
    for seen in answers:
        if seen.plain and seen.due == _DONE_BY_A_READER:
            asked.setdefault(seen.situation, []).append(seen)
    for situation, same in asked.items():
        in_turn = [
            seen.form in SERVED
            for seen in sorted(same, key=lambda seen: seen.started)
            if seen.form in {*SERVED, Form.UNAUTHORIZED, Form.NOT_FOUND}
        ]
        served, refused = in_turn.count(True), in_turn.count(False)
        turns = sum(one != other for one, other in pairwise(in_turn))
        often = len(same) >= FEWEST and min(served, refused) > TRADES * len(same)
        if often and turns >= TURNS:
            return f"{situation}: {served} times served, {refused} times refused"
    return None
