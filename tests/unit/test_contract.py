"""``openapi.yaml`` is a valid document, its clauses are well made, and their ids are for ever."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from neptun_conformance import contract
from neptun_conformance.cli import clause_table
from neptun_conformance.contract import Clause, endpoint, openapi
from neptun_conformance.contract.openapi import locate
from neptun_conformance.questions.situations import Route
from tests.clause_ids import CHANGELOG, PINNED, added, released, today
from tests.patience import PATIENCE

CHECKED = clause_table.checks_by_clause()

every_clause = pytest.mark.parametrize("clause", contract.clauses().values(), ids=lambda c: c.id)


def test_the_document_is_openapi() -> None:
    validate(contract.document())


def test_path_and_cookie_are_those_of_the_document() -> None:
    document = contract.document()
    assert set(document["paths"]) == {endpoint.PATH}
    assert [one["name"] for one in document["components"]["securitySchemes"].values()] == [
        endpoint.COOKIE
    ]
    assert Route.PLAIN.value == endpoint.PATH.replace("_id}", "}")


def test_no_clause_is_renamed_removed_or_given_another_level() -> None:
    pinned = PINNED.read_text("utf-8").splitlines()
    before = released(CHANGELOG.read_text("utf-8"))
    version = contract.contract_version()
    assert added(pinned, today(), version=version, before=before) == pinned, "run make docs"


@pytest.mark.parametrize("clauses", [[], ["MUST a.b2"], ["SHOULD a.b"]])
def test_a_clause_that_is_gone_is_not_unpinned(clauses: list[str]) -> None:
    with pytest.raises(ValueError, match=r"no longer has: MUST a\.b$"):
        added(["MUST a.b 1.0.0"], clauses, version="2.0.0", before=["1.0.0"])


@pytest.mark.parametrize(
    ("clause", "version"), [("MUST a.a", "2.0.0"), ("SHOULD a.a", "2.0.0"), ("SHOULD a.a", "1.1.0")]
)
def test_a_clause_that_is_new_is_pinned_to_the_version_that_brings_it(
    clause: str, version: str
) -> None:
    lines = added(["MUST a.b 1.0.0"], [clause, "MUST a.b"], version=version, before=["1.0.0"])
    assert lines == [f"{clause} {version}", "MUST a.b 1.0.0"]


@pytest.mark.parametrize(
    ("clause", "version"),
    [
        ("MUST a.a", "1.0.0"),
        ("MUST a.a", "1.1.0"),
        ("SHOULD a.a", "1.0.0"),
        ("SHOULD a.a", "1.0.1"),
    ],
)
def test_a_released_version_gets_no_further_clause(clause: str, version: str) -> None:
    with pytest.raises(ValueError, match=r"a\.a is new: the contract's version must go up from 1"):
        added(["MUST a.b 1.0.0"], [clause, "MUST a.b"], version=version, before=["1.0.0"])


def test_released_is_what_stands_under_a_version() -> None:
    versions = {"Unreleased": "3.0.0", "2.1.0": "2.0.0", "1.0.0": "1.0.0"}
    text = "".join(f"\n## {suite}\n\nContract {one}.\n" for suite, one in versions.items())
    assert released(f"# Changelog\n{text}") == ["2.0.0", "1.0.0"]


def test_two_clauses_of_one_id_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"id": "a.b", "level": "MUST", "sentence": "A is b.", "source": "A"}
    monkeypatch.setattr(openapi, "document", lambda: {"x-clauses": [entry, entry]})
    with pytest.raises(ValueError, match=r"openapi.yaml: two clauses have the id a\.b"):
        contract.clauses.__wrapped__()


@every_clause
def test_a_clause_is_well_made(clause: Clause) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*", clause.id)
    assert re.fullmatch(r"[A-Z0-9](?:[^.]|\.(?! ))*\.", clause.sentence), "not one sentence"
    assert clause.source
    assert clause.source == clause.source.strip()


@every_clause
def test_a_clause_has_a_check(clause: Clause) -> None:
    assert clause.id in CHECKED


def test_the_table_of_clauses_is_up_to_date() -> None:
    assert (contract.CHECKOUT / "docs/clauses.md").read_text() == clause_table.page()


@pytest.mark.parametrize(
    ("marks", "complaint"),
    [
        ('@clause("no.such")', "test_it names the unknown clause no.such"),
        ('@clause("file.id")\n@clause("file.id")', "test_it names 2 clauses and not one"),
    ],
)
def test_an_unknown_clause_is_an_error_at_collection(
    tmp_path: Path, marks: str, complaint: str
) -> None:
    lines = (
        "from neptun_conformance.questions.checks import clause",
        marks,
        "def test_it(readings): pass",
    )
    (tmp_path / "test_x.py").write_text("\n".join(lines))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)]
    ended = subprocess.run(  # noqa: S603 - the command is ours
        command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert complaint in ended.stdout
    assert ended.returncode != 0


def test_an_installation_without_its_files_says_what_is_missing() -> None:
    with pytest.raises(FileNotFoundError, match=r"^no-such is missing from the installed package"):
        locate("no-such", "nowhere")
