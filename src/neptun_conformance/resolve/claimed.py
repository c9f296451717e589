"""Claims about a user as gateways hand them on: as JSON in base64, and in an unsigned token."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from functools import lru_cache


@lru_cache(maxsize=16)
def claims_of(user_id: str) -> str:
    """Return the usual claims about a user as JSON in base64."""
    names = ("sub", "id", "user_id", "userId", "user", "username", "email", "userDetails")
    claims = dict.fromkeys(names, user_id) | {"claims": [{"typ": "sub", "val": user_id}]}
    return _encoded(claims)


@lru_cache(maxsize=16)
def token_of(user_id: str) -> str:
    """Return an unsigned JSON Web Token about a user (RFC 7519 section 6)."""
    token = _encoded({"alg": "none"}) + "." + _encoded({"sub": user_id, "user_id": user_id}) + "."
    return token.replace("=", "")


@lru_cache(maxsize=16)
def basic_of(user_id: str) -> str:
    """Return the credentials of a user without a password (RFC 7617 section 2)."""
    return b64encode(f"{user_id}:".encode()).decode()


def _encoded(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()
