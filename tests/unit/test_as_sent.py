"""Words tell what went out, not the names that stood for it."""

from __future__ import annotations

import pytest

from neptun_conformance.exchange import Request, Response
from neptun_conformance.questions.bundles import MOST_OF_A_KIND
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.conditions import IF_CHANGED
from neptun_conformance.questions.routes import Route
from neptun_conformance.questions.situations import Question
from neptun_conformance.questions.voices import DIMENSIONS
from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.resolve.as_sent import as_sent
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.server.data import target_for
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper
from tests.unit.judge.said import JSON
from tests.unit.scripted import asker_of


def told(question: Question, **changes: object) -> str:
    """Return a question as it is told after it was sent to the reference server."""
    target = Target.of({**target_for("http://127.0.0.1:1"), **changes})
    keeper = SessionKeeper(target)
    resolved = resolve(question, Participants.of(target, keeper), validators={"etag": '"v1"'})
    return str(as_sent(resolved, Redactor(keeper.secrets()).redact))


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.PLAIN])
def test_a_route_is_told_by_the_path_that_went_out(route: Route) -> None:
    words = told(owner.asks(owner.full).along(route))
    assert "{" not in words
    assert "along the route spelled /" in words


def test_a_session_in_the_path_is_masked() -> None:
    words = told(stranger.asks(owner.full).along(Route.PARAMETER))
    assert words.endswith("/api/users/alice/chats/4711/files;neptun-session=$OWNER_SESSION")


def test_a_header_that_the_target_sets_itself_does_not_lend_its_value_to_another() -> None:
    others = [(f"X-{number}", "x") for number in range(MOST_OF_A_KIND)]
    question = owner.asks(owner.full).with_headers(("Authorization", "x"), *others, IF_CHANGED)
    words = told(question, headers={"Authorization": "Basic YTpi"})
    assert """with If-None-Match: '"v1"'""" in words


def test_a_note_of_what_is_throttled_tells_what_went_out() -> None:
    levels = (level for dimension in DIMENSIONS for level in dimension.levels)
    from_here = next(one for one in levels if "{origin}" in str(one.headers))

    def script(request: Request, _: int) -> Response | None:
        is_from_here = "http://127.0.0.1:1" in str(request.headers)
        return Response(429, (JSON, ("Retry-After", "0")), b"{}") if is_from_here else None

    scheduler, _ = asker_of(script)
    scheduler.ask([stranger.asks(owner.empty, under=stranger).in_voice((from_here,))])
    assert "'http://127.0.0.1:1" in scheduler.notes[0]
    assert "{origin}" not in scheduler.notes[0]
