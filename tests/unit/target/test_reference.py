"""What is published about target files says what is accepted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from neptun_conformance.targets.keys import keys
from neptun_conformance.targets.load import load_target
from neptun_conformance.targets.reference import DOCUMENT, SCHEMA, reference, schema, write
from neptun_conformance.targets.template import TEMPLATE

ROOT = Path(__file__).parents[3]


def test_the_published_files_are_the_generated_ones(tmp_path: Path) -> None:
    for path in (SCHEMA, DOCUMENT):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    write(tmp_path)
    assert (ROOT / SCHEMA).read_text("utf-8") == (tmp_path / SCHEMA).read_text("utf-8")
    assert (ROOT / DOCUMENT).read_text("utf-8") == (tmp_path / DOCUMENT).read_text("utf-8")


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def everything() -> str:
    """Return the written template with every comment that hides a key taken away."""
    return re.sub(r"(?m)^#(?! )(.)|^#(?=  )", r"\1", TEMPLATE)


def test_the_template_is_a_target_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "target.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    assert load_target(path, environ={}).target.base_url == "http://localhost:3000"


def test_the_template_shows_every_section_rightly(tmp_path: Path) -> None:
    path = tmp_path / "target.yaml"
    path.write_text(everything(), encoding="utf-8")
    names = ("BYPASS", "OWNER_SESSION", "STRANGER_SESSION", "EXPIRED_SESSION")
    loaded = load_target(path, environ={name: f"the-{name}" for name in names})
    assert "not given" not in [value for _, value, _ in loaded.describe()]


@pytest.mark.parametrize("text", [TEMPLATE, everything()], ids=["as written", "everything"])
def test_the_schema_accepts_the_template(text: str) -> None:
    jsonschema.validate(yaml.safe_load(text), schema())


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('{"base_url": "http://h", "missing": {"chat_id": "${CHAT}"}}', True),
        ('{"base_url": "http://h", "missing": {"chat_id": "12"}}', False),
        ('{"base_url": "http://h", "missing": {"chat_id": 0}}', False),
        ('{"base_url": "http://h", "missing": {"chat_id": 1.5}}', False),
        ('{"base_url": "http://h", "colour": "red"}', False),
        ('{"base_url": "http://h", "expired_session": {"command": "login"}}', True),
        ('{"base_url": "http://h", "expired_session": 5}', False),
        ("{}", False),
    ],
)
def test_the_schema_tells_right_from_wrong(text: str, right: bool) -> None:  # noqa: FBT001
    assert jsonschema.Draft202012Validator(schema()).is_valid(json.loads(text)) is right


def test_every_key_is_described_in_the_reference() -> None:
    document = reference()
    assert all(key.description for key in keys())
    assert all(f"| `{key.dotted}` |" in document for key in keys())
