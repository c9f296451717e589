"""Sessions that nobody issued, and that name somebody all the same.

Some are made of a user's id alone, in a form that careless code believes. Others are made of a real
session in its own format, where that can be told: a JSON Web Token (RFC 7519), a JSON text in
base64, a value with a signature behind it, a seal. Whoever holds no key can make each of them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import quote, unquote

from neptun_conformance.questions.tampering import (
    FEWEST_OF_A_SIGNATURE,
    Alteration,
    NoSuchAlteration,
    changing,
)

COMMON_KEYS = ("secret", "", "your-256-bit-secret", "password", "changeme", "keyboard cat")
"""Keys that examples and templates hold; the empty one is that of a setting that is not there."""

WORDS = ("undefined", "null", "true", "0", "admin", "guest", "test", "your-session-cookie")
"""What careless code takes for a session: values of languages, accounts, what the source shows."""
RARER_WORDS = (".*", "deleted", "[object Object]", "1", "none", "demo", "{}", "%20")

OPERATORS = (
    """0 OR 1=1 -- ' OR 1=1 -- " OR ""=\"""",
    '{"$ne":null}',
    'j:{"$ne":null}',
    "__proto__",
)
"""What opens a look-up that reads it as more than a text, in SQL whatever quotes stand about it."""

BROKEN = (
    "%00%FF",
    "%zz{0}%s",
    "a.b.c",
    "eyJhbGciOiJIUzI1NiJ9.bm8gSlNPTg.bm9ib2R5",
    "Fe26.2*x/../y",
    "s:x",
    "\xe9",
    "\xc3\xa9",
)
"""What readers of escapes, templates, tokens, seals, paths, signatures and UTF-8 trip over."""

TWO_OF_THEM = 'neptun-session=""; neptun-session=made-up;'
"""The session's cookie twice, first with nothing in quotes, and a semicolon at the end."""

_OWN_KEY = "a key that came with its token, 32 octets"
_FAR_AHEAD = 4_102_444_800
_SEAL = "Fe26."
_MARKS = re.compile(r"--|[.:|]")


def plainly(user_id: str) -> str:
    """Return a user id itself."""
    return quote(user_id, safe="@")


def in_base64(user_id: str) -> str:
    """Return a user id in base64 without padding (RFC 4648 section 5)."""
    return _in_base64(user_id.encode())


def in_hexadecimal(user_id: str) -> str:
    """Return a user id in hexadecimal digits."""
    return user_id.encode().hex()


def as_digest(user_id: str) -> str:
    """Return the MD5 of a user id, as gravatars and old shops have it."""
    return hashlib.md5(user_id.encode(), usedforsecurity=False).hexdigest()


def before_a_signature(user_id: str) -> str:
    """Return a user id with something behind it that may pass for a signature."""
    return f"{plainly(user_id)}.bm9ib2R5IHNpZ25lZA"


def as_json(user_id: str) -> str:
    """Return the claims of a session as a JSON text."""
    return json.dumps(_claims(user_id), separators=(",", ":"))


def as_encoded_json(user_id: str) -> str:
    """Return the claims of a session as a JSON text, percent-encoded."""
    return quote(as_json(user_id), safe="")


def as_json_in_base64(user_id: str) -> str:
    """Return the claims of a session as a JSON text in base64 without padding."""
    return _in_base64(as_json(user_id).encode())


def as_form(user_id: str) -> str:
    """Return a user id under the usual names, as a form is written."""
    text = quote(user_id, safe="")
    return "&".join(f"{name}={text}" for name in ("user_id", "userId", "uid", "user", "id"))


def as_php(user_id: str) -> str:
    """Return a user id as PHP serialises it, percent-encoded as PHP writes cookies."""
    text = f's:{len(user_id.encode())}:"{user_id}";'
    return quote(f'a:2:{{s:7:"user_id";{text}s:2:"id";{text}}}', safe="")


def selected(user_id: str) -> str:
    """Return a text that a careless query reads as the choice of this user's session."""
    return f"x' UNION SELECT '{plainly(user_id)}' -- \\' OR 1=1 -- x"


def unsigned_token(user_id: str) -> str:
    """Return a JSON Web Token without a signature whose claims name a user."""
    header = {"alg": "none", "typ": "JWT"}
    claims = dict.fromkeys(("sub", "id", "user_id", "userId", "uid"), user_id)
    return f"{_part(header)}.{_part(claims | {'iat': 0, 'exp': _FAR_AHEAD})}."


def _claims(user_id: str) -> dict[str, Any]:
    named = dict.fromkeys(("user_id", "userId", "id", "sub", "uid"), user_id)
    return named | {"user": {"id": user_id, "user_id": user_id}, "exp": _FAR_AHEAD}


def reheaded(*, signed: bool, **header: str | None) -> Alteration:
    """Return an alteration of a token's header.

    Arguments:
        signed: the signature is kept, else an empty one stands in its place.
        header: members to set, None to leave one out.
    """

    @changing
    def alter(session: str) -> str:
        old, payload, signature = _token(session)
        return f"{_head(old, header)}.{payload}.{signature if signed else ''}"

    return alter


def resigned(key: str, **header: str | None) -> Alteration:
    """Return an alteration that signs a token anew with a key that anybody may guess (HS256)."""

    @changing
    def alter(session: str) -> str:
        old, payload, _ = _token(session)
        told = f"{_head(old, {'alg': 'HS256', **header})}.{payload}"
        return f"{told}.{_in_base64(_signature(told, key))}"

    return alter


@changing
def of_two_parts(session: str) -> str:
    """Leave out the signature of a token, and the dot before it."""
    _token(session)
    return session.rpartition(".")[0]


@changing
def with_its_key(session: str) -> str:
    """Sign a token anew with a key that stands in its own header (RFC 7515 section 4.1.3)."""
    old, payload, _ = _token(session)
    key = {"kty": "oct", "k": _in_base64(_OWN_KEY.encode())}
    told = f"{_part({**old, 'alg': 'HS256', 'jwk': key})}.{payload}"
    return f"{told}.{_in_base64(_signature(told, _OWN_KEY))}"


def _head(old: dict[str, Any], changes: dict[str, str | None]) -> str:
    return _part({name: value for name, value in {**old, **changes}.items() if value is not None})


def _token(session: str) -> tuple[dict[str, Any], str, str]:
    """Return the header, the payload as it is written, and the signature of a token."""
    parts = session.split(".")
    header = _object(parts[0]) if len(parts) == 3 else None
    if header is None or _object(parts[1]) is None:
        raise NoSuchAlteration("the session is no JSON Web Token")
    return header, parts[1], parts[2]


@changing
def without_signature(session: str) -> str:
    """Leave out what is behind the last mark, the mark, and what says that a value is signed."""
    value, _, _ = _signed(session)
    return re.sub("^s(?::|%3[Aa])", "", value)


@changing
def digested(session: str) -> str:
    """Put a digest, for which no key is needed, in the place of a signature of its length."""
    value, mark, signature = _signed(session)
    kinds = {32: hashlib.md5, 40: hashlib.sha1, 128: hashlib.sha512}
    digest = kinds.get(len(signature), hashlib.sha256)(_octets(value), usedforsecurity=False)
    return f"{value}{mark}{_written_as(signature, digest.digest())}"


def signed_by(key: str) -> Alteration:
    """Return an alteration that signs a value anew with a key that anybody may guess."""

    @changing
    def alter(session: str) -> str:
        value, mark, signature = _signed(session)
        bare = unquote(value).removeprefix("s:")
        return f"{value}{mark}{_written_as(signature, _signature(bare, key))}"

    return alter


@changing
def without_claims(session: str) -> str:
    """Put an empty list in the place of the JSON object that a session holds in base64.

    Raises:
        NoSuchAlteration: it holds none.
    """
    if _object(session) is None:
        raise NoSuchAlteration("the session is no JSON object in base64")
    return b64encode(b"[]").decode()


def _signed(session: str) -> tuple[str, str, str]:
    """Return the value of a signed session, the mark behind it, and its signature."""
    marks = list(_MARKS.finditer(session))
    value, mark, signature = session, "", ""
    if marks:
        last = marks[-1]
        value, mark, signature = session[: last.start()], last.group(), session[last.end() :]
    token = session.count(".") == 2 and _object(session.partition(".")[0]) is not None
    if token or not value or session.startswith(_SEAL) or len(signature) < FEWEST_OF_A_SIGNATURE:
        raise NoSuchAlteration("the session is no value with a signature behind it")
    return value, mark, signature


def _written_as(signature: str, octets: bytes) -> str:
    """Write octets as a signature is written: in hexadecimal digits, or in base64."""
    if re.fullmatch(r"[0-9a-fA-F]+", signature):
        return octets.hex()
    if "%" in signature:
        return quote(b64encode(octets).decode().rstrip("="), safe="")
    return _in_base64(octets)


@changing
def under_another_password(session: str) -> str:
    """Name another password, or none, in a seal."""
    parts = _seal(session)
    parts[1] = "" if parts[1] else "2"
    return "*".join(parts)


@changing
def with_a_later_end(session: str) -> str:
    """Move the end of a seal, in milliseconds since 1970, or give it one.

    Raises:
        NoSuchAlteration: the session is no seal, or has no place for an end.
    """
    parts = _seal(session)
    if len(parts) < 8:
        raise NoSuchAlteration("the seal has no place for its end")
    parts[5] = str(_FAR_AHEAD * 1_000 + 1)
    return "*".join(parts)


def _seal(session: str) -> list[str]:
    parts = session.split("*")
    if not session.startswith(_SEAL) or len(parts) < 3:
        raise NoSuchAlteration("the session is no seal")
    return parts


def _object(text: str) -> dict[str, Any] | None:
    """Return the JSON object that a text holds in base64, None where it holds none."""
    try:
        read = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _part(members: dict[str, Any]) -> str:
    return _in_base64(json.dumps(members, separators=(",", ":")).encode())


def _in_base64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).decode().rstrip("=")


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _signature(text: str, key: str) -> bytes:
    return hmac.digest(key.encode(), _octets(text), "sha256")
