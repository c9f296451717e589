"""Answers that the reference would not give, made with its own means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

if TYPE_CHECKING:
    from neptun_conformance.server.reference import Reference


def json_answer(server: Reference, value: Any, status: int = 200) -> Response:
    """Return a value as JSON, not to be cached."""
    headers = {"cache-control": "private, no-store"}
    return Response(server.encode(value), status, headers, "application/json")


def with_content(response: Response, content: bytes) -> Response:
    """Return an answer with other content and all of its headers but the length."""
    kept = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(content, response.status_code, kept)


def with_status(response: Response, status: int) -> Response:
    """Return an answer with another status."""
    response.status_code = status
    return response


def with_headers(response: Response, **headers: str) -> Response:
    """Return an answer with further headers; an underscore in a name stands for a hyphen."""
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response
