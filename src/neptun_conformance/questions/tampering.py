"""Alterations of a real session that need not know its format: text in, another text out.

Each takes any session. Where it would change nothing, or the session has no such parts, it raises
``NoSuchAlteration``; where too little would be left of it, ``CannotAlter``.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from functools import wraps
from urllib.parse import quote

Alteration = Callable[[str], str]

SHORTEST_ALTERABLE = 16
"""A shorter session has too few characters to change some and keep others."""

FEWEST_OF_A_SIGNATURE = 6


class CannotAlter(ValueError):
    """The session does not allow this alteration; the message says why."""


class NoSuchAlteration(ValueError):
    """The alteration would not be one for this session, so its clause does not apply."""


def changing(alter: Alteration) -> Alteration:
    """Return an alteration that raises ``NoSuchAlteration`` where it would change nothing."""

    @wraps(alter)
    def altered(session: str) -> str:
        shown = alter(session)
        if shown == session:
            raise NoSuchAlteration("the session stays the same by that")
        return shown

    return altered


@changing
def rewritten(session: str) -> str:
    """Change every character into another of its own kind."""
    hexadecimal = set(session) <= set(string.hexdigits + "-")
    return "".join(_other(character, hexadecimal=hexadecimal) for character in session)


def _unpadded(session: str) -> tuple[str, str]:
    """Return what of a session counts, and the padding behind it, which servers may ignore."""
    _long_enough(session)
    core = re.sub(r"(?:=|%3[Dd])+$", "", session)
    if len(core) < FEWEST_OF_A_SIGNATURE:
        raise CannotAlter("the session is almost nothing but padding")
    return core, session[len(core) :]


def ending_changed(count: int) -> Alteration:
    """Return an alteration of all of the last ``count`` characters."""

    @changing
    def alter(session: str) -> str:
        _long_enough(session)
        return _with_other_end(session, count)

    return alter


def _with_other_end(session: str, count: int) -> str:
    return session[:-count] + rewritten(session)[-count:]


@changing
def changed_before_padding(session: str) -> str:
    """Change the last six characters that count, and keep any padding behind them."""
    core, padding = _unpadded(session)
    return _with_other_end(core, 6) + padding


@changing
def middle_changed(session: str) -> str:
    """Change six characters in the middle and keep both ends."""
    _long_enough(session)
    start = len(session) // 2 - 3
    return session[:start] + rewritten(session)[start : start + 6] + session[start + 6 :]


def cut_by(count: int) -> Alteration:
    """Return an alteration that drops the last ``count`` characters, and padding beside them."""

    @changing
    def alter(session: str) -> str:
        return _unpadded(session)[0][:-count]

    return alter


def begun(end: str) -> Alteration:
    """Return an alteration that keeps the first half, with an operator of databases behind it.

    Arguments:
        end: the operator, such as ``%``, which stands for any text there.
    """

    @changing
    def alter(session: str) -> str:
        return half(session) + end

    return alter


@changing
def preceded(session: str) -> str:
    """Put text before a session that is none of its own."""
    return f"neptun-{session}"


@changing
def half(session: str) -> str:
    """Keep the first half of a session only."""
    _long_enough(session)
    return session[: len(session) // 2]


@changing
def unsigned(session: str) -> str:
    """Leave out what is behind the last dot, star or tilde, which is mostly a signature.

    Raises:
        NoSuchAlteration: fewer than 6 characters are, or the session has no such parts.
    """
    _long_enough(session)
    kept, _, signature = session.replace("*", ".").replace("~", ".").rpartition(".")
    if len(signature) < FEWEST_OF_A_SIGNATURE or not kept:
        raise NoSuchAlteration("the session has no part that may be a signature")
    return session[: len(kept) + 1]


def spliced(session: str, other: str) -> str:
    """Put the first parts of a session before the last part of another, which may be a signature.

    Raises:
        NoSuchAlteration: they have no such parts, share one of them, or fewer than 6 characters
            are in the last one, which may then be the name of a machine.
    """
    for mark in ".~*:|":
        (kept, _, own), (first, _, last) = session.rpartition(mark), other.rpartition(mark)
        long_enough = min(len(own), len(last)) >= FEWEST_OF_A_SIGNATURE
        if kept and first and kept != first and long_enough and own != last:
            return f"{kept}{mark}{last}"
    raise NoSuchAlteration("the sessions have no parts that could be put together")


def renamed(session: str, own: str, other: str) -> str:
    """Put another's user id in the place of the holder's, as it is or percent-encoded.

    Raises:
        NoSuchAlteration: the session does not name its holder.
    """
    for user_id, name in ((own, other), (quote(own, safe=""), quote(other, safe=""))):
        found = re.compile(rf"(?<![A-Za-z0-9]){re.escape(user_id)}(?![A-Za-z0-9])")
        if found.search(session):
            return name.join(found.split(session))
    raise NoSuchAlteration("the session does not name the user whose it is")


# Beside ASCII, the other case of a letter may be no single octet: that of ÿ is none.
_OTHER_CASE = str.maketrans(string.ascii_letters, string.ascii_uppercase + string.ascii_lowercase)


@changing
def case_changed(session: str) -> str:
    """Change the case of every letter.

    Raises:
        NoSuchAlteration: the session holds no letters past f in both cases, so that its letters
            may be digits of a number system in which case means nothing.
    """
    beyond = [c for c in session if c in string.ascii_letters and c.lower() > "f"]
    if not (any(c.islower() for c in beyond) and any(c.isupper() for c in beyond)):
        raise NoSuchAlteration("the session holds no letters past f in both cases")
    return session.translate(_OTHER_CASE)


def _long_enough(session: str) -> None:
    if len(session) < SHORTEST_ALTERABLE:
        raise CannotAlter(f"the session is shorter than {SHORTEST_ALTERABLE} characters")


def _other(character: str, *, hexadecimal: bool) -> str:
    """Return a character that differs and that says nothing about the one it replaces."""
    if character in string.digits:
        kind = "01"
    elif character in string.ascii_letters:
        kind = ("ab" if hexadecimal else "qz") if character.islower() else "AB"
    else:
        kind = "xy"
    return kind[1] if character == kind[0] else kind[0]
