"""What a finding came of is asked again, and it is said whether it still fails."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.server.data import target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.unit.cli.conftest import Neptun, Write

Found = Callable[..., str]


@pytest.fixture
def found(neptun: Neptun, target_file: Write, tmp_path: Path) -> Found:
    """Check a server, keep the report, and return the id of the first finding of a clause."""

    def check(base_url: str, clause: str, *options: str, only: str | None = None) -> str:
        words = ("--report-json", "r.json", "--only", only or clause, *options)
        neptun("--target", target_file(base_url), *words)
        report = json.loads((tmp_path / "r.json").read_text("utf-8"))
        findings = {one["id"]: one["findings"] for one in report["clauses"]}
        name: str = findings[clause][0]["id"]
        return name

    return check


REPLAY = ("--report", "r.json", "--target", "target.yaml", "--times", "2")


@pytest.mark.parametrize(
    ("fault", "clause"),
    [
        ("foreign-chat-full-leaks", "ownership.foreign-chat"),
        ("head-with-content", "methods.head"),
        ("foreign-chat-tells-by-message", "ownership.indistinguishable"),
        pytest.param("trusted-user-header", "request.override", id="made-of-fewer-parts"),
    ],
)
def test_what_still_fails_is_status_1(
    neptun: Neptun, found: Found, fault: str, clause: str
) -> None:
    server = FAULTS[fault]
    with server.serve(server.build()) as base_url:
        finding = found(base_url, clause)
        ran = neptun("replay", finding, *REPLAY)
    assert ran.status == 1
    assert ran.out.endswith("\nSTILL FAILS  2 of 2\n")
    assert "\n  repeat    curl " in ran.out


@pytest.mark.parametrize(
    ("fault", "clause"),
    [
        pytest.param("lets-in-by-null-origin", "voice.access", id="voice-that-is-partly-free"),
        pytest.param("signs-in-by-head", "authentication.handed-out", id="session-set-before"),
    ],
)
def test_what_needs_other_answers_is_asked_beside_them(
    neptun: Neptun, found: Found, fault: str, clause: str
) -> None:
    server = FAULTS[fault]
    with server.serve(server.build()) as base_url:
        finding = found(base_url, clause, only="*")
        ran = neptun("replay", finding, *REPLAY)
    assert ran.out.endswith("\nSTILL FAILS  2 of 2\n")


class Snowmen(Reference):
    """Finds an empty chat for a user id that ends in a snowman."""

    async def answer(self, request: Request) -> Response:
        if re.search(r"/(?:[^/%]|%..)+%E2%98%83/", self.path(request)):
            return Response('{"chatFiles": []}', media_type="application/json")
        return await super().answer(request)


def test_what_was_made_smaller_is_asked_as_it_was(neptun: Neptun, found: Found) -> None:
    with serving(Snowmen()) as base_url:
        finding = found(base_url, "user.other-shape", "--effort", "deep")
        ran = neptun("replay", finding, *REPLAY)
    assert ran.out.count("  asks: ") == 1
    assert (
        "  asks: the owner asks for the owner's chat with files under the user id '0\\u2603'\n"
        in (ran.out)
    )
    assert ran.out.endswith("\nSTILL FAILS  2 of 2\n")


def test_what_only_a_voice_gets_is_asked_in_that_voice(neptun: Neptun, found: Found) -> None:
    server = FAULTS["shows-foreign-chats-by-cookies-before-several"]
    with server.serve(server.build()) as base_url:
        finding = found(base_url, "voice.access", only="*")
        ran = neptun("replay", finding, *REPLAY)
    assert "with the cookie '_ga=" in ran.out
    assert ran.out.endswith("\nSTILL FAILS  2 of 2\n")


def test_what_was_mended_is_status_0(
    neptun: Neptun, found: Found, leaking: str, reference: str, target_file: Write
) -> None:
    finding = found(leaking, "ownership.foreign-chat")
    target_file(reference)
    ran = neptun("replay", finding, *REPLAY, "--another-target")
    assert ran.status == 0
    assert ran.out.endswith("\nFAILS NO MORE  2 of 2 passed\n")


def test_what_cannot_be_tested_is_status_7(
    neptun: Neptun, found: Found, leaking: str, target_file: Write
) -> None:
    finding = found(leaking, "ownership.foreign-chat")
    target_file(leaking, stranger=None)
    ran = neptun("replay", finding, *REPLAY)
    assert (ran.status, "NOT TESTED  the target names no stranger" in ran.out) == (7, True)


def test_nobody_there_is_status_6(
    neptun: Neptun, found: Found, leaking: str, target_file: Write
) -> None:
    finding = found(leaking, "ownership.foreign-chat")
    target_file("http://127.0.0.1:1")
    ran = neptun("replay", finding, *REPLAY, "--another-target")
    assert (ran.status, "unreachable: 127.0.0.1:1 refuses" in ran.err) == (6, True)


def test_without_a_target_the_embedded_server_is_not_asked_instead(
    neptun: Neptun, found: Found, leaking: str
) -> None:
    finding = found(leaking, "ownership.foreign-chat")
    ran = neptun("replay", finding, "--report", "r.json")
    assert ran.status == 4
    assert f"the report is of {leaking}, and no target is named: name the report's" in ran.err


def test_a_provisioned_target_is_not_the_embedded_server(
    neptun: Neptun, leaking: str, tmp_path: Path
) -> None:
    (tmp_path / "made.json").write_text(json.dumps(target_for(leaking)), "utf-8")
    only = ("--only", "ownership.foreign-chat")
    neptun("--provision", "cat made.json", "--report-json", "r.json", *only)
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    finding = report["clauses"][0]["findings"][0]["id"]
    ran = neptun("replay", finding, "--report", "r.json")
    assert (ran.status, f"the report is of {leaking}, and no target is named" in ran.err) == (
        4,
        True,
    )


def test_another_target_is_asked_only_when_told(
    neptun: Neptun, found: Found, leaking: str, reference: str, target_file: Write
) -> None:
    finding = found(leaking, "ownership.foreign-chat")
    target_file(reference)
    ran = neptun("replay", finding, *REPLAY)
    assert ran.status == 4
    assert f"the report is of {leaking}, and the target is {reference}: name the" in ran.err


def test_one_target_may_be_spelt_in_two_ways(
    neptun: Neptun, found: Found, leaking: str, target_file: Write
) -> None:
    finding = found(leaking, "ownership.foreign-chat")
    target_file(leaking.replace("http", "HTTP") + "/")
    ran = neptun("replay", finding, *REPLAY)
    assert (ran.status, ran.err) == (1, "")


def test_an_unknown_finding_is_refused_with_those_there_are(
    neptun: Neptun, found: Found, leaking: str
) -> None:
    finding = found(leaking, "ownership.foreign-chat")
    ran = neptun("replay", "no:such", *REPLAY)
    assert (ran.status, f"'no:such' is no finding of that report; it has {finding}" in ran.err) == (
        4,
        True,
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"check": "gone"}, "has no check gone"),
        (
            {
                "check": "success::test_a_200_is_valid_json",
                "situation": "gone",
                "asked": {
                    "caller": "the owner",
                    "user": "the owner's id",
                    "chat": "gone",
                    "method": "GET",
                    "route": "PLAIN",
                },
            },
            "cannot ask that again (gone)",
        ),
    ],
)
def test_what_this_version_does_not_ask_is_refused(  # noqa: PLR0913, PLR0917 - a row
    neptun: Neptun,
    found: Found,
    leaking: str,
    tmp_path: Path,
    changes: dict[str, object],
    line: str,
) -> None:
    finding = found(leaking, "ownership.foreign-chat")
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    report["clauses"][0]["findings"][0] |= changes
    (tmp_path / "r.json").write_text(json.dumps(report), "utf-8")
    ran = neptun("replay", finding, *REPLAY)
    assert ran.status == 4
    assert line in ran.err
