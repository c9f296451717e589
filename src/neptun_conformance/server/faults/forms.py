"""Members of the right type and of a wrong form: times, links, sizes, media types, chat numbers."""

from __future__ import annotations

from functools import partial
from typing import Any

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import BOB, target_for
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.items import WHEN, ItemFault, kebab, with_value
from neptun_conformance.server.faults.turns import MET

faults = Theme(Mistake.ITEM_MEMBER)

WRONG_TIMES = {
    "epoch-as-text": "1714555800",
    "epoch-in-milliseconds": 1_714_555_800_000,
    "week-date": "2024-W18-3T09:30:00Z",
    "ordinal-date": "2024-122T09:30:00Z",
    "basic-format": "20240501T093000Z",
    "http-date": "Wed, 01 May 2024 09:30:00 GMT",
    "american": "05/01/2024 9:30 AM",
    "day-first": "01.05.2024 09:30:00",
    "february-30": "2024-02-30T09:30:00Z",
    "february-29-in-2023": "2023-02-29T09:30:00Z",
    "month-13": "2024-13-01T09:30:00Z",
    "hour-25": "2024-05-01T25:30:00Z",
    "minute-60": "2024-05-01T09:60:00Z",
    "offset-of-25-hours": "2024-05-01T09:30:00+25:00",
    "two-digit-year": "24-05-01T09:30:00Z",
    "one-digit-month": "2024-5-1T09:30:00Z",
    "time-alone": "09:30:00Z",
    "words": "yesterday",
    "empty": "",
    "trailing-text": "2024-05-01T09:30:00Z UTC",
}
LOOSE_TIMES = {
    "without-offset": "2024-05-01T09:30:00",
    "without-time": "2024-05-01",
    "without-seconds": "2024-05-01T09:30Z",
    "offset-without-colon": "2024-05-01T09:30:00+0000",
    "decimal-comma": "2024-05-01T09:30:00,250Z",
}
WRONG_LINKS = {
    "empty": "",
    "relative": "/links/4711/901",
    "without-scheme": "files.example.com/901",
    "scheme-relative": "//files.example.com/901",
    "one-slash": "https:/files.example.com/901",
    "no-slash": "https:files.example.com/901",
    "backslashes": "https:\\\\files.example.com\\901",
    "no-host": "https:///901",
    "nothing-but-scheme": "https://",
    "ftp": "ftp://files.example.com/901",
    "javascript": "javascript:alert(1)",
    "data": "data:text/plain,hello",
    "file": "file:///srv/files/901",
    "port-beyond-range": "https://files.example.com:70000/901",
    "port-of-letters": "https://files.example.com:port/901",
    "blank-before": " https://files.example.com/901",
    "blank-after": "https://files.example.com/901 ",
    "tab-after": "https://files.example.com/901\t",
    "line-end-after": "https://files.example.com/901\n",
    "line-end-inside": "https://files.example.com/9\n01",
    "blank-in-host": "https://files example.com/901",
    "unclosed-bracket": "https://[2001:db8::1/901",
}
WRONG_MEDIA_TYPES = {
    "extension": "pdf",
    "dotted": ".pdf",
    "word": "Text document",
    "empty": "",
    "half": "application/",
    "two-slashes": "image/svg/xml",
}


BY_ID: dict[str, Any] = {"target": partial(target_for, listed=("id",))}
"""A target that lists files by id alone, so that a wrong form is no missing file."""


def _add(name: str, wrong: str, clause: str, member: str, value: Any) -> None:
    change = with_value(member, value)
    always = partial(ItemFault, change, lambda _server, _chat, _file: True)
    faults.add(f"{kebab(member)}-{name}", wrong, clause, build=always, **BY_ID)


def _add_moments(name: str, wrong: str, clause: str, member: str, value: Any) -> None:
    for moment, (words, when) in WHEN.items():
        build = partial(ItemFault, with_value(member, value), when)
        full_name = f"{kebab(member)}-{name}-{moment}"
        also = _of_readings(moment, member)
        by_chance = MET if moment == "now-and-then" else ()
        faults.add(
            full_name, f"{wrong} {words}", clause, *also, build=build, by_chance=by_chance, **BY_ID
        )


def _of_readings(moment: str, member: str) -> tuple[str, ...]:
    """Return what else a member breaks that is wrong now and then; links may change freely."""
    changes = moment == "now-and-then" and member != "url"
    return ("reading.same-members",) if changes else ()


for clause, member, forms in (
    ("file.created-at", "created_at", WRONG_TIMES),
    ("file.created-at-form", "created_at", LOOSE_TIMES),
    ("file.url", "url", WRONG_LINKS),
    ("file.type-is-media-type", "type", WRONG_MEDIA_TYPES),
):
    for form, value in forms.items():
        _add(form, f"{member} is {value!r} in every item", clause, member, value)

_add_moments("words", "created_at is no date", "file.created-at", "created_at", "yesterday")
_add_moments("relative", "url is relative", "file.url", "url", "/links/4711/901")

_add("negative", "size is -1 in every item", "file.size-not-negative", "size", -1)
_add("blank", "type is one blank", "file.type-is-media-type", "type", " ")

for form, (words, value) in {
    "constant": ("always 1", 1),
    "next": ("one too large", lambda number: number + 1),
    "of-another-chat": ("that of another's chat", BOB.chat_with_files.id),
    "negated": ("negated", lambda number: -number),
    "zero": ("0", 0),
}.items():
    wrong = f"chat_conversation_id is {words}"
    _add(form, wrong, "file.of-this-chat", "chat_conversation_id", value)

for moment, (words, when) in WHEN.items():
    faults.add(
        f"chat-conversation-id-of-another-chat-{moment}",
        f"chat_conversation_id is that of another chat {words}",
        "file.of-this-chat",
        *_of_readings(moment, "chat_conversation_id"),
        build=partial(ItemFault, with_value("chat_conversation_id", 1), when),
    )
