#!/usr/bin/env bash
# A target with scheme and host is a 404 on many servers; on uvicorn, whether httptools is installed decides.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages uvicorn==0.54.0 h11==0.16.0 httptools==0.9.0 hypercorn==0.18.0 daphne==4.2.3 starlette==1.10.0
node_packages h3@1.15.11 express@5.3.0
cat >app.py <<'END'
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

async def endpoint(request):
    return PlainTextResponse("files")

app = Starlette(routes=[Route("/files", endpoint)])
END
cat >by_express.mjs <<'END'
import express from "express";
express().get("/files", (_, response) => response.send("files")).listen(+process.argv[2], "127.0.0.1");
END
cat >by_h3.mjs <<'END'
import http from "node:http";
import { createApp, createRouter, eventHandler, toNodeListener } from "h3";
const router = createRouter().get("/files", eventHandler(() => "files"));
http.createServer(toNodeListener(createApp().use(router))).listen(+process.argv[2], "127.0.0.1");
END
cat >ask.py <<'END'
import http.client, sys

name, port = sys.argv[1], int(sys.argv[2])
seen = []
for target in ("/files", f"http://127.0.0.1:{port}/files"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", target)
    seen.append(str(connection.getresponse().status))
print(name, *seen)
END
try_server() {
    local name=$1 port
    port=$(free_port)
    shift
    serve "$port" "${@//PORT/$port}"
    observe venv/bin/python ask.py "$name" "$port"
}
try_server 'uvicorn, httptools:' venv/bin/uvicorn --http httptools --port PORT app:app
try_server 'uvicorn, h11:' venv/bin/uvicorn --http h11 --port PORT app:app
try_server 'hypercorn:' venv/bin/hypercorn --bind 127.0.0.1:PORT app:app
try_server 'daphne:' venv/bin/daphne --bind 127.0.0.1 --port PORT app:app
try_server 'express:' node by_express.mjs PORT
try_server 'h3:' node by_h3.mjs PORT
conclude "uvicorn 0.54.0 with httptools 0.9.0 and with h11 0.16.0, Hypercorn 0.18.0 and Daphne 4.2.3, all under Starlette 1.10.0;
Express 5.3.0 and h3 1.15.11 on Node $(node --version)" \
    'RFC 9112, 3.2.2: a server must accept the absolute form of the target, though most clients send
it to proxies only. Both statuses (of the path alone, and with scheme and host before it) are 200.' \
    'uvicorn, httptools: 200 200
uvicorn, h11: 200 404
hypercorn: 200 404
daphne: 200 404
express: 200 200
h3: 200 404'
