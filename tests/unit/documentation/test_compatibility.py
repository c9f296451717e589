"""docs/compatibility.md says what the records say, and the records what the stacks say."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests import compatibility
from tests.stacks import databases, installing
from tests.stacks.manifest import Manifest, manifest, names

STACKS, PROXIES, MISTAKES = (compatibility.RECORDS / kind for kind in compatibility.KINDS)
REPORT = {
    "verdict": "conformant",
    "requests": 478,
    "clauses": [
        {
            "id": "methods.head",
            "level": "SHOULD",
            "outcome": "fail",
            "findings": [{"message": "a | b", "expected": "status 200", "actual": "status 405"}],
        },
        {"id": "file.id", "level": "MUST", "outcome": "pass", "findings": []},
    ],
}


def test_the_page_is_as_generated() -> None:
    assert compatibility.PAGE.read_text("utf-8") == compatibility.page(), "run make docs"


def test_what_is_recorded_stands_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compatibility, "RECORDS", tmp_path)
    compatibility.record(
        "proxies",
        "gate",
        REPORT,
        title="Gate",
        versions=["gate 1.2"],
        seconds=1.26,
        reasons={"methods.head": "It knows GET alone."},
    )
    row = compatibility.page().splitlines()[-1]
    assert row.startswith(
        "| Gate | gate 1.2 | conformant | SHOULD `methods.head`: a \\| b: expected status 200,"
        " got status 405. It knows GET alone. | 478 | 1.3 | "
    )


@pytest.mark.parametrize("name", names())
def test_every_stack_is_recorded_with_the_findings_that_it_expects(name: str) -> None:
    kept = compatibility.Record.model_validate_json((STACKS / f"{name}.json").read_bytes())
    assert {found.clause: found.reason for found in kept.findings} == manifest(name).known
    assert (kept.title, kept.language) == (manifest(name).title, manifest(name).language)
    assert kept.verdict == ("nonconformant" if manifest(name).must else "conformant")


@pytest.mark.parametrize("path", sorted(PROXIES.glob("*.json")), ids=lambda path: path.stem)
def test_what_fails_behind_a_right_proxy_is_a_should_with_its_reason(path: Path) -> None:
    kept = compatibility.Record.model_validate_json(path.read_bytes())
    assert all(found.level == "SHOULD" and found.reason for found in kept.findings)


@pytest.mark.parametrize("path", sorted(MISTAKES.glob("*.json")), ids=lambda path: path.stem)
def test_a_mistake_is_not_excused_by_what_the_proxy_does_where_it_is_set_up_rightly(
    path: Path,
) -> None:
    kept = compatibility.Record.model_validate_json(path.read_bytes())
    assert not any(found.reason for found in kept.findings)


def test_no_record_is_of_a_stack_that_is_gone() -> None:
    assert sorted(path.stem for path in STACKS.glob("*.json")) == names()


@pytest.mark.parametrize("name", [name for name in names() if manifest(name).database])
def test_every_database_is_recorded_with_every_question(name: str) -> None:
    path = compatibility.RECORDS / "databases" / f"{name}.json"
    kept = compatibility.Database.model_validate_json(path.read_bytes())
    assert kept.software == manifest(name).database
    assert list(kept.answers) == [*databases.PATHS, "created_at"]
    assert "another time" not in kept.answers["created_at"]


def test_what_databases_said_stands_in_a_column_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compatibility, "RECORDS", tmp_path)
    for name, status in (("Second", "500"), ("First", "404")):
        compatibility.record_database(name, software=name, versions=[], answers={"2^63": status})
    assert "| asked for | First | Second |" in compatibility.page()
    assert "| 2^63 | 404 | 500 |" in compatibility.page()


def test_there_are_twenty_stacks_in_ten_languages() -> None:
    assert len(names()) >= 20
    assert len({manifest(name).language for name in names()}) >= 10


def test_a_misspelt_key_of_a_manifest_is_refused() -> None:
    with pytest.raises(ValidationError, match="prots"):
        Manifest.model_validate({"title": "A", "language": "B", "prots": "c"})


def test_what_debian_has_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    stack = Manifest(title="A", language="B", start="c", debian=("no-such-package",))
    monkeypatch.setattr(installing, "manifest", lambda _: stack)
    with pytest.raises(installing.NotInstalledError, match="apt-get install no-such-package"):
        installing.installed("any")
