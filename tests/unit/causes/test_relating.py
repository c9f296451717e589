"""Some mistakes make others appear; what only appears is put to what makes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.relating import related
from neptun_conformance.causes.symptoms import Form, Seen, Symptom
from tests.unit.causes.seen import ANONYMOUS, OWNER, seen, symptom

STRANGERS = "the owner asks for the stranger's chat with files under the stranger's id"
EMPTY = "the owner asks for the owner's empty chat under the owner's id"


def cause(mistake: Mistake | None, *symptoms: Symptom) -> Cause:
    certainty = Certainty.LIKELY if mistake else Certainty.UNNAMED
    return Cause(mistake, certainty, symptoms, "because")


def found(clause: str, answer: Seen | None = None, **changes: object) -> Symptom:
    return symptom(f"{clause}::check", clause=clause, seen=answer or seen(right=False), **changes)


def let_in(clause: str, situation: str) -> Symptom:
    answer = seen(situation=situation, due="UNAUTHORIZED", right=False)
    return found(clause, answer)


def told(causes: list[Cause]) -> list[tuple[Mistake | None, int]]:
    return sorted(((one.mistake, len(one.symptoms)) for one in causes), key=lambda pair: -pair[1])


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


def test_two_readings_that_open_a_foreign_chat_stay() -> None:
    spelled = found("ownership.spelling", seen(situation="spelled", right=False))
    assert told(related([cause(Mistake.TWO_READINGS, spelled)], [])) == [(Mistake.TWO_READINGS, 1)]


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


def test_who_is_answered_wrongly_only_after_others_is_answered_by_a_cache() -> None:
    after = cause(Mistake.NO_SESSION_NEEDED, found("authentication.after-owner"))
    assert told(related([after], [])) == [(Mistake.SHARED_CACHE, 1)]
    always = cause(
        Mistake.NO_SESSION_NEEDED,
        found("authentication.after-owner"),
        found("authentication.no-cookie"),
    )
    assert told(related([always], [])) == [(None, 2)]


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


def test_what_shows_in_one_voice_alone_is_that_voices() -> None:
    details = ("with Accept: '*/*'", "with B")
    voiced = seen(situation=f"{OWNER}, {', '.join(details)}", particulars=details)
    wrong = [found("error.data", voiced), found("voice.form", voiced)]
    assert told(related([cause(Mistake.ERROR_BODY, *wrong)], [])) == [(Mistake.VOICE, 2)]
    plain = cause(Mistake.ERROR_BODY, *wrong, found("error.data", seen()))
    assert told(related([plain], [])) == [(Mistake.ERROR_BODY, 3)]


def test_what_shows_in_empty_chats_alone_is_special_there() -> None:
    empty = cause(Mistake.SUCCESS_JSON, found("success.json", seen(situation=EMPTY)))
    assert told(related([empty], [])) == [(Mistake.EMPTY_CHAT, 1)]
    full = cause(Mistake.SUCCESS_JSON, found("success.json", seen(situation=OWNER)))
    assert told(related([full], [])) == [(Mistake.SUCCESS_JSON, 1)]


def test_examples_are_not_taken_from_what_belongs_to_another_cause() -> None:
    plain = cause(Mistake.NO_OWNERSHIP, found("ownership.foreign-chat"))
    spelled = found("ownership.spelling", seen(situation="spelled", right=False))
    loose = found("chat.other-number", seen(situation="1.5", right=False))
    readings = replace(cause(Mistake.TWO_READINGS, spelled, loose), typical=(spelled, loose))
    typical = {one.mistake: one.typical for one in related([plain, readings], [])}
    assert typical[Mistake.NUMBER_READ_LOOSELY] == (loose,)


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


def test_a_name_that_cannot_apply_to_a_request_is_taken_back() -> None:
    of_both = [found("files.empty", seen(situation=EMPTY)), found("success.json", seen())]
    assert told(related([cause(Mistake.EMPTY_CHAT, *of_both)], [])) == [(None, 2)]
    by_get = found("methods.head", seen())
    assert told(related([cause(Mistake.HEAD, by_get)], [])) == [(None, 1)]
    by_head = found("methods.head", seen(situation="the owner asks with HEAD for x"))
    assert told(related([cause(Mistake.HEAD, by_head)], [])) == [(Mistake.HEAD, 1)]


def test_what_a_cache_may_have_answered_is_not_said_to_need_no_session() -> None:
    anonymous = [
        let_in("authentication.no-cookie", ANONYMOUS),
        let_in("authentication.after-owner", ANONYMOUS),
    ]
    (unsure,) = related([cause(Mistake.NO_SESSION_NEEDED, *anonymous)], [])
    assert unsure.mistake is None
    assert unsure.sentence == "Two known mistakes fit: no session needed or shared cache"
    empty = let_in("authentication.empty-cookie", "somebody with an empty session cookie asks")
    (named,) = related([cause(Mistake.NO_SESSION_NEEDED, *anonymous, empty)], [])
    assert named.mistake is Mistake.NO_SESSION_NEEDED


def test_who_claims_an_address_is_no_voice() -> None:
    details = ("with X-Forwarded-For: '127.0.0.1'",)
    voiced = seen(situation=f"{OWNER}, {details[0]}", particulars=details)
    both = [found("voice.access", voiced), found("request.override", voiced)]
    assert told(related([cause(None, *both)], [])) == [(None, 2)]


FAILS: dict[str, Any] = {"form": Form.SERVER_ERROR, "status": 500, "right": False}
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


ALONG = "along the route spelled /files/"
SLASH = "{} asks for the owner's chat, " + ALONG


def spelled(
    asks: str, form: Form = Form.FILES, *, due: str = "NO_DATA", started: float = 1
) -> Seen:
    return seen(form, situation=SLASH.format(asks), due=due, plain=False, started=started)


def test_a_spelling_that_its_owner_read_before_may_be_kept_by_a_cache() -> None:
    opened = found("ownership.route-spelling", spelled("the stranger", started=2))
    by_spelling = cause(Mistake.ROUTE_SPELLING, opened)
    first = spelled("the owner", due="FILES_OR_ANYTHING")
    (unsure,) = related([by_spelling], [first])
    assert unsure.mistake is None
    assert told(related([by_spelling], [])) == [(Mistake.ROUTE_SPELLING, 1)]
    refused = spelled("somebody without a cookie", Form.UNAUTHORIZED, started=3)
    assert told(related([by_spelling], [first, refused])) == [(Mistake.ROUTE_SPELLING, 1)]


def test_an_empty_list_is_a_refusal_in_place_of_files_and_a_leak_in_place_of_none() -> None:
    empty = seen(Form.EMPTY_LIST, situation=EMPTY, due="NOT_FOUND", right=False)
    full = seen(Form.EMPTY_LIST, situation=OWNER, due="NOT_FOUND", right=False)
    of_empty, of_full = (found("ownership.foreign-chat", one) for one in (empty, full))
    leaks = cause(Mistake.NO_OWNERSHIP, of_empty, of_full)
    assert told(related([leaks], [])) == [(Mistake.OWNERSHIP_REFUSAL, 2)]
    refuses = cause(Mistake.OWNERSHIP_REFUSAL, of_empty)
    assert told(related([refuses], [])) == [(Mistake.NO_OWNERSHIP, 1)]


def test_files_that_change_between_equal_requests_are_unstable() -> None:
    differ = cause(Mistake.FILES_MISSING, found("files.complete", seen()))
    assert told(related([differ], [])) == [(Mistake.FILES_MISSING, 1)]
    changing = cause(Mistake.FILES_MISSING, *differ.symptoms, found("reading.same-members", seen()))
    assert told(related([changing], [])) == [(Mistake.UNSTABLE, 2)]


def test_what_is_no_json_fails_where_json_is_judged() -> None:
    compared = found("query.ignored", seen(Form.OTHER_200))
    assert told(related([cause(Mistake.SUCCESS_JSON, compared)], [])) == [(None, 1)]
    itself = found("success.json", seen(Form.OTHER_200))
    both = cause(Mistake.SUCCESS_JSON, compared, itself)
    assert told(related([both], [])) == [(Mistake.SUCCESS_JSON, 2)]


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


def failing(user: str) -> Seen:
    situation = f"the owner asks for the owner's chat with files under {user}"
    return seen(Form.SERVER_ERROR, 500, situation=situation, due="NOT_FOUND", right=False)


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


def test_files_of_another_chat_that_come_now_and_then_are_of_state_that_requests_share() -> None:
    changing = [found("reading.same-files"), found("isolation.own-answer")]
    (one,) = related([cause(Mistake.UNSTABLE, *changing)], [])
    assert one.mistake is Mistake.UNSTABLE
    (one,) = related([cause(Mistake.UNSTABLE, *changing, found("file.of-this-chat"))], [])
    assert one.mistake is Mistake.SHARED_STATE


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


def test_what_is_no_refusal_and_gives_nothing_is_no_caches() -> None:
    created = seen(Form.SUCCESS, 201, right=False)
    assert told(related([cause(Mistake.SHARED_CACHE, found("success.status", created))], [])) == [
        (None, 1)
    ]


def test_one_answer_that_is_given_away_may_be_anothers_where_requests_share_state() -> None:
    shared = cause(Mistake.SHARED_STATE, found("isolation.own-answer"))
    once = cause(Mistake.SESSION_NOT_VERIFIED, let_in("authentication.made-up", ANONYMOUS))
    assert told(related([shared, once], [])) == [(Mistake.SHARED_STATE, 2)]
    twice = replace(once, symptoms=once.symptoms * 2)
    assert len(related([shared, twice], [])) == 2


def test_an_envelope_that_every_chat_has_is_an_envelope() -> None:
    wrapped = seen(Form.OTHER_200)
    both = [found("success.envelope", wrapped), found("files.empty", wrapped)]
    assert told(related([cause(None, *both)], [])) == [(Mistake.ENVELOPE, 2)]
    assert told(related([cause(None, *both, found("chat.unknown", wrapped))], [])) == [(None, 3)]


def test_items_of_another_chat_that_come_now_and_then_are_mixed_up_readings() -> None:
    changing = cause(Mistake.UNSTABLE, found("isolation.own-answer"))
    items = found("file.of-this-chat", count=3)
    both = [changing, cause(Mistake.OTHER_CHAT, items)]
    assert told(related(both, [seen()] * 9)) == [(Mistake.SHARED_STATE, 2)]
    always = [changing, cause(Mistake.OTHER_CHAT, replace(items, count=9))]
    assert len(related(always, [seen()] * 9)) == 2


def test_an_id_of_nobody_that_opens_the_own_chats_is_read_loosely() -> None:
    unknown = cause(Mistake.NO_OWNERSHIP, found("user.unknown"))
    assert told(related([unknown], [])) == [(Mistake.USER_ID_READ_LOOSELY, 1)]
    foreign = cause(Mistake.NO_OWNERSHIP, found("user.unknown"), found("ownership.foreign-user"))
    assert told(related([foreign], [])) == [(Mistake.NO_OWNERSHIP, 2)]


def test_what_fails_for_callers_without_a_session_too_is_not_about_user_ids() -> None:
    unknown = failing("a user who does not exist")
    anonymous = replace(unknown, situation=f"{ANONYMOUS} ", due="UNAUTHORIZED")
    mixed = cause(
        None,
        found("user.unknown", unknown),
        found("ownership.foreign-user", failing("the stranger's id")),
        found("authentication.unknown-user", anonymous),
    )
    assert told(related([mixed], [])) == [(None, 3)]


def test_a_head_of_an_empty_chat_is_about_head() -> None:
    head = seen(
        Form.NOT_FOUND, 404, situation=EMPTY.replace("asks for", "asks with HEAD for"), right=False
    )
    assert told(related([cause(Mistake.HEAD, found("methods.head", head))], [])) == [
        (Mistake.HEAD, 1)
    ]


def test_a_foreign_chat_under_nobodys_id_is_given_away() -> None:
    foreign = seen(situation=STRANGERS.replace("the stranger's id", "a user who does not exist"))
    given = cause(Mistake.NO_OWNERSHIP, found("user.unknown", foreign))
    assert told(related([given], [])) == [(Mistake.NO_OWNERSHIP, 1)]


@pytest.mark.parametrize(
    ("asked", "particulars", "name"),
    [
        ("chat with files, its id as a decimal under the owner's id", (), Mistake.TWO_READINGS),
        (
            "chat with files under the owner's id in capitals",
            (),
            Mistake.USER_ID_READ_LOOSELY,
        ),
        (
            "chat with files under the owner's id, encoded in full,",
            (),
            None,
        ),
        (
            "chat with files under the owner's id",
            ("along the route spelled with a dot",),
            Mistake.ROUTE_SPELLING,
        ),
        (
            "chat with files under the owner's id",
            ("along the route spelled with a dot", "with Origin: 'null'"),
            None,
        ),
        ("chat with files under the owner's id", (), None),
    ],
)
def test_what_a_spelling_opens_is_named_by_what_is_spelled(
    asked: str, particulars: tuple[str, ...], name: Mistake | None
) -> None:
    given = seen(
        situation=f"the stranger asks for the owner's {asked}",
        particulars=particulars,
        due="NO_FILES",
        right=False,
    )
    (one,) = related([cause(None, found("ownership.spelling", given))], [])
    assert one.mistake is name


def test_the_form_of_a_server_error_is_no_cause_beside_it() -> None:
    crashed = seen(Form.SERVER_ERROR, 500, situation="with Accept: x", right=False)
    crash = cause(Mistake.CRASH, found("input.no-server-error", crashed))
    body = cause(Mistake.ERROR_BODY, found("error.server-error", crashed))
    assert told(related([body, crash], [])) == [(Mistake.CRASH, 2)]
    elsewhere = replace(crashed, situation="with Accept: y")
    other = cause(Mistake.ERROR_BODY, found("error.server-error", elsewhere))
    assert len(related([other, crash], [])) == 2
