"""What a request prefers: media types, languages and codings by their weights.

RFC 9110 sections 12.4.2 and 12.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WEIGHT = re.compile(r"q=([01](?:\.[0-9]{0,3})?)")


def weights(value: str) -> dict[str, float]:
    """Return the members of a list with their weights, in the order of the list."""
    found: dict[str, float] = {}
    for part in value.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        given = [match[1] for text in parameters if (match := _WEIGHT.fullmatch(text))]
        if name:
            found[name] = float(given[0]) if given else 1.0
    return found


def _ranges(offer: str) -> tuple[str, ...]:
    return (offer, f"{offer.partition('/')[0]}/*", "*/*") if "/" in offer else (offer, "*")


def weight(value: str, offer: str) -> float:
    """Return the weight that a list gives to an offer; the closest of its ranges counts."""
    given = weights(value)
    return next((given[name] for name in _ranges(offer) if name in given), 0.0)


def best(value: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer that is preferred, the first of several; None where none is taken.

    Arguments:
        value: the field of the request; whoever sends none takes everything.
        offers: what there is, the default first.
    """
    if not value:
        return offers[0]
    weigh: Callable[[str], float] = lambda offer: weight(value, offer)  # noqa: E731
    found = max(offers, key=weigh)
    return found if weigh(found) > 0 else None
