"""Draws a curve as an SVG picture, with its axes from zero: what is linear shows as a line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from benchmarks.scaling import Series

WIDTH, HEIGHT, MARGIN = 560, 320, 56
_STYLE = (
    "text{font:13px sans-serif;fill:#222}line{stroke:#bbb}polyline{fill:none;stroke:#0b62a4;"
    "stroke-width:2}circle{fill:#0b62a4}rect{fill:#fff}"
)


def svg(series: Series) -> str:
    """Return the picture of a curve."""
    widest, highest = (_round_up(max(axis)) for axis in zip(*series.points, strict=True))
    places = [(_across(x / widest), _up(y / highest)) for x, y in series.points]
    title = f"Seconds of a whole run over {series.over}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}"/>',
        *(_horizontal(quarter / 4, highest) for quarter in range(5)),
        *(_below(quarter / 4, widest) for quarter in range(5)),
        f'<text x="8" y="20">seconds</text>{_caption(series.over)}',
        f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}"/>',
        *(f'<circle cx="{x}" cy="{y}" r="4"/>' for x, y in places),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _round_up(value: float) -> float:
    """Return the next number that divides well into four."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(
        step * power for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if step * power >= value
    )


def _across(share: float) -> float:
    return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)


def _up(share: float) -> float:
    return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1)


def _horizontal(share: float, highest: float) -> str:
    y = _up(share)
    label = f'<text x="{MARGIN - 8}" y="{y + 4}" text-anchor="end">{share * highest:g}</text>'
    return f'<line x1="{MARGIN}" y1="{y}" x2="{WIDTH - MARGIN}" y2="{y}"/>{label}'


def _below(share: float, widest: float) -> str:
    y = HEIGHT - MARGIN + 20
    return f'<text x="{_across(share)}" y="{y}" text-anchor="middle">{share * widest:g}</text>'


def _caption(words: str) -> str:
    return f'<text x="{WIDTH / 2:g}" y="{HEIGHT - 12}" text-anchor="middle">{escape(words)}</text>'
