"""What fails is named by its input, the session that is shown, or the connection."""

from __future__ import annotations

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.relating import related
from neptun_conformance.causes.symptoms import ON_USED_ONES, Form, Symptom
from tests.unit.causes.seen import ANONYMOUS, FAILS, OWNER, cause, found, seen, told


def test_what_fails_whatever_session_is_shown_is_no_session_parser() -> None:
    failed = seen(Form.SERVER_ERROR, 500, right=False)
    by_a_person = cause(None, found("input.no-server-error", failed))
    assert told(related([by_a_person], [])) == [(Mistake.CRASH, 1)]
    of_another = cause(None, found("input.no-server-error", seen(Form.SERVER_ERROR, 503)))
    assert told(related([of_another], [])) == [(None, 1)]
    made_up = seen(Form.SERVER_ERROR, 500, situation="somebody with the made-up session 'x'")
    assert told(related([cause(None, found("input.no-server-error", made_up))], [])) == [(None, 1)]
    twice = seen(Form.SERVER_ERROR, 500, particulars=("with Cookie: 'neptun-session=x'",))
    assert told(related([cause(None, found("input.no-server-error", twice))], [])) == [(None, 1)]


MADE_UP = "somebody with the made-up session 'x' asks for x"
QUERY = "somebody with the owner's session as query token asks for x"


def fails(clause: str, situation: str, *details: str) -> Symptom:
    words = ", ".join((situation, *details))
    return found(clause, seen(Form.SERVER_ERROR, 500, situation=words, particulars=details))


def test_a_session_in_the_query_or_beside_a_failing_header_is_not_parsed() -> None:
    in_query = [fails("authentication.query", QUERY), fails("input.no-server-error", QUERY)]
    assert told(related([cause(None, *in_query)], [])) == [(Mistake.CRASH, 2)]
    with_a_header = cause(None, fails("input.no-server-error", MADE_UP, "with Referer: 'a'"))
    refused = seen(Form.UNAUTHORIZED, 401, situation=MADE_UP)
    assert told(related([with_a_header], [refused])) == [(Mistake.CRASH, 1)]
    assert told(related([with_a_header], [])) == [(None, 1)]


def test_sessions_of_one_form_that_fail_are_the_parsers() -> None:
    failing = cause(
        None, fails("authentication.made-up", MADE_UP), fails("input.no-server-error", MADE_UP)
    )
    assert told(related([failing], [])) == [(None, 2)]
    refused = seen(Form.UNAUTHORIZED, 401, situation=MADE_UP.replace("'x'", "'y'"))
    assert told(related([failing], [refused])) == [(Mistake.SESSION_PARSER, 2)]
    with_others = cause(None, *failing.symptoms, fails("authentication.no-cookie", ANONYMOUS))
    assert told(related([with_others], [refused])) == [(None, 3)]


MISSING = "the owner asks for a chat that does not exist under the owner's id"


def test_what_fails_by_an_ordinary_request_is_not_said_to_fail_by_odd_input() -> None:
    odd = seen(**FAILS, situation="the owner asks for the chat id '1.5' under the owner's id")
    by_input = cause(Mistake.CRASH, found("chat.other-number", odd))
    assert told(related([by_input], [])) == [(Mistake.CRASH, 1)]
    missing = found("chat.unknown", seen(**FAILS, situation=MISSING))
    by_both = cause(Mistake.CRASH, *by_input.symptoms, missing)
    assert told(related([by_both], [])) == [(None, 2)]


def test_what_fails_with_other_cookies_each_time_may_be_the_parser_of_sessions() -> None:
    before = "with the cookie 'a=b' before the session"
    cookies = found("input.no-server-error", seen(**FAILS, particulars=(before,)))
    as_another = "somebody with the owner's session as other cookies x asks for it"
    other = found("authentication.other-cookie", seen(**FAILS, situation=as_another))
    (unsure,) = related([cause(Mistake.CRASH, cookies, other)], [])
    assert unsure.mistake is None
    assert unsure.sentence == "Two known mistakes fit: session parser fails or input causes a 500"


def test_who_is_refused_beside_other_cookies_alone_is_not_found_there() -> None:
    beside = "with the cookie 'opened=just-now' before the session"
    refused = seen(Form.REFUSAL, 403, situation=f"{OWNER}, {beside}", particulars=(beside,))
    lost = cause(None, found("authentication.owner-after", refused))
    assert told(related([lost], [seen()])) == [(Mistake.COOKIES_MISREAD, 1)]
    assert told(related([lost], [])) == [(None, 1)]
    anyhow = cause(None, found("success.status", seen(Form.REFUSAL, 403)))
    assert told(related([anyhow], [seen()])) == [(None, 1)]


def test_a_second_request_on_a_connection_that_waits_is_named() -> None:
    waiting = seen(Form.NO_ANSWER, None, right=False)
    late = found("input.in-time", waiting, actual=f"no answer: {ON_USED_ONES}")
    (one,) = related([cause(Mistake.HANG, late)], [])
    assert (one.mistake, one.sentence) == (
        Mistake.HANG,
        "The server answers no second request on a connection",
    )
    plain = found("input.in-time", waiting)
    assert told(related([cause(Mistake.HANG, plain)], [])) == [(None, 1)]
