#!/usr/bin/env bash
# needle reads JSON only where its media type is written in small letters, and no space comes before the parameter.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
node_packages needle@3.5.0 superagent@10.4.2
cat >ask.mjs <<'END'
import http from "node:http";
import { once } from "node:events";
import needle from "needle";
import superagent from "superagent";

const TYPES = [
  "application/json",
  "application/json; charset=utf-8",
  "application/json ; charset=utf-8",
  "Application/JSON",
  "application/problem+json",
];
const server = http.createServer((request, response) => {
  response.setHeader("Content-Type", TYPES[request.url.slice(1)]);
  response.end('{"chatFiles": []}');
});
await once(server.listen(0, "127.0.0.1"), "listening");
const kind = (body) =>
  body.chatFiles ? "the object" : Buffer.isBuffer(body) ? "a Buffer" : typeof body === "string" ? "a string" : "nothing";
for (const [number, type] of TYPES.entries()) {
  const url = `http://127.0.0.1:${server.address().port}/${number}`;
  console.log(`needle, ${type}: ${kind((await needle("get", url)).body)}`);
  console.log(`superagent, ${type}: ${kind((await superagent.get(url)).body)}`);
}
server.close();
END
observe node ask.mjs
conclude x y z
