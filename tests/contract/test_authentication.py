"""Who has no valid session gets a 401, whatever else is asked."""

from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.status import (
    be_given_again,
    be_unauthorized,
    be_unauthorized_still,
    yield_no_files,
)
from neptun_conformance.questions.callers import (
    anonymous,
    case_changed,
    changed_before_padding,
    cut_by,
    ending_changed,
    half,
    middle_changed,
    owner,
    preceded,
    rewritten,
    stranger,
    through,
    unsigned,
    with_altered,
    with_empty_cookie,
    with_expired_session,
    with_forged_token,
    with_handed_out_session,
    with_session,
    with_spliced,
    with_user_id_as_session,
)
from neptun_conformance.questions.checks import asks, clause
from neptun_conformance.questions.ids import FAR_NUMBERS
from neptun_conformance.questions.situations import (
    IF_ANY,
    IF_CHANGED,
    IF_MODIFIED,
    UnknownChat,
    UnknownUser,
    Written,
)

# All of a row are shown at once, the likeliest ones first: a long session may leave no room.
COOKIES = (
    ("session", "neptun_session", "sid", "token", "neptun-session2", "auth", "SESSION", "jwt"),
    ("sessionid", "access_token", "JSESSIONID", "connect.sid", "PHPSESSID", "session_id"),
    ("x-neptun-session", "neptun", "neptun-token", "session-token", "neptunsession", "user"),
    ("neptun-session.sig", "nuxt-session", "neptun-session-old", "next-auth.session-token"),
)
NEAR_NAMES = (
    "Neptun-Session",
    "__Host-neptun-session",
    "NEPTUN-SESSION",
    "__Secure-neptun-session",
)
PARAMETERS = (
    ("neptun-session", "session_id", "key", "neptunSession"),
    ("session", "sid", "auth", "cookie"),
    ("token", "sessionid", "jwt", "api_key"),
    ("access_token", "neptun_session", "session_token", "Neptun-Session"),
)
HEADERS = (
    ("X-Session", "X-Auth-Token", "X-Neptun-Session", "X-Session-Id", "Cookie2"),
    ("neptun-session", "Authorization", "X-Session-Token", "X-API-Key", "X-Access-Token"),
)
LIKE_A_FILE = owner.asks(owner.full).with_query("v=1.css")
with_rewritten_session = with_altered(owner, "with every character changed", rewritten)


@clause("authentication.no-cookie")
@asks(
    anonymous.asks(owner.full),
    anonymous.asks(stranger.full),
    anonymous.asks(UnknownChat(), under=UnknownUser()),
    more=(
        anonymous.asks(owner.full).with_query("user_id={owner}&session=true"),
        anonymous.asks(owner.full).with_headers(("X-User-Id", "{owner}")),
        anonymous.asks(owner.full).with_headers(("X-Forwarded-For", "127.0.0.1")),
        anonymous.asks(owner.full).with_headers(("Authorization", "Basic {owner}")),
    ),
)
def test_a_request_without_a_cookie_is_unauthorized(answer: Answer) -> None:
    """The owner's session opens this chat; without any cookie it is a 401."""
    answer.must(be_unauthorized)


@clause("authentication.empty-cookie")
@asks(
    with_empty_cookie.asks(owner.full),
    with_empty_cookie.asks(UnknownChat(), under=UnknownUser()),
    more=(with_empty_cookie.asks(stranger.full),),
)
def test_an_empty_session_cookie_is_unauthorized(answer: Answer) -> None:
    """The cookie is there but holds nothing: 401."""
    answer.must(be_unauthorized)


@clause("authentication.made-up")
@asks(
    with_session("made-up-session").asks(owner.full),
    with_rewritten_session.asks(owner.full),
    with_user_id_as_session(owner).asks(owner.full),
    with_session("made-up-session").asks(UnknownChat(), under=UnknownUser()),
    more=(
        with_session("null").asks(owner.full),
        with_session("0").asks(owner.full),
        with_session("true").asks(owner.full),
        with_session("*").asks(owner.full),
        with_session("%").asks(owner.full),
        with_session("x" * 1_000).asks(owner.full),
        with_session("'OR'1'='1").asks(owner.full),
        with_rewritten_session.asks(stranger.full),
        with_forged_token(owner).asks(owner.full),
    ),
)
def test_a_session_that_was_never_issued_is_unauthorized(answer: Answer) -> None:
    """The value has the look of a session, or of a value that careless code takes for true: 401."""
    answer.must(be_unauthorized)


@clause("authentication.made-up")
@asks(
    more=(
        with_spliced(owner, stranger).asks(owner.full),
        with_spliced(stranger, owner).asks(stranger.full),
    )
)
def test_a_session_put_together_from_two_opens_nothing(answer: Answer) -> None:
    """What one person's says of its owner, and another's signature: never a success."""
    answer.must(yield_no_files)


@clause("authentication.altered-end")
@asks(
    with_altered(owner, "with the last 6 characters changed", ending_changed(6)).asks(owner.full),
    with_altered(stranger, "with the last 8 characters changed", ending_changed(8)).asks(
        stranger.full
    ),
    more=(
        with_altered(owner, "with the last 12 characters changed", ending_changed(12)).asks(
            owner.full
        ),
        with_altered(
            owner, "with the last 6 characters before its padding changed", changed_before_padding
        ).asks(owner.full),
        with_altered(owner, "with the last 6 characters changed", ending_changed(6))
        .asks(owner.full)
        .again(1),
    ),
)
def test_a_session_with_another_end_is_unauthorized(answer: Answer) -> None:
    """A signature or a tail that is not checked would let this one pass: 401."""
    answer.must(be_unauthorized)


@clause("authentication.altered-middle")
@asks(
    with_altered(owner, "with 6 characters in the middle changed", middle_changed).asks(owner.full),
    more=(
        with_altered(stranger, "with 6 characters in the middle changed", middle_changed).asks(
            stranger.full
        ),
    ),
)
def test_a_session_with_another_middle_is_unauthorized(answer: Answer) -> None:
    """Both ends are those of the real session, so comparing ends does not do: 401."""
    answer.must(be_unauthorized)


@clause("authentication.cut-short")
@asks(
    with_altered(owner, "cut by 6 characters", cut_by(6)).asks(owner.full),
    with_altered(owner, "cut in half", half).asks(owner.full),
    with_altered(owner, "without its signature", unsigned).asks(owner.full),
    more=(
        with_altered(stranger, "cut by 8 characters", cut_by(8)).asks(stranger.full),
        with_altered(stranger, "without its signature", unsigned).asks(stranger.full),
    ),
)
def test_a_session_that_is_cut_short_is_unauthorized(answer: Answer) -> None:
    """The rest is a prefix of the real session, so comparing prefixes does not do: 401."""
    answer.must(be_unauthorized)


@clause("authentication.letter-case")
@asks(with_altered(owner, "with the case of its letters changed", case_changed).asks(owner.full))
def test_a_session_in_other_letter_case_is_unauthorized(answer: Answer) -> None:
    """Cookie values are compared with regard to case: 401."""
    answer.must(be_unauthorized)


@clause("authentication.text-before")
@asks(with_altered(owner, "with text before it", preceded).asks(owner.full))
def test_a_session_with_text_before_it_is_unauthorized(answer: Answer) -> None:
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
def test_an_expired_session_is_unauthorized(answer: Answer) -> None:
    """It was valid once and its time is over: 401."""
    answer.must(be_unauthorized)


@clause("authentication.other-cookie")
@asks(
    through("other cookies", owner, *COOKIES[0]).asks(owner.full),
    more=tuple(through("other cookies", owner, *names).asks(owner.full) for names in COOKIES[1:]),
)
def test_the_session_in_another_cookie_is_unauthorized(answer: Answer) -> None:
    """The real session, but not in the documented cookie: 401."""
    answer.must(be_unauthorized)


@clause("authentication.cookie-name")
@asks(through("other cookies", owner, *NEAR_NAMES).asks(owner.full))
def test_the_session_in_a_cookie_of_nearly_its_name_is_unauthorized(answer: Answer) -> None:
    """The name differs in letter case, or by a prefix that browsers know: 401."""
    answer.must(be_unauthorized)


@clause("authentication.query")
@asks(
    through("query", owner, *PARAMETERS[0]).asks(owner.full),
    more=tuple(through("query", owner, *names).asks(owner.full) for names in PARAMETERS[1:]),
)
def test_the_session_in_the_query_is_unauthorized(answer: Answer) -> None:
    """The real session, but in the URL, where it would end up in logs: 401."""
    answer.must(be_unauthorized)


@clause("authentication.bearer")
@asks(
    through("bearer", owner).asks(owner.full),
    more=(
        through("basic", owner).asks(owner.full),
        *(through("headers", owner, *names).asks(owner.full) for names in HEADERS),
    ),
)
def test_the_session_as_a_bearer_token_is_unauthorized(answer: Answer) -> None:
    """The real session, but in a header that is not Cookie: 401."""
    answer.must(be_unauthorized)


@clause("authentication.unknown-chat")
@asks(
    anonymous.asks(UnknownChat(), under=owner),
    more=(
        *anonymous.asks_each((Written("1"), *FAR_NUMBERS[1:3]), under=owner),
        with_rewritten_session.asks(UnknownChat(), under=owner),
        with_expired_session.asks(UnknownChat(), under=owner),
        with_empty_cookie.asks(UnknownChat(), under=owner),
    ),
)
def test_a_missing_chat_is_unauthorized_without_a_session(answer: Answer) -> None:
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
def test_a_missing_user_is_unauthorized_without_a_session(answer: Answer) -> None:
    """Nothing is to be learned about users without a session: 401, not 404."""
    answer.must(be_unauthorized)


@clause("authentication.empty-chat")
@asks(
    anonymous.asks(owner.empty),
    more=(
        with_rewritten_session.asks(owner.empty),
        with_empty_cookie.asks(owner.empty),
        anonymous.asks(stranger.empty),
    ),
)
def test_an_empty_chat_is_unauthorized_without_a_session(answer: Answer) -> None:
    """That a chat holds no files is no reason to answer: 401, not an empty list."""
    answer.must(be_unauthorized)


@clause("authentication.after-owner")
@asks(
    owner.asks(owner.full).then(anonymous.asks(owner.full)),
    owner.asks(owner.empty).then(anonymous.asks(owner.empty)),
    more=(LIKE_A_FILE.then(anonymous.asks(owner.full).with_query(LIKE_A_FILE.query)),),
)
def test_no_cache_serves_the_owners_answer_to_others(answer: Answer) -> None:
    """The owner has just read this very URL; anonymous still gets a 401."""
    answer.must(be_unauthorized)


@clause("authentication.owner-after")
@asks(
    anonymous.asks(owner.full).then(owner.asks(owner.full)),
    anonymous.asks(owner.empty).then(owner.asks(owner.empty)),
)
def test_no_cache_serves_a_refusal_to_the_owner(answer: Answer) -> None:
    """Somebody was just refused at this very URL; the owner still gets a 200."""
    answer.must(be_given_again)


@clause("authentication.handed-out")
@asks(anonymous.asks(owner.full).again(1).then(with_handed_out_session.asks(owner.full)))
def test_a_session_that_a_refusal_sets_is_unauthorized(answer: Answer) -> None:
    """Whoever has no session may get a new anonymous one; it opens nothing: 401."""
    answer.must(be_unauthorized)


@clause("authentication.conditional")
@asks(
    anonymous.asks(owner.full).with_headers(IF_CHANGED),
    anonymous.asks(owner.full).with_headers(IF_ANY),
    more=(
        anonymous.asks(owner.empty).with_headers(IF_CHANGED),
        with_rewritten_session.asks(owner.full).with_headers(IF_CHANGED),
        with_expired_session.asks(owner.full).with_headers(IF_CHANGED),
        anonymous.asks(owner.full).with_headers(IF_MODIFIED),
    ),
)
def test_a_conditional_request_is_unauthorized_without_a_session(answer: Answer) -> None:
    """Even with the validator that the owner was given: 401, not 304."""
    answer.must(be_unauthorized_still)
