"""What a version of HTTP has no request for, and what it calls malformed."""

from __future__ import annotations

import pytest

from neptun_conformance.client import Client, Settings
from neptun_conformance.engine.asking.learning import Learned
from neptun_conformance.engine.asking.sender import Sender
from neptun_conformance.judge.answer import Unasked
from neptun_conformance.questions.callers import anonymous, owner
from neptun_conformance.questions.situations import Written
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.targets.session import SessionKeeper
from tests.unit.scripted import target

UPGRADING = anonymous.asks(owner.full).with_headers(("Connection", "Upgrade"), ("Upgrade", "x"))


def sender(http: str) -> Sender:
    subject = target()
    client = Client(Settings(base_url="http://h", run_id="r", http=http))
    people = Participants.of(subject, SessionKeeper(subject))
    return Sender(client, people, Learned(people))


def test_over_http_2_nobody_asks_for_an_upgrade() -> None:
    unasked = sender("2-prior-knowledge").resolved(UPGRADING)
    assert isinstance(unasked, Unasked)
    assert unasked.reason == "HTTP/2 has no Connection and no Upgrade header"
    assert not unasked.applicable


def test_over_http_1_1_somebody_does() -> None:
    assert not isinstance(sender("1.1").resolved(UPGRADING), Unasked)


@pytest.mark.parametrize(("http", "is_free"), [("1.1", False), ("2-prior-knowledge", True)])
def test_a_malformed_path_may_be_reset_over_http_2(http: str, *, is_free: bool) -> None:
    malformed = sender(http).resolved(owner.asks(Written("%zz%", encoded=True)))
    assert not isinstance(malformed, Unasked)
    assert malformed.closable is is_free


@pytest.mark.parametrize("header", [("Host", "a b"), ("X-Noise", "\xe9"), ("X-Noise", "x" * 5_000)])
@pytest.mark.parametrize(("http", "apart"), [("1.1", False), ("2-prior-knowledge", True)])
def test_what_may_end_a_connection_goes_over_one_of_its_own_where_others_share_it(
    http: str, header: tuple[str, str], *, apart: bool
) -> None:
    resolved = sender(http).resolved(owner.asks(owner.full).with_headers(header))
    assert not isinstance(resolved, Unasked)
    assert resolved.request.fresh is apart
    assert resolved.closable is (apart or header[1][:1] != "x")


def test_an_odd_path_must_be_answered() -> None:
    resolved = sender("2-prior-knowledge").resolved(owner.asks(Written("%00..%2F", encoded=True)))
    assert not isinstance(resolved, Unasked)
    assert not resolved.closable
