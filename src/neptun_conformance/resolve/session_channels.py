"""How a caller's session goes into a request: in which place, by which names."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from urllib.parse import quote

from neptun_conformance.contract.endpoint import COOKIE
from neptun_conformance.questions.callers import HANDED_OUT, Caller
from neptun_conformance.questions.situations import Account
from neptun_conformance.questions.tampering import CannotAlter, NoSuchAlteration, renamed, spliced
from neptun_conformance.resolve.liberties import LONGEST_PLAIN_HEADER, LONGEST_PLAIN_PATH
from neptun_conformance.resolve.participants import Missing, NotApplicableHere, Participants

LONGEST_SHOWN = 5_500
"""Octets of sessions in one request: servers take 8 kB of a request line, or of all headers."""


def shown_session(
    caller: Caller, participants: Participants, *, handed_out: str | None = None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the query and the headers in which a caller shows a session.

    Arguments:
        caller: who shows it, and where.
        participants: the people of the run.
        handed_out: the session that a caller without one was given, if any was.

    Raises:
        Missing: the target lacks the session, or it is too short to be altered.
        NotApplicableHere: the alteration would not be one for this session.
    """
    if caller.channel == "none":
        return "", ()
    if caller.of is not None and caller.of.startswith(HANDED_OUT):
        value = _handed_out(handed_out)
    else:
        value = _shown_session(caller, participants)
    if caller.channel == "query":
        text = quote(value, safe="")
        pairs = _fitting(caller, text, 7 * LONGEST_PLAIN_PATH // 8)
        return "&".join("=".join(pair) for pair in pairs), ()
    if caller.channel == "headers":
        set_anyway = participants.target.headers
        names = tuple(n for n in caller.names if n.partition(":")[0].lower() not in set_anyway)
        if not names:
            raise Missing(f"the target file sets the header {caller.names[0]} itself")
        pairs = _fitting(replace(caller, names=names), value, 7 * LONGEST_PLAIN_HEADER // 8)
        return "", tuple(_by_scheme(name, session) for name, session in pairs)
    if caller.channel in {"bearer", "basic"} and "authorization" in participants.target.headers:
        raise Missing("the target file sets the header Authorization itself")
    if caller.channel == "bearer":
        return "", (("Authorization", f"Bearer {value}"),)
    if caller.channel == "basic":
        login = b64encode(f"{value}:{value}".encode()).decode()
        return "", (("Authorization", f"Basic {login}"),)
    return "", (("Cookie", _cookies(caller, value)),)


def _by_scheme(name: str, session: str) -> tuple[str, str]:
    """Return a header; of ``Authorization: Token`` the session stands behind the word Token.

    Where a name with an equals sign is given, it stands right behind that.
    """
    name, _, scheme = name.partition(": ")
    between = "" if scheme.endswith("=") or not scheme else " "
    return name, f"{scheme}{between}{session}"


def _handed_out(session: str | None) -> str:
    if session is None:
        raise NotApplicableHere("no answer gave a session to a caller without one")
    return session


def _cookies(caller: Caller, value: str) -> str:
    if caller.channel == "cookie":
        return f"{COOKIE}={value}"
    pairs = _fitting(caller, value, 7 * LONGEST_PLAIN_HEADER // 8)
    return "; ".join("=".join(pair) for pair in pairs)


def _fitting(caller: Caller, value: str, short: int) -> list[tuple[str, str]]:
    """Return the value by each name, by the first ones only where all would be too long.

    Arguments:
        caller: who has names, and perhaps others that were shown before.
        value: the session.
        short: the octets of a request to which one answer is due.
    """
    if caller.after is None:
        return _first(caller.names, value, short)
    before = set(_first(caller.after, value, short)) if caller.after else set()
    left = [name for name in caller.names if (name, value) not in before]
    return _first(left, value, LONGEST_SHOWN)


def _first(names: Sequence[str], value: str, octets: int) -> list[tuple[str, str]]:
    sizes = accumulate(len(name) + len(value) + len(": ; ") for name in names)
    fitting = sum(size <= octets for size in sizes)
    return [(name, value) for name in names[: max(1, fitting)]]


def _shown_session(caller: Caller, participants: Participants) -> str:
    real = _starting_point(caller, participants)
    try:
        if caller.ending is not None:
            return spliced(real, participants.session(caller.ending))
        if caller.named is not None:
            return renamed(
                real, *(_user_id(role, participants) for role in (caller.of, caller.named))
            )
        return _unlike_others(caller.alter(real), participants) if caller.alter else real
    except CannotAlter as problem:
        raise Missing(str(problem)) from None
    except NoSuchAlteration as problem:
        raise NotApplicableHere(str(problem)) from None


def _unlike_others(altered: str, participants: Participants) -> str:
    """Return an altered session; that of one character may have become another's real one."""
    if altered and altered in {value for _, value in participants.sessions.secrets()}:
        raise NoSuchAlteration("the session becomes another one by that")
    return altered


def _starting_point(caller: Caller, participants: Participants) -> str:
    if caller.of is None:
        return ""
    if caller.of.endswith(" id"):
        return _user_id(caller.of.removesuffix(" id"), participants)
    return participants.session(caller.of)


def _user_id(role: str | None, participants: Participants) -> str:
    return participants.identity(Account(role)).user_id
