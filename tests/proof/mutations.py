"""Random changes to a true answer: to its JSON at any path, its octets, its headers, its status."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from neptun_conformance.server.wire import Sent
from tests.proof.wrong_values import (
    ANY,
    BY_MEMBER,
    CACHE_CONTROLS,
    CONTENT_TYPES,
    COOKIES,
    LAYOUTS,
    ORIGINS,
    STATUSES,
    as_it_is,
    written,
)

Headers = list[tuple[bytes, bytes]]


@st.composite
def mutations_of(draw: st.DrawFn, true: Sent) -> Sent:
    """Draw an answer that differs from a true one in one or two things."""
    answer = replace(true, headers=list(true.headers))
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        change = draw(st.sampled_from(CHANGES))
        answer = change(draw, answer)
        if len(answer.body) > len(true.body) + ENOUGH:
            break  # What is beyond the limits is not judged further, so neither is it changed.
    length = str(len(answer.body)).encode()
    headers = [(n, length if n == b"content-length" else v) for n, v in answer.headers]
    return replace(answer, headers=headers)


def _of_status(draw: st.DrawFn, answer: Sent) -> Sent:
    return replace(answer, status=draw(st.sampled_from(STATUSES)))


def _of_json(draw: st.DrawFn, answer: Sent) -> Sent:
    """Change what the JSON says, or how; what is none any more stays as it is."""
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        return answer
    value = _changed(draw, {"": value})[""]
    options: dict[str, Any] = draw(st.sampled_from(LAYOUTS))
    return replace(answer, body=written(value, **options))


def _changed(draw: st.DrawFn, whole: dict[str, Any]) -> dict[str, Any]:
    paths = list(_paths(whole))
    name = draw(st.sampled_from(list(dict.fromkeys(map(_name, paths)))))
    *way, last = draw(st.sampled_from([path for path in paths if _name(path) == name]))
    place: Any = whole
    for key in way:
        place = place[key]
    changes = [_set, _set, _set, _set, _drop, _rename, _double, _add, _reorder]
    if place is whole:
        place[last] = draw(ANY)
    else:
        draw(st.sampled_from(changes))(draw, place, last)
    return whole


def _name(path: tuple[Any, ...]) -> str:
    """Return the member at the end of a path, or that it is an entry of a list."""
    return str(path[-1]) if isinstance(path[-1], str) else "entry"


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from _paths(inner, (*path, key))


def _set(draw: st.DrawFn, place: Any, last: Any) -> None:
    particular = BY_MEMBER.get(str(last))
    usual = st.sampled_from(particular) if particular else ANY
    place[last] = draw(usual if draw(st.integers(0, 3)) else ANY)


def _drop(_: st.DrawFn, place: Any, last: Any) -> None:
    del place[last]


def _rename(draw: st.DrawFn, place: Any, last: Any) -> None:
    if isinstance(place, dict):
        names = [last.upper(), last.title(), last.replace("_", ""), f"{last} ", "files"]
        place[draw(st.sampled_from(names))] = place.pop(last)


def _double(draw: st.DrawFn, place: Any, last: Any) -> None:
    """Repeat an entry of a list, or a member of an object with a value of its own."""
    if isinstance(place, list):
        place.append(place[last])
    else:
        name = json.dumps(last)
        value = draw(st.one_of(st.just(place[last]), ANY))
        first = written(place[last]).decode("utf-8", "surrogatepass")
        place[as_it_is(f"{name}: {first}, {name}")] = value
        del place[last]


def _add(draw: st.DrawFn, place: Any, last: Any) -> None:
    if isinstance(place, list):
        place.insert(draw(st.integers(0, len(place))), draw(ANY))
    else:
        place[draw(st.sampled_from(["more", "", "Id", "chat_files", f"{last}2"]))] = draw(ANY)


def _reorder(draw: st.DrawFn, place: Any, _: Any) -> None:
    entries = list(place.items()) if isinstance(place, dict) else list(place)
    entries = draw(st.permutations(entries))
    place.clear()
    place.update(entries) if isinstance(place, dict) else place.extend(entries)


def _of_octets(draw: st.DrawFn, answer: Sent) -> Sent:
    body = answer.body
    text = body.decode("utf-8", "replace")
    at = draw(st.integers(0, len(body)))
    ways = [
        b"",
        body[:at],
        body[:at] + b"\xff" + body[at:],
        body[:at] + b"\x00" + body[at:],
        body[:at] + b"," + body[at:],
        body[:at] + b" " + body[at:],
        b"\xef\xbb\xbf" + body,
        body + body,
        body + b"\n\n",
        body + b";",
        b")]}',\n" + body,
        body.replace(b"}", b",}", 1),
        body.replace(b'"', b"'"),
        text.encode("latin-1", "replace"),
        text.encode("utf-16"),
        text.encode("utf-16-le"),
        b"<!doctype html><title>Hello</title>",
        b"// files\n" + body,
    ]
    return replace(answer, body=draw(st.sampled_from(ways)))


def _of_headers(draw: st.DrawFn, answer: Sent) -> Sent:
    headers = list(answer.headers)
    match draw(
        st.sampled_from(["drop", "type", "cache", "cookie", "origin", "gzip", "more", "cdn"])
    ):
        case "drop":
            headers.pop(draw(st.integers(0, len(headers) - 1)))
        case "type":
            headers = _with(headers, b"content-type", draw(st.sampled_from(CONTENT_TYPES)))
        case "cache":
            headers = _with(headers, b"cache-control", draw(st.sampled_from(CACHE_CONTROLS)))
        case "cookie":
            headers.append((b"set-cookie", draw(st.sampled_from(COOKIES)).encode()))
        case "origin":
            origin, trust = draw(st.sampled_from(ORIGINS)), draw(st.sampled_from(["true", "false"]))
            headers = _with(headers, b"access-control-allow-origin", origin)
            headers = _with(headers, b"access-control-allow-credentials", trust)
        case "gzip":
            body = draw(st.sampled_from([gzip.compress(answer.body, mtime=0), answer.body]))
            return replace(answer, headers=_with(headers, b"content-encoding", "gzip"), body=body)
        case "cdn":
            headers = _with(headers, b"cdn-cache-control", "max-age=60")
            if draw(st.booleans()):
                headers = _with(headers, b"cache-control", "max-age=0")
        case _:
            headers.append((b"x-request-id", b"41"))
    return replace(answer, headers=headers)


def _with(headers: Headers, name: bytes, value: str) -> Headers:
    return [*((n, v) for n, v in headers if n != name), (name, value.encode())]


ENOUGH = 2_000
CHANGES = [*[_of_json] * 6, _of_octets, *[_of_headers] * 2, _of_status]
