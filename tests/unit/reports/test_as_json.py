"""The JSON report fits the schema that is shipped with it."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from neptun_conformance.reports import as_json
from tests.unit.reports import samples

SHIPPED = (files("neptun_conformance") / "report.schema.json").read_text("utf-8")


def test_the_shipped_schema_is_the_one_of_the_models() -> None:
    assert as_json.schema() == SHIPPED, "write as_json.schema() to report.schema.json"


@pytest.mark.parametrize("result", [samples.result(), samples.conformant()])
def test_a_report_fits_its_schema(result: object) -> None:
    document = json.loads(as_json.render(result))  # type: ignore[arg-type]
    jsonschema.validate(document, json.loads(SHIPPED), cls=jsonschema.Draft202012Validator)


def test_a_report_without_its_clauses_does_not() -> None:
    document = json.loads(as_json.render(samples.result()))
    del document["clauses"]
    with pytest.raises(jsonschema.ValidationError, match="'clauses' is a required property"):
        jsonschema.validate(document, json.loads(SHIPPED), cls=jsonschema.Draft202012Validator)
