"""Chat ids that tempt a server: far, odd and no numbers, and second spellings of real ones.

These hand-picked ones are always asked; generated ones come on top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf, nextafter

from neptun_conformance.contract.chat_number import LARGEST, NOBODYS_CHAT, Reading, read
from neptun_conformance.questions.situations import ChatOf, Derived, Written
from neptun_conformance.questions.spellings import (
    COMMON,
    FORMS,
    Form,
    first_apart,
    in_superscripts,
    telling,
)
from neptun_conformance.questions.spellings import form as form_named

FAR_NUMBERS = tuple(
    Written(str(number)) for number in (NOBODYS_CHAT, LARGEST, 2**31, 2**32, 2**31 - 1)
)
"""Whole numbers at the borders of number types, and one that nobody counts or thinks up."""

OTHER_NUMBERS = tuple(
    Written(text)
    for text in (
        "0",
        "-1",
        str(-(2**63) - 1),
        "9223372036854775808",
        str(LARGEST + 1),
        "-0",
        "1e400",
        "-1e400",
        "1e999999999",
        "1e-999999999",
    )
)
"""Numbers that no chat can have."""

RARER_OTHER_NUMBERS = tuple(
    Written(text)
    for text in (
        "9" * 400,
        "-2147483649",
        "9223372036854775807",
        "-9223372036854775809",
        "99999999999999999999999999999999",
    )
)

NO_NUMBERS = tuple(
    Written(text)
    for text in (
        "latest",
        "NaN",
        "1' OR '1'='1",
        "%",
        '"`;|&<>$ne(){}[]^~#?:@!--1,5',  # whoever stumbles over one of them stumbles here
        "\ufeff\u200b\N{GRINNING FACE}%s%n{{7*7}}${7*7}",
        f"{'1' * 60}x",  # takes for ever to match where a pattern repeats what repeats
        "__proto__",
    )
)
"""Texts that no reading makes a number."""

RARER_NO_NUMBERS = tuple(map(Written, ("null", "abc", "*", "all")))


def _derived(
    chat: ChatOf, forms: tuple[tuple[str, Callable[[int], str]], ...]
) -> tuple[Derived, ...]:
    return tuple(Derived(chat, name, write) for name, write in forms)


def aliases_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return other whole numbers that 32 bits, or the ends of a text, take for this chat."""
    return _derived(
        chat,
        (
            ("plus 2^32", lambda number: str(number + 2**32)),
            ("plus 10^10", lambda number: str(number + 10**10)),
            ("with nine digits behind it", lambda number: f"{number}000000007"),
            ("plus 2^48", lambda number: str(number + 2**48)),
        ),
    )


def parts_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return numbers that parts of a text, or a number type of few digits, take for this chat."""
    return _derived(
        chat,
        (
            ("plus 2^16", lambda number: str(number + 2**16)),
            ("less one", lambda number: str(number - 1)),
            ("without its last digit", lambda number: str(number // 10)),
            ("plus one", lambda number: str(number + 1)),
            ("with a digit before it", lambda number: f"1{number}"),
            ("without its first digit", lambda number: str(int(str(number)[1:] or 0))),
        ),
    )


def impostors_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return numbers that no chat can have and that rounding or cutting makes this chat's."""
    return _derived(
        chat,
        (
            ("plus a half", lambda number: f"{number}.5"),
            ("negated", lambda number: f"-{number}"),
            ("plus a little", _next_double),
            ("less two fifths", lambda number: f"{number - 1}.6"),
            ("plus 2^64", lambda number: str(number + 2**64)),
            ("less a ten-thousandth", lambda number: f"{number - 1}.9999"),
            ("negated, as a decimal", lambda number: f"-{number}.0"),
        ),
    )


def texts_near(chat: ChatOf) -> tuple[Derived, ...]:
    """Return texts that begin with a chat's number and are no numbers."""
    return _derived(
        chat,
        (
            ("with letters behind it", lambda number: f"{number}abc"),
            ("with letters before it", lambda number: f"x{number}"),
            ("with SQL behind it", lambda number: f"{number} OR 1=1; SELECT 1 --"),
            ("less nothing", lambda number: f"{number}-0"),
            ("with a wildcard", lambda number: f"{number // 10}_"),
            ("with an extension", lambda number: f"{number}.json"),
            ("with another's behind it", lambda number: f"{number}&chat_id={{stranger_chat}}"),
            ("with a name", lambda number: f"id={number}"),
        ),
    )


def misleading_texts_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return texts that hold a chat's number and are none: for whom it is another's, too."""
    return _derived(
        chat,
        (
            ("in superscripts", in_superscripts),
            ("with a path parameter", lambda number: f"{number};x=1"),
            ("with a fragment", lambda number: f"{number}#x"),
            ("in brackets", lambda number: f"[{number}]"),
            ("grouped by commas", lambda number: first_apart(number, ",")),
            ("in a list", lambda number: f"{{stranger_chat}},{number}"),
            ("with a question mark behind it", lambda number: f"{number}?x"),
            ("grouped by apostrophes", lambda number: first_apart(number, "'")),
            ("in quotes", lambda number: f'"{number}"'),
            ("in braces", lambda number: f"{{{number}}}"),
        ),
    )


def injections_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return texts that, pasted into a query to a database, name a chat."""
    return _derived(
        chat,
        (
            ("behind a condition", lambda number: f"0 OR id={number}"),
            ("behind a union", lambda number: f"0 UNION SELECT {number}"),
        ),
    )


def common_spellings_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return the second spellings of a chat's number that are always asked, the likeliest first."""
    return _spelled(chat, *COMMON)


def further_spellings_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return less common second spellings of a chat's number."""
    encoded = Derived(
        chat, "percent-encoded", lambda n: "".join(f"%{ord(c):02X}" for c in str(n)), encoded=True
    )
    long = _derived(
        chat,
        (
            ("with a fraction below a double's sight", lambda number: f"{number}.{'0' * 30}1"),
            ("with a long fraction of zeros", lambda number: f"{number}.{'0' * 30}"),
            ("with many zeros before it", lambda number: f"{'0' * 40}{number}"),
        ),
    )
    return (encoded, *long, *_spelled(chat, "with an exponent", "in Arabic-Indic digits"))


def twice_encoded(chat: ChatOf) -> Derived:
    """Return a chat's number that is percent-encoded twice, which proxies decode once."""
    return Derived(
        chat, "encoded twice", lambda n: "".join(f"%25{ord(c):02X}" for c in str(n)), encoded=True
    )


def telling_spellings_of(chat: ChatOf, *, odd: bool = False) -> tuple[Derived, ...]:
    """Return the spellings that, with the common ones, tell every check and look-up apart.

    Arguments:
        chat: the chat whose number is spelled.
        odd: those that proxies and routers may treat in their own way, else those that they do not.
    """
    forms = (form for form in _telling(Reading.SPELLING, Reading.SURROUNDED) if form.odd is odd)
    return _spelled(chat, *(form.name for form in forms if not form.alias))


def telling_fractions_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return those that are fractions, which some readers cut."""
    return _spelled(chat, *(form.name for form in _telling(Reading.OTHER_NUMBER)))


def other_readings_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return those that perhaps name another chat: to most readers they are its plain number."""
    return _spelled(chat, *(form.name for form in telling() if form.alias))


def every_spelling_of(chat: ChatOf) -> tuple[Derived, ...]:
    """Return all spellings but those that proxies and routers may treat in their own way."""
    forms = (form for form in FORMS if not form.alias and not form.odd)
    return _spelled(chat, *(f.name for f in forms if _reading(f) is Reading.SPELLING))


def _telling(*readings: Reading) -> Iterator[Form]:
    return (form for form in telling() if _reading(form) in readings)


def _reading(form: Form) -> Reading:
    return read(form.write(12)).reading


def _spelled(chat: ChatOf, *names: str) -> tuple[Derived, ...]:
    forms = (form_named(name) for name in names)
    return tuple(Derived(chat, f.name, f.write) for f in forms)


def _next_double(number: int) -> str:
    """Return the least number that a double can tell from this one, a half more if that is none."""
    return repr(nextafter(number, inf)) if number < 2**50 else f"{number}.5"
