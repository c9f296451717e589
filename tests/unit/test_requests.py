"""What a question in words becomes on the wire, where ids and validators are made from others."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from neptun_conformance.cast import Pointless
from neptun_conformance.credentials import anonymous, owner
from neptun_conformance.due import Due
from neptun_conformance.requests import ready
from neptun_conformance.server.data import ALICE, BOB
from neptun_conformance.situations import (
    ANYTHING_WILL_DO,
    IF_OTHER,
    Derived,
    Question,
    Route,
)
from tests.unit.judge.said import CAST

FULL = owner.asks(owner.full)


def sent(question: Question, **validators: str) -> dict[str, str]:
    return dict(ready(question, CAST, validators=validators).request.headers)


@pytest.mark.parametrize(
    ("etag", "other"),
    [('"abc"', '"ab0"'), ('W/"a0"', 'W/"a1"'), ("bare", 'bar0"')],
)
def test_another_tag_differs_in_its_last_character(etag: str, other: str) -> None:
    assert sent(FULL.with_headers(IF_OTHER), etag=etag)["If-None-Match"] == other


@pytest.mark.parametrize("validators", [{}, {"etag": '""'}, {"etag": 'W/""'}, {"etag": ""}])
def test_without_a_tag_there_is_no_other(validators: dict[str, str]) -> None:
    with pytest.raises(Pointless, match=r"^the answer has no other-etag to come back with$"):
        sent(FULL.with_headers(IF_OTHER), **validators)


def test_a_chat_id_may_hold_the_number_of_the_strangers_chat() -> None:
    chat = Derived(owner.full, "both", lambda number: f"{number}&{{stranger_chat}}")
    target = ready(owner.asks(chat), CAST).request.target
    assert f"/{ALICE.chat_with_files.id}%26{BOB.chat_with_files.id}/" in target


def test_a_path_parameter_holds_the_session() -> None:
    target = ready(anonymous.asks(owner.full).along(Route.PARAMETER), CAST).request.target
    parameter = target.partition("/files;neptun-session=")[2]
    assert unquote(parameter) == ALICE.session.value
    assert not set(parameter) & set("*+/=")


def test_who_takes_anything_asks_plainly() -> None:
    plain = ready(FULL.with_headers(*ANYTHING_WILL_DO), CAST)
    noisy = ready(FULL.with_headers(*ANYTHING_WILL_DO, ("X-A", "1")), CAST)
    assert (plain.due, noisy.due) == (Due.FILES, Due.FILES_OR_ANYTHING)
