"""What the proof knows to be so, each with its reason; tests find entries that are not needed."""

from __future__ import annotations

import fnmatch

from neptun_conformance.server.faults import FAULTS

Reasons = dict[str, str]


def _because(reasons: dict[str, str]) -> Reasons:
    """Turn several names by their reason into the reason by each name."""
    return {name: reason for reason, names in reasons.items() for name in names.split()}


def _because_of_faults(reasons: dict[str, str]) -> Reasons:
    """Do the same for faults, of which whole families may be named, as by ``hang-on-*``."""
    return {
        name: reason
        for reason, words in reasons.items()
        for word in words.split()
        for name in fnmatch.filter(FAULTS, word) or [word]
    }


REDUNDANT: Reasons = _because(
    {
        "it draws what nobody picked; the catalogue holds what is caught by what is picked": """
            generated_requests::test_no_case_of_the_schema_causes_a_server_error
        """,
        "one asks, and another judges all answers of the run: either sees what the other does": """
            authentication::test_a_missing_chat_is_unauthorized_without_a_session
            authentication::test_a_missing_user_is_unauthorized_without_a_session
            authentication::test_a_session_that_a_refusal_sets_is_unauthorized
            authentication::test_no_session_that_any_refusal_sets_opens_a_chat
            hygiene::test_no_other_origin_passes_the_preflight
            hygiene::test_no_other_origin_reads_the_answer
            ids::test_a_chat_that_does_not_exist_is_not_found
            ids::test_a_user_who_does_not_exist_is_not_found
            ownership::test_a_foreign_chat_under_its_owners_id_is_not_found
            ownership::test_a_foreign_chat_under_the_own_id_is_not_found
            ownership::test_the_own_chat_under_a_foreign_id_is_not_found
            throughout::test_a_foreign_chat_is_not_found_throughout
            throughout::test_a_foreign_pair_is_not_found_throughout
            throughout::test_a_missing_user_is_unauthorized_throughout
            throughout::test_an_empty_chat_is_unauthorized_throughout
            throughout::test_nobody_is_let_in_without_a_cookie_throughout
            throughout::test_the_own_chat_under_a_foreign_id_is_not_found_throughout
            throughout::test_who_may_read_is_served_throughout
            voices::test_no_form_of_http_2_changes_the_status
            voices::test_no_odd_voice_opens_a_chat
            voices::test_no_spelling_of_the_scheme_opens_a_chat
            voices::test_no_voice_changes_the_status
            voices::test_no_voice_opens_a_chat
        """,
        "who takes an empty cookie takes it beside the session in another place, too": """
            authentication::test_an_empty_session_cookie_is_unauthorized
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
        "who takes an empty cookie takes it beside the session in another place, too": (
            "authentication.empty-cookie"
        ),
    }
)
"""Clauses that explain no fault alone."""

MISSED_BY_QUICK: Reasons = _because_of_faults(
    {
        "quick asks each kind of situation once or twice; this one looks at what default adds": """
            condition-is-remembered part-is-remembered twenty-first-refusal-is-empty
            crash-on-content-in-chunks hang-on-content-in-chunks believes-cookie-as
            believes-cookie-neptun-user believes-cookie-user-id
            believes-impersonate-user believes-query-anonymous-1 believes-query-debug-1
            believes-x-caller-id believes-x-delegate-for
            believes-x-http-method-override-head believes-x-probe
            believes-x-token-subject
            checked-by-go-parseint-10-found-in-its-owners-by-postgresql-18-int
            checked-by-go-sscanf-d-found-by-postgresql-15-int
            checked-by-guile-string-number-found-by-java-long-parselong
            checked-by-haskell-read-found-by-postgresql-15-int
            checked-by-javascript-number-found-by-crystal-to-i64
            checked-by-javascript-number-found-by-haskell-read
            checked-by-javascript-number-found-by-lua-tonumber
            checked-by-javascript-number-found-in-its-owners-by-python-int
            checked-by-perl-0-found-by-crystal-to-i64
            checked-by-python-float-found-by-python-fraction
            checked-by-python-fraction-found-by-guile-string-number
            checked-by-python-int-0-found-by-go-parseint-0
            checked-by-ruby-to-i-found-by-nim-parseint
            checked-by-sbcl-parse-integer-found-by-postgresql-15-int
            checked-by-swi-prolog-atom-number-found-by-java-long-parselong
            content-crashes content-names-the-user cookie-by-letter-case
            cookie-header-is-the-session crash-on-backslash follows-x-forwarded-url
            follows-x-original-url follows-x-sendfile forbids-strangers-by-*
            lets-in-by-accept-encoding-weighted lets-in-by-accept-of-a-page
            lets-in-by-accept-without-json lets-in-by-another-host
            lets-in-by-attributes-before lets-in-by-blanks-behind lets-in-by-bot
            lets-in-by-cross-site lets-in-by-forwarded lets-in-by-forwarded-by-https
            lets-in-by-forwarded-for-a-row lets-in-by-forwarded-host
            lets-in-by-language-outside-ascii lets-in-by-long-referer
            lets-in-by-long-user-agent lets-in-by-no-user-agent lets-in-by-null-origin
            lets-in-by-origin-of-another-site lets-in-by-version-and-json-before
            loses-the-session-by-accept-application prints-a-page-by-accept-json-first
            query--switch-user-is-who-asks query-is-answered-by-cut
            query-is-answered-by-null query-user-id-is-who-asks session-widened-by-*
            stumbles-over-a-path token-believed-by-* nothing-in-quotes-is-a-session
            name-believed-before-its-session name-believed-behind-its-session
            unsigned-id-is-enough session-behind-* access-token-in-a-form
            session-in-a-cookie-remember-token session-in-a-cookie-session-v2
            long-session-in-* session-in-a-cookie-neptun-auth
            session-in-a-cookie-neptun-session-old session-in-the-path-*
            session-in-the-referer session-must-be-the-last-cookie sessions-in-an-object
            shows-foreign-chats-by-* signs-in-by-head skips-by-x-forwarded-url
            skips-by-x-original-url skips-by-x-sendfile stumbles-over-a-template
            stumbles-over-an-empty-header stumbles-over-an-octet
            stumbles-over-invalid-utf-8 stumbles-over-no-seal stumbles-over-no-signature
            stumbles-over-no-token user-id-believed-*
            session-in-a-cookie-neptun-session-legacy session-in-text-of-set-cookie
            session-in-text-of-cookie user-id-of-no-value user-id-of-minus-one
            foreign-chat-by-superscripts foreign-chat-by-path-parameter
            foreign-chat-by-fragment crash-on-user-id-undefined
            crash-on-user-id-negative crash-on-user-id-beyond-2-63
            crash-on-user-id-repeats crash-on-page-zero crash-on-content-in-gzip
            crash-on-far-date crash-on-user-id-beyond-bmp crash-on-query-beyond-2-63
            crash-on-bare-scheme crash-on-odd-host crash-on-upgrade
            crash-on-unknown-coding believes-an-upgrade session-in-content
            content-needs-no-session hides-files-from-phones *-beside-an-empty-cookie
            *-beside-a-made-up-cookie stumbling-over-a-list user-id-long-is-400
            user-id-with-capitals-is-400 empty-chat-of-nobody
            loses-the-session-by-accept-language-german
            loses-the-session-by-referer-origin lets-in-by-fetch-metadata-mode
            prints-a-page-by-hints-privacy coding-zlib-as-br session-in-a-form
            json-overrides-the-chat conditional-without-a-date conditional-by-no-tag
            range-is-a200 range-of-nothing-crashes unknown-column
            head-of-an-empty-chat-crashes coding-plain-as-br coding-gzip-as-zstd
            form-overrides-the-chat conditional-the-wrong-way
            conditional-by-the-empty-tag range-of-files range-is-refused
            query-writes-dates-in-german other-site-is-refused-crashes
            empty-accept-is-refused-crashes page-of-no-files-crashes
            hides-files-by-accept-encoding-identity a-hundred-parameters
            believes-a-token believes-admin-1 believes-api-version believes-client-axios
            believes-client-facebookexternalhit believes-client-vercel-cron
            believes-cookieconsent-1 believes-query--escaped-fragment
            believes-query-callback-f believes-query-debug-true believes-via
            believes-x-clerk-user-id believes-x-user-uuid chat-id-in-octal
            early-206-by-a-range early-304-by-a-weak-tag head-is-overridden
            hides-files-by-accept-language-thai hides-files-by-cookies-behind-empty
            lets-in-by-cache-control-max-age lets-in-by-cookies-before-odd-names
            loses-the-session-by-cookies-behind-prefixed
            loses-the-session-by-hints-saving options-is-overridden
            sends-the-french-elsewhere signed-in-after-options turns-firefox-away
            unknown-chat-of-another-is-forbidden
        """,
        "it trusts one of the many other places for a session or an id, which quick leaves out": """
            trusted-query truthy-word-is-a-session session-in-a-header-of-its-own
            empty-chats-are-open-to-empty-cookies query-overrides-the-user
            query-user-is-the-reader origin-is-enough session-in-the-cookie-jsessionid
            session-in-the-parameter-jwt session-in-the-header-x-auth-token
            session-as-a-password session-of-two-parts unsigned-token-is-believed
            overridden-method query-overrides-the-chat-by-id
        """,
        "quick leaves out the requests that HTTP/2 alone can write, and long ones": """
            path-is-the-fourth-field host-is-joined-to-authority
            other-schemes-are-internal long-fields-pass-the-filter
            two-frames-of-fields-wait
        """,
        "quick tries two spellings of the route and of a foreign number, and not this one": """
            doubled-slash-is-open-to-anonymous doubled-slash-is-open-to-stranger
            encoded-user-leak foreign-chat-by-plus foreign-chat-by-blanks
            foreign-chat-by-other-script spelled-numbers-are-open
            foreign-user-by-letter-case foreign-user-by-blanks
            foreign-user-by-full-width foreign-user-by-accents foreign-user-by-at-sign
            foreign-user-by-parameter foreign-user-by-sign
            foreign-user-by-parameter-of-a-number foreign-user-by-tag
            foreign-user-by-dots foreign-user-by-leading-zeros foreign-user-by-decimal
            foreign-user-by-domain foreign-user-by-capitals foreign-user-by-braces
            foreign-user-by-bare-digits foreign-chat-by-capital-hexadecimal
            foreign-chat-by-octal foreign-chat-by-binary foreign-chat-by-blank-before
            foreign-chat-by-capital-exponent foreign-chat-by-full-width
            empty-user-is-anybody style-sheet-is-open-to-anybody
            sheet-parameter-is-open-to-anybody sheet-beneath-is-open-to-anybody
            question-mark-is-open-to-anybody further-segment-is-open-to-anybody
            encoded-letters-is-open-to-anybody first-parameter-is-open-to-anybody
            doubled-slash-before-the-user-is-open-to-anybody
            doubled-slash-before-files-is-open-to-anybody
            upper-case-users-is-open-to-anybody upper-case-files-is-open-to-anybody
            user-id-ends-at-nul user-id-decoded-once-more found-with-a-sign
            found-with-a-space-before-it found-with-a-space-behind-it
            found-in-full-width-digits found-in-octal found-in-binary
            found-in-capital-hexadecimal found-with-an-exponent-behind-a-capital
            found-with-a-byte-order-mark-before-it found-in-bold-digits
            found-with-a-negative-exponent found-in-hexadecimal-behind-a-hash
            found-in-hexadecimal-with-a-power-of-two found-in-parentheses
            found-with-an-n-behind-it found-with-a-d-behind-it
            found-with-an-underscore-before-it found-in-decimal-behind-0u
            found-with-a-string-between-its-digits found-encoded-twice found-in-brackets
            found-behind-another-one foreign-chat-by-exponent
            checked-by-java-long-parselong-found-in-its-owners-by-sqlite-integer
            path-parameter-is-open-to-anybody
        """,
        "quick tries the likeliest pairs of user and chat, and not this one": """
            far-chat-before-session near-chat-before-session user-id-by-its-end
            user-id-by-what-ends-in-it user-id-as-a-pattern user-id-with-a-wildcard
            chat-by-a-number-that-ends-in-its-own chat-by-a-number-shortly-before
            unknown-user-reads-foreign-chats user-id-without-its-last-character
            crash-on-user-id-bracket crash-on-user-id-of-javascript
            crash-on-user-id-template crash-on-user-id-decomposed
            crash-on-user-id-parameter chat-by-the-beginning-of-its-number
            chat-by-the-end-of-its-number
        """,
        "quick tries four other numbers, and none that this one misreads": """
            chat-id-minus-is-dropped chat-id-wraps-at-64-bits
            chat-id-beyond-2-53-is-an-empty-list chat-id-beyond-2-53-is-a-redirect
            chat-id-beyond-2-53-is-a-204 crash-on-chat-id-beyond-2-53
            crash-on-chat-id-beyond-2-63 hang-on-chat-id-beyond-2-63
            crash-on-chat-id-huge-exponent hang-on-chat-id-huge-exponent
            drop-on-chat-id-beyond-2-53 chat-id-fraction-is-rounded
            chat-id-last-ten-digits crash-on-chat-id-below-every-double
            chat-id-wraps-at-16-bits
        """,
        "quick tries three texts in the place of a number, and none that this one misreads": """
            crash-on-chat-id-beyond-bmp drop-on-chat-id-beyond-bmp injection-by-comment
            injection-by-semicolon injection-by-wildcard injection-by-operator
            injection-by-comma crash-on-chat-id-many-digits-and-a-letter
            hang-on-chat-id-many-digits-and-a-letter crash-on-chat-id-colon
            crash-on-chat-id-byte-order-mark chat-id-wildcard polluted-parameters
        """,
        "quick leaves out most of what proxies treat in their own way, or asks as another": """
            crash-on-query-limit crash-on-query-no-name crash-on-odd-cookie
            crash-on-odd-referer crash-on-control crash-on-half-an-escape
            crash-on-long-header drop-on-half-an-escape drop-on-long-header
            long-header-ends-the-check crash-on-odd-origin crash-on-odd-coding
            crash-on-odd-address crash-on-odd-range crash-on-odd-request-id
            crash-on-date-without-zone crash-on-odd-preflight
            crash-on-session-without-value cached-by-path cached-by-query
            crash-on-user-id-encoded-slash crash-on-upgrade-to-http2
        """,
    }
)
"""Faults that break a MUST, and that ``--effort quick`` does not ask enough to see."""
