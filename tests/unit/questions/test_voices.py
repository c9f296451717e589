"""Voices: levels that are well-formed, each different from the plain one, and free ones apart."""

import ipaddress
import re
from dataclasses import replace

import pytest

from neptun_conformance.client.decoding import OFFERED
from neptun_conformance.questions.free_voices import ALONE
from neptun_conformance.questions.voices import DIMENSIONS, Dimension, Level

LEVELS = [level for dimension in DIMENSIONS for level in dimension.levels]
ALTERED = [level for dimension in DIMENSIONS for level in dimension.levels[1:]]
VOICED = {
    *("accept", "accept-encoding", "accept-language", "user-agent", "referer", "origin", "dnt"),
    *("sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-gpc", "priority"),
    *("sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform"),
    *("cache-control", "pragma", "x-forwarded-for", "connection", "x-requested-with"),
    "save-data",
}
# RFC 6265 section 4.1.1: cookie-pair.
COOKIE = re.compile(
    r"[!#$%&'*+.^_`|~0-9A-Za-z-]+=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*"
    r'|"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")'
)
ATTRIBUTES = {"version", "path", "expires", "domain", "max-age", "secure", "httponly", "samesite"}
EVERY_DIMENSION = pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda one: one.name)
EVERY_LEVEL = pytest.mark.parametrize("level", ALTERED, ids=lambda one: one.name)


def test_dimensions_have_names_of_their_own() -> None:
    assert len({dimension.name for dimension in DIMENSIONS}) == len(DIMENSIONS)


@EVERY_DIMENSION
def test_levels_of_a_dimension_differ(dimension: Dimension) -> None:
    names = [level.name for level in dimension.levels]
    said = {replace(level, name="", real=True) for level in dimension.levels}
    assert len(set(names)) == len(said) == len(names)


@EVERY_DIMENSION
def test_the_plain_level_adds_nothing(dimension: Dimension) -> None:
    name = dimension.levels[0].name
    assert dimension.levels[0] == Level(name=name, real=True)
    assert dimension.level(name) is dimension.levels[0]


@EVERY_DIMENSION
def test_a_dimension_has_a_level_that_real_clients_have(dimension: Dimension) -> None:
    assert any(level.real for level in dimension.levels[1:])


@EVERY_LEVEL
def test_a_level_speaks_of_what_must_not_matter_alone(level: Level) -> None:
    assert {name.lower() for name, _ in level.headers} | {
        n.lower() for n in level.without
    } <= VOICED
    assert all(re.fullmatch(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?", v) for _, v in level.headers)


@EVERY_LEVEL
def test_cookies_of_a_level_are_such_as_the_standard_allows(level: Level) -> None:
    for cookie in (*level.before, *level.behind):
        assert COOKIE.fullmatch(cookie)
        assert cookie.partition("=")[0].lower() not in {*ATTRIBUTES, "neptun-session"}


def _values(header: str) -> list[str]:
    return [value for level in ALTERED for name, value in level.headers if name == header]


def test_every_accept_takes_json_and_weighs_nothing_more() -> None:
    for value in _values("Accept"):
        weights = dict(_weighed(part) for part in value.split(","))
        found = [weights.get(t) for t in ("application/json", "application/*", "*/*")]
        mine = next(weight for weight in found if weight is not None)
        assert mine == max(weights.values())


def _weighed(part: str) -> tuple[str, float]:
    name, _, weight = part.strip().partition(";q=")
    return name, float(weight or 1)


def test_every_coding_is_one_that_the_client_can_decode() -> None:
    known = {*OFFERED.split(", "), "identity"}
    for value in _values("Accept-Encoding"):
        assert {_weighed(part)[0] for part in value.split(",")} <= known


def test_every_forwarded_address_is_one_public_address() -> None:
    assert _values("X-Forwarded-For")
    assert all(ipaddress.ip_address(value).is_global for value in _values("X-Forwarded-For"))


def test_what_is_asked_alone_has_a_name_of_its_own_and_is_in_no_dimension() -> None:
    names = [alone.level.name for alone in ALONE]
    assert len(set(names)) == len(names)
    assert not {alone.level.headers for alone in ALONE if alone.level.headers} & {
        level.headers for level in LEVELS
    }
