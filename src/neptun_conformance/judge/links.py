"""Demands on the links of files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from neptun_conformance.bodies.link import Link
from neptun_conformance.bodies.problem import Problem, pointer, shown


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of following a link.

    Arguments:
        link: the link.
        status: the status, None where no answer came.
        size: octets of the content, None where that is unknown.
        type: the media type of the content, without parameters.
        failure: why no answer came.
    """

    link: Link
    status: int | None = None
    size: int | None = None
    type: str | None = None
    failure: str | None = None


def hold_what_is_announced(fetched: Fetched) -> Iterator[Problem]:
    """Demand an answer without a session, with the announced size and media type."""
    link = fetched.link
    place = pointer("chatFiles", link.index, "url")
    of_link = f"of {shown(link.url.partition('?')[0])}"
    if fetched.status is None or not 200 <= fetched.status < 300:
        actual = fetched.failure or f"status {fetched.status}"
        yield Problem("a link cannot be fetched", "status 200", f"{actual}, {of_link}", place)
        return
    if fetched.size is not None and fetched.size != link.size:
        expected, actual = f"{link.size} bytes", f"{fetched.size} bytes"
        yield Problem(
            "a link returns another size than listed", expected, f"{actual}, {of_link}", place
        )
    announced = link.type.partition(";")[0].strip().lower()
    if fetched.type != announced:
        actual = fetched.type or "no media type"
        yield Problem(
            "a link returns another type than listed",
            shown(announced),
            f"{actual}, {of_link}",
            place,
        )
