"""Lines of text in the terminal's colours (ECMA-48, Select Graphic Rendition)."""

from __future__ import annotations

from typing import Self

_CODES = {
    "bold": "1",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "magenta": "35",
    "cyan": "36",
    "default": "39",
    "bright_black": "90",
}
_BOLD = "bold"
# What moves the cursor rather than to show something: bell, backspace, tabulator, feeds, return.
_WITHOUT_CONTROLS = dict.fromkeys((7, 8, 11, 12, 13))


class Text:
    """A line, or several, of parts that each have a style.

    Arguments:
        text: the first part.
        style: words such as ``bold red``; they hold for all parts that do not say otherwise.
    """

    def __init__(self, text: str, style: str = "") -> None:
        """Begin with the first part."""
        self._style = style
        self._parts = [(text, "")]

    def append(self, text: str, style: str = "") -> Self:
        """Add a part, and return the text itself."""
        self._parts.append((text, style))
        return self

    def rendered(self, *, color: bool) -> str:
        """Return the text, with escape sequences where colours are wanted."""
        return "".join(
            _styled(text.translate(_WITHOUT_CONTROLS), f"{self._style} {style}" if color else "")
            for text, style in self._parts
        )


def _styled(text: str, style: str) -> str:
    words = style.split()
    colors = [word for word in words if word != _BOLD][-1:]
    codes = ";".join(_CODES[word] for word in [*[_BOLD] * (_BOLD in words), *colors])
    if not codes:
        return text
    # Each line is styled on its own, so that a pager shows any of them alone.
    return "\n".join(f"\x1b[{codes}m{line}\x1b[0m" if line else "" for line in text.split("\n"))
