"""Whoever shows no valid session in the cookie gets a 401: nothing, or what was never issued."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.status import be_unauthorized, yield_no_files
from neptun_conformance.questions import forging, places
from neptun_conformance.questions.callers import (
    anonymous,
    owner,
    stranger,
    with_altered,
    with_empty_cookie,
    with_expired_session,
    with_forged,
    with_middle_changed,
    with_renamed,
    with_rewritten_session,
    with_session,
    with_spliced,
    with_user_id_as_session,
)
from neptun_conformance.questions.checks import asks, clause, hostile
from neptun_conformance.questions.free_voices import in_free_voices
from neptun_conformance.questions.situations import Question, UnknownChat, UnknownUser
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
    unsigned,
)


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
        stranger.empty
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
