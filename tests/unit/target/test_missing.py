"""Ids of nobody and nothing: in the shape of the real ones, and never one of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.contract.chat_number import FIRST_CHAT, LONGER_CHAT
from neptun_conformance.targets.missing import (
    further_missing_chat,
    missing_chat,
    missing_user,
    unknown_chat,
    unknown_user,
)
from neptun_conformance.targets.model import Chat, Identity, Missing, Target


@pytest.mark.parametrize(
    ("owner", "shape"),
    [
        ("7", r"[1-9]"),
        ("42", r"1[0-9]"),
        ("2147483647", r"1[0-9]{9}"),
        ("007", r"0[0-9]{2}"),
        ("12345678901234567890", r"1[0-9]{19}"),
        ("alice", r"[a-z]{5}"),
        ("Alice", r"[A-Z][a-z]{4}"),
        ("user_2abC", r"user_[0-9][a-z]{2}[A-Z]"),
        ("auth0|5f7c8ec7c33c6c004bbafe82", r"auth0\|[0-9a-f]{24}"),
        ("507F1F77BCF86CD799439011", r"[0-9A-F]{24}"),
        ("deadbeef", r"[0-9a-f]{8}"),
        ("did:key:z6MkhaXg", r"did:key:[a-z][0-9][A-Z][a-z]{3}[A-Z][a-z]"),
        ("3f2b8c1e9d4a4f6b8c2d0123456789ab", r"[0-9a-f]{12}4[0-9a-f]{3}8[0-9a-f]{15}"),
        (
            "550E8400-E29B-41D4-A716-446655440000",
            r"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-A[0-9A-F]{3}-[0-9A-F]{12}",
        ),
        ("507f1f77bcf86cd799439011", r"[0-9a-f]{24}"),
        (
            "550e8400-e29b-41d4-a716-446655440000",
            r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}",
        ),
        ("ann a+b@example.com/ü", r"[a-z]{3} [a-z]\+[a-z]@[a-z]{7}\.[a-z]{3}/ü"),
        ("日本", r"日本-nobody"),
    ],
)
def test_an_unknown_user_has_the_shape_of_the_owner(owner: str, shape: str) -> None:
    unknown = unknown_user(owner)
    assert re.fullmatch(shape, unknown)
    assert unknown != owner


@given(owner=st.text(min_size=1), known=st.sets(st.sampled_from("123456789"), max_size=9))
def test_an_unknown_user_is_nobody_known_and_always_the_same(owner: str, known: set[str]) -> None:
    unknown = unknown_user(owner, known=known)
    assert unknown not in {owner, *known}
    assert unknown == unknown_user(owner, known=known)


def test_the_missing_user_is_not_the_stranger() -> None:
    taken = unknown_user("alice")
    target = Target(
        base_url="http://h",
        owner=Identity(user_id="alice", session="a"),
        stranger=Identity(user_id=taken, session="b"),
    )
    assert missing_user(target) not in {"alice", taken}


def test_the_target_has_the_last_word() -> None:
    target = Target(base_url="http://h", missing=Missing(user_id="nobody", chat_id=5))
    assert missing_user(target) == "nobody"
    assert missing_chat(target) == 5


def test_an_unknown_chat_is_none_of_the_targets() -> None:
    owner = Identity(
        user_id="a",
        session="a",
        chat_with_files=Chat(id=FIRST_CHAT),
        empty_chat=Chat(id=FIRST_CHAT - 1),
    )
    assert unknown_chat(Target(base_url="http://h", owner=owner)) == FIRST_CHAT - 2


def test_a_further_missing_chat_is_none_of_the_targets_either() -> None:
    owner = Identity(user_id="a", session="a", chat_with_files=Chat(id=LONGER_CHAT))
    assert further_missing_chat(Target(base_url="http://h", owner=owner)) == LONGER_CHAT - 1


@pytest.mark.parametrize("missing", [None, 5, FIRST_CHAT, LONGER_CHAT, LONGER_CHAT - 1])
def test_both_missing_chats_have_numbers_of_different_lengths(missing: int | None) -> None:
    target = Target(base_url="http://h", missing=Missing(chat_id=missing))
    lengths = {len(str(chat(target))) for chat in (missing_chat, further_missing_chat)}
    assert len(lengths) == 2
