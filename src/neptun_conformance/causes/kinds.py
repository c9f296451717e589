"""The kinds of mistake that servers of this endpoint make, as a developer would name them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from importlib.resources import files


class Weight(IntEnum):
    """What to fix first: what comes earlier hides or makes much of what comes later."""

    REACHABILITY = 0
    SESSIONS = 1
    OWNERSHIP = 2
    FORM = 3


class Mistake(StrEnum):
    """A kind of mistake; the value is its permanent id."""

    REDIRECT = "redirect-in-front"
    LOGIN_PAGE = "login-page-in-front"
    CHALLENGE_PAGE = "challenge-page-in-front"
    MAINTENANCE = "maintenance-page"
    REQUEST_LIMIT = "request-limit-in-front"
    GATEWAY_ERROR = "gateway-error"
    SERVER_DOWN = "every-request-fails"
    OVERLOAD = "fails-now-and-then"
    STOPPED = "stops-answering"
    WRONG_PATH = "wrong-base-path"
    OTHER_INSTANCE = "instances-differ"
    SHARED_CACHE = "shared-cache"

    NO_SESSION_NEEDED = "no-session-needed"
    SESSION_NOT_VERIFIED = "session-not-verified"
    SESSION_NEVER_EXPIRES = "expired-session-accepted"
    SESSION_ELSEWHERE = "session-outside-the-cookie"
    SESSION_HANDED_OUT = "session-handed-out"
    SESSION_REFUSED = "valid-session-refused"
    COOKIES_MISREAD = "cookie-header-misread"
    SESSION_CHECKED_LATE = "session-checked-late"
    SESSION_REFUSAL = "wrong-answer-without-session"
    SESSION_PARSER = "session-parser-fails"

    NO_OWNERSHIP = "ownership-not-checked"
    OWNERSHIP_REFUSAL = "wrong-answer-to-foreign"
    MISSING_ANSWER = "wrong-answer-to-missing"
    CHAT_REVEALED = "existence-revealed"
    TWO_READINGS = "number-read-in-two-ways"
    ROUTE_SPELLING = "route-spelling-not-checked"
    CONDITION_FIRST = "condition-before-session"
    QUERY_OVERRIDES = "query-overrides-the-path"
    CLAIM_TRUSTED = "claim-beside-session-trusted"
    INJECTION = "text-reaches-the-query"
    SHARED_STATE = "requests-share-state"
    VOICE = "answer-depends-on-client"

    NUMBER_READ_LOOSELY = "number-read-loosely"
    OTHER_ID_ANSWER = "wrong-answer-to-odd-id"
    OTHER_ID_BODY = "odd-id-refused-otherwise"
    USER_ID_READ_LOOSELY = "user-id-read-loosely"
    USER_ID_DECODING = "user-id-decoding"
    CRASH = "input-causes-500"
    HANG = "input-causes-hang"
    DROP = "input-drops-connection"

    SUCCESS_STATUS = "wrong-success-status"
    SUCCESS_TYPE = "wrong-media-type"
    SUCCESS_JSON = "body-is-not-json"
    CODING = "wrong-content-coding"
    SUCCESS_LIMITS = "body-strains-parsers"
    ENVELOPE = "wrong-envelope"
    ITEM = "wrong-item-type"
    ITEM_MEMBER = "wrong-member-type"
    TIME_FORMAT = "wrong-time-format"
    URL_FORMAT = "wrong-url-format"
    TYPE_FORMAT = "type-is-no-media-type"
    OTHER_CHAT = "wrong-chat-in-items"
    FILES_MISSING = "files-differ"
    UNSTABLE = "reading-changes"
    EMPTY_CHAT = "empty-chat-special"
    ERROR_STATUS = "errors-sent-as-success"
    ERROR_BODY = "wrong-error-body"
    INTERNALS = "error-shows-internals"
    CACHE_HEADERS = "cacheable-answer"
    CORS = "cors-too-open"
    COOKIE_FLAGS = "cookie-without-flags"
    QUERY_HEEDED = "unknown-query-heeded"
    VALIDATORS = "wrong-304"
    METHODS = "other-methods-answered"
    HEAD = "head-differs"
    LINKS = "link-does-not-work"


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a kind of mistake.

    Arguments:
        name: a short name.
        sentence: what the server does.
        where: where in a server to look.
        usual: how servers usually come to it.
        weight: when to mend it.
    """

    name: str
    sentence: str
    where: str
    usual: str
    weight: Weight


def about(mistake: Mistake) -> About:
    """Return what is said of a kind of mistake."""
    return _table()[mistake]


@cache
def _table() -> dict[Mistake, About]:
    text = (files(__package__) / "kinds.json").read_text("utf-8")
    return {
        Mistake(name): About(**{**told, "weight": Weight[told["weight"].upper()]})
        for name, told in json.loads(text).items()
    }
