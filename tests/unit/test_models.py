"""The models and the schemas of ``openapi.yaml`` take the same JSON but for a few kinds of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from neptun_conformance import contract
from neptun_conformance.models import GetChatFilesError, GetChatFilesResponse

MODELS: dict[str, type[BaseModel]] = {
    "ChatFiles": GetChatFilesResponse,
    "Error": GetChatFilesError,
}
FILE = {
    "id": 1,
    "chat_conversation_id": 12,
    "name": "a.txt",
    "size": 3,
    "type": "text/plain",
    "created_at": "2024-05-01T09:30:00Z",
    "url": "https://files.example.com/12/a.txt",
}
VALID: dict[str, dict[str, Any]] = {
    "ChatFiles": {"chatFiles": [FILE, FILE | {"id": 2}]},
    "Error": {"statusCode": 404, "statusMessage": "Not Found", "data": {"message": "None"}},
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A kind of text that the models and the schemas intentionally take differently.

    Arguments:
        member: where it stands in a file.
        taken_by: ``models`` or ``schemas``.
        pattern: what all of the kind look like.
        examples: some of them.
        reason: why it is so.
    """

    member: str
    taken_by: str
    pattern: str
    examples: tuple[str, ...]
    reason: str


DIFFERENCES = (
    Difference(
        "created_at",
        "models",
        r"\d{4}-\d\d-\d\d([Tt_ ]\d\d:\d\d(:\d\d([.,]\d+)?)?([Zz]|[-+\u2212]\d\d:?\d\d)?)?",
        (
            "2024-05-01",
            "2024-05-01T09:30Z",
            "2024-05-01T09:30:00",
            "2024-05-01 09:30:00Z",
            "2024-05-01T09:30:00+0000",
            "2024-05-01T09:30:00,5Z",
        ),
        "a moment that is not written as RFC 3339 has it is a SHOULD finding; it can be read",
    ),
    Difference(
        "created_at",
        "schemas",
        r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:60(\.\d+)?([Zz]|[-+]\d\d:\d\d)",
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60.5z", "2017-01-01T00:59:60+01:00"),
        "Python's datetime has no leap second",
    ),
    Difference(
        "created_at",
        "schemas",
        r"0000-.*",
        ("0000-01-01T00:00:00Z",),
        "Python's datetime begins with the year 1",
    ),
    Difference(
        "url",
        "models",
        r"(?i)https?://.*[^!-~].*|https?://.*[\"<>\\^`{|}].*|https?://.*%(?![0-9a-f]{2}).*",
        (
            "https://a/ü",
            "https://bücher.example/",
            "https://a/x y",
            "https://a/<1>",
            "https://a/%zz",
        ),
        "a URL that people write and browsers take, where RFC 3986 wants it percent-encoded",
    ),
    Difference(
        "url",
        "schemas",
        r"(?!(?i:https?):).*",
        ("ftp://files.example.com/a", "data:,a", "urn:a:b"),
        "the format knows every scheme, the documentation's type http and https alone",
    ),
    Difference(
        "url",
        "schemas",
        r"(?i)https?:(/?[^/].*|///.*|/?)",
        ("https:/files.example.com/a", "https:a", "https:///a", "https:"),
        "the format demands no host",
    ),
    Difference(
        "url",
        "schemas",
        r"(?i)https?://([?#:@].*|[^/?#]*@([:/?#].*)?)?",
        ("https://", "https://?a", "https://:80/a", "https://a@/b"),
        "the format takes an empty host",
    ),
    Difference(
        "url",
        "schemas",
        r"(?i)https?://[^/?#]*:\d+([/?#].*)?",
        ("https://a:65536/", "https://a:99999/b"),
        "the format knows no highest port",
    ),
    Difference(
        "url",
        "schemas",
        r"(?i)https?://([^/?#]*@)?([0-9.x]+|[^/?#]*xn--[^/?#]*)(:\d*)?([/?#].*)?",
        ("https://999.1.1.1/", "https://1.2.3.4.5/", "https://xn--a/"),
        "to the format a host is any text, to the documentation's type an address or a name in DNS",
    ),
    Difference(
        "url",
        "schemas",
        r"(?s)https?://.{2076,}",
        (f"https://a/{'a' * 2100}",),
        "pydantic takes no longer URL; the schema sets no limit, and nor does the suite",
    ),
)


def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    components = contract.document()["components"]
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


SCHEMAS = {name: _validator(name) for name in MODELS}


def taken_by(name: str, body: object) -> set[str]:
    """Return who takes a body: ``models``, ``schemas``, both or neither."""
    takers = {"schemas"} if SCHEMAS[name].is_valid(body) else set()
    try:
        MODELS[name].model_validate(body)
    except ValidationError:
        return takers
    return takers | {"models"}


def explained(body: object, taken: set[str]) -> bool:
    """Tell whether a listed difference is why only one of the two takes a body."""
    return any(
        difference.taken_by in taken and re.fullmatch(difference.pattern, file[difference.member])
        for file in _files(body)
        for difference in DIFFERENCES
        if isinstance(file.get(difference.member), str)
    )


def _files(body: object) -> Iterator[dict[str, Any]]:
    files = body.get("chatFiles") if isinstance(body, dict) else None
    if isinstance(files, list):
        yield from (file for file in files if isinstance(file, dict))


NUMBERS = st.one_of(
    st.integers(),
    st.sampled_from([0, -1, 1.0, 1e3, 1e300, 1.5, -0.0, 2**53 + 1, 2**64, 10**40, 404, 404.0]),
    st.floats(allow_nan=False, allow_infinity=False),
)
ODD = st.sampled_from([None, True, False, "", "1", "1.0", "true", [], {}, [1], {"message": "a"}])
MOMENTS = st.one_of(
    st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    st.from_regex(
        r"[0-9]{4}-[01][0-9]-[0-3][0-9]([Tt _][0-2][0-9]:[0-6][0-9](:[0-6][0-9]([.,][0-9]{1,12})?)?"
        r"([Zz]|[-+\u2212][0-2][0-9]:?[0-6][0-9])?)?",
        fullmatch=True,
    ),
    st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,3})?", fullmatch=True),
    st.from_regex(r"[0-9]{4}-W[0-9]{2}-[0-9]|[0-9]{8}(T[0-9]{6}Z)?", fullmatch=True),
)
HOSTS = ("a", "files.example.com", "bücher.example", "[::1]", "127.0.0.1", "", "a b", "999.1.1.1")
LINKS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["http:", "https:", "HTTPS:", "ftp:", "", "https", " https:"]),
        st.sampled_from(["//", "//", "//", "/", "", "\\\\", "///"]),
        st.sampled_from(["", "", "", "u:p@", "@"]),
        st.sampled_from(HOSTS),
        st.sampled_from(["", "", ":80", ":0", ":65536", ":", ":x"]),
        st.sampled_from(["", "/", "/x y", "/ü", "?q=1", "#f", "/%zz", "/a\\b", "/\t", "/ ", "/<>"]),
    ),
)
VALUES = st.one_of(NUMBERS, ODD, MOMENTS, LINKS, st.text(max_size=5))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in entries:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from _paths(inner, (*path, key))


def _in_snake_case(name: str) -> str:
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name)


@st.composite
def near(draw: st.DrawFn, valid: dict[str, Any]) -> Any:
    """Draw a body that differs from a valid one in at most two places, or is something else."""
    body = deepcopy(valid)
    for _ in range(draw(st.integers(0, 2))):
        paths = list(_paths(body))
        if not paths or draw(st.integers(0, 30)) == 0:
            return draw(VALUES)
        *way, last = draw(st.sampled_from(paths))
        place: Any = body
        for key in way:
            place = place[key]
        match draw(st.sampled_from(["set", "set", "set", "drop", "rename", "add"])):
            case "set":
                values = {"created_at": MOMENTS, "url": LINKS}.get(str(last), VALUES)
                place[last] = draw(st.one_of(values, VALUES))
            case "drop":
                del place[last]
            case "rename" if isinstance(place, dict):
                place[_in_snake_case(last)] = place.pop(last)
            case "add" if isinstance(place, dict):
                place[draw(st.text(max_size=3))] = draw(VALUES)
    return body


@pytest.mark.parametrize("name", MODELS)
def test_examples_of_the_contract_are_taken_by_both(name: str) -> None:
    responses = contract.document()["components"]["responses"].values()
    contents = [response["content"]["application/json"] for response in responses]
    bodies = [
        shown["value"]
        for content in contents
        if content["schema"]["$ref"].endswith(f"/{name}")
        for shown in content["examples"].values()
    ]
    assert [taken_by(name, body) for body in bodies] == [{"models", "schemas"}] * len(bodies) != []


@given(near(VALID["ChatFiles"]))
@example({"chat_files": []})
@example({"chatFiles": [FILE | {"id": 10**4000, "more": None}]})
def test_a_body_of_a_200_is_taken_by_both_or_neither(body: Any) -> None:
    taken = taken_by("ChatFiles", body)
    assert len(taken) != 1 or explained(body, taken)


@given(near(VALID["Error"]))
@example({"status_code": 404, "status_message": "", "data": {"message": ""}})
def test_an_error_body_is_taken_by_both_or_neither(body: Any) -> None:
    assert taken_by("Error", body) in ({"models", "schemas"}, set())


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda d: d.reason)
def test_a_listed_difference_is_one(difference: Difference) -> None:
    for text in difference.examples:
        body = {"chatFiles": [FILE | {difference.member: text}]}
        assert re.fullmatch(difference.pattern, text), text
        assert taken_by("ChatFiles", body) == {difference.taken_by}, text


@pytest.mark.parametrize(
    ("member", "value"),
    [
        *(("id", True), ("id", "1"), ("size", 1.5), ("name", 5), ("created_at", 1_714_555_800)),
        *(("created_at", "1714555800"), ("url", " https://a/"), ("url", "https:\\\\a")),
    ],
)
def test_nothing_is_coerced(member: str, value: object) -> None:
    assert taken_by("ChatFiles", {"chatFiles": [FILE | {member: value}]}) == set()
