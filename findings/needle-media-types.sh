#!/usr/bin/env bash
# needle parses JSON only under a media type in small letters, with no space before the parameter and no +json.
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
conclude "needle 3.5.0; beside it superagent 10.4.2; Node $(node --version)" \
    'RFC 9110, 8.3.1: a media type is compared without regard to case; 5.6.6: white space may stand before the ";".
RFC 6839, 3.1: what ends in +json is JSON too. needle says that it parses JSON by the media type: each is the object.' \
    'needle, application/json: the object
superagent, application/json: the object
needle, application/json; charset=utf-8: the object
superagent, application/json; charset=utf-8: the object
needle, application/json ; charset=utf-8: a Buffer
superagent, application/json ; charset=utf-8: the object
needle, Application/JSON: a Buffer
superagent, Application/JSON: the object
needle, application/problem+json: a string
superagent, application/problem+json: the object'
