"""Error bodies that show the server's inside, each in the form of another language."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.errors import Deformed, body
from neptun_conformance.server.faults.fault import Theme

if TYPE_CHECKING:
    from neptun_conformance.server.faults.errors import Deform

faults = Theme(Mistake.INTERNALS)
legal = Theme()

SHOWN = {
    "network-path": ("a file of another Windows server", r"\\nas2\files\4711.json is not there"),
    "component": ("a line of a component", "at setup (components/Files.svelte:23:5)"),
    "line-in-brackets": ("a line and a column in brackets", "src/files.tsx(23,5): no such chat"),
    "frames-without-source": (
        "the frames of a stack without their lines",
        "\tat jdk.proxy2.Files.list(Unknown Source)",
    ),
    "frames-of-dotnet": (
        "the frames of a stack of .NET without their lines",
        "   at Files.Store.List(Int64 chat)\r\n   at Files.Api.Get()",
    ),
    "terms": ("a line as Erlang writes it", '{files,list,1,[{file,"src/files.erl"},{line,23}]}'),
    "named-file": ("a file, and a line of it", "Fatal error: file App/files.swift, line 23"),
    "quoted-file": ("a file in quotes, and a line of it", '(file "files.tcl" line 23)'),
}
HARMLESS = (
    "No chat 3:4. See chapter 3:4 (line 5) at 12:30:15, version 1.2.3:4, of the help on "
    "http://localhost:3000/help/files.js:3 or files.rs:443, and section 4(1,2). It runs on Node.js "
    "20. Numbers match ^\\d+$, types are application/json;v=1.2:3, and files.js is none of them."
)


def saying(text: str) -> Deform:
    """Return what gives an error body another message."""
    return body(lambda error: {**error, "data": {"message": text}})


def in_lines(text: str) -> Deform:
    """Return what gives an error body a stack, line by line."""
    return body(lambda error: {**error, "stack": text.split("\n")})


def nested(text: str) -> Deform:
    """Return what gives an error body another one as a text."""
    return body(lambda error: {**error, "cause": json.dumps({"detail": text})})


for number, (name, (words, text)) in enumerate(SHOWN.items()):
    status = (404, 401)[number % 2]
    faults.add(
        f"{status}-shows-{name}",
        f"every {status} shows {words}",
        "error.no-internals",
        build=partial(
            Deformed,
            (saying, in_lines, nested)[number % 3](text),
            status,
            lambda _server, _request: True,
        ),
    )
legal.add(
    "errors-of-many-numbers",
    "a 404 has a message full of times, versions, ports and names that look like positions",
    build=partial(Deformed, saying(HARMLESS), 404, lambda _server, _request: True),
)
