"""Secrets stay out of what is printed, in whatever form they come."""

from __future__ import annotations

import base64
import html
import json
import random
import string
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.redaction.secrets import Redactor

ALPHABET = string.ascii_letters + string.digits + "-_*.~"
DRAWN = random.Random(20)  # noqa: S311 - canaries, the same in every run


def canary(length: int) -> str:
    return "".join(DRAWN.choices(ALPHABET, k=length))


OWNER, STRANGER, SHORT = canary(300), canary(64), canary(16)
ODD = "s%3Aab\"c'.d%2Be/+é<&>\\" + canary(12)
ALL = {"$OWNER_SESSION": OWNER, "$STRANGER_SESSION": STRANGER, "$SHORT": SHORT, "$ODD": ODD}
REDACTOR = Redactor(ALL.items())

FORMS = {
    "plain": str,
    "percent-encoded": lambda s: quote(s, safe=""),
    "percent-encoded in part": quote,
    "percent-encoded in full": lambda s: "".join(f"%{b:02X}" for b in s.encode()),
    "percent-encoded in lower case": lambda s: "".join(f"%{b:02x}" for b in s.encode()),
    "percent-encoded twice": lambda s: quote(quote(s, safe=""), safe=""),
    "JSON": lambda s: json.dumps(s)[1:-1],
    "JSON, raw": lambda s: json.dumps(s, ensure_ascii=False)[1:-1],
    "JSON in JSON": lambda s: json.dumps(json.dumps(s)[1:-1])[1:-1],
    "JSON, every character": lambda s: "".join(f"\\u{ord(c):04X}" for c in s),
    "HTML": html.escape,
    "HTML, every character": lambda s: "".join(f"&#{ord(c)};" for c in s),
    "HTML, hexadecimal": lambda s: "".join(f"&#x{ord(c):x};" for c in s),
    "repr": lambda s: repr(s)[1:-1],
    "repr of bytes": lambda s: repr(s.encode())[2:-1],
    "Latin-1 read from UTF-8": lambda s: s.encode().decode("latin-1"),
    "upper case": lambda s: s.upper().replace("É", "é"),
    "letter case swapped": lambda s: s.swapcase().replace("É", "é"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("placeholder", ALL)
def test_a_secret_in_any_form_becomes_its_placeholder(placeholder: str, form: object) -> None:
    assert callable(form)
    written = form(ALL[placeholder])
    assert REDACTOR.redact(f"[{written}|{written}]") == f"[{placeholder}|{placeholder}]"


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("placeholder", ALL)
def test_base64_hides_nothing_wherever_it_begins(
    placeholder: str, encode: object, before: str
) -> None:
    assert callable(encode)
    encoded = encode(f"{before}{ALL[placeholder]}zz".encode()).decode()
    redacted = REDACTOR.redact(encoded)
    assert placeholder in redacted
    assert len(redacted.replace(placeholder, "")) <= 10  # what stands around it


ALTERED = {
    "the end changed": lambda s: s[:-6] + "!!!!!!",
    "the middle changed": lambda s: s[: len(s) // 2 - 3] + "!!!!!!" + s[len(s) // 2 + 3 :],
    "cut at the end": lambda s: s[:-6],
    "cut at the beginning": lambda s: s[6:],
    "the first half": lambda s: s[: (len(s) + 1) // 2],
    "the second half": lambda s: s[-((len(s) + 1) // 2) :],
    "in capitals and cut": lambda s: s[:-6].upper(),
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
@pytest.mark.parametrize("placeholder", ["$OWNER_SESSION", "$STRANGER_SESSION", "$SHORT"])
def test_what_an_altered_secret_keeps_is_hidden(placeholder: str, alter: object) -> None:
    assert callable(alter)
    redacted = REDACTOR.redact(f"<{alter(ALL[placeholder])}>")
    assert redacted.replace(placeholder, "").strip("<!>") == ""


@given(start=st.integers(0, 288), form=st.sampled_from([*FORMS.values()]))
def test_twelve_characters_in_a_row_are_hidden(start: int, form: object) -> None:
    assert callable(form)
    fragment = OWNER[start : start + 12]
    assert REDACTOR.redact(f"({form(fragment)})") == "($OWNER_SESSION)"


@given(st.text(max_size=200))
def test_texts_without_a_secret_stay_as_they_are(text: str) -> None:
    assert REDACTOR.redact(text) == text


@given(before=st.text(), after=st.text())
def test_no_surroundings_hide_a_secret(before: str, after: str) -> None:
    assert OWNER not in REDACTOR.redact(before + OWNER + after)


@given(st.text())
def test_what_is_redacted_stays_redacted(text: str) -> None:
    once = REDACTOR.redact(f"{text}{SHORT}{text}")
    assert REDACTOR.redact(once) == once


def test_the_longest_secret_lends_its_placeholder() -> None:
    both = Redactor([("$PART", OWNER[:20]), ("$WHOLE", OWNER)])
    assert both.redact(f"{OWNER[:20]} {OWNER}") == "$PART $WHOLE"


def test_of_secrets_much_alike_the_one_that_stands_there_lends_its_placeholder() -> None:
    """Sealed sessions have one length, and a beginning and an end in common."""
    sealed = {
        f"${role}": f"Fe26.2**a1b2c3d4e5f6*{middle}**9f8e7d6c5b4a3f2e1d0c"
        for role, middle in (("EXPIRED", "Qw3rT"), ("OWNER", "yU8iO"), ("STRANGER", "p5AsD"))
    }
    redact = Redactor(sealed.items()).redact
    assert [redact(f"neptun-session={value}") for value in sealed.values()] == [
        f"neptun-session={name}" for name in sealed
    ]


def test_neighbours_keep_apart() -> None:
    assert REDACTOR.redact(OWNER + STRANGER) == "$OWNER_SESSION$STRANGER_SESSION"


@pytest.mark.parametrize(
    ("secret", "shown"), [("abcd", "[$S]"), ("abcdefg", "[$S]"), ("abc", "[abc]")]
)
def test_only_secrets_of_four_characters_are_hidden(secret: str, shown: str) -> None:
    assert Redactor([("$S", secret)]).redact(f"[{secret}]") == shown


def test_fragments_of_short_secrets_are_words_and_stay() -> None:
    assert Redactor([("$S", "session")]).redact("sessio") == "sessio"


def test_nothing_to_hide_changes_nothing() -> None:
    assert Redactor([]).redact(OWNER) == OWNER


def test_a_monotonous_secret_and_text_take_linear_time() -> None:
    monotonous = Redactor([("$S", "a" * 300)])
    assert monotonous.redact("a" * 1_000_000) == "$S"
