"""Which user ids have the owner's shape, and which are second spellings of one."""

import pytest

from neptun_conformance.contract.id_shape import respells, same_shape

UUID = "3f2b8c1e-9d4a-4b6f-8e21-7c5d0a9b1e34"


@pytest.mark.parametrize(
    ("user_id", "owner_id"),
    [
        ("90210", "17"),
        (UUID.upper(), UUID),
        ("bob", "alice"),
        ("17", "alice"),
        (UUID, "alice"),
        ("__proto__", "al-ice_2"),
        ("eve1b", "ann2c"),
        ("eve b+c@example.com/ü", "ann a+b@example.com/ü"),
        ("user.9", "alic.1"),
    ],
)
def test_an_id_of_the_owners_shape(user_id: str, owner_id: str) -> None:
    assert same_shape(user_id, owner_id)


@pytest.mark.parametrize(
    ("user_id", "owner_id"),
    [
        ("bob", "17"),
        ("\N{ARABIC-INDIC DIGIT ONE}", "17"),
        ("alice", UUID),
        ("al.ice", "alice"),
        ("al ice", "alice"),
        ("\N{LATIN SMALL LETTER U WITH DIAERESIS}we", "uwe"),
        ("", "alice"),
        ("eve a+b@example.com", "ann a+b@example.com/"),
        ("ann a-b@example.com", "ann a+b@example.com"),
        ("al.ic1", "al.ice"),
        ("al.icee", "al.ice"),
    ],
)
def test_an_id_of_another_shape(user_id: str, owner_id: str) -> None:
    assert not same_shape(user_id, owner_id)


@pytest.mark.parametrize(
    ("text", "user_id"),
    [
        ("ALICE", "alice"),
        (" alice", "alice"),
        ("alice\t", "alice"),
        ("m\N{LATIN SMALL LETTER U WITH DIAERESIS}ller", "muller"),
        ("0017", "17"),
        ("+17", "17"),
        ("17", "0017"),
        ("17.0", "17"),
        ("0x11", "0017"),
        ("a\u200blice", "alice"),
        ("\uff41lice", "alice"),
        (f"{{{UUID}}}", UUID),
        (UUID.replace("-", ""), UUID),
        (f"urn:uuid:{UUID.upper()}", UUID),
    ],
)
def test_a_second_spelling(text: str, user_id: str) -> None:
    assert respells(text, user_id)


@pytest.mark.parametrize(
    ("text", "user_id"),
    [
        ("alice", "alice"),
        ("alicia", "alice"),
        ("al-ice", "alice"),
        ("170", "17"),
        ("1", "one"),
        ("17.5", "17"),
        ("0x11", "alice"),
    ],
)
def test_another_id(text: str, user_id: str) -> None:
    assert not respells(text, user_id)
