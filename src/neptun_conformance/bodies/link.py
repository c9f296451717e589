"""A link of a file, and what its file announces about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and what its file announces about it.

    Arguments:
        index: the file's place in ``chatFiles``.
        url: the link.
        size: the ``size`` of the file, in octets.
        type: the ``type`` of the file.
    """

    index: int
    url: str = field(repr=False)
    size: int
    type: str
