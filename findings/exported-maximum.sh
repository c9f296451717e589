#!/usr/bin/env bash
# FastAPI and Litestar export the limits of an integer as floats: they are others then than those that are checked.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages fastapi==0.165.0 pydantic==2.14.4 httpx==0.28.1 litestar==2.25.0 msgspec==0.23.0 jsonschema==4.26.0
cat >ask.py <<'END'
import json
from typing import Annotated
import fastapi, jsonschema, litestar, litestar.testing, msgspec, pydantic
from fastapi.testclient import TestClient

class ByPydantic(pydantic.BaseModel):
    id: Annotated[int, pydantic.Field(le=2**53 + 1)]
    next: Annotated[int, pydantic.Field(le=2**63 - 1)]

class ByMsgspec(msgspec.Struct):
    id: Annotated[int, msgspec.Meta(le=2**53 + 1)]
    next: Annotated[int, msgspec.Meta(le=2**63 - 1)]

by_fastapi = fastapi.FastAPI()

@by_fastapi.post("/files")
async def file_of_fastapi(data: ByPydantic) -> None: ...

@litestar.post("/files", status_code=200)
async def file_of_litestar(data: ByMsgspec) -> None: ...

by_litestar = litestar.Litestar([file_of_litestar])

def post(client):
    return lambda body: client.post("/files", json=body).status_code == 200

def takes(body):
    try:
        return bool(ByPydantic.model_validate(body))
    except pydantic.ValidationError:
        return False

def schema(client, path, model):
    return client.get(path).json()["components"]["schemas"][model]

fastapis, litestars = TestClient(by_fastapi), litestar.testing.TestClient(by_litestar)
SUBJECTS = {
    "pydantic": (takes, ByPydantic.model_json_schema()),
    "FastAPI": (post(fastapis), schema(fastapis, "/openapi.json", "ByPydantic")),
    "Litestar": (post(litestars), schema(litestars, "/schema/openapi.json", "ByMsgspec")),
}
BODIES = {"id 2**53 + 1": {"id": 2**53 + 1, "next": 1}, "next 2**63": {"id": 1, "next": 2**63}}
for name, (taken, document) in SUBJECTS.items():
    for text, body in BODIES.items():
        valid = jsonschema.Draft202012Validator(document).is_valid(body)
        print(f"{name}, {text}: {'taken' if taken(body) else 'refused'}, by its document {'valid' if valid else 'not valid'}")
END
observe venv/bin/python ask.py
conclude "FastAPI 0.165.0 with pydantic 2.14.4, Litestar 2.25.0 with msgspec 0.23.0; beside them pydantic's own schema" \
    'JSON Schema 2020-12, Validation 6.2.2: a maximum is a number of any size, and RFC 8259, 6, lets it be written in full.
What is taken is valid by the document, what is refused is not.' \
    'pydantic, id 2**53 + 1: taken, by its document valid
pydantic, next 2**63: refused, by its document not valid
FastAPI, id 2**53 + 1: taken, by its document not valid
FastAPI, next 2**63: refused, by its document valid
Litestar, id 2**53 + 1: taken, by its document not valid
Litestar, next 2**63: refused, by its document valid'
