"""Demands on the links of files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from neptun_conformance.judge.problem import Problem, shown

if TYPE_CHECKING:
    from neptun_conformance.links import Fetched


def hold_what_is_announced(link: Fetched) -> Iterator[Problem]:
    """Demand an answer without a session, with the announced size and media type."""
    where = shown(link.url.partition("?")[0])
    if link.status is None or not 200 <= link.status < 300:
        actual = link.failure or f"status {link.status}"
        yield Problem(f"the link {where} cannot be fetched", "status 200", actual)
        return
    if link.size != link.announced_size:
        expected, actual = f"{link.announced_size} octets", f"{link.size} octets"
        yield Problem(f"the link {where} has another size", expected, actual)
    if link.type != link.announced_type.partition(";")[0].strip().lower():
        yield Problem(f"the link {where} has another type", link.announced_type, str(link.type))
