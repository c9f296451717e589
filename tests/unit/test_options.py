"""Settings that cannot be used are refused with one line that names them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from neptun_conformance.settings import OPTIONS, SettingError, Settings, checked


def test_without_anything_every_option_has_its_default() -> None:
    assert checked({}) == Settings()
    assert checked({"only": ()}).only == ()
    assert {option.key: option.default for option in OPTIONS} == asdict(Settings())


@pytest.mark.parametrize(
    ("text", "rate"), [("25/s", 25.0), (" 0.5 ", 0.5), ("0.01/s", 0.01), ("100000", 100_000.0)]
)
def test_a_rate_is_a_number_of_requests_a_second(text: str, rate: float) -> None:
    assert checked({"rate": text}).rate == rate


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"rate": "fast"}, "--rate: a number of requests a second such as 25/s, not 'fast'"),
        ({"rate": "0.009/s"}, "--rate: between 0.01/s and 100000/s, not '0.009/s'"),
        ({"rate": "nan"}, "--rate: between 0.01/s and 100000/s, not 'nan'"),
        ({"concurrency": 65}, "--concurrency: 64 at most"),
        ({"concurrency": 0}, "--concurrency: at least 1, not 0"),
        ({"deadline": float("nan")}, "--deadline: at least 0.05, not nan"),
        ({"seed": 10**13}, "--seed: at least 0, not 1e+13"),
        ({"effort": "much"}, "--effort: one of quick, default, deep, not 'much'"),
        ({"target": " "}, "--target: must not be empty"),
        ({"target": "a\0b"}, "--target: must not be empty"),
        ({"app": "a:b", "uds": "socket"}, "--app and --uds exclude each other"),
        (
            {"app": "a:b", "start": "c"},
            "--app tests in process: without --base-url and --start",
        ),
        (
            {"app": "a:b", "base_url": "http://h"},
            "--app tests in process: without --base-url and --start",
        ),
        ({"cleanup": "c"}, "--cleanup: only together with --provision"),
        ({"http": "3"}, "--http: one of 1.1, 2, auto, both, not '3'"),
        (
            {"http": "auto", "http2_prior_knowledge": True},
            "--http2-prior-knowledge: only together with --http 2 or both",
        ),
        (
            {"app": "a:b", "http": "2"},
            "--app and --http exclude each other: no HTTP is spoken in process",
        ),
    ],
)
def test_what_cannot_be_used_is_named(values: dict[str, Any], line: str) -> None:
    with pytest.raises(SettingError) as refused:
        checked(values)
    assert str(refused.value) == line


def test_together_with_provisioning_there_is_something_to_clean_up() -> None:
    assert checked({"provision": "p", "cleanup": "c"}).cleanup == "c"


@pytest.mark.parametrize(
    ("values", "version"),
    [
        ({}, None),
        ({"http": "auto"}, "auto"),
        ({"http": "2"}, "2"),
        ({"http2_prior_knowledge": True}, "2-prior-knowledge"),
        ({"http": "2", "http2_prior_knowledge": True}, "2-prior-knowledge"),
    ],
)
def test_the_version_of_http_has_one_name(values: dict[str, Any], version: str | None) -> None:
    assert checked(values).http_version == version
