"""Links are followed without a session, and judged by what their file announces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from neptun_conformance.bodies.link import Link
from neptun_conformance.client import Client, Settings
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks import links
from neptun_conformance.engine.checks.arguments import argument_for
from neptun_conformance.engine.checks.check import Checked, Policy, checked
from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.engine.checks.links import Followed, follow
from neptun_conformance.judge.demands import NotTested
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.results.result import Outcome
from neptun_conformance.server.data import target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper

CHECK = next(check for check in all_checks() if check.clause == "file.link")
WRONG = {
    "link-dead": "a link cannot be fetched",
    "link-expired": "a link cannot be fetched",
    "link-needs-a-session": "a link cannot be fetched",
    "link-cut-off": "a link returns another size than listed",
    "link-longer": "a link returns another size than listed",
    "link-of-another-type": "a link returns another type than listed",
}


def made(app: object) -> Checked:
    policy = Policy(fetch_links=True)
    with serving(app) as base_url:  # type: ignore[arg-type]
        target = Target.of(target_for(base_url))
        with Client(Settings(base_url=base_url, run_id="one")) as client:
            scheduler = Scheduler(client, Participants.of(target, SessionKeeper(target)))
            scheduler.reach()
            return checked(
                CHECK,
                lambda: CHECK.function(argument_for(CHECK, {}, scheduler.answers, policy)),
            )


def test_the_links_of_the_reference_hold_what_they_announce() -> None:
    assert made(Reference()).outcome is Outcome.PASS


@pytest.mark.parametrize(("name", "message"), WRONG.items(), ids=WRONG)
def test_wrong_links_are_one_finding(name: str, message: str) -> None:
    checked = made(FAULTS[name].build())
    assert checked.outcome is Outcome.FAIL
    (finding,) = checked.findings
    assert finding.problem.message == message
    assert finding.problem.count > 1 or name == "link-cut-off"
    assert finding.problem.pointer == "/chatFiles/0/url"
    assert finding.answer.accepted


@pytest.mark.parametrize("url", ["https:a", "ftp://127.0.0.1/", "http://127.0.0.1:1/", "http://[/"])
def test_what_cannot_be_followed_is_a_failure(url: str) -> None:
    followed = followed_to(url)
    assert followed.fetched[0].failure
    assert followed.fetched[0].status is None


def followed_to(*urls: str) -> Followed:
    class Reading:
        links = tuple(Link(n, url, 1, "text/plain") for n, url in enumerate(urls))

    class Answer:
        reading = Reading()

    return follow(Answer(), run_id="one", ca_bundle=None, insecure=False)  # type: ignore[arg-type]


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serve one answer at every path, and return the URL of one of them."""
    with ExitStack() as stack:

        def start(status: int = 200, content: bytes = b"", **headers: str) -> str:
            named = {name.replace("_", "-"): value for name, value in headers.items()}

            async def app(scope: Scope, receive: Receive, send: Send) -> None:
                await Response(content, status, named)(scope, receive, send)

            return f"{stack.enter_context(serving(app))}/files/1"

        yield start


def test_redirects_are_followed_so_far_and_no_further(serve: Callable[..., str]) -> None:
    (fetched,) = followed_to(serve(302, location="2")).fetched
    assert (fetched.status, fetched.failure) == (None, "more than 5 redirects")
    aim = serve(content=b"x", content_type="text/plain")
    (fetched,) = followed_to(serve(307, location=aim)).fetched
    assert (fetched.status, fetched.size, fetched.type) == (200, 1, "text/plain")
    (fetched,) = followed_to(serve(302)).fetched
    assert fetched.status == 302


def test_content_that_is_longer_than_is_read_counts_as_what_it_announces(
    serve: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_OCTETS", 10)
    (fetched,) = followed_to(serve(content=b"x" * 100_000)).fetched
    assert fetched.size == 100_000


def test_content_that_cannot_be_decoded_has_no_size(serve: Callable[..., str]) -> None:
    (fetched,) = followed_to(serve(content=b"x", content_encoding="gzip")).fetched
    assert (fetched.status, fetched.size) == (200, None)


def test_without_a_link_nothing_was_tested() -> None:
    with pytest.raises(NotTested, match=r"^no file with a link could be read$"):
        argument_for(CHECK, {}, [], Policy(fetch_links=True))
