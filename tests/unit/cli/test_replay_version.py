"""A finding is asked again over the version of HTTP over which it came."""

from __future__ import annotations

import pytest

from neptun_conformance.cli.replay import in_its_version
from neptun_conformance.results.result import Setting
from neptun_conformance.settings import Settings
from tests.unit.reports.samples import finding, result


@pytest.mark.parametrize(
    ("given", "only_over", "version"),
    [
        ({}, None, None),
        ({"--http": "auto"}, None, "auto"),
        ({"--http2-prior-knowledge": "True"}, None, "2-prior-knowledge"),
        ({"--http": "both"}, None, "1.1"),
        ({"--http": "both"}, "HTTP/1.1", "1.1"),
        ({"--http": "both"}, "HTTP/2", "2"),
        ({"--http": "both", "--http2-prior-knowledge": "True"}, "HTTP/2", "2-prior-knowledge"),
        ({"--http": "both", "--http2-prior-knowledge": "True"}, None, "1.1"),
    ],
)
def test_it_is_that_of_the_run(
    given: dict[str, str], only_over: str | None, version: str | None
) -> None:
    settings = {name: Setting(value=value, origin="flag") for name, value in given.items()}
    found = finding("input.complete", "one", only_over=only_over)
    again = in_its_version(Settings(), result(settings=settings), found)
    assert again.http_version == version
