"""What answers in place of the API is told from the answers alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.observing import (
    from_a_cache,
    in_front,
    instances_differ,
)
from neptun_conformance.causes.symptoms import Form, Seen
from tests.unit.causes.seen import ANONYMOUS, seen

HTML = (("content-type", "text/html; charset=utf-8"),)
JSON = (("content-type", "application/json"),)


def everybody_gets(form: Form, status: int | None, **parts: object) -> list[Seen]:
    owned = [seen(form, status, right=False, **parts) for _ in range(10)]
    others = {"situation": ANONYMOUS, "due": "UNAUTHORIZED"}
    return [*owned, *(seen(form, status, right=False, **(parts | others)) for _ in range(10))]


def served(times: int) -> list[Seen]:
    return [seen() for _ in range(times)]


@pytest.mark.parametrize(
    ("form", "status", "headers", "body", "mistake"),
    [
        (Form.REDIRECT, 308, (("location", "https://h/api"),), "", Mistake.REDIRECT),
        (Form.REDIRECT, 302, (("location", "/login?next=%2Fapi"),), "", Mistake.LOGIN_PAGE),
        (Form.UNAUTHORIZED, 401, HTML, "<title>Authentication Required", Mistake.LOGIN_PAGE),
        (Form.OTHER_200, 200, HTML, "<input type='password'>", Mistake.LOGIN_PAGE),
        (Form.REFUSAL, 403, HTML, "<title>Just a moment...", Mistake.CHALLENGE_PAGE),
        (Form.OTHER_200, 200, (*HTML, ("ngrok-error-code", "X")), "", Mistake.CHALLENGE_PAGE),
        (Form.SERVER_ERROR, 503, HTML, "<h1>back soon", Mistake.MAINTENANCE),
        (Form.SERVER_ERROR, 503, HTML, "<h1>Service Unavailable", Mistake.GATEWAY_ERROR),
        (Form.SERVER_ERROR, 503, JSON, '{"error": "rate limit"}', Mistake.REQUEST_LIMIT),
        (Form.SERVER_ERROR, 502, HTML, "<h1>Bad Gateway", Mistake.GATEWAY_ERROR),
        (Form.SERVER_ERROR, 500, JSON, "{}", Mistake.SERVER_DOWN),
        (Form.NO_ANSWER, None, (), "", Mistake.SERVER_DOWN),
        (Form.NOT_FOUND, 404, JSON, "{}", Mistake.WRONG_PATH),
        (Form.OTHER_200, 200, HTML, "<div id=app>", Mistake.WRONG_PATH),
    ],
)
def test_one_sort_of_answer_to_everybody_stands_in_front(
    form: Form,
    status: int | None,
    headers: tuple[tuple[str, str], ...],
    body: str,
    mistake: Mistake,
) -> None:
    front = in_front(everybody_gets(form, status, headers=headers, body=body))
    assert front is not None
    assert front.mistake is mistake
    assert front.sentence.startswith("20 of 20 plain requests get ")


@pytest.mark.parametrize(
    ("form", "status", "headers", "mistake"),
    [
        (Form.SERVER_ERROR, 503, HTML, Mistake.REQUEST_LIMIT),
        (Form.REFUSAL, 429, HTML, Mistake.REQUEST_LIMIT),
        (Form.NO_ANSWER, None, (), Mistake.STOPPED),
        (Form.SERVER_ERROR, 504, HTML, Mistake.GATEWAY_ERROR),
    ],
)
def test_what_answers_only_some_of_the_time_stands_in_front_too(
    form: Form, status: int | None, headers: tuple[tuple[str, str], ...], mistake: Mistake
) -> None:
    front = in_front(served(10) + everybody_gets(form, status, headers=headers))
    assert front is not None
    assert front.mistake is mistake


@given(st.text())
def test_a_redirect_to_no_address_stands_in_front_too(location: str) -> None:
    for place in ("http://[", f"//[{location}", location):
        answers = everybody_gets(Form.REDIRECT, 302, headers=(("location", place),))
        assert in_front(answers) is not None


def test_an_api_that_serves_its_owner_has_nothing_in_front() -> None:
    refused = {"situation": ANONYMOUS, "due": "UNAUTHORIZED"}
    answers = [seen(Form.UNAUTHORIZED, 401, **refused) for _ in range(20)]
    assert in_front(served(10) + answers) is None


def test_the_same_500_beside_served_files_is_the_apis_own() -> None:
    failed = everybody_gets(Form.SERVER_ERROR, 500, headers=JSON)
    other = [seen(situation="another chat") for _ in range(10)]
    assert in_front(other + failed) is None


def test_a_500_where_the_same_question_is_served_at_other_times_comes_now_and_then() -> None:
    front = in_front(served(10) + everybody_gets(Form.SERVER_ERROR, 500, headers=JSON))
    assert front is not None
    assert front.mistake is Mistake.OVERLOAD


def test_redirects_that_each_add_a_slash_are_one_sort() -> None:
    places = [f"/api/users/u{number}/chats/{number}/files/" for number in range(10)]
    answers = [
        one
        for place in places
        for one in everybody_gets(Form.REDIRECT, 301, headers=(("location", place),))
    ]
    front = in_front(answers)
    assert front is not None
    assert front.mistake is Mistake.REDIRECT
    assert front.sentence.endswith("get a 301 to /api/users/…/chats/…/files/")


def test_a_redirect_of_anonymous_callers_alone_is_the_apis_own() -> None:
    parts = {"situation": ANONYMOUS, "due": "UNAUTHORIZED", "headers": (("location", "/login"),)}
    answers = [seen(Form.REDIRECT, 302, **parts) for _ in range(20)]
    assert in_front(served(10) + answers) is None


def test_few_answers_say_nothing() -> None:
    assert in_front([seen(Form.SERVER_ERROR, 502, right=False)]) is None


@given(
    st.lists(
        st.builds(
            seen,
            form=st.sampled_from(Form),
            status=st.none() | st.integers(100, 599),
            headers=st.lists(
                st.tuples(st.sampled_from(["location", "age", "content-type"]), st.text())
            ).map(tuple),
            body=st.text(),
        ),
        max_size=12,
    )
)
def test_whatever_answers_hold_is_borne(answers: list[Seen]) -> None:
    in_front(answers)
    instances_differ(answers)
    for answer in answers:
        from_a_cache(answer)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("age", "7", "Age: 7"),
        ("age", "0", None),
        ("age", "²", None),
        ("age", "9" * 5_000, f"Age: {'9' * 5_000}"),
        ("x-cache", "HIT from proxy", "x-cache: HIT from proxy"),
        ("x-cache", "MISS", None),
    ],
    ids=["fresh", "just made", "no digit", "long", "hit", "miss"],
)
def test_a_cache_is_told_by_its_headers(name: str, value: str, told: str | None) -> None:
    assert from_a_cache(seen(headers=((name, value),))) == told


def test_instances_differ_where_one_question_is_served_and_refused() -> None:
    refused = [seen(Form.UNAUTHORIZED, 401, right=False) for _ in range(5)]
    told = instances_differ([one for both in zip(served(5), refused, strict=True) for one in both])
    assert told is not None
    assert "5 times served, 5 times refused" in told


def test_what_is_refused_from_some_moment_on_is_no_other_instance() -> None:
    refused = [seen(Form.NOT_FOUND, 404, right=False, started=1.0) for _ in range(5)]
    assert instances_differ([*refused, *served(5)]) is None


def test_a_single_refusal_is_no_other_instance() -> None:
    assert instances_differ([*served(20), seen(Form.UNAUTHORIZED, 401)]) is None


def test_who_is_refused_from_some_moment_on_meets_a_limit() -> None:
    at_first = [seen(started=float(second)) for second in range(10)]
    locked = everybody_gets(Form.REFUSAL, 403, headers=JSON, started=20.0)
    front = in_front([*at_first, *locked])
    assert front is not None
    assert front.mistake is Mistake.REQUEST_LIMIT
    in_between = seen(started=30.0)
    assert in_front([*at_first, *locked, in_between]) is None
