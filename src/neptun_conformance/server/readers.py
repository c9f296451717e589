"""Readers of numbers: how the standard libraries of languages take a text for a whole number.

Each is one or more patterns that are tried in order, the blanks that it skips, and whether it stops
where the number ends. They are made after what the real functions were seen to do, and a test
compares them with that (``questions/spellings.json``). What no chat's number can be is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from unicodedata import decimal

_ASCII = r" \t\n\v\f\r"
_ZS = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = _ASCII + _ZS
_LINES = _SPACES + r"\u2028\u2029"
_GO = _LINES + r"\x85"
_JS = _LINES + r"\ufeff"
_PYTHON = _GO

_SIGN = r"(?P<sign>[+-]?)"
_DIGITS = r"(?P<d10>[0-9]+)"
_APART = r"(?P<d10>[0-9](?:_?[0-9])*)"
_LOOSE = r"(?P<d10>[0-9][0-9_]*)"
_ANY_SCRIPT = r"(?P<d10>\d+)"
_HEX = r"0[xX](?P<d16>[0-9a-fA-F]+)"
_OCTAL = r"0[oO](?P<d8>[0-7]+)"
_BINARY = r"0[bB](?P<d2>[01]+)"
_OLD_OCTAL = r"0(?P<d8>[0-7]+)"
_POWER = r"(?:[eE](?P<power>[+-]?[0-9]{1,3}))?"
_FLOAT = rf"(?P<whole>[0-9]+)\.?(?P<part>[0-9]*){_POWER}"
_SMALL = rf"(?P<whole>)\.(?P<part>[0-9]+){_POWER}"
_JAVA_DIGIT = r"(?:(?![\U00010000-\U0010ffff])\d)"
_HEX_FLOAT = (
    r"0[xX](?P<hexadecimal>[0-9a-fA-F]+)\.?(?P<part>[0-9a-fA-F]*)"
    r"(?:[pP](?P<power>[+-]?[0-9]{1,3}))?"
)
_END = r"(?:\x00[\s\S]*)?"
"""What stands behind the end of a string in C."""
_SHORT = r"(?P<d10>[1-9][0-9]*|0(?![0-9]))"
"""Digits that are no old octal number."""
_MOST_DIGITS = 400


@dataclass(frozen=True)
class Reader:
    """A function that takes a text for a whole number, or for none.

    Arguments:
        forms: the patterns of numbers, of which the first that fits counts.
        before: the characters that it skips before the number, as a class of a pattern.
        behind: those that it skips behind it; None where it stops at whatever comes.
        cuts: a fraction is cut to a whole number.
    """

    forms: tuple[str, ...]
    before: str = ""
    behind: str | None = ""
    cuts: bool = False

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        before = f"[{self.before}]*" if self.before else ""
        behind = "" if self.behind is None else rf"[{self.behind}]*\Z" if self.behind else r"\Z"
        return tuple(re.compile(f"{before}{form}{behind}") for form in self.forms)

    def __call__(self, text: str) -> int | None:
        """Return the whole number that a text is taken for."""
        matches = (pattern.match(text) for pattern in self._patterns)
        match = next(filter(None, matches), None)
        number = _value(match.groupdict(default="")) if match else None
        if number is None or (number.denominator > 1 and not self.cuts):
            return None
        return int(number)


def _value(found: dict[str, str]) -> Fraction | None:
    """Return the number of a match, None where it has more digits than any chat's."""
    sign = -1 if found.pop("sign", "") == "-" else 1
    if max(map(len, found.values())) > _MOST_DIGITS:
        return None
    return sign * (_of_parts(found) if "part" in found else _of_digits(found))


def _of_parts(found: dict[str, str]) -> Fraction:
    power = int(found["power"] or 0)
    if "hexadecimal" in found:
        digits, places = found["hexadecimal"] + found["part"], 4 * len(found["part"])
        return Fraction(int(digits, 16)) * Fraction(2) ** (power - places)
    digits = f"0{found['whole']}{found['part']}".replace("_", "")
    return Fraction(int(digits)) * Fraction(10) ** (power - len(found["part"].replace("_", "")))


def _of_digits(found: dict[str, str]) -> Fraction:
    base = next(base for base in (2, 8, 10, 16, 36) if f"d{base}" in found)
    digits = "".join(str(decimal(c)) if c.isdecimal() else c for c in found[f"d{base}"])
    below = int(found.get("below", 1)) or 1
    return Fraction(int(digits.replace("_", "").replace(" ", ""), base), below)


def _signed(*forms: str) -> tuple[str, ...]:
    return tuple(_SIGN + form for form in forms)


def _apart(first: str, digits: str, base: int, *, leading: bool = False) -> str:
    """Return a pattern of digits behind a prefix, perhaps with single underscores among them."""
    more = f"(?:_?[{digits}])*"
    return rf"{first}(?P<d{base}>{'_?' if leading else ''}[{digits}]{more})"


_SHORT_APART = r"(?P<d10>[1-9](?:_?[0-9])*|0(?![0-9_]))"
_GO_0 = (
    _apart("0[xX]", "0-9a-fA-F", 16, leading=True),
    _apart("0[bB]", "01", 2, leading=True),
    _apart("0[oO]", "0-7", 8, leading=True),
    _apart("0", "0-7", 8, leading=True),
    _SHORT_APART,
)
_POSTGRESQL_18 = (*_GO_0[:3], _APART)
_PYTHON_0 = (
    _apart("0[xX]", r"\da-fA-F", 16, leading=True),
    *_GO_0[1:3],
    r"(?P<d10>(?!0_?\d)\d(?:_?\d)*)",
)
_RUBY = (
    _apart("0[xX]", "0-9a-fA-F", 16),
    _apart("0[bB]", "01", 2),
    _apart("0[oO]", "0-7", 8),
    _apart("0[dD]", "0-9", 10),
    _apart("0", "0-7", 8, leading=True),
    _SHORT_APART,
)
_RATIO = r"(?P<d10>[0-9]+)/(?P<below>[0-9]+)"
_SCHEME_FLOAT = r"(?P<whole>[0-9]+)\.?(?P<part>[0-9]*)(?:[eEdDfFsSlL](?P<power>[+-]?[0-9]{1,3}))?"
_SCHEME_SMALL = r"(?P<whole>)\.(?P<part>[0-9]+)(?:[eEdDfFsSlL](?P<power>[+-]?[0-9]{1,3}))?"
_SCHEME = (
    *_signed(_RATIO, _SCHEME_FLOAT, _SCHEME_SMALL),
    rf"#x{_SIGN}(?P<d16>[0-9a-fA-F]+)",
    rf"#b{_SIGN}(?P<d2>[01]+)",
    rf"#o{_SIGN}(?P<d8>[0-7]+)",
    rf"#[de]{_SIGN}{_DIGITS}",
)
_PYTHON_FLOAT = (
    r"(?P<whole>\d(?:_?\d)*)\.?(?P<part>(?:\d(?:_?\d)*)?)(?:[eE](?P<power>[+-]?\d{1,3}))?",
    r"(?P<whole>)\.(?P<part>\d+)(?:[eE](?P<power>[+-]?\d{1,3}))?",
)

READERS: dict[str, Reader] = {
    "Go ParseInt 10": Reader(_signed(_DIGITS)),
    "Go ParseInt 0": Reader(_signed(*_GO_0)),
    "Go Sscanf %d": Reader(_signed(_DIGITS), _GO.replace(r"\n", "").replace(r"\r", ""), None),
    "Go Sscan": Reader(tuple(form + "(?!_)" for form in _signed(*_GO_0)), _GO, None),
    "Ruby Integer": Reader(_signed(*_RUBY), _ASCII, _ASCII),
    "Ruby to_i": Reader(_signed(_RUBY[3], _APART), _ASCII, None),
    "Ruby Integer 10": Reader(_signed(_RUBY[3], _APART), _ASCII, _ASCII),
    "Perl +0": Reader(_signed(_FLOAT, _SMALL), _ASCII, None),
    "Perl int": Reader(_signed(_FLOAT, _SMALL), _ASCII, None, cuts=True),
    "PHP (int)": Reader(_signed(_FLOAT, _SMALL), _ASCII, None, cuts=True),
    "PHP FILTER_VALIDATE_INT": Reader(
        _signed(r"(?P<d10>0|[1-9][0-9]*)"), r" \t\n\v\r", r" \t\n\v\r"
    ),
    "Java Long.parseLong": Reader(_signed(rf"(?P<d10>{_JAVA_DIGIT}+)")),
    "Java Long.decode": Reader(
        _signed(
            rf"(?:0[xX]|#)(?P<d16>(?:{_JAVA_DIGIT}|[a-fA-F])+)",
            _OLD_OCTAL,
            rf"(?P<d10>(?!0{_JAVA_DIGIT}){_JAVA_DIGIT}+)",
        )
    ),
    "Java BigDecimal": Reader(
        _signed(
            rf"(?P<whole>{_JAVA_DIGIT}+)\.?(?P<part>{_JAVA_DIGIT}*){_POWER}",
            rf"(?P<whole>)\.(?P<part>{_JAVA_DIGIT}+){_POWER}",
        )
    ),
    "Erlang string:to_integer": Reader(_signed(_DIGITS), "", None),
    "Haskell read": Reader(
        (r"\(*" + _HEX + r"\)*", r"\(*" + _OCTAL + r"\)*", r"\(*" + _DIGITS + r"\)*"),
        _SPACES,
        _SPACES,
    ),
    "Haskell Data.Text.Read.decimal": Reader((_DIGITS,), "", None),
    "OCaml int_of_string_opt": Reader(
        _signed(
            r"0[xX](?P<d16>[0-9a-fA-F][0-9a-fA-F_]*)",
            r"0[oO](?P<d8>[0-7][0-7_]*)",
            r"0[bB](?P<d2>[01][01_]*)",
            r"0[uU](?P<d10>[0-9][0-9_]*)",
            _LOOSE,
        )
    ),
    "OCaml sscanf %d": Reader(_signed(_LOOSE), "", None),
    "Lua tonumber": Reader(_signed(_HEX_FLOAT, _FLOAT, _SMALL), _ASCII, _ASCII),
    "Tcl expr": Reader(
        _signed(_HEX, _BINARY, _OCTAL, _OLD_OCTAL, rf"(?!0[0-9]){_FLOAT}", _SMALL), _ASCII, _ASCII
    ),
    "Tcl scan %d": Reader(_signed(_DIGITS), _JS, None),
    "Guile string->number": Reader((*_SCHEME, *_signed(r"(?P<d10>[0-9]\d*)"))),
    "Racket string->number": Reader(_SCHEME),
    "SBCL parse-integer": Reader(_signed(_ANY_SCRIPT), r" \t\n\f\r", r" \t\n\f\r"),
    "SWI-Prolog atom_number": Reader(
        _signed(
            _apart("0x", "0-9a-fA-F", 16),
            _apart("0o", "0-7", 8),
            _apart("0b", "01", 2),
            r"16'(?P<d16>[0-9a-fA-F]+)",
            r"36'(?P<d36>[0-9a-zA-Z]+)",
            rf"(?P<whole>[0-9]+)\.(?P<part>[0-9]+){_POWER}{_END}",
            rf"(?P<whole>[0-9]+)(?P<part>)[eE](?P<power>[+-]?[0-9]{{1,3}}){_END}",
            rf"(?P<d10>[0-9](?:[_ ]?[0-9])*){_END}",
            rf"(?P<d10>(?:(?![0-9])\d)+){_END}",
        )
    ),
    "Nim parseInt": Reader(_signed(_LOOSE)),
    "Crystal to_i64": Reader(_signed(_DIGITS + _END), _LINES, _LINES),
    "R as.integer": Reader(
        _signed(*(form + r"(?:[eE][+-]?)?\x00*" for form in (_HEX_FLOAT, _FLOAT, _SMALL))),
        _ASCII,
        _SPACES,
        cuts=True,
    ),
    "C strtol 0": Reader(_signed(_HEX, _OLD_OCTAL, _SHORT), _ASCII, None),
    "C strtol 10": Reader(_signed(_DIGITS), _ASCII, None),
    "JavaScript Number": Reader((_HEX, _OCTAL, _BINARY, *_signed(_FLOAT, _SMALL)), _JS, _JS),
    "JavaScript parseInt": Reader(_signed(_HEX, _DIGITS), _JS, None),
    "JavaScript BigInt": Reader((_HEX, _OCTAL, _BINARY, *_signed(_DIGITS)), _JS, _JS),
    "Python int": Reader(_signed(r"(?P<d10>\d(?:_?\d)*)"), _PYTHON, _PYTHON),
    "Python float": Reader(_signed(*_PYTHON_FLOAT), _PYTHON, _PYTHON),
    "Python int 0": Reader(_signed(*_PYTHON_0), _PYTHON, _PYTHON),
    "Python Fraction": Reader(
        _signed(r"(?P<d10>\d(?:_?\d)*)/(?P<below>\d+)", *_PYTHON_FLOAT),
        _PYTHON + r"\x1c-\x1f",
        _PYTHON,
    ),
    "SQLite INTEGER": Reader(_signed(_FLOAT, _SMALL), _ASCII, _ASCII),
    "PostgreSQL 15 int": Reader(_signed(_DIGITS), _ASCII, _ASCII),
    "PostgreSQL 18 int": Reader(_signed(*_POSTGRESQL_18), _ASCII, _ASCII),
}
"""Readers by the function that each behaves like."""
