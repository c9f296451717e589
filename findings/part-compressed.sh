#!/usr/bin/env bash
# Asked for a part of a file, compression (Express), Flask-Compress and brotli-asgi send a part of the plain one, compressed.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages flask==3.1.3 flask-compress==1.25 starlette==1.10.0 brotli-asgi==1.7.0 uvicorn==0.54.0
node_packages express@5.3.0 compression@1.8.2 hono@4.13.19 @hono/node-server@2.1.9
mkdir public
seq 9999 >public/page.txt
cat >server.py <<'END'
import sys

HOST, PORT = "127.0.0.1", int(sys.argv[2])

def flask():
    import flask, flask_compress
    app = flask.Flask("files", static_folder="public", static_url_path="/")
    flask_compress.Compress(app)
    app.run(HOST, PORT)

def asgi(middleware):
    import uvicorn
    from starlette.staticfiles import StaticFiles
    uvicorn.run(middleware(StaticFiles(directory="public")), host=HOST, port=PORT)

def starlette():
    from starlette.middleware.gzip import GZipMiddleware
    asgi(GZipMiddleware)

def brotli_asgi():
    from brotli_asgi import BrotliMiddleware
    asgi(BrotliMiddleware)

globals()[sys.argv[1]]()
END
cat >server.mjs <<'END'
import http from "node:http";
const [name, port] = [process.argv[2], +process.argv[3]];
const SERVERS = {
  async express() {
    const { default: compression } = await import("compression");
    const { default: express } = await import("express");
    return express().use(compression()).use(express.static("public"));
  },
  async hono() {
    const { Hono } = await import("hono");
    const { compress } = await import("hono/compress");
    const { getRequestListener } = await import("@hono/node-server");
    const { serveStatic } = await import("@hono/node-server/serve-static");
    return getRequestListener(new Hono().use(compress()).use(serveStatic({ root: "./public" })).fetch);
  },
};
http.createServer(await SERVERS[name]()).listen(port, "127.0.0.1");
END
cat >ask.py <<'END'
import http.client, sys

def get(**fields):
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]), timeout=10)
    connection.request("GET", "/page.txt", headers={"Accept-Encoding": "gzip, br", **fields})
    answer = connection.getresponse()
    return answer.status, answer.headers["Content-Encoding"] or "plain", answer.headers["Content-Range"], len(answer.read())

whole = get()
status, coding, part, length = get(Range="bytes=0-9999")
print(f"{sys.argv[1]}: the whole {whole[1]}; the first 10000 octets: {status}, {coding}, {part},",
      "10000 octets" if length == 10000 else "fewer octets")
END
for name in starlette flask brotli_asgi; do
    port=$(free_port)
    serve "$port" venv/bin/python server.py "$name" "$port"
    observe venv/bin/python ask.py "$name" "$port"
done
for name in hono express; do
    port=$(free_port)
    serve "$port" node server.mjs "$name" "$port"
    observe venv/bin/python ask.py "$name" "$port"
done
conclude "compression 1.8.2 under Express 5.3.0, Flask-Compress 1.25 under Flask 3.1.3, brotli-asgi 1.7.0; beside them GZipMiddleware
of Starlette 1.10.0 and hono/compress of Hono 4.13.19 on Node $(node --version)" \
    'RFC 9110, 14 and 8.4: a coding belongs to the representation, and a range is one of its octets as coded. So a part
that says Content-Range: bytes 0-9999 is 10000 octets, here plain; or the whole is sent, compressed.' \
    'starlette: the whole gzip; the first 10000 octets: 206, plain, bytes 0-9999/48888, 10000 octets
flask: the whole br; the first 10000 octets: 206, br, bytes 0-9999/48888, fewer octets
brotli_asgi: the whole br; the first 10000 octets: 206, br, bytes 0-9999/48888, fewer octets
hono: the whole gzip; the first 10000 octets: 206, plain, bytes 0-9999/48888, 10000 octets
express: the whole br; the first 10000 octets: 206, br, bytes 0-9999/48888, fewer octets'
