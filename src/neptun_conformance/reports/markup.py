"""HTML made of nested calls, in which every text is escaped that was not made here itself."""

from __future__ import annotations

import html

from neptun_conformance.results.text import visible

_VOID = {"input", "link", "meta"}


class Markup(str):
    """HTML that is safe to put into a page as it is."""

    __slots__ = ()


Child = str | None
Value = str | int | bool | None


def tag(name: str, /, *children: Child, **attributes: Value) -> Markup:
    """Return an element.

    Arguments:
        name: of the element.
        children: texts, which are escaped, and elements; None is left out.
        attributes: ``class_`` and ``aria_label`` stand for ``class`` and ``aria-label``. True
            gives an attribute without a value, False and None leave it out.
    """
    opening = f"<{name}{''.join(_attribute(*pair) for pair in attributes.items())}>"
    if name in _VOID:
        return Markup(opening)
    return Markup(f"{opening}{join(*children)}</{name}>")


def join(*children: Child) -> Markup:
    """Return texts and elements one after the other."""
    return Markup("".join(_escaped(child) for child in children if child is not None))


def _escaped(child: str) -> str:
    return child if isinstance(child, Markup) else html.escape(visible(child))


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(visible(str(value)))}"'
