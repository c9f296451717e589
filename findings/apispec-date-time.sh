#!/usr/bin/env bash
# apispec exports marshmallow's DateTime of another format than ISO as what is no OpenAPI.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages apispec==6.10.1 marshmallow==4.4.0 openapi-spec-validator==0.8.5
cat >export.py <<'END'
import apispec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields
from openapi_spec_validator import OpenAPIV30SpecValidator

for form in ("iso", "rfc", "timestamp", "timestamp_ms", "%d.%m.%Y"):
    document = apispec.APISpec("Files", "1", "3.0.3", plugins=[MarshmallowPlugin()])
    document.components.schema("File", schema=Schema.from_dict({"created_at": fields.DateTime(format=form)}))
    exported = document.to_dict()
    field = exported["components"]["schemas"]["File"]["properties"]["created_at"]
    valid = OpenAPIV30SpecValidator(exported).is_valid()
    shown = {name: value for name, value in field.items() if name in ("type", "format", "min", "minimum")}
    print(f"{form}: {shown}, {'valid' if valid else 'not valid'}")
END
observe venv/bin/python export.py
conclude "apispec 6.10.1, marshmallow 4.4.0; the judge is openapi-spec-validator 0.8.5" \
    'OpenAPI 3.0.3, Schema Object: format is a string, or left out; min is no field of it, minimum is. All are valid.' \
    "iso: {'type': 'string', 'format': 'date-time'}, valid
rfc: {'type': 'string', 'format': None}, not valid
timestamp: {'type': 'number', 'format': 'float', 'min': '0'}, not valid
timestamp_ms: {'type': 'number', 'format': 'float', 'min': '0'}, not valid
%d.%m.%Y: {'type': 'string', 'format': None}, not valid"
