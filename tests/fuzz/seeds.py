"""True octets for every reader, from which fuzzing and mutation start."""

from __future__ import annotations

import gzip
import json
import zlib

from neptun_conformance.results.adapter import adapter
from neptun_conformance.results.result import Result
from neptun_conformance.server.data import target_for
from tests.unit.judge.said import file
from tests.unit.reports.samples import conformant

_FILES = json.dumps({"chatFiles": [file(1), file(2)]}).encode()
_ERROR = json.dumps({
    "statusCode": 404, "statusMessage": "Not Found", "data": {"message": "no chat at /srv/a.py"},
}).encode()  # fmt: skip
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_GZIP = gzip.compress(b"{}", mtime=0)
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nTrailer: a\r\n\r\n"
_DATES = (b"Sun, 06 Nov 1994 08:49:37 GMT", b"Sunday, 06-Nov-94 08:49:37 GMT")
_TARGET = json.dumps(target_for("http://127.0.0.1:8000")).encode()
_LINK = b'{"url": "https://files.example:8443/a%20b?Sig=8f3a\\u0026x=1", "name": "x"}'

SEEDS: dict[str, tuple[bytes, ...]] = {
    "json": (_FILES, b'[1.5, -0, 1e400, 9007199254740993.0, null, true, "\\ud83d\\ude00"]'),
    "success": (_FILES,),
    "error": (_ERROR,),
    "refusal": (_ERROR + b"\n" + _ERROR,),
    "date-time": (b"2024-05-01T09:30:00Z", b"2016-12-31T23:59:60.5+05:45\n\n2016-12-31 23:59"),
    "url": (b"https://files.example:8443/a%20b?x=1#y", b"http://user@[::1]:80/\xc3\xbc"),
    "media-type": (b'application/json; charset="utf-8"', b"text/plain\nimage/png"),
    "http-date": _DATES,
    "retry-after": (b"120\n" + _DATES[0], _DATES[1] + b"\n" + _DATES[0]),
    "cache-control": (b'private="a, b", s-maxage=5, public\nno-store',),
    "set-cookie": (b"neptun-session=abc; Path=/; HttpOnly; Secure; Max-Age=0", *_DATES),
    "wire": (
        _CHUNKED,
        _HEAD + b"Content-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 100 Continue\r\n\r\n" + _HEAD + b"Content-Encoding: gzip\r\n\r\n" + _GZIP,
    ),
    "coding": (
        b"gzip\n" + _GZIP * 2,
        b"deflate, gzip\n" + gzip.compress(zlib.compress(b"[]"), mtime=0),
    ),
    "masking": (_LINK, b"'http://a/b?Sig=8f3a', 'http://c?d' and 3 more"),
    "target-file": (_TARGET, b"base_url: https://h/p\nowner:\n  user_id: a\n  session: ${S}\n"),
    "provision": (_TARGET,),
    "report": (adapter(Result).dump_json(conformant()),),
    "baseline": (
        b"- clause: files.complete\n  reason: known\n  issue: https://h/1\n  expires: 2999-12-31\n",
    ),
}
