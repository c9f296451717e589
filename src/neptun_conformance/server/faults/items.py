"""Items with a member that is missing, null, of a wrong type or of a wrong form.

Each of them is wrong always, in the last item only, for names beyond ASCII only, or in every fifth
reading of a chat only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import Chat, File
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.turns import MET, Counting

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.ITEM_MEMBER)

Change = Callable[[dict[str, Any]], Any]
When = Callable[["ItemFault", Chat, File], bool]


class ItemFault(Counting):
    """Changes an item.

    Arguments:
        change: returns the changed item.
        when: says whether it is the turn of a file.
    """

    def __init__(self, change: Change, when: When) -> None:
        super().__init__()
        self.change = change
        self.when = when

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item = super().item(request, chat, file)
        return self.change(item) if self.when(self, chat, file) else item


def _always(_server: ItemFault, _chat: Chat, _file: File) -> bool:
    return True


WHEN: dict[str, tuple[str, When]] = {
    "in-the-last": (
        "in the last item only",
        lambda _server, chat, file: file is chat.files[-1],
    ),
    "beyond-ascii": (
        "where the name is not ASCII only",
        lambda _server, _chat, file: not file.name.isascii(),
    ),
    "now-and-then": (
        "in every fifth reading only",
        lambda server, chat, _file: server.is_fifth(chat),
    ),
}


def without(member: str) -> Change:
    """Return what leaves a member out."""
    return lambda item: {name: value for name, value in item.items() if name != member}


def with_value(member: str, value: Any) -> Change:
    """Return what gives a member another value; a function gets the true one."""
    return lambda item: {**item, member: value(item[member]) if callable(value) else value}


def instead(value: Any) -> Change:
    """Return what puts a value in the place of the whole item."""
    return lambda _item: value


CLAUSES = {
    "id": "file.id",
    "chat_conversation_id": "file.chat-conversation-id",
    "name": "file.name",
    "size": "file.size",
    "type": "file.type",
    "created_at": "file.created-at",
    "url": "file.url",
}
NUMBERS = ("id", "chat_conversation_id", "size")
TEXTS = ("name", "type", "created_at", "url")

WRONG_NUMBERS: dict[str, tuple[str, Any]] = {
    "as-text": ("a text with the number", str),
    "fraction": ("a fraction", lambda value: value + 0.5),
    "boolean": ("a boolean", True),
    "in-a-list": ("a list that holds the number", lambda value: [value]),
    "object": ("an object", lambda value: {"value": value}),
    "empty-text": ("an empty text", ""),
}
WRONG_TEXTS: dict[str, tuple[str, Any]] = {
    "number": ("a number", 17),
    "boolean": ("a boolean", False),
    "in-a-list": ("a list that holds the text", lambda value: [value]),
    "object": ("an object", lambda value: {"value": value}),
}


def kebab(member: str) -> str:
    """Return the name of a member as part of the name of a fault."""
    return member.replace("_", "-")


def _add(name: str, wrong: str, clause: str, change: Change, when: When = _always) -> None:
    by_chance = MET if name.endswith("now-and-then") else ()
    faults.add(name, wrong, clause, build=partial(ItemFault, change, when), by_chance=by_chance)


def _add_member(member: str, wrong_values: dict[str, tuple[str, Any]]) -> None:
    name, clause = kebab(member), CLAUSES[member]
    _add(f"{name}-missing", f"items have no {member}", clause, without(member))
    _add(f"{name}-null", f"the {member} of items is null", clause, with_value(member, None))
    for kind, (words, value) in wrong_values.items():
        _add(f"{name}-{kind}", f"{member} is {words}", clause, with_value(member, value))
    words, value = next(iter(wrong_values.values()))
    for (moment, (when_words, when)), (kind, kind_words, change) in zip(
        WHEN.items(),
        (
            ("missing", "missing", without(member)),
            ("null", "null", with_value(member, None)),
            ("mistyped", words, with_value(member, value)),
        ),
        strict=True,
    ):
        full_name = f"{name}-{kind}-{moment}"
        _add(full_name, f"{member} is {kind_words} {when_words}", clause, change, when)


for member in NUMBERS:
    _add_member(member, WRONG_NUMBERS)
for member in TEXTS:
    _add_member(member, WRONG_TEXTS)

ENTRIES: dict[str, Any] = {
    "null": None,
    "text": "a file",
    "number": 901,
    "list": [901, "a file"],
    "boolean": True,
}
for kind, value in ENTRIES.items():
    wrong = f"the entries of the list are each a {kind}"
    _add(f"item-{kind}", wrong, "file.object", instead(value))
for moment, (words, when) in WHEN.items():
    wrong = f"an entry of the list is null {words}"
    _add(f"item-null-{moment}", wrong, "file.object", instead(None), when)
