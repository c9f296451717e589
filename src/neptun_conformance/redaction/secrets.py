"""Keeps secrets out of everything that is printed, written or logged.

A list of header names would not do: a server may put a session into a body, a redirect or an error
message. So the secrets themselves are looked for, in whatever form they come.
"""

from __future__ import annotations

import base64
import re
import string
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

SHORTEST = 4  # characters; hiding shorter values would garble every text and protect nothing
WORD = 8  # shorter secrets are hidden whole only, and no shorter fragment gives one away
FRAGMENT = 12  # so many characters in a row give any secret away
ALTERED = 16  # from this length on, scattered pieces that make up half of a secret are hidden, too
LAYERS = 3  # how many encodings over each other are seen through
GRAM = 4
STRIDE = 2
PLACES = 4  # of one gram within one pattern; more only come with monotonous secrets

ESCAPE = re.compile(
    r"%[0-9A-Fa-f]{2}"
    r"|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[\"'\\/bfnrt])"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});"
)
CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

_Locate = Callable[[int, int], tuple[int, int]]  # from a span of a view to one of the text


class _Span(NamedTuple):
    start: int
    end: int
    placeholder: str
    agreed: int  # characters that are those of the secret


class _Pattern(NamedTuple):
    text: str
    placeholder: str


class Redactor:
    """Replaces secrets by placeholders; made once for a set of secrets, cheap to apply.

    Each secret is found plain, percent-encoded (in full or in part), escaped as in JSON, HTML or
    Python, and in base64 of both alphabets wherever it begins in a triple of bytes; in any letter
    case. Of a secret of 8 characters or more, fragments of 12 characters or of half of it (8 at
    least) are hidden, too, and of one of 16 or more also what was altered and kept half of it.
    """

    def __init__(self, secrets: Iterable[tuple[str, str]]) -> None:
        """Take pairs of placeholder (`$OWNER_SESSION`) and secret value.

        Values of fewer than four characters are left alone.
        """
        self.secrets = tuple(secrets)
        patterns = {
            _Pattern(_lower(form), placeholder): None
            for placeholder, value in self.secrets
            if len(value) >= SHORTEST
            for form in _forms(value)
        }
        self._long = [pattern for pattern in patterns if len(pattern.text) >= WORD]
        short = [pattern for pattern in patterns if len(pattern.text) < WORD]
        self._short = {pattern.text: pattern.placeholder for pattern in short}
        self._whole = re.compile("|".join(re.escape(t) for t in sorted(self._short, reverse=True)))
        self._grams = _index(self._long)
        # Answers of a run are much alike.
        self._redacted = lru_cache(maxsize=1024)(self._replaced)

    def redact(self, text: str) -> str:
        """Return `text` with every secret replaced by its placeholder.

        Meant for values, before they are put into JSON or HTML; takes time linear in the text.
        """
        return self._redacted(text) if self._long or self._short else text

    def _replaced(self, text: str) -> str:
        spans: list[_Span] = []
        for view, locate in _views(text):
            spans += (
                _Span(*locate(s.start, s.end), s.placeholder, s.agreed) for s in self._find(view)
            )
        return _replace(text, spans)

    def _find(self, view: str) -> Iterator[_Span]:
        low = _lower(view)
        if self._short:
            for match in self._whole.finditer(low):
                found = match.span()
                yield _Span(*found, self._short[match[0]], found[1] - found[0])
        for (number, _), runs in self._runs(low).items():
            yield from _telling(self._long[number], runs)

    def _runs(self, low: str) -> dict[tuple[int, int], list[tuple[int, int]]]:
        """Return where `low` agrees with a pattern, by pattern and where that would begin."""
        grams, length = self._grams, len(low)
        runs: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        seeds = [i for i in range(0, length - GRAM + 1, STRIDE) if low[i : i + GRAM] in grams]
        done = [0] * len(self._long)  # up to where each pattern's runs reach: keeps this linear
        for seed in seeds:
            places = [p for p in grams[low[seed : seed + GRAM]] if done[p[0]] < seed + GRAM]
            for number, offset in places:
                run = _extend(low, seed, self._long[number].text, offset)
                runs[number, seed - offset].append(run)
                done[number] = max(done[number], run[1])
        return runs


def _extend(low: str, seed: int, pattern: str, offset: int) -> tuple[int, int]:
    start, end, begin = seed, seed + GRAM, seed - offset
    while start > max(begin, 0) and low[start - 1] == pattern[start - 1 - begin]:
        start -= 1
    limit = min(len(low), begin + len(pattern))
    while end < limit and low[end] == pattern[end - begin]:
        end += 1
    return start, end


def _telling(pattern: _Pattern, runs: list[tuple[int, int]]) -> Iterator[_Span]:
    """Yield what gives the secret away among the places where a text agrees with it."""
    half = (len(pattern.text) + 1) // 2
    agreed = sum(end - start for start, end in runs)
    if len(pattern.text) >= ALTERED and agreed >= half:
        yield _Span(runs[0][0], runs[-1][1], pattern.placeholder, agreed)
        return
    least = min(FRAGMENT, max(WORD, half))
    for start, end in runs:
        if end - start >= least:
            yield _Span(start, end, pattern.placeholder, end - start)


def _index(patterns: list[_Pattern]) -> dict[str, list[tuple[int, int]]]:
    grams: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, pattern in enumerate(patterns):
        for offset in range(len(pattern.text) - GRAM + 1):
            places = grams[pattern.text[offset : offset + GRAM]]
            if sum(1 for other, _ in places if other == number) < PLACES:
                places.append((number, offset))
    return dict(grams)


def _forms(value: str) -> Iterator[str]:
    """Yield the texts to look for: unescaping leads from every other form to one of these."""
    octets = value.encode("utf-8", "surrogatepass")
    plain = {value, value.replace(" ", "+"), octets.decode("latin-1")}
    yield from sorted(plain | {_unescape(form) for form in plain})
    for skipped, padding in enumerate((0, 2, 3)):
        encoded = base64.b64encode(bytes(skipped) + octets).decode()
        core = encoded[padding : (skipped + len(octets)) * 8 // 6]
        if len(core) > GRAM + 1:
            yield from sorted({core, core.translate(str.maketrans("+/", "-_"))})


def _views(text: str) -> Iterator[tuple[str, _Locate]]:
    """Yield `text` as it is and with its escapes undone, with what leads back to places in it."""
    locate: _Locate = _same
    yield text, locate
    for _ in range(LAYERS):
        if not ESCAPE.search(text):
            return
        text, locate = _decoded(text, locate)
        yield text, locate


def _same(start: int, end: int) -> tuple[int, int]:
    return start, end


def _decoded(text: str, outer: _Locate) -> tuple[str, _Locate]:
    pieces: list[str] = []
    here, there, escaped = [0], [0], [False]  # where each piece begins: in the view, in the text
    length = position = 0

    def add(piece: str, begin: int, *, escape: bool) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            here.append(length)
            there.append(begin)
            escaped.append(escape)
            length += len(piece)

    for match in ESCAPE.finditer(text):
        add(text[position : match.start()], position, escape=False)
        add(_character(match), match.start(), escape=True)
        position = match.end()
    add(text[position:], position, escape=False)
    there.append(len(text))

    def locate(start: int, end: int) -> tuple[int, int]:
        first, last = bisect_right(here, start) - 1, bisect_right(here, end - 1) - 1
        begin = there[first] + (0 if escaped[first] else start - here[first])
        final = there[last + 1] if escaped[last] else there[last] + end - here[last]
        return outer(begin, final)

    return "".join(pieces), locate


def _unescape(text: str) -> str:
    return ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    escape = match[0]
    if escape[0] == "%":
        return chr(int(escape[1:], 16))
    if escape[0] == "&":
        import html

        return html.unescape(escape)
    if escape[1] in "ux":
        return chr(int(escape[2:], 16))  # noqa: FURB166 - without a prefix
    return CONTROLS.get(escape[1], escape[1])


def _lower(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(LOWER)


def _replace(text: str, spans: list[_Span]) -> str:
    """Replace `spans`; where they overlap, all goes and the most alike lends its placeholder."""
    pieces: list[str] = []
    position = 0
    for start, end, placeholder, _ in _joined(spans):
        pieces += [text[position:start], placeholder]
        position = end
    return "".join(pieces) + text[position:]


def _joined(spans: list[_Span]) -> Iterator[_Span]:
    """Yield `spans` in order, those that overlap as one."""
    likest = joined = _Span(0, 0, "", 0)
    for span in sorted(spans):
        if span.start >= joined.end:
            if joined.end:
                yield joined
            likest = joined = span
        likest = max(likest, span, key=lambda one: one.agreed)
        end = max(joined.end, span.end)
        joined = _Span(joined.start, end, likest.placeholder, likest.agreed)
    if joined.end:
        yield joined
