"""User ids that are not the caller's, and other forms of the caller's own."""

from __future__ import annotations

from urllib.parse import quote

from neptun_conformance.questions import user_forms
from neptun_conformance.questions.callers import Person
from neptun_conformance.questions.situations import Account, DerivedUser, WrittenUser

_EVERYTHING = "a" * 40 + '"`;|&<>$(){}[]^~#?:@!%s${7*7}\N{GRINNING FACE}e\N{COMBINING ACUTE ACCENT}'
OTHER_SHAPES = (
    *(WrittenUser(text) for text in ("0", "' OR '1'='1", "%", "__proto__")),
    # A path parameter behind it, which some servers drop; it is no more than the end of the id.
    WrittenUser(f"{quote(_EVERYTHING, safe='')};v=1", encoded=True),
)
"""User ids that name nobody and, whatever the owner's looks like, mostly look different."""

NO_IDS = tuple(map(WrittenUser, ("undefined", "-1", str(2**63), "null", "NaN")))
"""What a client writes that knows no id, and numbers that a database may not take for one.

``me`` is none of them: it stands for the caller in many houses.
"""

RARER_OTHER_SHAPES = tuple(
    map(WrittenUser, ("00000000-0000-4000-8000-000000000000", "999999999", "*", "a" * 300))
)


def like(person: Person) -> tuple[DerivedUser, ...]:
    """Return ids that a comparison of beginnings, ends or patterns takes for a person's."""
    account = person.user.account
    return (
        DerivedUser(account, "without its end", lambda text: text[:-1] or "0"),
        DerivedUser(account, "with more behind it", lambda text: f"{text}-x"),
        DerivedUser(account, "without its beginning", lambda text: text[1:] or "0"),
        DerivedUser(account, "with more before it", lambda text: f"x-{text}"),
        DerivedUser(account, "as a pattern", lambda text: f"{text[:-1] or 0}."),
        DerivedUser(account, "with a wildcard", lambda text: f"{text[:-1] or 0}_"),
    )


def far_from(person: Person) -> DerivedUser:
    """Return an id of nobody, in the shape of a person's and as unlike it as that allows."""
    return DerivedUser(person.user.account, "far from it in its own shape", user_forms.far)


def with_nul_behind(person: Person) -> DerivedUser:
    """Return a person's id with U+0000 behind it, which ends a text in C."""
    return DerivedUser(person.user.account, "with a NUL behind it", lambda text: f"{text}\0")


def variants_of(person: Person) -> tuple[DerivedUser, ...]:
    """Return ids that servers may rightly take for a person's: UUIDs, say, have no letter case.

    What is done depends on the id: a number, a UUID, a mail address, or another text.
    """
    account, (words, write) = person.user.account, user_forms.AS_A_SEGMENT
    as_written = DerivedUser(account, words, write, encoded=True)
    return (*_formed(account, user_forms.FORMS), as_written)


def rarer_variants_of(person: Person) -> tuple[DerivedUser, ...]:
    """Return less likely ones."""
    return _formed(person.user.account, user_forms.RARER_FORMS)


def _formed(
    account: Account, forms: tuple[tuple[str, user_forms.Form], ...]
) -> tuple[DerivedUser, ...]:
    return tuple(DerivedUser(account, words, write) for words, write in forms)
