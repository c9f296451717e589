#!/usr/bin/env bash
# Under application/problem+json, openapi-core refuses each content, and openapi-backend takes each.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages openapi-core==0.23.1
node_packages openapi-backend@5.21.2 express@5.3.0 express-openapi-validator@5.6.2
cat >openapi.json <<'END'
{
  "openapi": "3.0.3", "info": {"title": "Files", "version": "1"},
  "paths": {"/files": {"get": {"operationId": "files", "responses": {
    "403": {"description": "refused", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
    "404": {"description": "none", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
  }}}},
  "components": {"schemas": {"Problem": {
    "type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}
  }}}
}
END
cat >read.py <<'END'
import json
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

document = OpenAPI.from_file_path("openapi.json")
for status, media_type in (403, "application/json"), (404, "application/problem+json"):
    for content in ({"title": "none"}, {}):
        answer = MockResponse(json.dumps(content).encode(), status_code=status, content_type=media_type)
        errors = list(document.unmarshal_response(MockRequest("http://localhost", "get", "/files"), answer).errors)
        print(f"openapi-core, {media_type}, {json.dumps(content)}:", "refused" if errors else "taken")
END
cat >read.mjs <<'END'
import fs from "node:fs";
import http from "node:http";
import { once } from "node:events";
import express from "express";
import validator from "express-openapi-validator";
import { OpenAPIBackend } from "openapi-backend";

const apiSpec = JSON.parse(fs.readFileSync("openapi.json", "utf8"));
const CASES = [[403, "application/json"], [404, "application/problem+json"]].flatMap(([status, type]) =>
  [{ title: "none" }, {}].map((content) => ({ status, type, content })),
);
const print = (name, { type, content }, taken) =>
  console.log(`${name}, ${type}, ${JSON.stringify(content)}: ${taken ? "taken" : "refused"}`);

const backend = new OpenAPIBackend({ definition: apiSpec });
backend.register({ files: () => null });
await backend.init();
for (const each of CASES) {
  print("openapi-backend", each, !backend.validateResponse(each.content, "files", each.status).errors);
}

let answered;
const app = express()
  .use(validator.middleware({ apiSpec, validateResponses: true }))
  .get("/files", (request, response) => response.status(answered.status).type(answered.type).json(answered.content))
  .use((error, request, response, next) => response.status(500).end());
const server = http.createServer(app).listen(0, "127.0.0.1");
await once(server, "listening");
for (answered of CASES) {
  const { status } = await fetch(`http://127.0.0.1:${server.address().port}/files`);
  print("express-openapi-validator", answered, status === answered.status);
}
process.exit();
END
observe venv/bin/python read.py
observe node read.mjs
conclude "openapi-core 0.23.1, openapi-backend 5.21.2; beside them express-openapi-validator 5.6.2 under Express 5.3.0 on Node $(node --version)" \
    'OpenAPI 3.0.3, Response Object: content maps each media type to its schema, and RFC 6839, 3.1: what ends in +json is JSON.
Under both types a problem with a title is taken, and one without it refused, or it is said that nothing was checked.' \
    'openapi-core, application/json, {"title": "none"}: taken
openapi-core, application/json, {}: refused
openapi-core, application/problem+json, {"title": "none"}: refused
openapi-core, application/problem+json, {}: refused
openapi-backend, application/json, {"title":"none"}: taken
openapi-backend, application/json, {}: refused
openapi-backend, application/problem+json, {"title":"none"}: taken
openapi-backend, application/problem+json, {}: taken
express-openapi-validator, application/json, {"title":"none"}: taken
express-openapi-validator, application/json, {}: refused
express-openapi-validator, application/problem+json, {"title":"none"}: taken
express-openapi-validator, application/problem+json, {}: refused'
