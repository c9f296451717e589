"""What is said of a stack: what is known may fail or stay untested, and nothing else."""

from typing import Any

import pytest

from tests.stacks import __main__ as command
from tests.stacks.judging import Judged
from tests.stacks.manifest import Manifest


def clause(name: str, level: str, outcome: str) -> dict[str, Any]:
    found = {"situation": "s", "message": "m", "expected": "e", "actual": "a", "curl": "curl"}
    findings = [found] if outcome == "fail" else []
    return {
        "id": name,
        "level": level,
        "outcome": outcome,
        "reason": "no stranger",
        "findings": findings,
    }


def judged(*clauses: dict[str, Any]) -> Judged:
    return Judged({"clauses": list(clauses)}, output="", versions=[], seconds=1.0)


@pytest.fixture(autouse=True)
def stack(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Manifest(
        title="A",
        language="B",
        start="c",
        must={"file.url": "It has none."},
        should={"methods.head": "It is so."},
        untested={"error.message": "There is no data."},
    )
    monkeypatch.setattr(command, "manifest", lambda _: known)


HEAD = clause("methods.head", "SHOULD", "fail")
URL = clause("file.url", "MUST", "fail")
MESSAGE = clause("error.message", "MUST", "not_tested")


@pytest.mark.parametrize(
    ("clauses", "surprises"),
    [
        pytest.param([HEAD, URL, MESSAGE], [], id="only what is known"),
        pytest.param(
            [HEAD, URL, clause("file.id", "MUST", "fail")],
            ["MUST file.id: s: m: expected e, got a\n    curl"],
            id="a MUST that fails",
        ),
        pytest.param(
            [HEAD, URL, clause("files.empty", "MUST", "not_tested")],
            ["files.empty: no stranger"],
            id="a MUST that is not tested",
        ),
        pytest.param(
            [URL, clause("methods.head", "SHOULD", "pass")],
            ["methods.head: expected to fail, and did not"],
            id="a known SHOULD that passes",
        ),
        pytest.param(
            [HEAD, clause("file.url", "MUST", "pass")],
            ["file.url: expected to fail, and did not"],
            id="a known MUST that passes",
        ),
    ],
)
def test_whatever_is_not_known_is_told(clauses: list[dict[str, Any]], surprises: list[str]) -> None:
    assert command._surprises("any", judged(*clauses)) == surprises  # noqa: SLF001
