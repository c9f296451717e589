"""Everything that is rendered from a result; nothing here sends or judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neptun_conformance.reports import as_json, badge, github, har, junit, markdown, page, sarif

if TYPE_CHECKING:
    from collections.abc import Callable

    from neptun_conformance.results.result import Result

RENDERERS: dict[str, Callable[[Result], str]] = {
    "json": as_json.render,
    "html": page.render,
    "markdown": markdown.render,
    "junit": junit.render,
    "sarif": sarif.render,
    "annotations": github.render,
    "badge": badge.render,
    "har": har.render,
}
"""Each format by its name, as in ``--report-html``, with what makes it of a result."""
