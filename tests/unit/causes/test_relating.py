"""Some mistakes make others appear; what only appears is put to what makes it."""

from __future__ import annotations

from dataclasses import replace

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.relating import related
from neptun_conformance.causes.symptoms import Form
from tests.unit.causes.seen import (
    ANONYMOUS,
    EMPTY,
    FAILS,
    OWNER,
    cause,
    failing,
    found,
    let_in,
    seen,
    told,
)


def test_causes_of_one_mistake_are_one() -> None:
    one = cause(Mistake.NO_OWNERSHIP, found("ownership.foreign-chat"))
    other = cause(Mistake.NO_OWNERSHIP, found("ownership.query"))
    assert told(related([one, other], [])) == [(Mistake.NO_OWNERSHIP, 2)]


def test_what_fails_without_a_detail_too_is_not_the_details_fault() -> None:
    plain = cause(Mistake.NO_OWNERSHIP, found("ownership.foreign-chat"))
    detail = seen(Form.REDIRECT, situation=f"{OWNER}, with a", particulars=("with a",), right=False)
    other = cause(Mistake.CONDITION_FIRST, found("ownership.conditional", detail))
    assert told(related([plain, other], [])) == [(Mistake.NO_OWNERSHIP, 2)]


def test_what_is_right_without_a_detail_stays_the_details_fault() -> None:
    plain = cause(Mistake.NO_OWNERSHIP, found("ownership.foreign-chat"))
    detail = seen(situation=f"{ANONYMOUS}, with a", particulars=("with a",), right=False)
    other = cause(Mistake.CONDITION_FIRST, found("authentication.conditional", detail))
    assert len(related([plain, other], [])) == 2


def test_a_spelling_of_a_chat_that_is_open_anyway_is_no_second_reading() -> None:
    plain = cause(Mistake.NO_OWNERSHIP, found("ownership.foreign-chat"))
    spelled = found("ownership.spelling", seen(situation="spelled", right=False))
    loose = found("chat.other-number", seen(situation="1.5", right=False))
    causes = related([plain, cause(Mistake.TWO_READINGS, spelled, loose)], [])
    assert told(causes) == [(Mistake.NO_OWNERSHIP, 2), (Mistake.NUMBER_READ_LOOSELY, 1)]


def test_who_takes_any_session_takes_an_expired_one() -> None:
    clauses = ("made-up", "altered-end", "altered-middle", "cut-short")
    any_value = [let_in(f"authentication.{name}", f"somebody with {name}") for name in clauses]
    expired = let_in("authentication.expired", "somebody with an expired session")
    both = [
        cause(Mistake.SESSION_NOT_VERIFIED, *any_value),
        cause(Mistake.SESSION_NEVER_EXPIRES, expired),
    ]
    assert told(related(both, [])) == [(Mistake.SESSION_NOT_VERIFIED, 5)]
    fewer = cause(Mistake.SESSION_NOT_VERIFIED, *any_value[1:])
    assert len(related([fewer, both[1]], [])) == 2


def test_who_does_not_look_at_the_user_takes_any_user() -> None:
    foreign = [found("ownership.foreign-user"), found("user.unknown")]
    odd = cause(Mistake.USER_ID_READ_LOOSELY, found("user.other-shape"))
    assert told(related([cause(Mistake.NO_OWNERSHIP, *foreign), odd], [])) == [
        (Mistake.NO_OWNERSHIP, 3)
    ]


def test_answers_that_vary_by_themselves_do_not_depend_on_the_client() -> None:
    reading = cause(Mistake.UNSTABLE, found("reading.same-files"))
    voice = cause(Mistake.VOICE, found("voice.form"))
    assert told(related([reading, voice], [])) == [(Mistake.UNSTABLE, 2)]


def test_an_answer_that_varies_is_seen_without_a_check_of_readings() -> None:
    json = cause(Mistake.SUCCESS_JSON, found("success.json"))
    voice = cause(Mistake.VOICE, found("voice.form"))
    answers = [seen(), seen(Form.OTHER_200), seen()]
    assert told(related([json, voice], answers)) == [(Mistake.SUCCESS_JSON, 2)]
    assert len(related([json, voice], [seen(), seen()])) == 2


def test_a_member_that_is_wrong_now_and_then_is_named_by_what_is_wrong() -> None:
    pointer = "/chatFiles/0/created_at"
    reading = cause(Mistake.UNSTABLE, found("reading.same-members", pointer=pointer))
    format_ = cause(Mistake.TIME_FORMAT, found("file.created-at", pointer=pointer))
    assert told(related([reading, format_], [])) == [(Mistake.TIME_FORMAT, 2)]


def test_shared_state_may_show_in_anything() -> None:
    state = cause(Mistake.SHARED_STATE, found("isolation.own-answer"), found("files.complete"))
    files = cause(Mistake.OTHER_CHAT, found("file.of-this-chat"))
    assert told(related([state, files], [])) == [(Mistake.SHARED_STATE, 3)]


def test_examples_are_not_taken_from_what_belongs_to_another_cause() -> None:
    plain = cause(Mistake.NO_OWNERSHIP, found("ownership.foreign-chat"))
    spelled = found("ownership.spelling", seen(situation="spelled", right=False))
    loose = found("chat.other-number", seen(situation="1.5", right=False))
    readings = replace(cause(Mistake.TWO_READINGS, spelled, loose), typical=(spelled, loose))
    typical = {one.mistake: one.typical for one in related([plain, readings], [])}
    assert typical[Mistake.NUMBER_READ_LOOSELY] == (loose,)


def test_causes_that_fail_by_one_detail_are_one() -> None:
    details = ("with Accept: 'a'", "with Origin: 'b'")
    both, one = (
        seen(**FAILS, situation=", ".join((OWNER, *some)), particulars=some)
        for some in (details, details[:1])
    )
    session = cause(Mistake.SESSION_PARSER, found("authentication.other-cookie", both))
    by_input = cause(Mistake.CRASH, found("success.status", one), found("files.empty", both))
    assert told(related([session, by_input], [])) == [(Mistake.CRASH, 3)]
    elsewhere = cause(Mistake.SESSION_PARSER, found("a.b", seen(**FAILS, particulars=("with x",))))
    assert len(related([elsewhere, by_input], [])) == 2


def test_what_a_page_holds_goes_with_the_page() -> None:
    page = seen(Form.OTHER_200, due="FILES_OR_4XX", right=False)
    spelled = cause(None, found("chat.spelling", page))
    form = cause(Mistake.SUCCESS_TYPE, found("success.media-type", page))
    assert told(related([spelled, form], [])) == [(None, 2)]
    own = replace(page, due="FILES")
    assert len(related([spelled, cause(Mistake.SUCCESS_TYPE, found("success.json", own))], [])) == 2


def test_a_member_of_a_wrong_form_differs_from_what_the_target_lists() -> None:
    place = "/chatFiles/0/created_at"
    form = cause(Mistake.TIME_FORMAT, found("file.created-at-form", pointer=place))
    listed = cause(
        Mistake.FILES_MISSING, found("files.complete", pointer="/chatFiles/3/created_at")
    )
    assert told(related([form, listed], [])) == [(Mistake.TIME_FORMAT, 2)]
    name = cause(Mistake.FILES_MISSING, found("files.complete", pointer="/chatFiles/3/name"))
    assert len(related([form, name], [])) == 2


def test_what_fails_under_every_other_user_id_fails_on_that_id() -> None:
    foreign = cause(
        Mistake.OWNERSHIP_REFUSAL, found("ownership.foreign-user", failing("the stranger's id"))
    )
    unknown = cause(
        None,
        found("user.unknown", failing("a user who does not exist")),
        found("ownership.foreign-pair", failing("the stranger's id")),
    )
    (one,) = related([foreign, unknown], [])
    assert (one.mistake, len(one.symptoms)) == (Mistake.CRASH, 3)
    assert one.sentence == (
        "The server answers some input by a server error: any user id but the caller's own"
    )
    own = cause(None, found("chat.unknown", failing("the owner's id")))
    assert len(related([foreign, own], [])) == 2


def test_what_a_caller_gets_that_was_for_another_goes_with_state_that_requests_share() -> None:
    shared = cause(Mistake.SHARED_STATE, found("file.of-this-chat"))
    unnamed = cause(None, found("isolation.own-answer"), found("input.no-disclosure"))
    assert told(related([shared, unnamed], [])) == [(Mistake.SHARED_STATE, 3)]


def test_a_session_that_is_refused_beside_a_cookie_is_no_caches_where_cookies_are_misread() -> None:
    words = "with the cookie 'a=b' before the session"
    beside = seen(
        Form.UNAUTHORIZED, 401, situation=f"{EMPTY}, {words}", particulars=(words,), right=False
    )
    misread = cause(Mistake.COOKIES_MISREAD, found("cookie.neighbours"))
    remembered = cause(Mistake.SHARED_CACHE, found("authentication.owner-after", beside))
    assert told(related([misread, remembered], [])) == [(Mistake.COOKIES_MISREAD, 2)]


def test_one_answer_that_is_given_away_may_be_anothers_where_requests_share_state() -> None:
    shared = cause(Mistake.SHARED_STATE, found("isolation.own-answer"))
    once = cause(Mistake.SESSION_NOT_VERIFIED, let_in("authentication.made-up", ANONYMOUS))
    assert told(related([shared, once], [])) == [(Mistake.SHARED_STATE, 2)]
    twice = replace(once, symptoms=once.symptoms * 2)
    assert len(related([shared, twice], [])) == 2


def test_items_of_another_chat_that_come_now_and_then_are_mixed_up_readings() -> None:
    changing = cause(Mistake.UNSTABLE, found("isolation.own-answer"))
    items = found("file.of-this-chat", count=3)
    both = [changing, cause(Mistake.OTHER_CHAT, items)]
    assert told(related(both, [seen()] * 9)) == [(Mistake.SHARED_STATE, 2)]
    always = [changing, cause(Mistake.OTHER_CHAT, replace(items, count=9))]
    assert len(related(always, [seen()] * 9)) == 2


def test_the_form_of_a_server_error_is_no_cause_beside_it() -> None:
    crashed = seen(Form.SERVER_ERROR, 500, situation="with Accept: x", right=False)
    crash = cause(Mistake.CRASH, found("input.no-server-error", crashed))
    body = cause(Mistake.ERROR_BODY, found("error.server-error", crashed))
    assert told(related([body, crash], [])) == [(Mistake.CRASH, 2)]
    elsewhere = replace(crashed, situation="with Accept: y")
    other = cause(Mistake.ERROR_BODY, found("error.server-error", elsewhere))
    assert len(related([other, crash], [])) == 2
