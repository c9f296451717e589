"""Which kind of mistake each fault makes.

Names of faults are systematic, so patterns say it: the first that a fault's name matches counts,
then the default of its theme. A fault of a new kind gets a line above the wider ones.
"""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase

from neptun_conformance.causes.kinds import Mistake

_PATTERNS: tuple[tuple[Mistake, str], ...] = (
    # In front.
    (Mistake.REDIRECT, "redirect-to-https redirect-to-www redirect-to-a-slash"),
    (Mistake.OVERLOAD, "pool-runs-out"),
    (Mistake.LOGIN_PAGE, "login-page*"),
    (Mistake.CHALLENGE_PAGE, "challenge-page*"),
    (Mistake.MAINTENANCE, "maintenance-*"),
    (Mistake.REQUEST_LIMIT, "limit-*"),
    (Mistake.SERVER_DOWN, "database-is-down*"),
    (Mistake.WRONG_PATH, "other-base-path*"),
    (Mistake.OTHER_INSTANCE, "sessions-in-one-instance* old-instance* stale-instance*"),
    (
        Mistake.SHARED_CACHE,
        "owners-answer-is-cached refusal-is-cached missing-is-cached cached-by-* *-is-remembered",
    ),
    (Mistake.CODING, "unpacked-on-the-way coding-*"),
    (Mistake.ERROR_STATUS, "errors-sent-as-success"),
    # Habits.
    (Mistake.OWNERSHIP_REFUSAL, "other-users-are*"),
    (Mistake.CRASH, "keys-of-thirty-two-bits"),
    (Mistake.ITEM_MEMBER, "items-of-another-model"),
    (Mistake.ENVELOPE, "results-of-a-call"),
    # Claims beside the session.
    (Mistake.CLAIM_TRUSTED, "trusted-user-header trusted-address overridden-method"),
    (Mistake.QUERY_OVERRIDES, "query-*-is-who-asks trusted-query"),
    # Along a connection.
    (Mistake.SHARED_STATE, "twenty-first-*"),
    (Mistake.HANG, "second-request-*"),
    # Over HTTP/2.
    (Mistake.VOICE, "path-is-the-fourth-field other-schemes-are-internal"),
    (Mistake.CRASH, "host-is-joined-to-authority"),
    (Mistake.HANG, "two-frames-of-fields-wait"),
    (Mistake.NO_SESSION_NEEDED, "long-fields-pass-the-filter"),
    (Mistake.VOICE, "origin-is-enough not-acceptable-unless-named cookie-by-letter-case"),
    # Sessions.
    (Mistake.SESSION_PARSER, "empty-cookie-crashes expired-session-crashes"),
    (Mistake.SESSION_PARSER, "stumbles-over-*"),
    (Mistake.SESSION_REFUSAL, "bad-request-for-malformed-session"),
    (Mistake.SESSION_HANDED_OUT, "whoever-is-refused-is-signed-in session-of-the-path-*"),
    (Mistake.SESSION_NEVER_EXPIRES, "expired-sessions-read-on sessions-last-forever"),
    (
        Mistake.SESSION_NOT_VERIFIED,
        "any-word-* truthy-word-* any-long-session user-id-is-a-session",
    ),
    (Mistake.SESSION_NOT_VERIFIED, "any-value-is-a-session"),
    (Mistake.SESSION_CHECKED_LATE, "*-before-session"),
    (Mistake.SESSION_REFUSAL, "*-for-unauthorized redirect-to-login"),
    (Mistake.SESSION_ELSEWHERE, "any-cookie-is-a-session session-cookie-* session-in-the-*"),
    (Mistake.SESSION_ELSEWHERE, "session-as-a-* session-in-a-header-of-its-own session-in-content"),
    (Mistake.COOKIES_MISREAD, "session-must-be-* cookie-header-is-the-session"),
    (Mistake.COOKIES_MISREAD, "loses-the-session-by-attributes-*"),
    (Mistake.COOKIES_MISREAD, "loses-the-session-by-version-*"),
    (Mistake.NUMBER_READ_LOOSELY, "found-in-brackets found-behind-another-one"),
    (Mistake.TWO_READINGS, "spelled-numbers-are-open foreign-chat-by-*"),
    # Ownership.
    (Mistake.CONDITION_FIRST, "validator-is-enough-*"),
    (
        Mistake.NO_OWNERSHIP,
        "foreign-*-leaks* any-session-reads-all unknown-user-reads-foreign-chats",
    ),
    (Mistake.NO_OWNERSHIP, "user-id-is-ignored"),
    (Mistake.OWNERSHIP_REFUSAL, "foreign-empty-chats-are-an-empty-list"),
    (Mistake.USER_ID_READ_LOOSELY, "user-id-without-its-last-character"),
    (Mistake.USER_ID_READ_LOOSELY, "foreign-user-by-*"),
    (Mistake.MISSING_ANSWER, "unknown-chat-* unknown-user-*"),
    (Mistake.CHAT_REVEALED, "foreign-*-tells-*"),
    (Mistake.HEAD, "head-reveals-* head-with-content head-is-* head-of-* head-crashes"),
    # Success.
    (Mistake.EMPTY_CHAT, "media-type-*-empty json-*-empty byte-order-mark-empty"),
    (Mistake.SUCCESS_STATUS, "status-* redirect-to-storage-*"),
    (Mistake.SUCCESS_TYPE, "media-type-*"),
    (Mistake.SUCCESS_LIMITS, "byte-order-mark* member-twice item-member-twice* too-* digits-by-*"),
    (Mistake.ENVELOPE, "envelope-*"),
    (Mistake.ITEM, "item-*"),
    (Mistake.OTHER_CHAT, "chat-conversation-id-constant chat-conversation-id-next"),
    (Mistake.OTHER_CHAT, "chat-conversation-id-of-* chat-conversation-id-negated"),
    (Mistake.OTHER_CHAT, "chat-conversation-id-zero"),
    (Mistake.ITEM_MEMBER, "created-at-missing* created-at-null* created-at-number*"),
    (Mistake.ITEM_MEMBER, "created-at-boolean* created-at-in-a-list* created-at-object*"),
    (Mistake.ITEM_MEMBER, "created-at-mistyped* url-missing* url-null* url-number* url-boolean*"),
    (Mistake.ITEM_MEMBER, "created-at-epoch-in-milliseconds"),
    (Mistake.ITEM_MEMBER, "url-in-a-list* url-object* url-mistyped*"),
    (Mistake.ITEM_MEMBER, "type-missing* type-null* type-number* type-boolean* type-in-a-list*"),
    (Mistake.ITEM_MEMBER, "type-object* type-mistyped*"),
    (Mistake.UNSTABLE, "*-counts-readings* type-takes-turns* created-at-is-now*"),
    (Mistake.UNSTABLE, "*-now-and-then-unlisted reading-* ids-count-on* last-is-dropped-now-*"),
    (Mistake.UNSTABLE, "full-chat-is-empty-now-* upload-in-progress-now-* others-instead-now-*"),
    (Mistake.FILES_MISSING, "type-generic created-at-of-another-zone created-at-to-the-day"),
    (Mistake.TIME_FORMAT, "created-at-* query-writes-dates-in-german"),
    (Mistake.URL_FORMAT, "url-*"),
    (Mistake.TYPE_FORMAT, "type-* size-negative"),
    # Errors.
    (Mistake.INTERNALS, "40?-*path* 500-path 40?-trace* 500-trace 40?-position*"),
    (Mistake.INTERNALS, "files-in-the-refusal-of-*"),
    (Mistake.ERROR_BODY, "500-*"),
    # Ids.
    (Mistake.ROUTE_SPELLING, "encoded-user-leak empty-user-is-anybody"),
    (Mistake.MISSING_ANSWER, "chat-id-beyond-2-31-is-*"),
    (Mistake.OTHER_ID_ANSWER, "chat-id-zero-is-all-files"),
    (Mistake.OTHER_ID_BODY, "chat-id-*-is-a-bare-400 user-id-of-other-shape-is-400"),
    (Mistake.OTHER_ID_ANSWER, "user-id-of-other-shape-*"),
    (Mistake.OTHER_ID_ANSWER, "chat-id-*-is-an-empty-list chat-id-*-is-a-* chat-id-*-is-400"),
    (Mistake.USER_ID_DECODING, "user-id-decoded-twice user-id-as-latin-1 user-id-in-ascii"),
    (Mistake.USER_ID_DECODING, "user-id-trimmed user-id-without-host"),
    (Mistake.HANG, "hang-on-*"),
    (Mistake.DROP, "drop-on-*"),
    (Mistake.ROUTE_SPELLING, "path-with-*"),
    (Mistake.NO_SESSION_NEEDED, "long-cookie-is-not-checked long-header-ends-the-check"),
    (Mistake.NO_SESSION_NEEDED, "content-needs-no-session"),
    (Mistake.QUERY_OVERRIDES, "query-overrides-* query-user-* *-overrides-the-chat"),
    (Mistake.INJECTION, "polluted-parameters"),
    # Habits of HTTP.
    (Mistake.CORS, "cors-*"),
    (Mistake.COOKIE_FLAGS, "cookie-for-scripts-* cookie-in-the-clear-*"),
    (Mistake.CRASH, "*-crashes *-crash crashes-by-* unknown-column a-hundred-parameters"),
    (Mistake.FILES_MISSING, "pages-of-four"),
    (Mistake.VOICE, "shorter-for-*"),
    (Mistake.FILES_MISSING, "head-takes-a-file"),
    (Mistake.QUERY_HEEDED, "query-adds-* query-cuts-* query-is-*"),
    (Mistake.VALIDATORS, "conditional-*"),
)


def mistake_of(name: str, usual: Mistake | None, clauses: Collection[str] = ()) -> Mistake:
    """Return the kind of mistake that a fault makes.

    Arguments:
        name: the fault's.
        usual: the usual mistake of its theme.
        clauses: ids of those that it fails.

    Raises:
        ValueError: neither a pattern nor the theme says it.
    """
    for mistake, patterns in _PATTERNS:
        if any(fnmatchcase(name, pattern) for pattern in patterns.split()):
            return mistake
    if usual is None:
        msg = f"{name}: its theme has no usual mistake, as in Theme(Mistake.CRASH)"
        raise ValueError(msg)
    if usual is Mistake.TWO_READINGS and not any(c.startswith(_OF_OTHERS) for c in clauses):
        # Nothing foreign comes out: all that shows is that both readings take too much.
        return Mistake.NUMBER_READ_LOOSELY
    return usual


_OF_OTHERS = ("ownership.", "input.")
