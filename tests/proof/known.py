"""What the proof knows to be so, each with its reason; tests find entries that are not needed."""

from __future__ import annotations

Reasons = dict[str, str]


def _because(reasons: dict[str, str]) -> Reasons:
    """Turn several names by their reason into the reason by each name."""
    return {name: reason for reason, names in reasons.items() for name in names.split()}


REDUNDANT: Reasons = _because(
    {
        "it draws what nobody picked; the catalogue holds what is caught by what is picked": """
            generated_ids::test_any_far_number_is_not_found
            generated_ids::test_any_other_number_is_refused
            generated_ids::test_any_spelling_is_refused_or_right
            generated_ids::test_any_strange_user_is_refused
            generated_ids::test_any_text_is_refused
            generated_ids::test_no_spelling_opens_a_foreign_chat
            generated_requests::test_any_unknown_query_parameter_changes_nothing
            generated_requests::test_no_case_of_the_schema_causes_a_server_error
            generated_requests::test_no_odd_path_discloses_a_chat
            generated_requests::test_no_request_causes_a_server_error
            generated_sessions::test_any_altered_end_is_unauthorized
            generated_sessions::test_any_cut_session_is_unauthorized
            generated_sessions::test_any_made_up_session_is_unauthorized
        """,
        "no client can ask for a 500, and one that comes breaks the clause of what was asked": """
            errors::test_a_500_is_documented_too
        """,
    }
)
"""Checks without which no fault goes uncaught by those that are picked by hand."""

SHARED: Reasons = _because(
    {
        "a 500 that comes at all breaks the clause of what was asked, too": "error.server-error",
    }
)
"""Clauses that explain no fault alone."""

MISSED_BY_QUICK: Reasons = _because(
    {
        "it trusts one of the many other places for a session or an id, which quick leaves out": """
            trusted-user-header trusted-address trusted-query truthy-word-is-a-session
            session-in-a-header-of-its-own empty-chats-are-open-to-empty-cookies
            query-overrides-the-user query-user-is-the-reader origin-is-enough
            session-in-the-cookie-jsessionid session-in-the-parameter-jwt
            session-in-the-header-x-auth-token session-as-a-password session-of-two-parts
            unsigned-token-is-believed overridden-method query-overrides-the-chat-by-id
        """,
        "quick tries two spellings of the route and of a foreign number, and not this one": """
            doubled-slash-is-open-to-anonymous doubled-slash-is-open-to-stranger encoded-user-leak
            foreign-chat-by-exponent foreign-chat-by-plus foreign-chat-by-hexadecimal
            foreign-chat-by-blanks foreign-chat-by-other-script spelled-numbers-are-open
            foreign-user-by-letter-case foreign-user-by-blanks
        """,
        "quick tries the likeliest pairs of user and chat, and not this one": """
            far-chat-before-session near-chat-before-session
            user-id-by-its-end user-id-by-what-ends-in-it user-id-as-a-pattern
            user-id-with-a-wildcard chat-by-a-number-that-ends-in-its-own
            chat-by-a-number-shortly-before
            unknown-user-reads-foreign-chats unknown-chat-of-another-is-forbidden
            user-id-without-its-last-character crash-on-user-id-bracket
            crash-on-user-id-of-javascript chat-by-the-beginning-of-its-number
            chat-by-the-end-of-its-number
        """,
        "quick tries four other numbers, and none that this one misreads": """
            chat-id-minus-is-dropped chat-id-wraps-at-64-bits chat-id-beyond-2-53-is-an-empty-list
            chat-id-beyond-2-53-is-a-redirect chat-id-beyond-2-53-is-a-204
            crash-on-chat-id-beyond-2-53 crash-on-chat-id-beyond-2-63 hang-on-chat-id-beyond-2-63
            crash-on-chat-id-huge-exponent hang-on-chat-id-huge-exponent
            drop-on-chat-id-beyond-2-53 chat-id-fraction-is-rounded chat-id-last-ten-digits
            crash-on-chat-id-below-every-double
        """,
        "quick tries three texts in the place of a number, and none that this one misreads": """
            chat-id-leading-digits crash-on-chat-id-beyond-bmp drop-on-chat-id-beyond-bmp
            injection-by-comment injection-by-semicolon injection-by-wildcard
            injection-by-operator injection-by-comma chat-id-extension chat-id-brackets
            crash-on-chat-id-many-digits-and-a-letter hang-on-chat-id-many-digits-and-a-letter
            crash-on-chat-id-colon crash-on-chat-id-byte-order-mark
            chat-id-difference chat-id-wildcard polluted-parameters
        """,
        "quick leaves out most of what proxies treat in their own way, or asks as another": """
            crash-on-query-limit crash-on-query-no-name crash-on-odd-cookie crash-on-odd-referer
            crash-on-control crash-on-backslash crash-on-half-an-escape crash-on-long-header
            drop-on-half-an-escape drop-on-long-header long-header-ends-the-check
            path-with-dot-segments-is-open-to-anonymous
            path-with-encoded-dot-segments-is-open-to-anonymous
            path-with-encoded-slashes-is-open-to-anonymous
            path-with-twice-encoded-slashes-is-open-to-anonymous
            path-with-backslashes-is-open-to-anonymous
            path-with-nul-is-open-to-anonymous path-with-nul-is-open-to-stranger
            crash-on-odd-origin crash-on-odd-coding crash-on-odd-address crash-on-odd-range
            crash-on-odd-request-id crash-on-date-without-zone crash-on-odd-preflight
            crash-on-session-without-value crash-on-head-of-letters
            extension-is-open-to-anonymous extension-is-open-to-stranger
            path-parameter-is-open-to-anonymous cached-by-path cached-by-query
        """,
    }
)
"""Faults that break a MUST, and that ``--effort quick`` does not ask enough to see."""
