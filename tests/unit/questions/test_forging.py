"""Forged sessions say what they are to say, in the format of the real one."""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.questions import forging
from neptun_conformance.questions.tampering import Alteration, NoSuchAlteration

IDS = st.text(min_size=1)
OF_AN_ID: dict[str, Alteration] = {
    name: getattr(forging, name)
    for name in (
        *("plainly", "in_base64", "in_hexadecimal", "as_digest", "before_a_signature"),
        *("as_encoded_json", "as_json_in_base64", "as_form", "as_php", "unsigned_token"),
        "selected",
    )
}
HEADER, CLAIMS = {"alg": "HS256", "typ": "JWT"}, {"sub": "ann", "exp": 2_000_000_000}


def in_base64(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def read(part: str) -> Any:
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


TOKEN = f"{in_base64(HEADER)}.{in_base64(CLAIMS)}.c2lnbmF0dXJl"
SIGNED = "s%3A" + "abcdefgh.Hm3ZkQy9%2BTw%3D"
IN_HEX = in_base64({"user_id": "ann"}) + "." + "0a" * 32
SEAL = "Fe26.2*1*salt*iv*text*1700000000000*salt*mac~2"


@pytest.mark.parametrize("forge", OF_AN_ID.values(), ids=OF_AN_ID)
@given(user_id=IDS)
def test_any_id_becomes_a_value_that_a_cookie_holds(forge: Alteration, user_id: str) -> None:
    shown = forge(user_id)
    assert shown.isascii()
    assert shown.isprintable()
    assert ";" not in shown
    assert shown == shown.strip()


def test_each_form_names_the_user() -> None:
    claims = read(forging.as_json_in_base64("ann"))
    assert claims == json.loads(unquote(forging.as_encoded_json("ann")))
    assert (claims["user_id"], claims["user"]["id"]) == ("ann", "ann")
    assert parse_qs(forging.as_form("a&b"))["user_id"] == ["a&b"]
    assert 's:7:"user_id";s:2:"\xfc";' in unquote(forging.as_php("\xfc"))
    assert bytes.fromhex(forging.in_hexadecimal("ann")) == b"ann"
    header, payload, signature = forging.unsigned_token("a+b@c/\xfc").split(".")
    assert (read(header)["alg"], read(payload)["sub"], signature) == ("none", "a+b@c/\xfc", "")


@pytest.mark.parametrize("quote", ["'", '"', ""])
@pytest.mark.parametrize("text", [forging.OPERATORS[0]])
def test_the_operators_open_a_query_whatever_quotes_it_has(quote: str, text: str) -> None:
    table = sqlite3.connect(":memory:")
    table.execute("CREATE TABLE sessions (value, user_id)")
    table.execute("INSERT INTO sessions VALUES ('real', 'ann')")
    found = table.execute(f"SELECT user_id FROM sessions WHERE value = {quote}{text}{quote}")  # noqa: S608
    assert found.fetchall() == [("ann",)]


def test_what_is_chosen_by_a_query_is_the_user() -> None:
    table = sqlite3.connect(":memory:")
    table.execute("CREATE TABLE sessions (value, user_id)")
    query = f"SELECT user_id FROM sessions WHERE value = '{forging.selected('ann')}'"  # noqa: S608
    assert table.execute(query).fetchall() == [("ann",)]


def test_a_header_is_changed_and_the_claims_are_kept() -> None:
    shown = forging.reheaded(signed=False, alg="nOnE")(TOKEN).split(".")
    assert read(shown[0]) == {"alg": "nOnE", "typ": "JWT"}
    assert shown[1:] == [TOKEN.split(".")[1], ""]
    kept = forging.reheaded(signed=True, alg=None)(TOKEN).split(".")
    assert read(kept[0]) == {"typ": "JWT"}
    assert kept[1:] == TOKEN.split(".")[1:]


def test_a_token_brings_its_own_key_or_no_signature_at_all() -> None:
    told, _, signature = forging.with_its_key(TOKEN).rpartition(".")
    header, claims = told.split(".")
    key = urlsafe_b64decode(read(header)["jwk"]["k"] + "==")
    assert urlsafe_b64decode(signature + "=") == hmac.digest(key, told.encode(), "sha256")
    assert [forging.of_two_parts(TOKEN), claims] == [TOKEN.rpartition(".")[0], TOKEN.split(".")[1]]


def test_the_id_of_a_signed_session_is_bare() -> None:
    assert forging.without_signature(SIGNED) == "abcdefgh"


def test_a_token_is_signed_by_a_guessed_key() -> None:
    told, _, signature = forging.resigned("secret", kid="x")(TOKEN).rpartition(".")
    digest = hmac.digest(b"secret", told.encode(), "sha256")
    assert urlsafe_b64decode(signature + "=") == digest
    assert read(told.split(".")[0]) == HEADER | {"kid": "x"}


def test_a_signature_is_left_out_or_written_as_the_real_one() -> None:
    value = IN_HEX.partition(".")[0]
    assert forging.without_signature(IN_HEX) == value
    assert forging.digested(IN_HEX) == f"{value}.{hashlib.sha256(value.encode()).hexdigest()}"
    by_key = hmac.digest(b"secret", value.encode(), "sha256").hex()
    assert forging.signed_by("secret")(IN_HEX) == f"{value}.{by_key}"
    shown = unquote(forging.signed_by("secret")(SIGNED))
    assert shown.startswith("s:abcdefgh.")
    assert "%" in forging.digested(SIGNED)


def test_a_seal_names_another_password_or_end() -> None:
    assert forging.under_another_password(SEAL).startswith("Fe26.2**salt*")
    assert forging.under_another_password("Fe26.2**a*b").startswith("Fe26.2*2*a")
    assert int(forging.with_a_later_end(SEAL).split("*")[5]) > 1_700_000_000_000
    with pytest.raises(NoSuchAlteration, match=r"no place for its end"):
        forging.with_a_later_end("Fe26.2**a*b")


@pytest.mark.parametrize(
    ("alter", "others"),
    [
        (forging.reheaded(signed=False, alg="none"), (SIGNED, IN_HEX, SEAL, "abc", "a.b.c")),
        (forging.resigned("secret"), (SIGNED, IN_HEX, SEAL, "abc")),
        (forging.signed_by("secret"), (TOKEN, SEAL, "abc", "abc.de")),
        (forging.without_signature, (TOKEN, SEAL, "abc")),
        (forging.under_another_password, (TOKEN, SIGNED, "Fe26.2", "abc")),
    ],
)
def test_another_format_cannot_be_forged_so(alter: Alteration, others: tuple[str, ...]) -> None:
    for session in others:
        with pytest.raises(NoSuchAlteration):
            alter(session)


def test_of_two_made_up_sessions_each_is_made_up() -> None:
    cookies: Callable[[str], SimpleCookie] = SimpleCookie
    assert cookies(forging.TWO_OF_THEM)["neptun-session"].value == "made-up"
    assert forging.TWO_OF_THEM.count("neptun-session=") == 2
    assert not {*forging.WORDS, *forging.OPERATORS} & set(forging.BROKEN)
