"""Who asks: the user behind the session cookie."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from database import LoginSession, connect

# Read from the raw header, because Starlette's cookies take off quotes and undo escapes.
SESSION_COOKIE = re.compile(r"(?:^|;)[ \t]*neptun-session=([^;]*)")


def digest(value: str) -> str:
    """Turn a session into the form it is kept in, useless to whoever reads the table."""
    return hashlib.sha256(value.encode("latin-1")).hexdigest()


def signed_in(request: Request) -> str:
    """Find the user whose session is sent and still open; raise a 401 where there is none."""
    cookie = SESSION_COOKIE.search("; ".join(request.headers.getlist("cookie")))
    if cookie is not None:
        with connect() as database:
            session = database.get(LoginSession, digest(cookie[1]))
            if session is not None and session.expires_at > datetime.now(UTC).replace(tzinfo=None):
                return session.user_id
    raise HTTPException(401)


SignedIn = Annotated[str, Depends(signed_in)]
