"""The page around a report: one file that asks nobody for anything.

Style and script stand in the page and are named by their hashes in its Content-Security-Policy
(CSP Level 3), so that the browser itself refuses anything a target might have smuggled in. Without
the script, or under a policy that forbids both, everything can still be read.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from neptun_conformance.reports.markup import Child, Markup, join, tag


def document(*, title: str, header: Child, main: Child, footer: Child) -> str:
    """Return a whole page."""
    style, script = _part("page.css"), _part("page.js")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy()),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        # An empty icon: a browser asks the server for one otherwise.
        tag("link", rel="icon", href="data:,"),
        tag("style", style),
    )
    body = tag(
        "body",
        tag("header", header),
        tag("main", main, id="main"),
        tag("footer", footer),
        tag("script", script),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def policy() -> str:
    """Return the policy of every page: its own style and script, and nothing else."""
    directives = [
        "default-src 'none'",
        "img-src data:",
        f"style-src '{_hash('page.css')}'",
        f"script-src '{_hash('page.js')}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(directives)


def section(name: str, title: str, *children: Child) -> Markup:
    """Return a part of a page under a heading of the second rank."""
    heading = tag("h2", title, id=f"{name}-title")
    return tag("section", heading, *children, id=name, aria_labelledby=f"{name}-title")


def table(caption: str, head: list[str], rows: list[Markup], **attributes: str) -> Markup:
    """Return a table; roles are said aloud because a narrow page lays it out as blocks."""
    cells = join(*(tag("th", word, scope="col", role="columnheader") for word in head))
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", cells, role="row"), role="rowgroup"),
        tag("tbody", *rows, role="rowgroup"),
        role="table",
        **attributes,
    )


def row(head: Child, *cells: Child, **attributes: str | None) -> Markup:
    """Return a table's row, whose first cell is its heading."""
    first = tag("th", head, scope="row", role="rowheader")
    others = [tag("td", cell, role="cell") for cell in cells]
    return tag("tr", first, *others, role="row", **attributes)


def _part(name: str) -> Markup:
    return Markup((files("neptun_conformance.reports") / name).read_text("utf-8"))


def _hash(name: str) -> str:
    digest = hashlib.sha256(_part(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
