"""The names of the endpoint that are fixed; a test compares them with ``openapi.yaml``."""

from __future__ import annotations

COOKIE = "neptun-session"
"""The cookie that carries the session."""

PATH = "/api/users/{user_id}/chats/{chat_id}/files"
"""The route, as the contract writes it."""

DOCUMENTED_ORIGIN = "https://neptun-webui.vercel.app"
"""The origin of the documentation's examples, which a server may well know."""
