"""Follows the links of files, on request, without any session and bounded in size and time."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from neptun_conformance import __version__


@dataclass(frozen=True, slots=True)
class Fetched:
    """A link, what was announced about it, and what came.

    Arguments:
        url: the link.
        announced_size: the ``size`` of the file, in octets.
        announced_type: the ``type`` of the file.
        status: the status, None where no answer came.
        size: octets of the content.
        type: the media type of the content, without parameters.
        failure: why no answer came.
    """

    url: str
    announced_size: int
    announced_type: str
    status: int | None = None
    size: int | None = None
    type: str | None = None
    failure: str | None = None


def fetch(url: str, *, size: int, type_: str, seconds: float, most: int) -> Fetched:
    """Fetch one link.

    Arguments:
        url: the link.
        size: the announced size in octets.
        type_: the announced media type.
        seconds: how long the exchange may wait for octets.
        most: octets to read at most; a longer content counts as what its header says.
    """
    agent = {"User-Agent": f"neptun-conformance/{__version__}", "Accept-Encoding": "identity"}
    try:
        with (
            httpx.Client(timeout=seconds, follow_redirects=True, headers=agent) as client,
            client.stream("GET", url) as response,
        ):
            received = _received(response, most)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Fetched(url, size, type_, failure=type(error).__name__)
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Fetched(url, size, type_, response.status_code, received, media_type or None)


def _received(response: httpx.Response, most: int) -> int:
    announced = response.headers.get("Content-Length", "")
    total = 0
    for chunk in response.iter_raw():
        total += len(chunk)
        if total > most:
            return int(announced) if announced.isdecimal() else total
    return total
