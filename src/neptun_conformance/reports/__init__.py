"""Everything that is rendered from a result; nothing here sends or judges."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from neptun_conformance.results.result import Result


def _renderer(module: str) -> Callable[[Result], str]:
    """Return what renders a format; its module is imported when it is first used."""

    def render(result: Result) -> str:
        text: str = import_module(f"{__name__}.{module}").render(result)
        return text

    return render


_MODULES = {
    "json": "as_json",
    "html": "page",
    "markdown": "markdown",
    "junit": "junit",
    "sarif": "sarif",
    "annotations": "github",
    "badge": "badge",
    "har": "har",
}
RENDERERS = {form: _renderer(module) for form, module in _MODULES.items()}
"""Each format by its name, as in ``--report-html``, with what makes it of a result."""
