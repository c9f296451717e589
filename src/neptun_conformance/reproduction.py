"""How to repeat an exchange by hand: a command that really sends it, without a secret in it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from urllib.parse import quote

from neptun_conformance.exchange import Request

_SHORTEST_PART = 4


def curl(
    request: Request,
    base_url: str,
    secrets: Iterable[tuple[str, str]],
    *,
    headers: Iterable[tuple[str, str]] = (),
    options: Iterable[str] = (),
) -> str:
    """Return a curl command; secrets stand as shell variables such as ``$OWNER_SESSION``.

    Arguments:
        request: what was sent.
        base_url: where to.
        secrets: placeholder and value of every secret.
        headers: what the target wants in every request.
        options: further options of curl, such as ``--insecure``.
    """
    known = [(name, value) for name, value in secrets if value]
    words = ["curl", "--include", "--path-as-is", "--globoff", *options]
    if request.method == "HEAD":
        words.append("--head")
    elif request.method != "GET":
        words.append(f"--request {request.method}")
    words += [
        f"--header {_quoted(f'{name}: {value}' if value else f'{name};', known)}"
        for name, value in (*headers, ("Accept", "application/json"), *request.headers)
    ]
    words.append(_quoted(base_url + request.target, known))
    return " ".join(words)


def _quoted(text: str, secrets: list[tuple[str, str]]) -> str:
    """Quote a word for a POSIX shell, its secrets as variables."""
    for name, value in secrets:
        for form, expression in _forms(name, value):
            if form in text:
                before, after = text.split(form, 1)
                return f'"{_escaped(before)}{expression}{_escaped(after)}"'
    for name, value in secrets:
        altered = _altered(text, name, value)
        if altered:
            return altered
    return shlex.quote(text)


def _forms(name: str, value: str) -> list[tuple[str, str]]:
    encoded = quote(value, safe="")
    bare = name.removeprefix("$")
    encode = f"import os,urllib.parse as u;print(u.quote(os.environ['{bare}'],safe=''))"
    swapped = f"$(printf %s \"{name}\" | tr 'a-zA-Z' 'A-Za-z')"
    forms = [(value, f"${{{bare}}}")]
    if encoded != value:
        forms.append((encoded, f'$({bare}=\\"{name}\\" python3 -c \\"{encode}\\")'))
    if value.swapcase() != value:
        forms.append((value.swapcase(), swapped))
    return forms


def _altered(text: str, name: str, value: str) -> str | None:
    """Write a session that shares its beginning with the real one as a cut of the variable."""
    head, separator, shown = text.partition("=")
    if not separator or not head.startswith("Cookie:"):
        return None
    start = _shared(shown, value)
    if start < _SHORTEST_PART:
        return None
    end = min(_shared(shown[::-1], value[::-1]), len(shown) - start, len(value) - start)
    middle = shown[start : len(shown) - end]
    tail = f"{_cut(name, f'{len(value) - end + 1}-')}" if end else ""
    return f'"{head}={_cut(name, f"1-{start}")}{_escaped(middle)}{tail}"'


def _shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cut(name: str, columns: str) -> str:
    return f'$(printf %s "{name}" | cut -c{columns})'


def _escaped(text: str) -> str:
    return re.sub(r'(["$`\\])', r"\\\1", text)
