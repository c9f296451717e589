"""Some mistakes make others appear; what only appears is put to what makes it."""

from __future__ import annotations

from dataclasses import replace

from neptun_conformance.causes.explaining import Cause, Certainty
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.relating import related
from neptun_conformance.causes.symptoms import Form, Seen, Symptom
from tests.unit.causes.seen import ANONYMOUS, OWNER, seen, symptom

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
    one = cause(Mistake.CRASH, found("chat.unknown"))
    other = cause(Mistake.CRASH, found("query.ignored"))
    assert told(related([one, other], [])) == [(Mistake.CRASH, 2)]


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
