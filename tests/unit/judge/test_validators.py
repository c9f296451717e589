"""Demands on answers to conditions: which validators may match, and which 304 has no reason."""

from __future__ import annotations

import pytest

from neptun_conformance.judge import validators
from neptun_conformance.judge.answer import Facts
from neptun_conformance.questions.callers import owner
from tests.unit.judge.said import Headers, failed, files, said, told

OWN = owner.asks(owner.full)
MOMENT = "Thu, 02 May 2024 09:00:00 GMT"
GIVEN: Headers = (("ETag", 'W/"abc"'), ("Last-Modified", MOMENT))


def is_unfounded(*sent: tuple[str, str], given: Headers = GIVEN) -> bool:
    """Tell whether a 304 is wrong to a request with some headers."""
    question = OWN.with_headers(*sent)
    facts = Facts(alone={OWN: said(OWN, 200, files(1), given)})
    found = told(validators.be_unchanged_with_reason, said(question, 304, facts=facts))
    assert found in ([], [("a 304 without a matching validator", "the full 200", "status 304")])
    return bool(found)


@pytest.mark.parametrize(
    "tags", ['"abc"', 'W/"abc"', '"x", "abc"', "*", "abc", '"x",W/"abc" , "y"', "W/abc"]
)
def test_a_tag_that_may_match_is_a_reason(tags: str) -> None:
    assert not is_unfounded(("If-None-Match", tags))


@pytest.mark.parametrize("tags", ['""', 'W/""', '"ab"', '"xabcy"', "'", '"', "W/", "", '"a", "b"'])
def test_a_tag_that_was_never_given_is_none(tags: str) -> None:
    assert is_unfounded(("If-None-Match", tags))
    assert is_unfounded(("If-None-Match", tags), given=())


@pytest.mark.parametrize(
    ("moment", "unfounded"),
    [
        (MOMENT, False),
        ("Thu, 02 May 2024 08:59:59 GMT", True),
        ("Thu, 02 May 2024 09:00:01 GMT", False),
        ("unknown", True),
        ("", True),
        ("Sat, 01 Jun 12030 00:00:00 GMT", False),
    ],
)
def test_a_moment_may_not_be_earlier_than_the_files(moment: str, *, unfounded: bool) -> None:
    assert is_unfounded(("If-Modified-Since", moment)) == unfounded
    both = (("If-None-Match", '"other"'), ("If-Modified-Since", moment))
    assert is_unfounded(*both) == unfounded


def test_a_moment_says_nothing_where_none_can_be_compared() -> None:
    long_ago = ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")
    for given in ((), (("Last-Modified", "yesterday"),)):
        assert not is_unfounded(long_ago, given=given)
    several = (*GIVEN, ("Last-Modified", "Thu, 02 May 2024 07:00:00 GMT"))
    assert not is_unfounded(("If-Modified-Since", "Thu, 02 May 2024 08:00:00 GMT"), given=several)


def test_without_a_condition_no_304_has_a_reason() -> None:
    assert is_unfounded(("Range", "bytes=0-9"))
    assert is_unfounded(("If-Match", "*"))
    assert told(validators.be_unchanged_with_reason, said(OWN, 200, files(1))) == []


def test_a_range_gets_a_part_or_the_whole() -> None:
    judge = validators.be_whole_or_in_part
    for status in (200, 206, 304, 416):
        assert told(judge, said(OWN, status)) == []
    assert told(judge, failed(OWN)) == []
    expected = "status 200, or 206 or 416 for a range"
    wrong = ("the owner does not get the files", expected, "status 400")
    assert told(judge, said(OWN, 400)) == [wrong]


def test_a_moment_just_before_says_nothing_where_servers_differ() -> None:
    several = (("Last-Modified", MOMENT), ("Last-Modified", "Thu, 02 May 2024 07:00:00 GMT"))
    facts = Facts(alone={OWN: said(OWN, 200, files(1), several)})
    assert told(validators.not_be_revalidated, said(OWN, 304, facts=facts)) == []


@pytest.mark.parametrize(
    ("status", "body", "wrong"),
    [
        (304, b"", ("a 304 without a matching validator", "status 304")),
        (412, b"", ("the full 200 is missing", "status 412")),
        (200, b"{}", ("the full 200 is missing", "a 200 without a chatFiles array")),
    ],
)
def test_only_the_whole_200_is_right_without_a_matching_validator(
    status: int, body: bytes, wrong: tuple[str, str]
) -> None:
    message, actual = wrong
    assert told(validators.not_be_revalidated, said(OWN, status, body)) == [
        (message, "the full 200", actual)
    ]
    assert told(validators.not_be_revalidated, said(OWN, 200, files(1))) == []
    assert told(validators.not_be_revalidated, failed(OWN)) == []


def test_a_matching_validator_gets_a_200_or_a_304() -> None:
    judge = validators.be_whole_or_unchanged
    assert told(judge, said(OWN, 200)) == []
    assert told(judge, said(OWN, 304)) == []
    assert told(judge, failed(OWN)) == []
    expected = "status 200, or 304 for the server's own validator"
    wrong = ("the owner does not get the files", expected, "status 412")
    assert told(judge, said(OWN, 412)) == [wrong]
