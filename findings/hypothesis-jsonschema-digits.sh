#!/usr/bin/env bash
# hypothesis-jsonschema makes digits of other scripts for the pattern ^\d+$; schemathesis does not.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages hypothesis-jsonschema==0.23.1 schemathesis==4.32.5 jsonschema==4.26.0
node_packages ajv@8.20.0
cat >make.py <<'END'
import json, sys
import jsonschema, schemathesis
from hypothesis import HealthCheck, find, settings
from hypothesis.errors import NoSuchExample
from hypothesis_jsonschema import from_schema

SCHEMA = {"type": "string", "pattern": r"^\d+$"}
DOCUMENT = {
    "openapi": "3.1.0", "info": {"title": "Files", "version": "1"},
    "paths": {"/files/{id}": {"get": {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": SCHEMA}],
        "responses": {"200": {"description": "files"}},
    }}},
}
QUIET = settings(max_examples=1000, database=None, derandomize=True, suppress_health_check=list(HealthCheck))

def made(strategy, text):
    try:
        return text(find(strategy, lambda value: not text(value).isascii(), settings=QUIET))
    except NoSuchExample:
        return None

by_library = made(from_schema(SCHEMA), lambda value: value)
operation = schemathesis.openapi.from_dict(DOCUMENT)["/files/{id}"]["GET"]
by_tool = made(operation.as_strategy(), lambda case: case.path_parameters["id"])
print("hypothesis-jsonschema:", "only ASCII digits" if by_library is None else "other digits too")
print("schemathesis:", "only ASCII digits" if by_tool is None else "other digits too")
print("jsonschema:", "valid" if jsonschema.Draft202012Validator(SCHEMA).is_valid(by_library) else "not valid")
with open("made.json", "w") as file:
    json.dump(by_library, file)
END
cat >read.mjs <<'END'
import fs from "node:fs";
import Ajv from "ajv/dist/2020.js";
const valid = new Ajv.default().compile({ type: "string", pattern: "^\\d+$" });
console.log("ajv:", valid(JSON.parse(fs.readFileSync("made.json", "utf8"))) ? "valid" : "not valid");
END
observe venv/bin/python make.py
observe node read.mjs
conclude "hypothesis-jsonschema 0.23.1, schemathesis 4.32.5, jsonschema 4.26.0; ajv 8.20.0 on Node $(node --version)" \
    'JSON Schema 2020-12, Core 6.4: patterns should be read as ECMA-262 does, where \d is 0 to 9. Generators
make ASCII digits only, and what one tool makes as valid is valid to the other.' \
    'hypothesis-jsonschema: other digits too
schemathesis: only ASCII digits
jsonschema: valid
ajv: not valid'
