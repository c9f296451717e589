"""Dates in headers are read as clients read them, and never bring the run down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from neptun_conformance import http_date


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "06 Nov 1994 09:49:37 +0100",
    ],
)
def test_a_date_in_any_of_its_forms(text: str) -> None:
    assert http_date.read(text) == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "Thu, 30 Feb 2034 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -0100",
        "Thu, 01 Jan 2034 00:00:00 +9999999999999999",
        "Thu, 01 Jan 2034 00:00:00 +" + "9" * 60,
        "Thu, 01 Jan " + "2" * 5_000 + " 00:00:00 GMT",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert http_date.read(text) is None
