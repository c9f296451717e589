"""Follows the links of files, on request, bounded in number, size and time.

Neither a session nor the target's own headers go along, wherever a link leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from neptun_conformance.bodies.link import Link
from neptun_conformance.bodies.problem import Problem
from neptun_conformance.client import Client, Settings
from neptun_conformance.exchange import BodyKind, Failure, Request, Response
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Finding, NothingSeen, Violated, merged
from neptun_conformance.judge.links import Fetched

AT_ONCE = 4
MOST_OCTETS = 8 * 1024 * 1024
"""Octets of a content to read; a longer one counts as what its Content-Length says."""
MOST_REDIRECTS = 5
DEADLINE = 10.0
"""Seconds that one answer may take."""
_REDIRECTS = {301, 302, 303, 307, 308}
_OF_URLS = "%/?:@!$&'()*+,;=-._~[]|^"
"""What stays as it is in a path or query, beside letters and digits (RFC 3986 section 3.3)."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The links of one reading, followed.

    Arguments:
        answer: the reading.
        fetched: what came of each link.
    """

    answer: Answer
    fetched: tuple[Fetched, ...]

    def must(self, judge: Callable[[Fetched], Iterable[Problem]]) -> None:
        """Demand something of every link.

        Raises:
            NothingSeen: there was no link.
            Violated: the judge found problems.
        """
        if not self.fetched:
            raise NothingSeen("no file with a link could be read")
        findings = [Finding(p, self.answer) for one in self.fetched for p in judge(one)]
        if findings:
            raise Violated(merged(findings))


def follow(answer: Answer, *, run_id: str, ca_bundle: str | None, insecure: bool) -> Followed:
    """Follow the links of a reading.

    Arguments:
        answer: the reading.
        run_id: names the run to whoever serves the files.
        ca_bundle: PEM file with the certificate authorities to trust.
        insecure: do not check certificates.
    """

    def fetched(link: Link) -> Fetched:
        try:
            return _fetched(link, run_id=run_id, ca_bundle=ca_bundle, insecure=insecure)
        except ValueError:
            return Fetched(link, failure="not a URL that can be followed")

    links = answer.reading.links if answer.reading else ()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="link") as pool:
        return Followed(answer, tuple(pool.map(fetched, links)))


def _fetched(link: Link, *, run_id: str, ca_bundle: str | None, insecure: bool) -> Fetched:
    url = link.url
    for _ in range(MOST_REDIRECTS + 1):
        base_url, target = _split(url)
        settings = Settings(
            base_url=base_url,
            run_id=run_id,
            deadline=DEADLINE,
            max_body=MOST_OCTETS,
            max_throttle=DEADLINE,
            ca_bundle=ca_bundle,
            insecure=insecure,
        )
        headers = (("Accept", "*/*"), ("Accept-Encoding", "identity"))
        with Client(settings) as client:
            got = client.exchange(Request("GET", target, headers)).outcome
        if isinstance(got, Failure):
            return Fetched(link, failure=got.message)
        location = got.header("Location")
        if got.status not in _REDIRECTS or location is None:
            return _described(link, got)
        url = urljoin(url, location)
    return Fetched(link, failure=f"more than {MOST_REDIRECTS} redirects")


def _split(url: str) -> tuple[str, str]:
    """Return the origin of a link, and the request target with what no URL may hold encoded.

    Raises:
        ValueError: it is no URL.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    authority = f"[{host}]" if ":" in host else host
    if parts.port is not None:
        authority += f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{authority}", quote((parts.path or "/") + query, safe=_OF_URLS)


def _described(link: Link, response: Response) -> Fetched:
    problem = response.body_problem
    size: int | None = len(response.body)
    if problem is not None:
        length = response.header("Content-Length") or ""
        known = problem.kind is BodyKind.TOO_LARGE and length.isdecimal()
        size = int(length) if known else None
    media_type = (response.header("Content-Type") or "").partition(";")[0].strip().lower()
    return Fetched(link, response.status, size, media_type or None)
