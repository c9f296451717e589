"""Ids that name nobody and nothing, where the target does not give any.

They keep the shape of the real ones, because an unknown user of another shape may be refused for
its shape alone. The same target always gets the same ids, so that two runs ask the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator

from neptun_conformance.contract.chat_number import FIRST_CHAT, LONGER_CHAT
from neptun_conformance.targets.model import Target

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
HEX = re.compile(r"(?=[0-9]*[a-fA-F])(?:[0-9a-f]{8,}|[0-9A-F]{8,})")  # digits alone are a number
PREFIX = re.compile(r"(?:[a-z]+[0-9]?[_|:])+")  # as in user_2abc, auth0|5f7c or did:key:z6Mk
UUID_WITHOUT_HYPHENS = re.compile(r"[0-9a-f]{12}[1-8][0-9a-f]{3}[89ab][0-9a-f]{15}", re.IGNORECASE)
UUID_KEPT = {8, 13, 14, 18, 19, 23}  # the hyphens, the version and the variant
# Crockford's base 32 leaves out i, l, o and u; ids of that kind (ULID) keep their shape, too.
LETTERS = "abcdefghjkmnpqrstvwxyz"


def unknown_user(owner_id: str, *, known: Collection[str] = ()) -> str:
    """Return an id of the same shape as `owner_id` that is neither that nor one of `known`.

    Digits become digits of the same length, a UUID another UUID of its version, a word another
    word; blanks, signs and letters outside ASCII stay.
    """
    for attempt in range(100):
        candidate = "".join(_reshape(owner_id, _noise(f"{attempt}:{owner_id}")))
        if candidate != owner_id and candidate not in known:
            return candidate
    return f"{owner_id}-nobody"  # made of signs only, or all ids of one digit are taken


def missing_user(target: Target) -> str:
    """Return the user that does not exist: the target's own, or one like its owner."""
    if target.missing.user_id is not None:
        return target.missing.user_id
    known = [identity.user_id for identity in target.identities().values()]
    return unknown_user(target.owner.user_id if target.owner else "nobody", known=known)


def missing_chat(target: Target) -> int:
    """Return the chat that does not exist: the target's own, or a number not among its chats."""
    return target.missing.chat_id or unknown_chat(target)


def further_missing_chat(target: Target) -> int:
    """Return another chat that does not exist, whose number is longer or shorter."""
    first = LONGER_CHAT if missing_chat(target) < LONGER_CHAT // 2 else FIRST_CHAT
    return unknown_chat(target, first=first)


def unknown_chat(target: Target, *, first: int = FIRST_CHAT) -> int:
    """Return a plausible number, `first` or below, that is none of those which `target` gives."""
    known = set(target.chat_ids())
    return next(number for number in range(first, 0, -1) if number not in known)


def _noise(seed: str) -> Iterator[int]:
    block = seed.encode("utf-8", "surrogatepass")
    while True:
        block = hashlib.sha256(block).digest()
        yield from block


def _reshape(text: str, noise: Iterator[int]) -> Iterator[str]:
    prefix = PREFIX.match(text)
    start = prefix.end() if prefix else 0
    kept = UUID_KEPT if UUID.fullmatch(text) else set(range(start))
    if UUID_WITHOUT_HYPHENS.fullmatch(text):
        kept = {12, 16}
    hexadecimal = UUID.fullmatch(text) or HEX.fullmatch(text, start)
    digits = "0123456789ABCDEF" if text[start:].isupper() else "0123456789abcdef"
    for index, (character, byte) in enumerate(zip(text, noise, strict=False)):
        if index in kept:
            yield character
        elif text.isdecimal() and index == 0 and len(text) > 1:
            yield character if character == "0" else "1"  # no larger than the owner's number
        else:
            yield digits[byte % 16] if hexadecimal else _other(character, byte)


def _other(character: str, byte: int) -> str:
    if "0" <= character <= "9":
        return "123456789"[byte % 9]
    if character.isascii() and character.isalpha():
        letter = LETTERS[byte % len(LETTERS)]
        return letter.upper() if character.isupper() else letter
    return character
