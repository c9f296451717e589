"""Puts the ids, sessions and validators of a target in the place of their names."""

from __future__ import annotations

import re
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import quote

from neptun_conformance import http_date
from neptun_conformance.exchange.address import Address
from neptun_conformance.questions.conditions import LATE, LONG_AGO
from neptun_conformance.questions.situations import (
    Account,
    Chat,
    ChatOf,
    Derived,
    DerivedUser,
    Question,
    UnknownChat,
    UnknownUser,
    User,
    UserOf,
)
from neptun_conformance.resolve.claimed import basic_of, claims_of, token_of
from neptun_conformance.resolve.encoding import segment
from neptun_conformance.resolve.participants import NotApplicableHere, Participants

_NAMED = re.compile(
    r"\{(?:owner|stranger|scheme|host|authority|(?:weak_|other_|longer_)?etag|last_modified|earlier)"
)

_OF_AN_ADDRESS = re.compile(r"\{(?:scheme|host|authority)\}")


def user_segment(user: User, participants: Participants) -> str:
    """Return a user id as it goes into the path, percent-encoded."""
    if isinstance(user, UnknownUser):
        return segment(participants.unknown_user)
    if isinstance(user, DerivedUser):
        text = user.write(participants.identity(user.account).user_id)
        return text if user.encoded else segment(text)
    if not isinstance(user, UserOf):
        return user.text if user.encoded else segment(user.text)
    plain = participants.identity(user.account).user_id
    if user.encoding == "plain":
        return segment(plain)
    encoded = "".join(f"%{octet:02X}" for octet in plain.encode())
    return encoded if user.encoding == "in full" else encoded.lower()


def chat_segment(chat: Chat, participants: Participants) -> str:
    """Return a chat id as it goes into the path, percent-encoded."""
    if isinstance(chat, ChatOf):
        return str(participants.chat_id(chat))
    if isinstance(chat, UnknownChat):
        return str(participants.further_unknown_chat if chat.further else participants.unknown_chat)
    if isinstance(chat, Derived):
        text = filled(chat.write(participants.chat_id(chat.chat)), participants)
    else:
        text = chat.text
    return text if chat.encoded else segment(text)


def validators_for(question: Question, given: dict[str, str]) -> dict[str, str]:
    """Return the validators to send: those that were given, or others for who gets no 304 anyway.

    The owner's own date may be right whatever it is, so it is not made up.

    Raises:
        NotApplicableHere: one of the owner's own is asked for, and none was given.
    """
    chat = question.chat
    returns = isinstance(chat, ChatOf) and chat.account is question.caller.account
    given = _others(given) | _earlier(given) | given
    for name in ("etag", "last_modified", "other_etag", "longer_etag"):
        told = any(f"{{{name}}}" in value for _, value in question.headers)
        if told and returns and name not in given:
            raise NotApplicableHere(f"the answer has no {name.replace('_', '-')} to come back with")
    given = {"etag": '"made-up"', "last_modified": LATE, "earlier": LONG_AGO} | given
    return {"weak_etag": f"W/{given['etag'].removeprefix('W/')}"} | given


def _others(given: dict[str, str]) -> dict[str, str]:
    """Return a tag that differs from the given one in its last character, and one that holds it."""
    inner = given.get("etag", "").removesuffix('"')
    if inner in {"", '"', 'W/"'}:
        return {}
    other = f'{inner[:-1]}{"0" if inner[-1] != "0" else "1"}"'
    bare = inner.removeprefix("W/").removeprefix('"')
    return {"other_etag": other, "longer_etag": f'"x{bare}y"'}


def _earlier(given: dict[str, str]) -> dict[str, str]:
    """Return the moment a second before that of the files, nothing where that cannot be read."""
    moment = http_date.read(given.get("last_modified", ""))
    if moment is None:
        return {}
    return {"earlier": format_datetime(moment - timedelta(seconds=1), usegmt=True)}


def _bare(user_id: str) -> str:
    """Return a user id as a gateway writes it into a header, percent-encoded where it has to be.

    Blanks about a value are no part of it (RFC 9110 section 5.5).
    """
    plain = user_id.isascii() and user_id.isprintable() and user_id == user_id.strip()
    return user_id if plain else segment(user_id)


def filled(text: str, participants: Participants, validators: dict[str, str] | None = None) -> str:
    """Put the target's ids, sessions and validators in the place of their names in a text.

    ``{owner}`` is the owner's user id as it stands in a URL, ``{owner_raw}`` as it is.
    """
    if not _NAMED.search(text):
        return text
    values = {f"{{{name}}}": value for name, value in (validators or {}).items()}
    if _OF_AN_ADDRESS.search(text):
        address = Address.parse(participants.target.base_url)
        host = address.host.replace(":", "-")
        port = address.authority.removeprefix(address.authority.removesuffix(f":{address.port}"))
        named = {"scheme": address.scheme, "host": host, "authority": host + port}
        values |= {f"{{{name}}}": value for name, value in named.items()}
    for account in Account:
        if f"{{{account.value}" in text:
            user_id = participants.identity(account).user_id
            values[f"{{{account.value}}}"] = segment(user_id)
            values[f"{{{account.value}_raw}}"] = _bare(user_id)
            values[f"{{{account.value}_claims}}"] = claims_of(user_id)
            values[f"{{{account.value}_basic}}"] = basic_of(user_id)
            values[f"{{{account.value}_token}}"] = token_of(user_id)
            values[f"{{{account.value}_chat}}"] = str(participants.chat_id(ChatOf(account)))
        if f"{{{account.value}_session" in text:
            session = participants.session(account.value)
            values[f"{{{account.value}_session}}"] = quote(session, safe="")
            values[f"{{{account.value}_session_raw}}"] = session
    for name, value in values.items():
        text = text.replace(name, value)
    return text
