"""Habits of frameworks and databases, of which one alone shows in several clauses."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File, User

faults = Theme(Mistake.ERROR_BODY)

_NOT_THE_OWN = (
    *("chat.unknown", "user.unknown", "user.other-shape-not-found"),
    *("ownership.conditional", "ownership.foreign-pair", "ownership.foreign-user"),
)
_LARGEST_KEY = 2**31 - 1


@faults(*_NOT_THE_OWN)
class OtherUsersAreUnauthorized(Reference):
    """Whoever asks under another id than the own is unauthorized, as if there were no session."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if place.user_id != reader.id:
            raise Refusal(401, "A valid session is needed")
        return reader


@faults(*_NOT_THE_OWN)
class OtherUsersAreForbidden(Reference):
    """Whoever asks under another id than the own is forbidden to."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if place.user_id != reader.id:
            raise Refusal(403, "That is not yours")
        return reader


@faults("chat.other-number", "chat.unknown", "input.no-server-error")
class KeysOfThirtyTwoBits(Reference):
    """The database's keys have 32 bits, and it refuses to compare them with a larger number."""

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        if place.chat_id.isdecimal() and int(place.chat_id[:400]) > _LARGEST_KEY:
            raise Refusal(500, "Something went wrong")
        return super().find_chat(request, user, place)


@faults(
    *("chat.not-a-number-documented", "chat.other-number-not-found"),
    *("error.data", "error.status-message"),
)
class ErrorsOfAFramework(Reference):
    """Every error has the framework's own body, with the message beside the status."""

    def error(self, request: Request, refusal: Refusal) -> Any:
        phrase = HTTPStatus(refusal.status).phrase
        return {"statusCode": refusal.status, "message": refusal.message, "error": phrase}


@faults("files.empty", "success.envelope")
class ResultsOfACall(Reference):
    """Every 200 is wrapped as the result of a call, whether there are files or none."""

    def envelope(self, items: list[Any]) -> Any:
        return {"result": {"data": super().envelope(items)}}


@faults("file.name", "file.size", "file.type", "file.url")
class ItemsOfAnotherModel(Reference):
    """The items are those of another model, of which only ids and times are the same."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item: dict[str, Any] = super().item(request, chat, file)
        names = {"name": "title", "size": "length", "type": "language", "url": "text"}
        return {names.get(name, name): value for name, value in item.items()}
