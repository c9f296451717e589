"""Any session goes in, and another one comes out, or a reason why there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.questions import forging, tampering
from neptun_conformance.questions.tampering import Alteration, CannotAlter, NoSuchAlteration

ALTERATIONS: dict[str, Alteration] = {
    "rewritten": tampering.rewritten,
    "another end": tampering.ending_changed(6),
    "another end before padding": tampering.changed_before_padding,
    "another middle": tampering.middle_changed,
    "cut": tampering.cut_by(6),
    "half": tampering.half,
    "begun": tampering.begun("%"),
    "preceded": tampering.preceded,
    "unsigned": tampering.unsigned,
    "another case": tampering.case_changed,
    "alg none": forging.reheaded(signed=False, alg="none"),
    "no alg": forging.reheaded(signed=True, alg=None),
    "two parts": forging.of_two_parts,
    "its own key": forging.with_its_key,
    "signed by nothing": forging.resigned("", kid="../../../dev/null"),
    "without signature": forging.without_signature,
    "digested": forging.digested,
    "signed by secret": forging.signed_by("secret"),
    "another password": forging.under_another_password,
    "a later end": forging.with_a_later_end,
}
PIECES = st.sampled_from(
    [
        "Fe26.2*",
        "*",
        ".",
        "s%3A",
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJzdWIiOiJhIn0",
        "W1tb",
        "--",
        "=",
        "ab",
    ]
)
SESSIONS = st.one_of(
    st.text(),
    st.text(st.characters(max_codepoint=255), max_size=60),
    st.lists(st.one_of(PIECES, st.text("abcXYZ012-_", min_size=1)), min_size=1).map("".join),
)


@pytest.mark.parametrize("alter", ALTERATIONS.values(), ids=ALTERATIONS)
@given(session=SESSIONS)
def test_what_comes_out_of_any_session_is_another_one(alter: Alteration, session: str) -> None:
    try:
        shown = alter(session)
    except (CannotAlter, NoSuchAlteration):
        return
    assert shown != session


@given(session=SESSIONS)
def test_what_is_begun_keeps_the_first_half_alone(session: str) -> None:
    try:
        shown = tampering.begun("*")(session)
    except CannotAlter:
        return
    assert len(session) >= tampering.SHORTEST_ALTERABLE
    assert shown == session[: len(session) // 2] + "*"


def test_what_changes_nothing_is_no_alteration() -> None:
    with pytest.raises(NoSuchAlteration, match=r"stays the same"):
        tampering.changing(lambda session: session)("abc")


@pytest.mark.parametrize(
    ("session", "renamed"),
    [
        ("bob--0a1b", "ann--0a1b"),
        ("0a1b.bob", "0a1b.ann"),
        ("0a1b|b%40c", "0a1b|ann"),
    ],
)
def test_another_name_is_put_into_a_session(session: str, renamed: str) -> None:
    own = "b@c" if "%40" in session else "bob"
    assert tampering.renamed(session, own, "ann") == renamed
    with pytest.raises(NoSuchAlteration, match="does not name"):
        tampering.renamed("bobby.0a1b", own, "ann")
