#!/usr/bin/env bash
# openapi-backend and express-openapi-validator cannot use a document in which nullable stands beside allOf.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages openapi-spec-validator==0.8.5
node_packages openapi-backend@5.21.2 express@5.3.0 express-openapi-validator@5.6.2
cat >openapi.json <<'END'
{
  "openapi": "3.0.3", "info": {"title": "Files", "version": "1"},
  "paths": {"/files": {"get": {"operationId": "files", "responses": {"200": {
    "description": "a file",
    "content": {"application/json": {"schema": {"type": "object", "properties": {
      "owner": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Owner"}]}
    }}}}
  }}}}},
  "components": {"schemas": {"Owner": {"type": "object", "properties": {"name": {"type": "string"}}}}}
}
END
cat >read.mjs <<'END'
import http from "node:http";
import { once } from "node:events";
import express from "express";
import validator from "express-openapi-validator";
import { OpenAPIBackend } from "openapi-backend";

const app = express()
  .use(validator.middleware({ apiSpec: "openapi.json", validateResponses: true }))
  .get("/files", (request, response) => response.json({ owner: { name: "a" } }))
  .use((error, request, response, next) => response.status(500).send(error.message));
const server = http.createServer(app).listen(0, "127.0.0.1");
await once(server, "listening");
const answer = await fetch(`http://127.0.0.1:${server.address().port}/files`);
console.log(`express-openapi-validator: ${answer.status} ${await answer.text()}`);
server.close();
try {
  await new OpenAPIBackend({ definition: "openapi.json" }).init();
  console.log("openapi-backend: started");
} catch (error) {
  console.log(`openapi-backend: ${error.message}`);
}
END
observe venv/bin/openapi-spec-validator openapi.json
observe node read.mjs
conclude "openapi-backend 5.21.2, express-openapi-validator 5.6.2 under Express 5.3.0 on Node $(node --version);
the document is judged by openapi-spec-validator 0.8.5" \
    'OpenAPI 3.0.3, Schema Object: nullable takes effect where type stands beside it, and may stand elsewhere; allOf beside
it is how 3.0 documents give a reference a property more. openapi-backend starts, the other answers 200.' \
    'openapi.json: OK
express-openapi-validator: 500 "nullable" cannot be used without "type"
openapi-backend: "nullable" cannot be used without "type"'
