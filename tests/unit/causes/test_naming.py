"""A cause gets another name, or none, where its own symptoms say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.relating import related
from neptun_conformance.causes.symptoms import Form, Seen
from tests.unit.causes.seen import (
    ANONYMOUS,
    EMPTY,
    OWNER,
    STRANGERS,
    cause,
    failing,
    found,
    let_in,
    seen,
    told,
)


def test_two_readings_that_open_a_foreign_chat_stay() -> None:
    spelled = found("ownership.spelling", seen(situation="spelled", right=False))
    assert told(related([cause(Mistake.TWO_READINGS, spelled)], [])) == [(Mistake.TWO_READINGS, 1)]


def test_who_is_answered_wrongly_right_after_what_no_cache_keeps_meets_state() -> None:
    after_head = seen(situation=ANONYMOUS, right=False, unkept="the owner's HEAD")
    after = cause(Mistake.NO_SESSION_NEEDED, found("authentication.after-owner", after_head))
    assert told(related([after], [])) == [(Mistake.SHARED_STATE, 1)]


def test_an_empty_chat_that_is_answered_wrongly_in_one_voice_alone_is_not_special() -> None:
    detail = seen(
        Form.BROKEN, None, situation=EMPTY, particulars=("over a connection for it alone",)
    )
    whole = replace(detail, particulars=())
    broken = found("input.complete", detail)
    assert told(related([cause(None, broken)], [])) == [(None, 1)]
    both = cause(None, broken, found("input.complete", whole))
    assert told(related([both], [])) == [(Mistake.EMPTY_CHAT, 2)]


def test_who_is_answered_wrongly_only_after_others_is_answered_by_a_cache() -> None:
    after = cause(Mistake.NO_SESSION_NEEDED, found("authentication.after-owner"))
    assert told(related([after], [])) == [(Mistake.SHARED_CACHE, 1)]
    always = cause(
        Mistake.NO_SESSION_NEEDED,
        found("authentication.after-owner"),
        found("authentication.no-cookie"),
    )
    assert told(related([always], [])) == [(None, 2)]


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


def test_headers_of_the_answer_to_an_empty_chat_say_nothing_of_its_list() -> None:
    empty = seen(Form.EMPTY_LIST, situation=EMPTY)
    public = cause(Mistake.CACHE_HEADERS, found("cache.private", empty))
    assert told(related([public], [])) == [(Mistake.CACHE_HEADERS, 1)]


def test_no_cache_is_named_where_plain_requests_get_no_json() -> None:
    plain = cause(None, found("success.json", seen(Form.OTHER_200)))
    assert told(related([plain], [])) == [(Mistake.SUCCESS_JSON, 1)]
    details = ("with the query 'a=1'",)
    after_another = seen(Form.OTHER_200, plain=False, particulars=details)
    assert told(related([cause(None, found("success.json", after_another))], [])) == [(None, 1)]


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


def test_files_of_another_chat_that_come_now_and_then_are_of_state_that_requests_share() -> None:
    changing = [found("reading.same-files"), found("isolation.own-answer")]
    (one,) = related([cause(Mistake.UNSTABLE, *changing)], [])
    assert one.mistake is Mistake.UNSTABLE
    (one,) = related([cause(Mistake.UNSTABLE, *changing, found("file.of-this-chat"))], [])
    assert one.mistake is Mistake.SHARED_STATE


def test_what_is_no_refusal_and_gives_nothing_is_no_caches() -> None:
    created = seen(Form.SUCCESS, 201, right=False)
    assert told(related([cause(Mistake.SHARED_CACHE, found("success.status", created))], [])) == [
        (None, 1)
    ]


def test_an_envelope_that_every_chat_has_is_an_envelope() -> None:
    wrapped = seen(Form.OTHER_200)
    both = [found("success.envelope", wrapped), found("files.empty", wrapped)]
    assert told(related([cause(None, *both)], [])) == [(Mistake.ENVELOPE, 2)]
    assert told(related([cause(None, *both, found("chat.unknown", wrapped))], [])) == [(None, 3)]


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


def test_a_404_that_tells_of_a_foreign_chat_is_no_other_answer() -> None:
    answer = seen(Form.NOT_FOUND, 404, situation=STRANGERS, due="NOT_FOUND")
    holding = found("ownership.indistinguishable", answer)
    assert told(related([cause(Mistake.OWNERSHIP_REFUSAL, holding)], [])) == [
        (Mistake.CHAT_REVEALED, 1)
    ]
    other = found("ownership.foreign-chat", replace(answer, form=Form.REFUSAL, status=403))
    assert told(related([cause(Mistake.OWNERSHIP_REFUSAL, holding, other)], [])) == [
        (Mistake.OWNERSHIP_REFUSAL, 2)
    ]


def test_a_condition_that_is_met_for_nobody_comes_before_the_session() -> None:
    part = seen(Form.SUCCESS, 206, situation=ANONYMOUS, due="UNAUTHORIZED", plain=False)
    early = found("authentication.conditional", part)
    assert told(related([cause(Mistake.VALIDATORS, early)], [])) == [(Mistake.CONDITION_FIRST, 1)]


def test_files_that_are_missing_under_a_condition_are_no_wrong_304() -> None:
    missing = found("reading.same-files", seen(plain=False))
    assert told(related([cause(Mistake.VALIDATORS, missing)], [])) == [(None, 1)]


def test_a_list_that_differs_with_a_query_alone_is_the_querys() -> None:
    message = "an unknown query parameter changes the files"
    limited = found("query.ignored", seen(plain=False), message=message)
    assert told(related([cause(Mistake.FILES_MISSING, limited)], [])) == [(Mistake.QUERY_HEEDED, 1)]
    always = found("files.complete", seen())
    assert told(related([cause(Mistake.FILES_MISSING, limited, always)], [])) == [
        (Mistake.FILES_MISSING, 2)
    ]
