"""How to repeat an exchange by hand: a command that really sends it, without a secret in it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import quote

from neptun_conformance.redaction.secrets import SHORTEST, Redactor
from neptun_conformance.settings import Settings

NOT_REPEATED = {"host", "x-conformance-run"}
"""Headers that curl writes itself, and the mark by which operators find the requests of a run."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a word: plain text, or what a shell puts a secret in place of."""

    text: str
    is_expression: bool = False

    def __str__(self) -> str:
        return self.text if self.is_expression else re.sub(r'(["$`\\])', r"\\\1", self.text)


def curl(
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    *,
    redactor: Redactor,
    options: Iterable[str] = (),
) -> str | None:
    """Return a curl command for a POSIX shell, or None where none could do without a secret.

    Secrets stand as variables such as ``$OWNER_SESSION``, which are to be exported; what the suite
    changed about a session is written as cuts of its variable. Only what the percent-encoding of a
    session needs is done by ``python3``.

    Arguments:
        method: the HTTP method.
        url: where to, as it is sent.
        headers: all headers that were sent.
        redactor: knows the secrets.
        options: further options of curl, such as ``--insecure``.
    """
    words = ["curl", "--include", "--compressed", "--path-as-is", "--globoff", *options]
    if method == "HEAD":
        words.append("--head")
    elif method != "GET":
        words.append(f"--request {method}")
    for name, value in headers:
        if name.lower() not in NOT_REPEATED:
            line = f"{name}: {value}" if value else f"{name};"
            words.append(f"--header {_quoted(line, redactor)}")
    words.append(_quoted(url, redactor))
    command = " ".join(words)
    return command if redactor.redact(command) == command else None


def _quoted(text: str, redactor: Redactor) -> str:
    pieces = list(_pieces(text, redactor))
    if not any(piece.is_expression for piece in pieces):
        return shlex.quote(text)
    return f'"{"".join(map(str, pieces))}"'


def _pieces(text: str, redactor: Redactor) -> Iterator[_Piece]:
    """Split a text at the secrets in it."""
    forms = [form for name, value in redactor.secrets for form in _forms(name, value)]
    for form, expression in sorted(forms, key=lambda one: len(one[0]), reverse=True):
        if form in text:
            before, _, after = text.partition(form)
            yield from _pieces(before, redactor)
            yield _Piece(expression, is_expression=True)
            yield from _pieces(after, redactor)
            return
    yield from _altered(text, redactor)


def _forms(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield the forms in which the suite sends a whole secret, each with how a shell makes it."""
    if len(value) < SHORTEST:
        return
    bare = name.removeprefix("$")
    yield value, f"${{{bare}}}"
    encode = f'import os,urllib.parse as u;print(u.quote(os.environ["{bare}"],""))'
    yield quote(value, safe=""), f"$(python3 -c '{encode}')"
    yield value.swapcase(), f'$(printf %s "{name}" | tr a-zA-Z A-Za-z)'


def _altered(text: str, redactor: Redactor) -> Iterator[_Piece]:
    """Write what is left of an altered secret as cuts of its variable."""
    name = ""
    blocks: list[tuple[int, int, int]] = []
    if redactor.redact(text) != text:
        name, blocks = _most_alike(text, redactor.secrets)
    position = 0
    for start, here, size in blocks:
        yield _Piece(text[position:here])
        cut = f'$(printf %s "{name}" | cut -c{start + 1}-{start + size})'
        yield _Piece(cut, is_expression=True)
        position = here + size
    yield _Piece(text[position:])


def _most_alike(
    text: str, secrets: Iterable[tuple[str, str]]
) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the secret that shares most with a text, and the places in both and lengths of it."""
    found = []
    for name, value in secrets:
        matcher = SequenceMatcher(None, value, text, autojunk=False)
        blocks = [(a, b, size) for a, b, size in matcher.get_matching_blocks() if size >= SHORTEST]
        found.append((name, blocks))
    return max(found, key=lambda one: sum(size for _, _, size in one[1]))


def curl_options(settings: Settings) -> tuple[str, ...]:
    """Return what curl needs to reach the target of a run as the run does."""
    given = (
        ("--unix-socket", settings.uds),
        ("--cacert", settings.ca_bundle),
        ("--cert", settings.client_cert),
        ("--key", settings.client_key),
    )
    options = tuple(f"{flag} {shlex.quote(value)}" for flag, value in given if value)
    return ("--insecure", *options) if settings.insecure else options
