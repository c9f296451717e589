#!/usr/bin/env bash
# A tag with a comma is never a 304 on Django, Express, Koa and hapi; restify answers 412 to its own.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages django==5.2.19 flask==3.1.3 uvicorn==0.54.0
node_packages express@5.3.0 koa@3.3.0 koa-conditional-get@3.0.0 @hapi/hapi@21.4.10 restify@11.1.0
cat >server.py <<'END'
import sys

PORT, TAG = int(sys.argv[2]), sys.argv[3]

def django():
    from django.conf import settings
    settings.configure(ROOT_URLCONF=sys.modules[__name__], ALLOWED_HOSTS=["*"],
                       MIDDLEWARE=["django.middleware.http.ConditionalGetMiddleware"])
    import uvicorn
    from django.core.asgi import get_asgi_application
    from django.http import HttpResponse
    from django.urls import path
    globals()["urlpatterns"] = [path("", lambda request: HttpResponse("page", headers={"ETag": TAG}))]
    uvicorn.run(get_asgi_application(), host="127.0.0.1", port=PORT)

def flask():
    import flask
    app = flask.Flask("page")
    app.get("/")(lambda: flask.Response("page", headers={"ETag": TAG}).make_conditional(flask.request))
    app.run("127.0.0.1", PORT)

globals()[sys.argv[1]]()
END
cat >server.mjs <<'END'
import http from "node:http";
const [name, port, ETag] = [process.argv[2], +process.argv[3], process.argv[4]];
const load = async (module) => (await import(module)).default;
const listen = (handler) => http.createServer(handler).listen(port, "127.0.0.1");
const SERVERS = {
  async express() {
    const express = await load("express");
    listen(express().get("/", (request, response) => response.set({ ETag }).send("page")));
  },
  async koa() {
    const [Koa, conditional] = [await load("koa"), await load("koa-conditional-get")];
    const page = (context) => (context.set({ ETag }), (context.body = "page"));
    listen(new Koa().use(conditional()).use(page).callback());
  },
  async hapi() {
    const server = (await load("@hapi/hapi")).server({ port, host: "127.0.0.1" });
    const handler = (request, h) => h.response("page").etag(ETag.slice(1, -1), { vary: false });
    server.route({ method: "GET", path: "/", handler });
    await server.start();
  },
  async restify() {
    const restify = await load("restify");
    const server = restify.createServer();
    const setTag = (request, response, next) => (response.setHeader("ETag", ETag), next());
    const page = (request, response, next) => (response.send("page"), next());
    server.get("/", setTag, restify.plugins.conditionalRequest(), page);
    server.listen(port, "127.0.0.1");
  },
};
await SERVERS[name]();
END
cat >ask.py <<'END'
import sys, urllib.error, urllib.request

def get(**headers):
    request = urllib.request.Request(f"http://127.0.0.1:{sys.argv[2]}/", headers=headers)
    try:
        return urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer

tag = get().headers["ETag"]
print(f"{sys.argv[1]}: {tag}", *(get(**{field: tag}).status for field in ("If-None-Match", "If-Match")))
END
for tag in '"a.b"' '"a,b"'; do
    for name in flask django; do
        port=$(free_port)
        serve "$port" venv/bin/python server.py "$name" "$port" "$tag"
        observe venv/bin/python ask.py "$name" "$port"
    done
    for name in express koa hapi restify; do
        port=$(free_port)
        serve "$port" node server.mjs "$name" "$port" "$tag"
        observe venv/bin/python ask.py "$name" "$port"
    done
done
conclude "Flask 3.1.3, Django 5.2.19 (ConditionalGetMiddleware), Express 5.3.0, Koa 3.3.0 with koa-conditional-get 3.0.0,
hapi 21.4.10, restify 11.1.0 (conditionalRequest) on Node $(node --version)" \
    'RFC 9110, 8.8.3: a comma is an etagc, so that a list of tags cannot be cut at each comma. Whoever sends
a tag back in If-None-Match gets a 304, whatever it is, and in If-Match never a 412.' \
    'flask: "a.b" 304 200
django: "a.b" 304 200
express: "a.b" 304 200
koa: "a.b" 304 200
hapi: "a.b" 304 200
restify: "a.b" 304 200
flask: "a,b" 304 200
django: "a,b" 200 200
express: "a,b" 200 200
koa: "a,b" 200 200
hapi: "a,b" 200 200
restify: "a,b" 200 412'
