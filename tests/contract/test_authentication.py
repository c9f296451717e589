"""Who has no valid session gets a 401, whatever else is asked."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.status import (
    be_given_again,
    be_unauthorized,
    be_unauthorized_still,
    yield_no_files,
)
from neptun_conformance.questions import forging, in_a_row, places
from neptun_conformance.questions.callers import (
    KINDS_OF_HANDING_OUT,
    anonymous,
    owner,
    stranger,
    through,
    with_altered,
    with_empty_cookie,
    with_expired_session,
    with_forged,
    with_renamed,
    with_session,
    with_session_set_in,
    with_spliced,
    with_user_id_as_session,
)
from neptun_conformance.questions.checks import asks, clause, hostile
from neptun_conformance.questions.conditions import BY_ANYBODY, BY_OTHERS, IF_CHANGED
from neptun_conformance.questions.free_voices import NOT_STORED, in_free_voices
from neptun_conformance.questions.ids import FAR_NUMBERS
from neptun_conformance.questions.situations import (
    Question,
    Route,
    UnknownChat,
    UnknownUser,
)
from neptun_conformance.questions.tampering import (
    Alteration,
    begun,
    case_changed,
    changed_before_padding,
    cut_by,
    ending_changed,
    half,
    middle_changed,
    preceded,
    rewritten,
    unsigned,
)

IN_COOKIES = places.elsewhere("other cookies", owner, places.COOKIES)
IN_QUERIES = places.elsewhere("query", owner, places.PARAMETERS)
with_rewritten_session = with_altered(owner, "with every character changed", rewritten)
with_middle_changed = with_altered(owner, "with 6 characters in the middle changed", middle_changed)


def altered(words: str, alter: Alteration) -> Question:
    """Ask for the owner's chat with the owner's session after an alteration."""
    return with_altered(owner, words, alter).asks(owner.full)


def forged(words: str, forge: Alteration) -> Question:
    """Ask for the owner's chat with a session that is made of the owner's id."""
    return with_forged(owner, words, forge).asks(owner.full)


IN_FREE_VOICES = (
    *(with_session(value).asks(owner.full) for value in (*forging.BROKEN, *forging.WORDS)),
    forged("in hexadecimal digits", forging.in_hexadecimal),
    forged("as a digest", forging.as_digest),
    forged("in a form", forging.as_form),
    forged("as PHP writes it", forging.as_php),
)
"""Sessions that nobody issued, and each in a voice that leaves the form of the refusal open."""


@clause("authentication.no-cookie")
@asks(
    anonymous.asks(owner.full),
    anonymous.asks(stranger.full),
    anonymous.asks(UnknownChat(), under=UnknownUser()),
    more=(
        anonymous.asks(owner.full)
        .with_query("user_id={owner}&session=true")
        .with_body(places.CONTENT, "application/json"),
        anonymous.asks(owner.full).with_body(places.FORM, "application/x-www-form-urlencoded"),
        anonymous.asks(owner.full).with_headers(("Cookie", "")),
    ),
    deep=(anonymous.asks(owner.full).with_headers(("Authorization", "Basic {owner_basic}")),),
)
def test_a_request_without_a_cookie_is_unauthorized(answer: Answers) -> None:
    """The owner's session opens this chat; without any cookie it is a 401."""
    answer.must(be_unauthorized)


@clause("authentication.empty-cookie")
@asks(
    with_empty_cookie.asks(owner.full),
    with_empty_cookie.asks(UnknownChat(), under=UnknownUser()),
    deep=(with_empty_cookie.asks(stranger.full),),
)
def test_an_empty_session_cookie_is_unauthorized(answer: Answers) -> None:
    """The cookie is there but holds nothing: 401."""
    answer.must(be_unauthorized)


@clause("authentication.made-up")
@asks(
    with_session("made-up-session").asks(owner.full),
    with_rewritten_session.asks(owner.full),
    with_user_id_as_session(owner).asks(owner.full),
    more=(
        forged("in base64", forging.in_base64),
        forged("before a made-up signature", forging.before_a_signature),
        forged("in a JSON text", forging.as_encoded_json),
        forged("in a JSON text in base64", forging.as_json_in_base64),
        forged("in an unsigned token", forging.unsigned_token),
    ),
)
def test_a_session_that_was_never_issued_is_unauthorized(answer: Answers) -> None:
    """The value has the look of a session, or says whose it would be: 401."""
    answer.must(be_unauthorized)


@clause("authentication.made-up")
@hostile
@asks(
    more=(
        *in_free_voices(IN_FREE_VOICES),
        *(with_session(value).asks(owner.full) for value in forging.OPERATORS),
        forged("chosen by a query", forging.selected),
        altered("begun, with % behind it", begun("%")),
        altered("begun, with * behind it", begun("*")),
    ),
    deep=(
        altered("begun, with .* behind it", begun(".*")),
        *(with_session(value).asks(owner.full) for value in forging.RARER_WORDS),
    ),
)
def test_a_word_an_operator_or_a_broken_session_opens_nothing(answer: Answers) -> None:
    """What careless code, databases, templates and readers of tokens may trip over: a refusal."""
    answer.must(be_unauthorized)


@clause("authentication.made-up")
@asks(
    more=(
        altered("with alg none and no signature", forging.reheaded(signed=False, alg="none")),
        altered("with alg nOnE", forging.reheaded(signed=False, alg="nOnE")),
        altered("with an alg of keys", forging.reheaded(signed=True, alg="RS256", kid="1")),
        altered("of two parts", forging.of_two_parts),
        altered("signed by a key of its own", forging.with_its_key),
        *(altered(f"signed by {k!r}", forging.resigned(k)) for k in forging.COMMON_KEYS[:2]),
    ),
    deep=(
        altered("with alg none and its signature", forging.reheaded(signed=True, alg="none")),
        altered("without an alg", forging.reheaded(signed=True, alg=None)),
        altered("with an unknown alg", forging.reheaded(signed=True, alg="HS1")),
        altered("signed by the key of /dev/null", forging.resigned("", kid="../../../dev/null")),
        *(altered(f"signed by {k!r}", forging.resigned(k)) for k in forging.COMMON_KEYS[2:]),
    ),
)
def test_a_token_that_is_headed_or_signed_anew_is_unauthorized(answer: Answers) -> None:
    """The claims of a real token under another header, or signed by a key of examples: 401."""
    answer.must(be_unauthorized)


@clause("authentication.made-up")
@asks(
    more=(
        altered("without its signature and mark", forging.without_signature),
        altered("with a digest as its signature", forging.digested),
        *(altered(f"signed by {k!r}", forging.signed_by(k)) for k in forging.COMMON_KEYS[:1]),
        altered("without its claims", forging.without_claims),
        altered("sealed by another password", forging.under_another_password),
        altered("with a later end", forging.with_a_later_end),
    )
)
def test_a_session_that_is_signed_or_sealed_anew_is_unauthorized(answer: Answers) -> None:
    """A signed or sealed session, in its own format, by somebody who has no key: 401."""
    answer.must(be_unauthorized)


@clause("authentication.made-up")
@asks(more=(anonymous.asks(owner.full).with_headers(("Cookie", forging.TWO_OF_THEM)),))
def test_two_made_up_sessions_are_unauthorized(answer: Answers) -> None:
    """The session's cookie twice, and a semicolon behind it: whichever counts, 401."""
    answer.must(be_unauthorized)


@clause("authentication.made-up")
@asks(
    more=(
        with_spliced(owner, stranger).asks(owner.full),
        with_renamed(stranger, owner).asks(owner.full),
    ),
    deep=(with_spliced(stranger, owner).asks(stranger.full),),
)
def test_a_session_put_together_from_two_opens_nothing(answer: Answers) -> None:
    """What one person's says of its owner, or its name, and the rest of another's: no success."""
    answer.must(yield_no_files)


@clause("authentication.altered-end")
@asks(
    with_altered(owner, "with the last 6 characters changed", ending_changed(6)).asks(owner.full),
    with_altered(stranger, "with the last 8 characters changed", ending_changed(8)).asks(
        stranger.full
    ),
    more=(
        with_altered(
            owner, "with the last 6 characters before its padding changed", changed_before_padding
        ).asks(owner.full),
    ),
)
def test_a_session_with_another_end_is_unauthorized(answer: Answers) -> None:
    """A signature or a tail that is not checked would let this one pass: 401."""
    answer.must(be_unauthorized)


@clause("authentication.altered-middle")
@asks(
    with_middle_changed.asks(owner.full),
    deep=(
        with_altered(stranger, "with 6 characters in the middle changed", middle_changed).asks(
            stranger.full
        ),
    ),
)
def test_a_session_with_another_middle_is_unauthorized(answer: Answers) -> None:
    """Both ends are those of the real session, so comparing ends does not do: 401."""
    answer.must(be_unauthorized)


@clause("authentication.cut-short")
@asks(
    with_altered(owner, "cut by 6 characters", cut_by(6)).asks(owner.full),
    with_altered(owner, "cut in half", half).asks(owner.full),
    with_altered(owner, "without its signature", unsigned).asks(owner.full),
    deep=(
        with_altered(stranger, "without its signature", unsigned).asks(stranger.full),
        with_altered(stranger, "cut by 8 characters", cut_by(8)).asks(stranger.full),
    ),
)
def test_a_session_that_is_cut_short_is_unauthorized(answer: Answers) -> None:
    """The rest is a prefix of the real session, so comparing prefixes does not do: 401."""
    answer.must(be_unauthorized)


@clause("authentication.letter-case")
@asks(with_altered(owner, "with the case of its letters changed", case_changed).asks(owner.full))
def test_a_session_in_other_letter_case_is_unauthorized(answer: Answers) -> None:
    """Cookie values are compared with regard to case: 401."""
    answer.must(be_unauthorized)


@clause("authentication.text-before")
@asks(with_altered(owner, "with text before it", preceded).asks(owner.full))
def test_a_session_with_text_before_it_is_unauthorized(answer: Answers) -> None:
    """The real session is no more than the end of what is shown: 401."""
    answer.must(be_unauthorized)


@clause("authentication.expired")
@asks(
    with_expired_session.asks(owner.full),
    with_expired_session.asks(owner.full).again(1),
    more=(
        with_expired_session.asks(owner.empty),
        with_expired_session.asks(owner.full).again(2),
    ),
)
def test_an_expired_session_is_unauthorized(answer: Answers) -> None:
    """It was valid once and its time is over: 401."""
    answer.must(be_unauthorized)


@clause("authentication.other-cookie")
@asks(
    *IN_COOKIES[:1],
    more=IN_COOKIES[1:],
)
def test_the_session_in_another_cookie_is_unauthorized(answer: Answers) -> None:
    """The real session, but not in the documented cookie: 401."""
    answer.must(be_unauthorized)


@clause("authentication.cookie-name")
@asks(through("other cookies", owner, *places.NEAR_COOKIES, after=()).asks(owner.full))
def test_the_session_in_a_cookie_of_nearly_its_name_is_unauthorized(answer: Answers) -> None:
    """The name differs in letter case, by a prefix of browsers, or is percent-encoded: 401."""
    answer.must(be_unauthorized)


@clause("authentication.query")
@asks(
    *IN_QUERIES[:1],
    more=(*IN_QUERIES[1:], *places.in_the_path(owner, places.ROUTES)),
    deep=places.in_the_path(owner, places.RARER_ROUTES),
)
def test_the_session_in_the_url_is_unauthorized(answer: Answers) -> None:
    """The real session, but in the URL, where it would end up in logs: 401."""
    answer.must(be_unauthorized)


@clause("authentication.bearer")
@asks(
    through("bearer", owner).asks(owner.full),
    more=(
        through("basic", owner).asks(owner.full),
        *(through("headers", owner, *names, after=()).asks(owner.full) for names in places.HEADERS),
    ),
)
def test_the_session_in_another_header_is_unauthorized(answer: Answers) -> None:
    """The real session, but as a token, or in a header that is not Cookie: 401."""
    answer.must(be_unauthorized)


@clause("authentication.bearer")
@asks(more=(anonymous.asks(owner.full).with_headers(*places.OF_THE_CLIENT),))
def test_the_session_in_a_header_of_the_client_is_unauthorized(answer: Answers) -> None:
    """The page before had it in its URL, or the client calls itself so: 401."""
    answer.must(be_unauthorized_still)


@clause("authentication.bearer")
@asks(
    more=tuple(
        who.asks(owner.full).with_headers(*places.BESIDE_A_COOKIE).with_query(places.IN_A_QUERY)
        for who in (with_empty_cookie, with_session("made-up"))
    )
)
def test_the_session_beside_its_empty_or_made_up_cookie_is_unauthorized(answer: Answers) -> None:
    """What is looked at where the cookie holds nothing valid, and only there: 401."""
    answer.must(be_unauthorized)


@clause("authentication.unknown-chat")
@asks(
    anonymous.asks(UnknownChat(), under=owner),
    more=(
        anonymous.asks(FAR_NUMBERS[1], under=owner),
        with_expired_session.asks(UnknownChat(), under=owner),
        with_empty_cookie.asks(UnknownChat(), under=owner),
    ),
    deep=(with_rewritten_session.asks(UnknownChat(), under=owner),),
)
def test_a_missing_chat_is_unauthorized_without_a_session(answer: Answers) -> None:
    """Nothing is to be learned about chats without a session: 401, not 404."""
    answer.must(be_unauthorized)


@clause("authentication.unknown-user")
@asks(
    anonymous.asks(UnknownChat(), under=UnknownUser()),
    anonymous.asks(owner.full, under=UnknownUser()),
    anonymous.asks(owner.full, under=stranger),
    more=(
        with_rewritten_session.asks(UnknownChat(), under=UnknownUser()),
        with_expired_session.asks(UnknownChat(), under=UnknownUser()),
    ),
)
def test_a_missing_user_is_unauthorized_without_a_session(answer: Answers) -> None:
    """Nothing is to be learned about users without a session: 401, not 404."""
    answer.must(be_unauthorized)


@clause("authentication.empty-chat")
@asks(
    anonymous.asks(owner.empty),
    more=(
        with_empty_cookie.asks(owner.empty),
        anonymous.asks(stranger.empty),
    ),
    deep=(with_rewritten_session.asks(owner.empty),),
)
def test_an_empty_chat_is_unauthorized_without_a_session(answer: Answers) -> None:
    """That a chat holds no files is no reason to answer: 401, not an empty list."""
    answer.must(be_unauthorized)


@clause("authentication.after-owner")
@asks(
    in_a_row.AFTER_UNCHANGED,
    in_a_row.AFTER_CLOSED,
    in_a_row.AFTER_HEAD,
    more=(in_a_row.PREFLIGHT,),
)
def test_nothing_of_the_owners_request_is_left_for_others(answer: Answers) -> None:
    """The owner has just read this very URL, or was signed in the moment before: still a 401."""
    answer.must(be_unauthorized)


@clause("authentication.owner-after")
@asks(
    in_a_row.AFTER_A_REFUSAL,
    owner.asks(owner.empty)
    .along(Route.DOUBLED_SLASH)
    .in_voice((NOT_STORED,))
    .then(owner.asks(owner.empty).in_voice((NOT_STORED,))),
)
def test_no_cache_serves_a_refusal_to_the_owner(answer: Answers) -> None:
    """Somebody was just refused at this very URL, or at another spelling of it: still a 200."""
    answer.must(be_given_again)


@clause("authentication.handed-out")
@asks(in_a_row.WITH_WHAT_WAS_SET)
def test_a_session_that_a_refusal_sets_is_unauthorized(answer: Answers) -> None:
    """Whoever has no session may get a new anonymous one; it opens nothing: 401."""
    answer.must(be_unauthorized)


@clause("authentication.handed-out")
@asks(
    *(with_session_set_in(n).asks(owner.full) for n in range(KINDS_OF_HANDING_OUT)[:2]),
    deep=tuple(with_session_set_in(n).asks(owner.full) for n in range(KINDS_OF_HANDING_OUT)[2:]),
)
def test_no_session_that_any_refusal_sets_opens_a_chat(answer: Answers) -> None:
    """Set for HEAD or OPTIONS, along another route, for an expired or a made-up one: 401."""
    answer.must(be_unauthorized)


@clause("authentication.conditional")
@asks(
    *(anonymous.asks(owner.full).with_headers(*conditions) for conditions in BY_ANYBODY[:2]),
    more=(anonymous.asks(owner.empty).with_headers(*BY_ANYBODY[2]),),
    deep=(
        anonymous.asks(owner.full).with_headers(IF_CHANGED),
        anonymous.asks(owner.full).with_headers(*BY_OTHERS[1]),
        anonymous.asks(owner.full).with_headers(*BY_ANYBODY[2]),
        with_middle_changed.asks(owner.full).with_headers(*BY_ANYBODY[0]),
        with_expired_session.asks(owner.full).with_headers(*BY_ANYBODY[0]),
    ),
)
def test_a_conditional_request_is_unauthorized_without_a_session(answer: Answers) -> None:
    """Even with the validator that the owner was given: 401, not 304, 412, 206 or 416."""
    answer.must(be_unauthorized_still)
