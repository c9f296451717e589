# shellcheck shell=bash
# Servers of one file, for the findings that ask many of them the same question. A finding writes
# ask.py, which is started with the name and the port of each and prints one line.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# shellcheck disable=SC2034  # the findings print it
file_servers="aiohttp 3.14.5, Bottle 0.13.4, CherryPy 18.10.0 (tools.staticfile), Falcon 4.4.0, Flask 3.1.3
with Werkzeug 3.1.9, Pyramid 2.1, Sanic 25.12.1 (use_content_range), Starlette 1.10.0 (StaticFiles),
Tornado 6.6.1, Twisted 26.10.0 (static.File), WhiteNoise 6.12.0; who has no server is on cheroot or uvicorn;
Express 5.3.0, hapi 21.4.10 with inert 7.1.2, Hono 4.13.19 with @hono/node-server 2.1.9, serve-handler 6.1.8,
sirv 3.0.2 on Node $(node --version 2>/dev/null)"

# ask_file_servers: start each before a file of 51 octets, /page.txt, and observe what ask.py prints.
ask_file_servers() {
    local name port
    installed node npm
    python_packages aiohttp==3.14.5 bottle==0.13.4 cherrypy==18.10.0 cheroot==11.1.2 falcon==4.4.0 flask==3.1.3 \
        werkzeug==3.1.9 pyramid==2.1 sanic==25.12.1 starlette==1.10.0 tornado==6.6.1 twisted==26.10.0 uvicorn==0.54.0 \
        whitenoise==6.12.0
    node_packages express@5.3.0 @hapi/hapi@21.4.10 @hapi/inert@7.1.2 hono@4.13.19 @hono/node-server@2.1.9 \
        serve-handler@6.1.8 sirv@3.0.2
    mkdir public
    seq 20 >public/page.txt
    touch -d '2024-03-20 10:00:00 UTC' public/page.txt
    write_file_servers
    for name in aiohttp bottle cherrypy falcon flask pyramid sanic starlette tornado twisted whitenoise; do
        port=$(free_port)
        serve "$port" venv/bin/python file_server.py "$name" "$port"
        observe venv/bin/python ask.py "$name" "$port"
    done
    for name in express hapi hono serve-handler sirv; do
        port=$(free_port)
        serve "$port" node file_server.mjs "$name" "$port"
        observe venv/bin/python ask.py "$name" "$port"
    done
}

write_file_servers() {
    cat >file_server.py <<'END'
import asyncio, os, sys

PUBLIC, HOST, PORT = os.path.abspath("public"), "127.0.0.1", int(sys.argv[2])
PAGE = f"{PUBLIC}/page.txt"

def wsgi(app):
    from cheroot.wsgi import Server
    Server((HOST, PORT), app).start()

def aiohttp():
    from aiohttp import web
    app = web.Application()
    app.router.add_static("/", PUBLIC)
    web.run_app(app, host=HOST, port=PORT, print=None)

def bottle():
    import bottle
    bottle.route("/page.txt")(lambda: bottle.static_file("page.txt", root=PUBLIC))
    wsgi(bottle.default_app())

def cherrypy():
    import cherrypy
    cherrypy.config.update({"server.socket_host": HOST, "server.socket_port": PORT, "engine.autoreload.on": False})
    cherrypy.quickstart(None, "/", {"/page.txt": {"tools.staticfile.on": True, "tools.staticfile.filename": PAGE}})

def falcon():
    import falcon
    app = falcon.App()
    app.add_static_route("/", PUBLIC)
    wsgi(app)

def flask():
    import flask
    wsgi(flask.Flask("files", static_folder=PUBLIC, static_url_path="/"))

def pyramid():
    from pyramid.config import Configurator
    with Configurator() as config:
        config.add_static_view("/", PUBLIC)
    wsgi(config.make_wsgi_app())

def sanic():
    from sanic import Sanic
    app = Sanic("files")
    app.static("/page.txt", PAGE, use_content_range=True)
    app.run(HOST, PORT, single_process=True)

def starlette():
    import uvicorn
    from starlette.staticfiles import StaticFiles
    uvicorn.run(StaticFiles(directory=PUBLIC), host=HOST, port=PORT)

def tornado():
    import tornado.web
    async def main():
        tornado.web.Application([("/(.*)", tornado.web.StaticFileHandler, {"path": PUBLIC})]).listen(PORT, HOST)
        await asyncio.Event().wait()
    asyncio.run(main())

def twisted():
    from twisted.internet import reactor
    from twisted.web import server, static
    reactor.listenTCP(PORT, server.Site(static.File(PUBLIC)), interface=HOST)
    reactor.run()

def whitenoise():
    from whitenoise import WhiteNoise
    wsgi(WhiteNoise(None, root=PUBLIC))

if __name__ == "__main__":
    globals()[sys.argv[1]]()
END
    cat >file_server.mjs <<'END'
import http from "node:http";
const [name, port] = [process.argv[2], +process.argv[3]];
const listen = (handler) => http.createServer(handler).listen(port, "127.0.0.1");
const SERVERS = {
  async express() {
    const { default: express } = await import("express");
    listen(express().use(express.static("public")));
  },
  async hapi() {
    const { default: hapi } = await import("@hapi/hapi");
    const { default: inert } = await import("@hapi/inert");
    const server = hapi.server({ port, host: "127.0.0.1" });
    await server.register(inert);
    server.route({ method: "GET", path: "/{path*}", handler: { directory: { path: "public" } } });
    await server.start();
  },
  async hono() {
    const { Hono } = await import("hono");
    const { getRequestListener } = await import("@hono/node-server");
    const { serveStatic } = await import("@hono/node-server/serve-static");
    listen(getRequestListener(new Hono().use(serveStatic({ root: "./public" })).fetch));
  },
  async "serve-handler"() {
    const { default: handler } = await import("serve-handler");
    listen((request, response) => handler(request, response, { public: "public", etag: true }));
  },
  async sirv() {
    const { default: sirv } = await import("sirv");
    listen(sirv("public", { etag: true }));
  },
};
await SERVERS[name]();
END
    cat >get_page.py <<'END'
import http.client, sys

def get(**headers):
    """The answer to GET /page.txt, read to its end, as status, content and Content-Range."""
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]), timeout=10)
    connection.request("GET", "/page.txt", headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers["Content-Range"]
END
}
