"""How to repeat an exchange by hand: a command that really sends it, without a secret in it."""

from __future__ import annotations

import re
import shlex
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from neptun_conformance.redaction.secrets import SHORTEST, Redactor

NOT_REPEATED = {"content-length", "x-conformance-run"}
"""What curl counts itself, and the mark by which operators find the requests of a run."""

_CURLS_OWN = ("User-Agent", "Accept")
"""Headers that curl adds of its own accord, unless it is told to leave them out."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a word: plain text, or what a shell puts a secret in place of."""

    text: str
    is_expression: bool = False

    def __str__(self) -> str:
        if self.is_expression:
            return self.text
        return _FOREIGN.sub(_octets, re.sub(r'(["$`\\])', r"\\\1", self.text))


_OTHER_CASE = str.maketrans(string.ascii_letters, string.ascii_uppercase + string.ascii_lowercase)
_FOREIGN = re.compile("[^\0-\x7f]+")


def _octets(characters: re.Match[str]) -> str:
    """Write characters outside ASCII as the octets that go out, in the form of printf."""
    octets = "".join(f"\\{octet:03o}" for octet in characters[0].encode("latin-1", "replace"))
    return f"$(printf '{octets}')"


def curl(  # noqa: PLR0913 - a request is a method, a URL, headers and content
    method: str,
    url: str,
    headers: Sequence[tuple[str, str]],
    *,
    body: str = "",
    redactor: Redactor,
    options: Iterable[str] = (),
) -> str | None:
    """Return a curl command for a POSIX shell, or None where none could do without a secret.

    Secrets stand as variables such as ``$OWNER_SESSION``, to be exported; where one is not
    set, the shell says so and sends nothing. What the suite changed about a session is written as
    cuts of its variable. Only what the percent-encoding of a session needs is done by ``python3``.
    Characters outside ASCII go out in ISO 8859-1, as the suite sends them, whatever the locale.
    Only the name ``Host`` has always a capital: curl writes it so.

    Arguments:
        method: the HTTP method.
        url: where to, as it is sent.
        headers: all headers that were sent.
        body: what was sent as content, one character an octet.
        redactor: knows the secrets.
        options: further options of curl, such as ``--insecure``.
    """
    names = {name.lower() for name, _ in headers}
    words = ["curl", "--include", "--path-as-is", "--globoff", *options]
    if "accept-encoding" in names:
        words.insert(2, "--compressed")  # it would offer codings of its own where none are offered
    if method == "HEAD":
        words.append("--head")
    elif method != "GET" or body:
        words.append(f"--request {method}")
    named_by_url = ("host", urlsplit(url).netloc)
    for name, value in headers:
        if name.lower() not in NOT_REPEATED and (name.lower(), value) != named_by_url:
            line = f"{name}: {value}" if value else f"{name};"
            words.append(f"--header {_quoted(line, redactor)}")
    added = (*_CURLS_OWN, "Content-Type") if body else _CURLS_OWN
    words += [f"--header {name}:" for name in added if name.lower() not in names]
    if body:
        words.append(f"--data-raw {_quoted(body, redactor)}")
    words.append(_quoted(url, redactor))
    command = _guarded(" ".join(words), redactor)
    return command if redactor.redact(command) == command else None


def _guarded(command: str, redactor: Redactor) -> str:
    """Let a command that uses a variable in a subshell stop where it is not set."""
    used = [
        name for name, _ in redactor.secrets if re.search(rf'"\{name}"|\["{name[1:]}"\]', command)
    ]
    guards = (f'"${{{name.removeprefix("$")}:?}}"' for name in dict.fromkeys(used))
    line = " ".join(guards)
    return f": {line}; {command}" if line else command


def _quoted(text: str, redactor: Redactor) -> str:
    pieces = list(_pieces(text, redactor))
    if text.isascii() and not any(piece.is_expression for piece in pieces):
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
    yield value, f"${{{bare}:?}}" if value.isascii() else f"$({_printed(name, value)})"
    encode = f'import os,urllib.parse as u;print(u.quote(os.environ["{bare}"],""))'
    yield quote(value, safe=""), f"$(python3 -c '{encode}')"
    other_case = value.translate(_OTHER_CASE)
    yield other_case, f"$({_printed(name, value)} | LC_ALL=C tr a-zA-Z A-Za-z)"


def _printed(name: str, value: str) -> str:
    """Return a command that prints a variable as the suite sends it, one octet a character."""
    recoded = "" if value.isascii() else " | iconv -f UTF-8 -t ISO-8859-1"
    return f'printf %s "{name}"{recoded}'


def _altered(text: str, redactor: Redactor) -> Iterator[_Piece]:
    """Write what is left of an altered secret as cuts of its variable."""
    name = value = ""
    blocks: list[tuple[int, int, int]] = []
    if redactor.redact(text) != text:
        name, value, blocks = _most_alike(text, redactor.secrets)
    if not blocks:
        yield _Piece(text)
        return
    position = 0
    for start, here, size in blocks:
        yield from _altered(text[position:here], redactor)
        cut = f"$({_printed(name, value)} | LC_ALL=C cut -c{start + 1}-{start + size})"
        yield _Piece(cut, is_expression=True)
        position = here + size
    yield from _altered(text[position:], redactor)


def _most_alike(
    text: str, secrets: Iterable[tuple[str, str]]
) -> tuple[str, str, list[tuple[int, int, int]]]:
    """Return the secret that shares most with a text, and the places in both and lengths of it."""
    from difflib import SequenceMatcher

    found = []
    for name, value in secrets:
        matcher = SequenceMatcher(None, value, text, autojunk=False)
        blocks = [(a, b, size) for a, b, size in matcher.get_matching_blocks() if size >= SHORTEST]
        found.append((name, value, blocks))
    return max(found, key=lambda one: sum(size for _, _, size in one[2]))
