"""Texts that the usual reader of some language takes for a chat's number.

Who checks ownership by one reader and looks a chat up by another opens it to whoever finds a text
that the second one takes for the chat's number and the first one does not. Each form here is
written for any number. ``spellings.json`` says which of 57 readers take it, as was seen by running
them, and which few forms show every pair of readers that any form shows
(``tools/choose_spellings.py``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a number.

    Arguments:
        name: what is done to the number, in words that follow "its id".
        write: gets the number, 1 or more, and returns the text, not percent-encoded.
        alias: to most readers the text is the plain number of another chat.
    """

    name: str
    write: Callable[[int], str]
    alias: bool = False

    @property
    def odd(self) -> bool:
        """Whether proxies and routers may treat the text in their own way."""
        return any(c in "/\\" or category(c) in {"Cc", "Zl", "Zp"} for c in self.write(12))


@cache
def telling() -> tuple[Form, ...]:
    """Return the forms that, beside the common ones, show every pair of readers that any shows.

    The best come first.
    """
    return tuple(form(name) for name in _kept()["telling"])


@cache
def form(name: str) -> Form:
    """Return a form by its name.

    Raises:
        KeyError: if there is none.
    """
    return {each.name: each for each in FORMS}[name]


def _kept() -> dict[str, Any]:
    text = Path(__file__).with_name("spellings.json").read_text(encoding="utf-8")
    kept: dict[str, Any] = json.loads(text)
    return kept


def padded(number: int) -> str:
    """Return the digits of a number, two at the least, so that something fits between them."""
    return f"{number:02}"


def in_digits(number: int | str, zero: str) -> str:
    """Return a number in the digits of the script whose zero is given."""
    return "".join(chr(ord(zero) + int(digit)) for digit in str(number))


def scientific(number: int, mark: str = "e") -> str:
    """Return a number with one digit before the point, and an exponent behind a mark."""
    digits = str(number)
    return f"{digits[0]}.{digits[1:] or '0'}{mark}{len(digits) - 1}"


def in_base(number: int, base: int) -> str:
    """Return a number in a base up to 36, with capitals past 9."""
    digits = ""
    while number:
        number, digit = divmod(number, base)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    return digits


def in_superscripts(number: int) -> str:
    """Return a number in superscripts, which are digits to some tables and no decimal ones."""
    return "".join(
        "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[int(d)] for d in str(number)
    )


def first_apart(number: int, between: str) -> str:
    """Return a number, of two digits at the least, with something behind its first digit."""
    digits = padded(number)
    return f"{digits[0]}{between}{digits[1:]}"


def _hex_apart(number: int) -> str:
    digits = f"{number:02x}"
    return f"0x{digits[0]}_{digits[1:]}"


def _below_one(number: int, before: str) -> str:
    return f"{before}.{number}e{len(str(number))}"


def _hex_float(number: int) -> str:
    """Return a number as C writes a float in hexadecimal, such as 0x1.ecp+6 for 123."""
    mantissa, _, power = float(number).hex().partition("p")
    return f"{mantissa.rstrip('0')}p{int(power)}"


def _mixed(number: int, zeros: str) -> str:
    """Return a number in digits of two scripts that take turns."""
    return "".join(in_digits(digit, zeros[i % 2]) for i, digit in enumerate(padded(number)))


FULL_WIDTH, ARABIC, DEVANAGARI, BOLD = "\uff10", "\u0660", "\u0966", "\U0001d7ce"
"""Zeros of scripts."""


def _wide_hex(number: int) -> str:
    return "".join(in_digits(c, FULL_WIDTH) if c.isdecimal() else c for c in f"{number:x}")


FORMS = (
    Form("as a decimal", lambda n: f"{n}.0"),
    Form("with a point behind it", lambda n: f"{n}."),
    Form("with an exponent", scientific),
    Form("with an exponent behind a capital", lambda n: scientific(n, "E")),
    Form("with a signed exponent", lambda n: scientific(n, "e+")),
    Form("with a negative exponent", lambda n: f"{n}0e-1"),
    Form("below one with an exponent", lambda n: _below_one(n, "")),
    Form("below one with a zero and an exponent", lambda n: _below_one(n, "0")),
    Form("with an exponent of d", lambda n: scientific(n, "d")),
    Form("with an exponent of f", lambda n: scientific(n, "f")),
    Form("with an exponent of s", lambda n: scientific(n, "s")),
    Form("with an exponent of l", lambda n: scientific(n, "l")),
    Form("with an exponent of r", lambda n: scientific(n, "r")),
    Form("with an exponent without digits", lambda n: f"{n}e"),
    Form("with a sign of an exponent", lambda n: f"{n}e+"),
    Form("with a zero before it", lambda n: f"0{n}"),
    Form("with a sign", lambda n: f"+{n}"),
    Form("in hexadecimal", lambda n: f"0x{n:x}"),
    Form("in capital hexadecimal", lambda n: f"0X{n:X}"),
    Form("in hexadecimal with a sign", lambda n: f"+0x{n:x}"),
    Form("in hexadecimal behind an underscore", lambda n: f"0x_{n:x}"),
    Form("in hexadecimal with an underscore", _hex_apart),
    Form("in hexadecimal with a point", lambda n: f"0x{n:x}."),
    Form("in hexadecimal with a power of two", lambda n: f"0x{n:x}p0"),
    Form("as a hexadecimal float", _hex_float),
    Form("in hexadecimal of another script", lambda n: "0x" + _wide_hex(n)),
    Form("in hexadecimal behind a hash", lambda n: f"#{n:x}"),
    Form("in hexadecimal behind #x", lambda n: f"#x{n:x}"),
    Form("in hexadecimal behind #16r", lambda n: f"#16r{n:x}"),
    Form("in hexadecimal behind 16 and a quote", lambda n: f"16'{n:X}"),
    Form("in base 36", lambda n: f"36'{in_base(n, 36)}"),
    Form("in binary", lambda n: f"0b{n:b}"),
    Form("in binary behind a capital", lambda n: f"0B{n:b}"),
    Form("in binary behind an underscore", lambda n: f"0b_{n:b}"),
    Form("in binary behind #b", lambda n: f"#b{n:b}"),
    Form("in octal", lambda n: f"0o{n:o}"),
    Form("in octal behind a capital", lambda n: f"0O{n:o}"),
    Form("in octal behind an underscore", lambda n: f"0o_{n:o}"),
    Form("in octal behind #o", lambda n: f"#o{n:o}"),
    Form("in octal behind a zero", lambda n: f"0{n:o}", alias=True),
    Form("in octal behind a zero and an underscore", lambda n: f"0_{n:o}", alias=True),
    Form("in decimal behind 0d", lambda n: f"0d{n}"),
    Form("in decimal behind 0u", lambda n: f"0u{n}"),
    Form("in decimal behind #d", lambda n: f"#d{n}"),
    Form("behind #e", lambda n: f"#e{n}"),
    Form("with an underscore", lambda n: first_apart(n, "_")),
    Form("with two underscores", lambda n: first_apart(n, "__")),
    Form("with an underscore behind it", lambda n: f"{n}_"),
    Form("with an underscore before it", lambda n: f"_{n}"),
    Form("with underscores everywhere", lambda n: f"_{'_'.join(str(n))}_"),
    Form("with a string between its digits", lambda n: first_apart(n, " ")),
    Form("with a space before it", lambda n: f" {n}"),
    Form("with a space behind it", lambda n: f"{n} "),
    Form("with a tab before it", lambda n: f"\t{n}"),
    Form("with a tab behind it", lambda n: f"{n}\t"),
    Form("with a vertical tab before it", lambda n: f"\v{n}"),
    Form("with a form feed before it", lambda n: f"\f{n}"),
    Form("with a line end behind it", lambda n: f"{n}\n"),
    Form("with a line end before it", lambda n: f"\n{n}"),
    Form("with a no-break space before it", lambda n: f"\u00a0{n}"),
    Form("with an em space before it", lambda n: f"\u2003{n}"),
    Form("with an em space behind it", lambda n: f"{n}\u2003"),
    Form("with a wide space before it", lambda n: f"\u3000{n}"),
    Form("with a wide space behind it", lambda n: f"{n}\u3000"),
    Form("with a line separator before it", lambda n: f"\u2028{n}"),
    Form("with a byte order mark before it", lambda n: f"\ufeff{n}"),
    Form("with a next line behind it", lambda n: f"{n}\x85"),
    Form("with a file separator before it", lambda n: f"\x1c{n}"),
    Form("with a NUL behind it", lambda n: f"{n}\0"),
    Form("with a NUL and letters behind it", lambda n: f"{n}\0abc"),
    Form("in full-width digits", lambda n: in_digits(n, FULL_WIDTH)),
    Form("in Arabic-Indic digits", lambda n: in_digits(n, ARABIC)),
    Form("in Devanagari digits", lambda n: in_digits(n, DEVANAGARI)),
    Form("in bold digits", lambda n: in_digits(n, BOLD)),
    Form("in mixed digits", lambda n: _mixed(n, f"0{FULL_WIDTH}")),
    Form("in parentheses", lambda n: f"({n})"),
    Form("in two parentheses", lambda n: f"(({n}))"),
    Form("over one", lambda n: f"{n}/1"),
    Form("doubled over two", lambda n: f"{2 * n}/2"),
    Form("with letters behind it", lambda n: f"{n}abc"),
    Form("with a d behind it", lambda n: f"{n}d"),
    Form("with an f behind it", lambda n: f"{n}f"),
    Form("with an L behind it", lambda n: f"{n}L"),
    Form("with an n behind it", lambda n: f"{n}n"),
    Form("with a question mark behind it", lambda n: f"{n}?x"),
    Form("with a comma and more behind it", lambda n: f"{n},9"),
    Form("with a half behind it", lambda n: f"{n}.5"),
)
"""Forms that some reader takes, also such as it cuts a text or a fraction to."""

COMMON = (
    *("as a decimal", "with a zero before it", "in hexadecimal", "with an underscore"),
    *("with a sign", "with a space before it", "with a space behind it", "in full-width digits"),
    *("in octal", "in binary", "in capital hexadecimal", "with an exponent behind a capital"),
    *("with a byte order mark before it", "in bold digits", "with a negative exponent"),
    *("in hexadecimal behind a hash", "in hexadecimal with a power of two", "in parentheses"),
    *("with an n behind it", "with a d behind it", "with an underscore before it"),
    *("in decimal behind 0u", "with a string between its digits"),
)
"""Names of forms that are asked whoever takes them, for servers that read one form more."""
