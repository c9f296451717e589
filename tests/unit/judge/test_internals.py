"""Stack traces, positions in sources and paths of all languages, and what only looks like them."""

from __future__ import annotations

import json
import time
from functools import lru_cache

import pytest

from neptun_conformance.bodies import error, internals
from neptun_conformance.exchange import Request, Response

ASKED = Request("GET", "/api/users/ann/chats/41/files", ())

GIVEN_AWAY = [
    "at setup (pages/chat.vue:41:9)",
    "pages/[id].vue:41:9",
    "src/Chat.svelte:41:9",
    "src/App.jsx:41",
    "src/chat.ts?t=1234:41:13",
    "src/chat.tsx(41,13): undefined",
    "Chat.java:41",
    "at java.base/java.lang.Thread.run(Thread.java:833)",
    " at jdk.internal.reflect.Invoke(Native Method)",
    "at acme.Chat.find(Unknown Source)",
    '{file,"src/chat.erl"},{line,41}',
    '[file: ~c"lib/chat.ex", line: 41]',
    "lib/acme_web/chat.html.heex:41",
    "App/routes.swift:41: Fatal error",
    "Fatal error: file App/routes.swift, line 41",
    "(chat.clj:41)",
    "chat.nim(41) find",
    "chat.nim(41, 7) Error",
    'while executing "find 7" (file "chat.tcl" line 41)',
    '(procedure "find" line 3)',
    "src/Chat.hs:(41,9)-(43,20)",
    "src/Chat.hs:41:9 in main:Chat",
    'Raised at Main.find in file "bin/main.ml" (inlined), line 41, characters 5-30',
    "package:acme/chat.dart:41:5",
    "Chat.kt:41",
    "Chat.scala:41",
    "./chat.lua:41: attempt",
    '[string "chat"]:41: attempt',
    "[C]: in function 'error'",
    "lib/Chat.pm line 41.",
    "at (eval 12) line 1.",
    "#0 /var/www/html/chat.php(41): find()",
    "#0 chat.php(41): find()",
    "#1 {main}",
    "chat.R#41",
    "@ Main ./src/chat.jl:41",
    "from src/chat.cr:41:3 in 'find'",
    "chat.cr:41:3 in 'find'",
    "src/chat.zig:41:9: 0x1 in find (chat)",
    "\t/app/main.go:57 +0x1d",
    "panic: main.go:57",
    "thread 'tokio-runtime-worker' (4711) panicked at src/main.rs:41:5:",
    "thread '<unnamed>' panicked at src/main.rs:41:5:",
    "at src/main.rs:41:5",
    "chat.c:41: find: Assertion `x' failed.",
    "chat.c:41:5: error",
    "#0  0x00007f3a in find (id=7) at chat.c:41",
    "./chat(find+0x1d) [0x55d0]",
    "At line 41 of file chat.f90",
    "line 41 of chat.py",
    "line 41 in src/chat.rb",
    "raised CONSTRAINT_ERROR : chat.adb:41 index check failed",
    "app/views.py:41",
    "app/views.py:41: KeyError",
    "config.ru:12:in 'call'",
    "app/models/chat.rb:12:in 'Chat#find'",
    "at chat.rb:12",
    'ORA-06512: at "APP.CHATS", line 41',
    "PL/pgSQL function find_chat(integer) line 41 at RAISE",
    "Msg 208, Level 16, State 1, Line 41",
    "At C:\\x.ps1:41 char:5",
    "At line:1 char:5",
    "bin/chat.sh: line 41: x",
    "chat.sh: line 41: x",
    '"file": "src/chat.ts", "line": 41',
    '"filename":"chat.py","lineno":"41"',
    "at Array.map (<anonymous>)",
    "at <anonymous>:1:5",
    "evalmachine.<anonymous>:1:1",
    "at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    "    at Acme.ChatService.Find(Int64 id)",
    'in "chat.html.twig" at line 41',
    "core.exception.RangeError@source/app.d(41): Range violation",
    "chat.pas(41)",
    "chat.rkt:41:3: hash-ref",
    "views/chat.ejs:41",
    "Chat.cshtml:line 41",
    "/src/Chat.fs:line 41",
    "at Acme.Chat.Find() in C:\\My Projects\\Chat.cs:line 41",
    "wasm-function[41]:0x1d",
    "<string>:41",
    "<frozen importlib._bootstrap>:241",
    "~/acme/chat.db",
    "C:/inetpub/wwwroot/chat.json",
    "/vercel/path0/server/chat.mjs",
    "ENOENT: no such file or directory, stat '/app/dist/index.html'",
    "Error: ENOENT, open '/home/web/index.html'",
    "[Errno 2] No such file or directory: '/data/files/a.pdf'",
    "failed to open /app/dist/index.html",
    "TemplateNotFound: /app/views/404.html",
    "System.IO.FileNotFoundException: /app/wwwroot/a.png",
    "cannot render /home/web/404.html",
    "/var/www/html/index.html",
    "/srv/app/index.html",
    "/usr/share/nginx/html/404.html",
    "file:///app/index.html",
    "/app/views/404.html.erb",
    "no rows, /home/index.js",
    "/nix/store/abc-x/lib/chat.so",
    "\\\\fs01\\chats\\7.json",
    "cannot open \\\\fs01.corp\\d$\\chat data\\7.json",
    "C:\\new\\test.txt",
    "chat.odin(41:5)",
    "src/chat.rs(41)",
]

HARMLESS = [
    "Not Found",
    "see chapter 3:4",
    "at 12:30:15 on 2024-03-20T10:00:00Z",
    "version 1.2.3, build 4:5",
    "https://files.example.com:8443/help/a.js:3",
    "see http://localhost:3000/docs/app.php(3)",
    "https://docs.py:443",
    "application/json;q=0.9, text/x-java:1",
    "files.rs:443",
    "ask files.rs:443 or https://chat.cc:8443/help, line 3",
    "chat.pm:8080",
    "db.sh:22",
    "Node.js 20 is required",
    "runs on Node.js, 3 instances",
    "Vue.js (3)",
    "no chat named notes.txt (2)",
    "document.js is no file",
    "document.pdf, line 3",
    '"file": "document.pdf", "line": 3',
    "Unexpected token at line 1 column 5",
    "Syntax error in line 3",
    "line 3 of the request",
    "line 3 in your request body",
    "at Berlin (Unknown Source)",
    "seen at home (native)",
    "meet at Acme.Support (Berlin)",
    "No query results for model [App\\Models\\Chat] 7",
    'Class "\\App\\Models\\Chat" not found',
    "must match ^\\\\d+\\\\.\\\\d+$",
    "must match \\w+\\.\\w{2,}",
    "and/or, 24/7, 1/2",
    "a:b, c:d",
    "at 10:30 in room c.41",
    "e.g. at noon (3:14:15)",
    "mail ann.lee@example.com",
    "files.example.rs:443:tcp",
    "[::1]:8080 and 127.0.0.1:8080",
    "chat:41:9",
    "urn:uuid:3f2b8c1e-9a47-4d0e-8b11-7c5d2e9f0a64",
    "user_id:41, chat_id:9",
    "Chat 41 (line 3)",
    "see section 4(1,2)",
    "table 3(41)",
    "error 404:1",
    "v1.go",
    'W/"abc:41"',
    "bytes 0-9/1024",
    'the file "notes" line 4',
    "in the middle of line 4",
    "thread 'main' is busy",
    "please go: line 3 is free",
    "C: drive",
    "T:\\d",
    "SGVsbG8uanM6NDE=",
    "Mozilla/5.0 (Windows NT 10.0; rv:109.0)",
    "/api/users/ann/chats/4711/files",
    "no route /data/chats",
    "/static/app.js",
    "see /home/index.html",
    "please read '/home/help.html' or open /app/help.html",
    "back to /app/chats/help.html.",
    '<img src="/data/pictures/404.png">',
    "(/var/help.html)",
    "/opt/style.css",
    "download /data/export.csv?all",
    "ratio 3:4:5",
    "at least 3 (three)",
    "    at least one chat.",
    "   at example.com (see help)",
    "user@host.d(3)",
]


def _bodies(text: str) -> list[str]:
    inner = json.dumps({"message": text})
    return [text, inner, inner.replace("/", "\\/"), json.dumps([text]), json.dumps(inner)]


@pytest.mark.parametrize("text", GIVEN_AWAY)
def test_what_tells_of_the_inside_is_recognised_in_any_wrapping(text: str) -> None:
    for body in _bodies(text):
        assert error.internals(Response(404, (), body.encode()), ASKED), body


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    for body in _bodies(text):
        assert error.internals(Response(404, (), body.encode()), ASKED) is None, body


def test_a_trace_in_lines_of_an_array_is_recognised() -> None:
    lines = ["   at Files.Store.Find(Int64 id)\r", "   at Files.Api.Get()"]
    assert error.internals(Response(404, (), json.dumps({"stack": lines}).encode()), ASKED)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no rows (pages/chat.vue:41:9)", "'/chat.vue:41:9'"),
        ("no rows at chat.nim(41)", "'chat.nim(41)'"),
        ("at files.Store.find(Unknown Source)", "'files.Store.find(Unknown Source)'"),
    ],
)
def test_the_name_before_a_position_is_shown(text: str, shown: str) -> None:
    assert internals.given_away(text) == ("a stack trace", shown)


UNITS = [
    *("at ", "at [", "a.js,", ".js?", "\\\\a", "[", 'file "', "line 1 of a.b/", "~/a/", "C:/a/"),
    *("\n at a.", "in /", "PL/pgSQL function ", "/home/a", "a" * 200 + " ", "//a.b/", "(1"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_costs_as_much_as_it_is_long(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    began = time.process_time()
    internals.given_away(text)
    assert time.process_time() - began < 2  # a twentieth of a second where nothing is amiss


UNBROKEN = [
    "a" * 70_000,
    "Chat not found" * 5_000,
    "/wEv" * 17_500,
    "<p>text &amp; more</p>\n" * 3_000,
]


@pytest.mark.parametrize("text", UNBROKEN, ids=lambda text: text[:10])
def test_a_long_error_is_searched_in_milliseconds(text: str) -> None:
    began = time.process_time()
    for number in range(25):
        internals.given_away(f"{text}{number}")
    assert time.process_time() - began < 0.7  # a sixth of that; all patterns in one took 1.1


def test_a_long_error_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    monkeypatch.setattr(error, "_given_away_by_long", lru_cache(maxsize=16)(searched.append))
    for _ in range(3):
        error.internals(Response(404, (), UNBROKEN[0].encode()), ASKED)
    assert searched == UNBROKEN[:1]


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        (r"\bat (?:async )?x", r"at (?<=\bat )(?:async )?x"),
        (r"\btemplate:? y", r"template(?<=\btemplate):? y"),
        (r"\b[Ff]ile", r"[Ff](?<=\b[Ff])ile"),
        (r"(?<=[\w\])])\.js", r"\.js(?<=[\w\])]\.js)"),
        (r"(?<![/:])/\w", r"/(?<![/:]/)\w"),
        (r"x\bat y", r"x\bat y"),
        (r"\{line", r"\{line"),
    ],
)
def test_a_pattern_begins_with_its_first_characters(pattern: str, first: str) -> None:
    (found,) = internals.each_of(pattern)
    assert found.pattern == first
