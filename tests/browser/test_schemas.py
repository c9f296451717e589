"""SARIF and HAR fit the schemas that their readers use, whatever the target sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from referencing import Registry, Resource

from neptun_conformance.reports import har, sarif
from tests.unit.reports import samples

if TYPE_CHECKING:
    from neptun_conformance.results.result import Result

MODULES = Path(__file__).with_name("node_modules")
SARIF = MODULES / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
HAR = MODULES / "har-schema" / "lib"

RESULTS = {
    "every-outcome": samples.result(),
    "strict": samples.result(strict=True),
    "good": samples.conformant(),
    "truncated": samples.result(truncated=True),
    "empty": samples.result([], exchanges=[]),
    **{name: samples.hostile(text) for name, text in samples.HOSTILE.items()},
}
every_result = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())


def validator(schema: dict[str, Any], others: list[dict[str, Any]]) -> jsonschema.Draft7Validator:
    resources = [(each["$id"], Resource.from_contents(each)) for each in others]
    registry: Registry[Any] = Registry().with_resources(resources)
    checks = jsonschema.Draft7Validator.FORMAT_CHECKER
    return jsonschema.Draft7Validator(schema, registry=registry, format_checker=checks)


@pytest.fixture(scope="module")
def sarif_schema() -> jsonschema.Draft7Validator:
    return validator(json.loads(SARIF.read_text("utf-8")), [])


@pytest.fixture(scope="module")
def har_schema() -> jsonschema.Draft7Validator:
    parts = [json.loads(path.read_text("utf-8")) for path in HAR.glob("*.json")]
    return validator({"$ref": "har.json#"}, parts)


@every_result
def test_sarif(result: Result, sarif_schema: jsonschema.Draft7Validator) -> None:
    sarif_schema.validate(json.loads(sarif.render(result)))


@every_result
def test_har(result: Result, har_schema: jsonschema.Draft7Validator) -> None:
    har_schema.validate(json.loads(har.render(result)))


def test_the_schemas_are_really_asked(
    sarif_schema: jsonschema.Draft7Validator, har_schema: jsonschema.Draft7Validator
) -> None:
    log = json.loads(sarif.render(samples.result()))
    log["runs"][0]["results"][0]["level"] = "fatal"
    transcript = json.loads(har.render(samples.result()))
    del transcript["log"]["entries"][0]["response"]["headersSize"]
    assert not sarif_schema.is_valid(log)
    assert not har_schema.is_valid(transcript)
