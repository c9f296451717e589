#!/usr/bin/env bash
# h3 answers HEAD by its GET routes, until there is a catch-all for what is not found: then every HEAD is that.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
node_packages h3@2.0.8 hono@4.13.19
cat >ask.mjs <<'END'
import { H3 } from "h3";
import { Hono } from "hono";

const file = () => new Response("file");
const missing = () => new Response("no such page", { status: 404 });
const APPS = {
  "h3": new H3().get("/file", file),
  "h3 with a catch-all": new H3().get("/file", file).all("/**", missing),
  "hono": new Hono().get("/file", file),
  "hono with a catch-all": new Hono().get("/file", file).all("/*", missing),
};
for (const [name, app] of Object.entries(APPS)) {
  const status = async (method) => (await app.fetch(new Request("http://localhost/file", { method }))).status;
  console.log(`${name}: GET ${await status("GET")}, HEAD ${await status("HEAD")}`);
}
END
observe node ask.mjs
conclude "h3 2.0.8; beside it Hono 4.13.19; Node $(node --version)" \
    'RFC 9110, 9.3.2: HEAD is as GET, without the content. The more special route answers both, with a
catch-all and without one.' \
    'h3: GET 200, HEAD 200
h3 with a catch-all: GET 200, HEAD 404
hono: GET 200, HEAD 200
hono with a catch-all: GET 200, HEAD 200'
