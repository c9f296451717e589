"""All causes of a run: what answers tell first, then signatures, in the order of mending."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from neptun_conformance.causes.diagnosis import diagnose
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.signatures import Signature
from neptun_conformance.causes.symptoms import Form, Repeated, Seen
from tests.unit.causes.seen import ANONYMOUS, found, seen, symptom

ANONYMOUSLY: dict[str, Any] = {"situation": ANONYMOUS, "due": "UNAUTHORIZED"}


def redirects(due: str = "FILES") -> list[Seen]:
    headers = (("location", "https://h/"),)
    return [seen(Form.REDIRECT, 308, due=due, right=False, headers=headers) for _ in range(10)]


def test_nothing_found_has_no_cause() -> None:
    assert diagnose([], [seen()], []) == []


def test_a_redirect_of_everything_is_the_one_cause() -> None:
    answers = redirects() + redirects("UNAUTHORIZED")
    symptoms = [symptom("a", seen=answers[0]), symptom("b", seen=answers[-1])]
    (cause,) = diagnose(symptoms, answers, [])
    assert cause.mistake is Mistake.REDIRECT
    assert cause.sentence is not None
    assert "20 of 20 plain requests get a 308 to https://h" in cause.sentence


def test_answers_of_a_cache_to_others_are_the_caches() -> None:
    kept = seen(headers=(("age", "9"),), right=False, **ANONYMOUSLY)
    after = symptom("b", clause="authentication.after-owner", seen=kept)
    (cause,) = diagnose([symptom("a", seen=kept), after], [kept], [])
    assert (cause.mistake, len(cause.symptoms)) == (Mistake.SHARED_CACHE, 2)
    assert cause.typical == (after,)


def test_sessions_are_mended_before_form() -> None:
    form = symptom("f", clause="file.size", message="size is missing", seen=seen())
    session = symptom("s", clause="authentication.no-cookie", seen=seen(right=False, **ANONYMOUSLY))
    dictionary = [
        Signature("size", Mistake.ITEM_MEMBER, frozenset({form.sign})),
        Signature("open", Mistake.NO_SESSION_NEEDED, frozenset({session.sign})),
    ]
    causes = diagnose([form, session], [seen()], dictionary)
    assert [c.mistake for c in causes] == [Mistake.NO_SESSION_NEEDED, Mistake.ITEM_MEMBER]


STRANGER = "the stranger asks for the stranger's chat with files under the stranger's id"


def test_a_session_that_is_refused_each_time_is_told_by_its_user() -> None:
    refused = seen(Form.UNAUTHORIZED, 401, situation=STRANGER, right=False)
    symptoms = [symptom("a", clause="success.status", seen=refused), symptom("b")]
    first, _ = diagnose(symptoms, [seen(), refused, refused], [])
    assert (first.mistake, len(first.symptoms)) == (Mistake.SESSION_REFUSED, 1)
    assert first.sentence is not None
    assert first.sentence.endswith("of the stranger")


def test_a_session_that_is_served_once_is_not_refused() -> None:
    refused = seen(Form.UNAUTHORIZED, 401, situation=STRANGER, right=False)
    (cause,) = diagnose([symptom("a", seen=refused)], [seen(situation=STRANGER), refused], [])
    assert cause.mistake is None


def test_some_answers_of_a_gateway_are_the_gateways() -> None:
    failed = seen(Form.SERVER_ERROR, 502, right=False)
    (cause,) = diagnose([symptom("a", seen=failed)], [failed, *[seen()] * 9], [])
    assert cause.mistake is Mistake.GATEWAY_ERROR
    assert cause.sentence is not None
    assert cause.sentence.endswith("1 of 10 responses")


def test_a_refusal_that_the_next_caller_gets_is_a_caches() -> None:
    refused = seen(Form.UNAUTHORIZED, 401, right=False)
    after = symptom("a", clause="authentication.owner-after", seen=refused)
    (cause,) = diagnose([after, symptom("b", seen=refused)], [seen(), refused], [])
    assert (cause.mistake, len(cause.symptoms)) == (Mistake.SHARED_CACHE, 2)
    beside = [
        replace(refused, particulars=(f"with the cookie '{name}=1' before the session",))
        for name in "ab"
    ]
    of_cookies = [replace(after, seen=beside[0]), symptom("b", seen=beside[1])]
    causes = diagnose(of_cookies, [seen(), *beside], [])
    assert Mistake.SHARED_CACHE not in [cause.mistake for cause in causes]


def test_who_gets_what_is_anothers_and_not_their_own_is_taken_for_somebody_else() -> None:
    lost = seen(Form.NOT_FOUND, 404, situation=STRANGER, right=False)
    foreign = "the stranger asks for the owner's chat with files under the owner's id"
    given = seen(situation=foreign, due="NOT_FOUND", right=False)
    kept = seen(right=False, **ANONYMOUSLY)
    symptoms = [
        symptom(name, seen=one) for name, one in zip("abc", (lost, given, kept), strict=True)
    ]
    (cause,) = diagnose(symptoms, [seen(), lost, given, kept], [])
    assert (cause.mistake, len(cause.symptoms)) == (Mistake.SHARED_STATE, 3)
    let_in = diagnose(symptoms[1:], [seen(), seen(situation=STRANGER), given, kept], [])
    assert Mistake.SHARED_STATE not in [cause.mistake for cause in let_in]
    empty = replace(lost, situation=STRANGER.replace("chat with files", "empty chat"))
    without = diagnose(symptoms[1:], [seen(), empty, given, kept], [])
    assert Mistake.SHARED_STATE not in [cause.mistake for cause in without]


def test_what_breaks_a_must_is_mended_before_what_breaks_a_should() -> None:
    must = symptom("m", clause="file.size", message="size is missing", seen=seen())
    shoulds = [
        symptom("s", clause="cors.answer", message=f"any origin: {n}", seen=seen(), must=False)
        for n in range(3)
    ]
    dictionary = [
        Signature("size", Mistake.ITEM_MEMBER, frozenset({must.sign})),
        Signature("origin", Mistake.CORS, frozenset(one.sign for one in shoulds)),
    ]
    causes = diagnose([*shoulds, must], [seen()], dictionary)
    assert [cause.mistake for cause in causes] == [Mistake.ITEM_MEMBER, Mistake.CORS]
    # Whatever hides more otherwise.
    dictionary[1] = replace(dictionary[1], mistake=Mistake.SESSION_ELSEWHERE)
    causes = diagnose([*shoulds, must], [seen()], dictionary)
    assert [cause.mistake for cause in causes] == [Mistake.ITEM_MEMBER, Mistake.SESSION_ELSEWHERE]


def test_a_refusal_from_a_cache_is_the_caches_where_it_is_right_without_it() -> None:
    kept = seen(Form.NOT_FOUND, 404, headers=(("x-cache", "Hit"),), right=False)
    denied = replace(kept, **ANONYMOUSLY)
    symptoms = [symptom("a", seen=kept), symptom("b", seen=denied)]
    (cause,) = diagnose(symptoms, [seen(), kept, denied], [])
    assert (cause.mistake, len(cause.symptoms)) == (Mistake.SHARED_CACHE, 2)
    (alone,) = diagnose(symptoms[1:], [seen(), denied], [])
    assert alone.mistake is None


def test_a_refusal_of_one_detail_is_no_caches() -> None:
    refused = seen(Form.UNAUTHORIZED, 401, right=False, particulars=("with a cookie before",))
    after = symptom("a", clause="authentication.owner-after", seen=refused)
    (cause,) = diagnose([after, symptom("b", seen=refused)], [seen(), refused], [])
    assert cause.mistake is None


def test_a_body_in_another_coding_than_its_header_says_is_the_codings() -> None:
    coded = (("content-encoding", "gzip"),)
    garbled = seen(Form.OTHER_200, garbled=True, headers=coded)
    (cause,) = diagnose([symptom("a", seen=garbled)], [garbled, garbled], [])
    assert (cause.mistake, cause.sentence) == (
        Mistake.CODING,
        "Answers name a content coding in which their body is not (gzip)",
    )


def test_cookie_fields_of_which_one_is_read_are_no_cache() -> None:
    """RFC 9113 section 8.2.3: over HTTP/2, the fields of several cookies are to be joined."""
    refused: dict[str, Any] = {"form": Form.UNAUTHORIZED, "status": 401, "right": False}
    split = seen(**refused, cookie_fields=2, cookies=2)
    found = [symptom("a", clause="authentication.owner-after", seen=split)]
    joined = seen(cookie_fields=1, cookies=3)
    (cause,) = diagnose(found, [split, joined], [])
    assert (cause.mistake, cause.certainty) == (Mistake.COOKIES_MISREAD, "sure")
    assert (cause.sentence or "").endswith("one of several Cookie fields is read")
    (cause,) = diagnose(found, [split, seen(cookie_fields=1, cookies=1)], [])
    assert (cause.mistake, cause.certainty) == (Mistake.COOKIES_MISREAD, "likely")
    by_number = seen(**refused, cookie_fields=1, cookies=2)
    (cause,) = diagnose(found, [split, joined, by_number], [])
    assert cause.mistake is not Mistake.COOKIES_MISREAD


def test_errors_of_every_kind_that_are_a_200_are_one_cause() -> None:
    denied = seen(Form.OTHER_200, right=False, **ANONYMOUSLY)
    missing = seen(Form.OTHER_200, right=False, situation=STRANGER, due="NOT_FOUND")
    symptoms = [symptom("a", seen=denied), symptom("b", seen=missing)]
    (cause,) = diagnose(symptoms, [seen(), denied, missing], [])
    assert (cause.mistake, len(cause.symptoms)) == (Mistake.ERROR_STATUS, 2)
    right = seen(Form.NOT_FOUND, 404, situation=STRANGER, due="NOT_FOUND")
    (alone,) = diagnose(symptoms[:1], [seen(), denied, right], [])
    assert alone.mistake is None


def test_what_a_gateway_answered_first_is_the_example() -> None:
    failed = [seen(Form.SERVER_ERROR, 502, right=False, started=float(n)) for n in range(9)]
    symptoms = [symptom(str(n), seen=one) for n, one in enumerate(reversed(failed))]
    others = [replace(one, **ANONYMOUSLY) for one in failed]
    (cause,) = diagnose(symptoms, [seen(), *failed, *others], [])
    assert cause.mistake is Mistake.GATEWAY_ERROR
    assert [one.seen.started for one in cause.typical] == [0.0, 1.0, 2.0, 3.0]


def test_a_gateway_that_fails_for_odd_ids_alone_shows_that_the_server_does() -> None:
    odd = "the owner asks for the chat id 'abc' under the owner's id"
    failed = seen(Form.SERVER_ERROR, 502, situation=odd, due="REFUSED", right=False)
    (cause,) = diagnose([symptom("a", seen=failed)], [failed, *[seen()] * 9], [])
    assert cause.mistake is Mistake.CRASH
    assert cause.sentence is not None
    assert cause.sentence.endswith("a gateway in front makes it a 502")


def test_a_session_that_is_refused_is_mended_before_how_sessions_are_read() -> None:
    refused = seen(Form.UNAUTHORIZED, 401, right=False)
    parser = seen(Form.SERVER_ERROR, 500, right=False, **ANONYMOUSLY)
    symptoms = [symptom("s", seen=parser), symptom("s", message="two", seen=parser)]
    dictionary = [
        Signature("x", Mistake.SESSION_PARSER, frozenset(one.sign for one in symptoms)),
    ]
    causes = diagnose([*symptoms, symptom("a", seen=refused)], [refused], dictionary)
    assert [c.mistake for c in causes] == [Mistake.SESSION_REFUSED, Mistake.SESSION_PARSER]


def test_that_errors_are_sent_as_success_is_told_by_answers_alone() -> None:
    found = symptom("a", seen=seen(Form.REDIRECT, 301, right=False, due="NOT_FOUND"))
    known = Signature("errors-sent-as-success", Mistake.ERROR_STATUS, frozenset({found.sign}))
    (cause,) = diagnose([found], [seen()], [known])
    assert cause.mistake is None


def test_what_comes_otherwise_over_a_new_connection_is_state_of_the_connection() -> None:
    by_connection = [
        found(f"authentication.{n}", seen(right=False), repeated=Repeated.BY_CONNECTION)
        for n in ("no-cookie", "made-up", "bearer")
    ]
    unknown = found("query.ignored", seen(Form.NOT_FOUND, 404, right=False))
    own = found("file.name", seen(), pointer="/chatFiles/0/name")
    causes = diagnose([*by_connection, unknown, own], [], [])
    state = next(one for one in causes if one.mistake is Mistake.SHARED_STATE)
    assert state.symptoms == (*by_connection, unknown)


def test_what_is_wrong_over_a_new_connection_as_well_is_no_state_of_the_connection() -> None:
    each = [Repeated.BY_CONNECTION] * 3 + [Repeated.NOW_AND_THEN]
    symptoms = [found(f"chat.{n}", seen(right=False), repeated=one) for n, one in enumerate(each)]
    assert all(one.mistake is not Mistake.SHARED_STATE for one in diagnose(symptoms, [], []))


def test_an_owner_who_is_refused_beside_cookies_alone_is_no_caches() -> None:
    details = ("with the cookie 'opened=just-now' before the session",)
    refused = seen(Form.UNAUTHORIZED, 401, right=False, particulars=details)
    plain = replace(refused, particulars=("with the cookie 'a=b' before the session",))
    symptoms = [found("authentication.owner-after", refused), found("voice.status", plain)]
    assert all(one.mistake is not Mistake.SHARED_CACHE for one in diagnose(symptoms, [], []))
