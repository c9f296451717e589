#!/usr/bin/env bash
# A client that refuses gzip by "gzip;q=0" gets gzip from Django, Starlette, Tornado, aiohttp and Flask-Compress.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages aiohttp==3.14.5 django==5.2.19 flask==3.1.3 flask-compress==1.25 \
    starlette==1.10.0 tornado==6.6.1 twisted==26.10.0 uvicorn==0.54.0
cat >server.py <<'END'
import asyncio, sys

HOST, PORT, TEXT = "127.0.0.1", int(sys.argv[2]), "a page " * 999

def asgi(app):
    import uvicorn
    uvicorn.run(app, host=HOST, port=PORT)

def aiohttp():
    from aiohttp import web
    async def page(request):
        answer = web.Response(text=TEXT)
        answer.enable_compression()
        return answer
    app = web.Application()
    app.router.add_get("/", page)
    web.run_app(app, host=HOST, port=PORT, print=None)

def django():
    from django.conf import settings
    settings.configure(ROOT_URLCONF=sys.modules[__name__], ALLOWED_HOSTS=["*"],
                       MIDDLEWARE=["django.middleware.gzip.GZipMiddleware"])
    from django.core.asgi import get_asgi_application
    from django.http import HttpResponse
    from django.urls import path
    globals()["urlpatterns"] = [path("", lambda request: HttpResponse(TEXT))]
    asgi(get_asgi_application())

def flask():
    import flask, flask_compress
    app = flask.Flask("page")
    flask_compress.Compress(app)
    app.get("/")(lambda: TEXT)
    app.run(HOST, PORT)

def starlette():
    from starlette.middleware.gzip import GZipMiddleware
    from starlette.responses import PlainTextResponse
    asgi(GZipMiddleware(PlainTextResponse(TEXT)))

def tornado():
    from tornado import web
    async def main():
        page = type("Page", (web.RequestHandler,), {"get": lambda self: self.write(TEXT)})
        web.Application([("/", page)], compress_response=True).listen(PORT, HOST)
        await asyncio.Event().wait()
    asyncio.run(main())

def twisted():
    from twisted.internet import reactor
    from twisted.web import resource, server, static
    page = resource.EncodingResourceWrapper(static.Data(TEXT.encode(), "text/plain"), [server.GzipEncoderFactory()])
    root = resource.Resource()
    root.putChild(b"", page)
    reactor.listenTCP(PORT, server.Site(root), interface=HOST)
    reactor.run()

globals()[sys.argv[1]]()
END
cat >ask.py <<'END'
import sys, urllib.request

def coding(accepted):
    request = urllib.request.Request(f"http://127.0.0.1:{sys.argv[2]}/", headers={"Accept-Encoding": accepted})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers["Content-Encoding"] or "plain"

print(f"{sys.argv[1]}:", coding("gzip"), coding("gzip;q=0"))
END
for name in twisted aiohttp django flask starlette tornado; do
    port=$(free_port)
    serve "$port" venv/bin/python server.py "$name" "$port"
    observe venv/bin/python ask.py "$name" "$port"
done
conclude "Twisted 26.10.0, aiohttp 3.14.5, Django 5.2.19, Flask 3.1.3 with Flask-Compress 1.25, Starlette 1.10.0, Tornado 6.6.1" \
    'RFC 9110, 12.4.2 and 12.5.3: a weight of 0 means not acceptable. With "gzip" the answer may be gzip,
with "gzip;q=0" it is plain.' \
    'twisted: gzip plain
aiohttp: gzip gzip
django: gzip gzip
flask: gzip gzip
starlette: gzip gzip
tornado: gzip gzip'
