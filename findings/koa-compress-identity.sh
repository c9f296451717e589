#!/usr/bin/env bash
# koa-compress answers 500 to a client that accepts no coding it has, plain text not being acceptable either.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
node_packages koa@3.3.0 koa-compress@5.2.2 express@5.3.0 compression@1.8.2
cat >ask.mjs <<'END'
import http from "node:http";
import { once } from "node:events";
import compression from "compression";
import express from "express";
import Koa from "koa";
import compress from "koa-compress";

const PAGE = "page ".repeat(999);
const koa = new Koa().use(compress()).use((context) => (context.body = PAGE));
koa.silent = true;
const APPS = {
  compression: express().use(compression()).get("/", (request, answer) => answer.send(PAGE)),
  "koa-compress": koa.callback(),
};
for (const [name, app] of Object.entries(APPS)) {
  const server = http.createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  for (const accepted of ["gzip", "identity;q=0, gzip", "identity;q=0", "zstd, *;q=0"]) {
    const request = http.get({ port: server.address().port, agent: false, headers: { "Accept-Encoding": accepted } });
    const [answer] = await once(request, "response");
    answer.resume();
    console.log(`${name}, ${accepted}: ${answer.statusCode}`);
  }
  server.close();
}
END
observe node ask.mjs
conclude "koa-compress 5.2.2 under Koa 3.3.0; beside it compression 1.8.2 under Express 5.3.0; Node $(node --version)" \
    'RFC 9110, 12.5.3: where no coding is acceptable, the content should be sent without one; 15.5.7: or
the answer is a 406. A 500 says that the server is at fault.' \
    'compression, gzip: 200
compression, identity;q=0, gzip: 200
compression, identity;q=0: 200
compression, zstd, *;q=0: 200
koa-compress, gzip: 200
koa-compress, identity;q=0, gzip: 200
koa-compress, identity;q=0: 500
koa-compress, zstd, *;q=0: 500'
