"""What a run opens with depends on the version of HTTP, and on who asks."""

from __future__ import annotations

import pytest

from neptun_conformance.engine.opening import at_once, curl_options
from neptun_conformance.settings import Settings, checked
from neptun_conformance.targets.model import Target


@pytest.mark.parametrize(
    ("http", "given", "number"),
    [
        ("1.1", None, 64),
        ("auto", None, 64),
        ("2", None, 128),
        ("2-prior-knowledge", None, 128),
        ("2", 8, 8),
        ("1.1", 8, 8),
    ],
)
def test_twice_as_many_go_out_over_http_2(http: str, given: int | None, number: int) -> None:
    target = Target(base_url="http://h", http=http)
    assert at_once(checked({"concurrency": given}), target) == number


@pytest.mark.parametrize(
    ("http", "options"),
    [
        (None, ()),
        ("1.1", ()),
        ("2", ("--http2",)),
        ("2-prior-knowledge", ("--http2-prior-knowledge",)),
    ],
)
def test_curl_speaks_the_version_of_the_run(http: str | None, options: tuple[str, ...]) -> None:
    assert curl_options(Settings(), http) == options


def test_curl_cannot_reach_an_application_in_this_process() -> None:
    assert curl_options(Settings(app="module:app"), "1.1") is None
