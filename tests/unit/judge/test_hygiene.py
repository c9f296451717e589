"""Demands of good custom: what is custom, what is not, and in what words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neptun_conformance.exchange import Response
from neptun_conformance.judge import hygiene
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import UnknownChat
from neptun_conformance.resolve.expectation import Expected
from tests.unit.judge.said import JSON, Headers, failed, files, refusal, said, told

OWN = owner.asks(owner.full)
FOREIGN = stranger.asks(owner.full)
MISSING = stranger.asks(UnknownChat(), under=owner)
SESSION = "neptun-session=abc"


@pytest.mark.parametrize(
    ("headers", "marks"),
    [
        ((("Cache-Control", "public"),), "'public'"),
        ((("cache-control", "max-age=5, S-MAXAGE = 5"),), "'max-age=5, S-MAXAGE = 5'"),
        ((("CDN-Cache-Control", "max-age=5"),), "'max-age=5'"),
        ((("Cloudflare-CDN-Cache-Control", "max-age=5"),), "'max-age=5'"),
        ((("Surrogate-Control", "a"), ("Cache-Control", "no-cache")), "'no-cache, a'"),
        ((("Edge-Control", "X"),), "'X'"),
        ((("Akamai-Cache-Control", "max-age=5"),), "'max-age=5'"),
        ((("X-LiteSpeed-Cache-Control", "public,max-age=5"),), "'public,max-age=5'"),
    ],
)
def test_private_data_is_marked_for_shared_caches(headers: Headers, marks: str) -> None:
    wrong = ("private data is marked as storable by shared caches", "private or no-store", marks)
    assert told(hygiene.not_be_for_shared_caches, said(OWN, 200, files(1), headers)) == [wrong]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "max-age=60",
        "private, s-maxage=5",
        "public, No-Store",
        'x="public"',
        'x="public, s-maxage=9", y="\\", public"',
    ],
)
def test_what_shared_caches_must_not_keep_is_private(value: str) -> None:
    answer = said(OWN, 200, files(1), (("Cache-Control", value), ("X-CDN-Cache", "1")))
    assert told(hygiene.not_be_for_shared_caches, answer) == []


def test_a_header_for_one_cache_alone_may_say_that_it_keeps_nothing() -> None:
    headers = (("Cache-Control", "s-maxage=5"), ("CDN-Cache-Control", "no-store"))
    assert told(hygiene.not_be_for_shared_caches, said(OWN, 200, files(1), headers)) == []
    assert told(hygiene.not_be_for_shared_caches, failed(OWN)) == []


@pytest.mark.parametrize(
    ("cookie", "issued"),
    [
        (SESSION, True),
        (f" {SESSION} ; Path=/", True),
        (f"{SESSION}; Max-Age=60; Expires=Thu, 01 Jan 2099 00:00:00 GMT", True),
        (f"{SESSION}; Expires=someday", True),
        (f"{SESSION}==; HttpOnly", True),
        ("neptun-session=X", True),
        ("other=abc", False),
        ("neptun-session=", False),
        ('neptun-session=""', False),
        (f"{SESSION}; Max-Age=0", False),
        (f"{SESSION}; max-age = -1", False),
        (f"{SESSION}; EXPIRES = Thu, 01 Jan 1970 00:00:00 GMT", False),
        (f"{SESSION}; expires=Thu, 01 Jan 1970 00:00:00 -0000", False),
    ],
)
def test_a_session_is_issued_unless_it_is_deleted(cookie: str, *, issued: bool) -> None:
    answer = said(OWN, 401, refusal(401), (("set-cookie", cookie),))
    assert hygiene.issued_sessions(Response(401, (("Set-Cookie", cookie),), b"")) == (
        [cookie] if issued else []
    )
    assert hygiene.sets_a_session(answer) == issued
    assert bool(told(hygiene.set_secure, answer)) == issued


def test_no_answer_sets_a_session() -> None:
    assert not hygiene.sets_a_session(failed(OWN))
    assert told(hygiene.set_http_only, failed(OWN)) == []


def test_a_cookie_says_what_it_lacks() -> None:
    answer = said(
        OWN, 401, refusal(401), (("Set-Cookie", SESSION), ("Set-Cookie", f"{SESSION}; Path=/; A"))
    )
    for judge, name in ((hygiene.set_http_only, "HttpOnly"), (hygiene.set_secure, "Secure")):
        message = f"the session cookie is set without {name}"
        assert told(judge, answer) == [
            (message, name, "no attribute"),
            (message, name, "a, path"),
        ]
    whole = said(OWN, 401, refusal(401), (("Set-Cookie", f"{SESSION}; secure ; HTTPONLY"),))
    assert told(hygiene.set_http_only, whole) == told(hygiene.set_secure, whole) == []
    dense = said(OWN, 401, refusal(401), (("Set-Cookie", f"{SESSION};Secure;HttpOnly"),))
    assert told(hygiene.set_http_only, dense) == told(hygiene.set_secure, dense) == []


def by_head(status: int, headers: Headers = (JSON,), size: int = 0) -> list[tuple[str, str, str]]:
    """Return what is said of HEAD beside a right GET."""
    facts = Facts(alone={OWN: said(OWN, 200, files(1))})
    head = said(OWN.by("HEAD"), status, b"x" * size, headers, facts)
    return told(hygiene.answer_head_as_get, head)


def test_head_is_as_get_or_says_how_it_differs() -> None:
    charset = (("content-type", " Application/JSON ; charset=utf-8"),)
    assert by_head(200) == by_head(200, ()) == by_head(200, charset) == []
    assert by_head(404) == [("HEAD and GET differ in status", "status 200", "status 404")]
    assert by_head(200, size=3) == [("HEAD returns a body", "no content", "3 bytes")]
    html = (("Content-Type", "text/html; charset=utf-8"),)
    other = ("HEAD and GET differ in media type", "'application/json'", "'text/html'")
    assert by_head(200, html) == [other]


def test_head_tells_the_length_of_the_readings_or_none() -> None:
    reading = said(OWN, 200, files(1), (JSON, LENGTH))
    facts = Facts(alone={OWN: reading}, plain={owner.full: reading})

    def of(*headers: tuple[str, str]) -> list[tuple[str, str, str]]:
        head = said(OWN.by("HEAD"), 200, b"", (JSON, *headers), facts)
        return told(hygiene.answer_head_as_get, head)

    assert of() == of(LENGTH) == []
    for length in ("0", "320"):
        wrong = ("HEAD and GET differ in length", "321 bytes", f"{length} bytes")
        assert of(("Content-Length", length)) == [wrong]


def test_a_head_that_is_not_offered_is_no_difference() -> None:
    assert by_head(501) == []


def test_head_is_compared_where_any_refusal_is_due() -> None:
    def beside(status: int) -> list[tuple[str, str, str]]:
        get = said(OWN, status, refusal(404))
        loose = replace(get, resolved=replace(get.resolved, expected=Expected.NOT_FOUND_OR_4XX))
        return told(
            hygiene.answer_head_as_get, said(OWN.by("HEAD"), 404, facts=Facts(alone={OWN: loose}))
        )

    assert beside(404) == beside(200) == []
    assert beside(400) == [("HEAD and GET differ in status", "status 400", "status 404")]


def test_head_has_nothing_to_go_by_without_the_due_get() -> None:
    wrong = Facts(alone={OWN: said(OWN, 500, refusal(500))})
    assert told(hygiene.answer_head_as_get, said(OWN.by("HEAD"), 404, facts=wrong)) == []
    assert told(hygiene.answer_head_as_get, said(OWN.by("HEAD"), 404)) == []
    assert told(hygiene.answer_head_as_get, failed(OWN.by("HEAD"), facts=wrong)) == []
    lost, right = Facts(alone={OWN: failed(OWN)}), Facts(alone={OWN: said(OWN, 200, files(1))})
    assert told(hygiene.answer_head_as_get, said(OWN.by("HEAD"), 404, facts=lost)) == []
    assert told(hygiene.answer_head_as_get, failed(OWN.by("HEAD"), facts=right)) == []


LENGTH = ("Content-Length", "321")


def of_foreign(
    status: int, headers: Headers = (), *, get: Headers = (), missing: Headers = ()
) -> list[tuple[str, str, str]]:
    """Return what is said of HEAD for a foreign chat, beside GET and HEAD of a missing one."""
    facts = Facts(
        plain={owner.full: said(OWN, 200, files(1), (JSON, LENGTH))},
        alone={
            FOREIGN: said(FOREIGN, 404, refusal(), (JSON, *get)),
            MISSING.by("HEAD"): said(MISSING.by("HEAD"), 405, b"", missing),
        },
    )
    return told(
        hygiene.reveal_nothing_by_head, said(FOREIGN.by("HEAD"), status, b"", headers, facts)
    )


def test_head_reveals_a_foreign_chat_by_what_neither_get_nor_a_missing_one_has() -> None:
    assert of_foreign(404) == of_foreign(405) == []
    told_apart = "HEAD distinguishes another user's chat from a missing one"
    assert of_foreign(200) == [(told_apart, "status 404 as for GET", "status 200")]
    for name in ("ETag", "Last-Modified"):
        validator = ((name, "a"),)
        described = ("HEAD describes another user's chat", f"no {name}, as for GET", f"{name}: a")
        assert of_foreign(404, validator) == [described]
        assert of_foreign(404, validator, get=validator) == []
        assert of_foreign(404, validator, missing=validator) == []
    length = "HEAD gives the length of another user's chat"
    expected = "another length than that of the files"
    assert of_foreign(404, (LENGTH,)) == [(length, expected, "321 bytes")]
    assert of_foreign(404, (LENGTH,), get=(LENGTH,)) == []
    assert of_foreign(404, (("Content-Length", "22"),)) == []


def test_the_status_of_head_is_compared_with_the_same_callers_alone() -> None:
    anonymously = replace(OWN, caller=anonymous.asks(owner.full).caller)
    facts = Facts(
        alone={
            anonymously: said(anonymously, 401, refusal(401)),
            MISSING.by("HEAD"): said(MISSING.by("HEAD"), 404, b"", (("ETag", "a"),)),
        }
    )

    def of(status: int, *headers: tuple[str, str]) -> list[str]:
        head = said(anonymously.by("HEAD"), status, b"", headers, facts)
        return [message for message, *_ in told(hygiene.reveal_nothing_by_head, head)]

    assert of(200) == of(401, ("ETag", "b")) == []
    described = "HEAD describes another user's chat"
    assert of(401, ("Last-Modified", "a")) == [described]


def telling_a_length(
    told_one: str | None, *, missing: str = "80", refusals: tuple[str, str, str] = ("80",) * 3
) -> list[tuple[str, str, str]]:
    """Return what is said of HEAD for a foreign chat, beside its GET and those of missing ones."""
    asked = (FOREIGN, MISSING, replace(MISSING, chat=UnknownChat(further=True)))
    alone = {
        question: said(question, 404, refusal(), (JSON, ("Content-Length", length)))
        for question, length in zip(asked, refusals, strict=True)
    }
    own = said(MISSING.by("HEAD"), 404, b"", (("Content-Length", missing),))
    facts = Facts(alone={**alone, MISSING.by("HEAD"): own})
    headers = (("Content-Length", told_one),) if told_one else ()
    again = FOREIGN.by("HEAD").again(1)
    heads = {replace(again, chat=UnknownChat()): own}
    facts = Facts(alone={**facts.alone, **heads})
    return told(hygiene.tell_no_length_by_head, said(again, 404, b"", headers, facts))


def test_head_tells_the_length_of_refusals() -> None:
    message = "HEAD of another user's chat differs from that of a missing one in length"
    assert telling_a_length("2714") == [(message, "80 bytes", "2714 bytes")]
    assert telling_a_length("80") == telling_a_length(None) == []
    assert telling_a_length("0", missing="0") == []
    assert telling_a_length("2714", refusals=("80", "81", "80")) == []


def test_head_reveals_nothing_where_there_is_nothing_to_compare() -> None:
    head, judge = FOREIGN.by("HEAD"), hygiene.reveal_nothing_by_head
    get, missing = said(FOREIGN, 404, refusal()), said(MISSING.by("HEAD"), 405)
    for alone in (
        {},
        {FOREIGN: get},
        {MISSING.by("HEAD"): missing},
        {FOREIGN: failed(FOREIGN), MISSING.by("HEAD"): missing},
        {FOREIGN: get, MISSING.by("HEAD"): failed(MISSING.by("HEAD"))},
        {FOREIGN: said(FOREIGN, 200, files(1)), MISSING.by("HEAD"): missing},
    ):
        assert told(judge, said(head, 202, facts=Facts(alone=alone))) == []
    both = {FOREIGN: get, MISSING.by("HEAD"): missing}
    assert told(judge, failed(head, facts=Facts(alone=both))) == []


@pytest.mark.parametrize("plain", [None, failed(OWN), said(OWN, 200, files(1))])
def test_a_length_that_is_not_known_is_not_compared(plain: Answer | None) -> None:
    alone = {FOREIGN: said(FOREIGN, 404, refusal()), MISSING.by("HEAD"): said(MISSING, 404)}
    facts = Facts(plain={owner.full: plain} if plain else {}, alone=alone)
    head = said(FOREIGN.by("HEAD"), 404, b"", (LENGTH,), facts)
    assert told(hygiene.reveal_nothing_by_head, head) == []


@pytest.mark.parametrize(
    ("status", "wrong"), [(199, False), (200, True), (299, True), (300, False), (405, False)]
)
def test_an_unsafe_method_is_no_success(status: int, *, wrong: bool) -> None:
    message = ("an unsafe method succeeds", "no status from 200 to 299", f"status {status}")
    found = told(hygiene.be_refused_by_method, said(OWN.by("PUT"), status))
    assert found == ([message] if wrong else [])
    assert told(hygiene.be_refused_by_method, failed(OWN.by("PUT"))) == []


def test_a_405_names_what_is_allowed() -> None:
    put = OWN.by("PUT")
    wrong = ("a 405 has no Allow header", "an Allow header", "no such header")
    assert told(hygiene.name_what_is_allowed, said(put, 405)) == [wrong]
    assert told(hygiene.name_what_is_allowed, said(put, 405, b"", (("allow", ""),))) == []
    assert told(hygiene.name_what_is_allowed, said(put, 404)) == []
    assert told(hygiene.name_what_is_allowed, failed(put)) == []
