"""The spellings of the route that are asked along."""

from __future__ import annotations

from enum import Enum


class Route(Enum):
    """Spellings of the route itself.

    ``{own}`` is the caller's own user id, or nobody's; see ``Question.query`` for other names.
    """

    PLAIN = "/api/users/{user}/chats/{chat}/files"
    TRAILING_SLASH = "/api/users/{user}/chats/{chat}/files/"
    UPPER_CASE = "/API/USERS/{user}/CHATS/{chat}/FILES"
    UPPER_API = "/API/users/{user}/chats/{chat}/files"
    UPPER_USERS = "/api/USERS/{user}/chats/{chat}/files"
    UPPER_CHATS = "/api/users/{user}/CHATS/{chat}/files"
    UPPER_FILES = "/api/users/{user}/chats/{chat}/FILES"
    CAPITAL = "/api/users/{user}/chats/{chat}/Files"
    LEADING_DOUBLED_SLASH = "//api/users/{user}/chats/{chat}/files"
    DOUBLED_SLASH_BEFORE_USERS = "/api//users/{user}/chats/{chat}/files"
    DOUBLED_SLASH_BEFORE_USER = "/api/users//{user}/chats/{chat}/files"
    DOUBLED_SLASHES = "/api//users//{user}//chats//{chat}//files"
    DOUBLED_SLASH = "/api/users/{user}//chats/{chat}/files"
    DOUBLED_SLASH_BEFORE_CHAT = "/api/users/{user}/chats//{chat}/files"
    DOUBLED_SLASH_BEFORE_FILES = "/api/users/{user}/chats/{chat}//files"
    DOUBLED_LAST_SLASH = "/api/users/{user}/chats/{chat}/files//"
    LAST_DOT = "/api/users/{user}/chats/{chat}/files/."
    LAST_SPACE = "/api/users/{user}/chats/{chat}/files%20"
    LAST_TAB = "/api/users/{user}/chats/{chat}/files%09"
    LAST_LINE_END = "/api/users/{user}/chats/{chat}/files%0A"
    LAST_HASH = "/api/users/{user}/chats/{chat}/files%23"
    LAST_QUESTION_MARK = "/api/users/{user}/chats/{chat}/files%3F"
    LAST_ENCODED_SLASH = "/api/users/{user}/chats/{chat}/files%2F"
    LAST_PLUS = "/api/users/{user}/chats/{chat}/files+"
    LAST_TILDE = "/api/users/{user}/chats/{chat}/files~"
    EMPTY_QUERY = "/api/users/{user}/chats/{chat}/files?"
    FURTHER_SEGMENT = "/api/users/{user}/chats/{chat}/files/index"
    FURTHER_NUMBER = "/api/users/{user}/chats/{chat}/files/1"
    OTHER_EXTENSION = "/api/users/{user}/chats/{chat}/files.css"
    LAST_PARAMETER = "/api/users/{user}/chats/{chat}/files;x=1"
    FIRST_PARAMETER = "/api;x/users/{user}/chats/{chat}/files"
    OPEN_DOT_DOT = "/public/../api/users/{user}/chats/{chat}/files"
    PARAMETER_OF_DOTS = "/public/..;/api/users/{user}/chats/{chat}/files"
    ENCODED_DOT = "/api/%2e/users/{user}/chats/{chat}/files"
    MIXED_DOT_DOT = "/x/.%2e/api/users/{user}/chats/{chat}/files"
    ENCODED_SEGMENT = "/api/users/{user}/chats/{chat}/%66%69%6c%65%73"
    TWICE_ENCODED_LETTER = "/api/users/{user}/chats/{chat}/%2566iles"
    ENCODED_LAST_SLASH = "/api/users/{user}/chats/{chat}%2Ffiles"
    VERSIONED = "/api/v1/users/{user}/chats/{chat}/files"
    DOT_SEGMENT = "/api/users/{user}/./chats/{chat}/files"
    DOT_DOT_SEGMENT = "/api/users/{user}/chats/0/../{chat}/files"
    ENCODED_DOT_DOT = "/api/users/{user}/chats/0/%2e%2e/{chat}/files"
    OWN_ID_DOT_DOT = "/api/users/{own}/../{user}/chats/{chat}/files"
    ENCODED_SLASH = "/api/users/{user}%2Fchats%2F{chat}%2Ffiles"
    DOUBLE_ENCODED_SLASH = "/api/users/{user}%252Fchats%252F{chat}/files"
    BACKSLASH = "/api/users/{user}%5Cchats%5C{chat}/files"
    ENCODED_LETTER = "/%61pi/users/{user}/chats/{chat}/%66iles"
    NUL = "/api/users/{user}/chats/{chat}/files%00"
    EXTENSION = "/api/users/{user}/chats/{chat}/files.json"
    STYLE_SHEET = "/api/users/{user}/chats/{chat}/files/a.css"
    PARAMETER = (
        "/api/users/{user}/chats/{chat}/files;neptun-session={owner_session}"
        ";jsessionid={owner_session}"
    )
    LINE_ENDS = (
        "/api/users/{user}/chats/{chat}/files%20HTTP%2F1.1%0D%0A"
        "Cookie:%20neptun-session={owner_session}%0D%0AX-Noise:%20x"
    )
    SESSION_LAST = "/api/users/{user}/chats/{chat}/files/{owner_session}"
    SESSION_AS_USER = "/api/users/{owner_session}/chats/{chat}/files"
    SESSION_IN_BRACKETS = "/(S({owner_session}))/api/users/{user}/chats/{chat}/files"
