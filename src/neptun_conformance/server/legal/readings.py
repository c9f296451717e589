"""Chat ids that are read as the libraries of languages read numbers, always in the same way."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.readers import READERS
from neptun_conformance.server.reference import Place, Reference

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, User

legal = Theme()


class OneReader(Reference):
    """Reads the number of a chat once.

    Arguments:
        reader: the name of the reader.
    """

    def __init__(self, reader: str) -> None:
        super().__init__()
        self.read = READERS[reader]

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        number = self.read(place.chat_id)
        return super().find_chat(request, user, place._replace(chat_id=str(number)))


for reader in (
    "Crystal to_i64",
    "Guile string->number",
    "Haskell read",
    "Java BigDecimal",
    "JavaScript BigInt",
    "JavaScript Number",
    "Lua tonumber",
    "OCaml int_of_string_opt",
    "PHP FILTER_VALIDATE_INT",
    "PostgreSQL 18 int",
    "Python Fraction",
    "Python int",
    "SWI-Prolog atom_number",
):
    legal.add(
        re.sub(r"[^a-z0-9]+", "-", f"chats-by-{reader}".lower()),
        f"the numbers of chats are read as {reader} reads them",
        build=partial(OneReader, reader),
    )
