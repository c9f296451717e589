#!/usr/bin/env bash
# Flask and Quart answer 412 to If-Match: *, also for a static file that is there.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages flask==3.1.3 quart==0.22.0 werkzeug==3.1.9 django==5.2.19 aiohttp==3.14.5 uvicorn==0.54.0
mkdir static
echo page >static/page.txt
cat >server.py <<'END'
import sys

PORT = int(sys.argv[2])

def flask():
    import flask
    flask.Flask("site", static_folder="static", root_path=".").run("127.0.0.1", PORT)

def quart():
    import quart
    import uvicorn
    site = quart.Quart("site", static_folder="static", root_path=".")
    uvicorn.run(site, host="127.0.0.1", port=PORT)

def aiohttp():
    from aiohttp import web
    site = web.Application()
    site.router.add_static("/static", "static")
    web.run_app(site, host="127.0.0.1", port=PORT)

def django():
    from django.conf import settings
    settings.configure(ROOT_URLCONF=sys.modules[__name__], ALLOWED_HOSTS=["*"],
                       MIDDLEWARE=["django.middleware.http.ConditionalGetMiddleware"])
    import uvicorn
    from django.core.asgi import get_asgi_application
    from django.http import HttpResponse
    from django.urls import path
    globals()["urlpatterns"] = [path("static/page.txt", lambda request: HttpResponse("page"))]
    uvicorn.run(get_asgi_application(), host="127.0.0.1", port=PORT)

globals()[sys.argv[1]]()
END
cat >ask.py <<'END'
import sys, urllib.error, urllib.request

def get(**headers):
    request = urllib.request.Request(f"http://127.0.0.1:{sys.argv[2]}/static/page.txt", headers=headers)
    try:
        return urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer

tag = get().headers["ETag"]
statuses = [get(**{"If-Match": value}).status for value in (tag, '"other"', "*")]
print(f"{sys.argv[1]}: its own tag {statuses[0]}, another {statuses[1]}, any {statuses[2]}")
END
for name in aiohttp django flask quart; do
    port=$(free_port)
    serve "$port" venv/bin/python server.py "$name" "$port"
    observe venv/bin/python ask.py "$name" "$port"
done
conclude 'Flask 3.1.3 and Quart 0.22.0, both with Werkzeug 3.1.9; beside them aiohttp 3.14.5 and Django 5.2.19' \
    'RFC 9110, 13.1.1: If-Match: * holds where the resource has any current representation. For one that
is there, 412 is right for another tag alone.' \
    'aiohttp: its own tag 200, another 412, any 200
django: its own tag 200, another 412, any 200
flask: its own tag 200, another 412, any 412
quart: its own tag 200, another 412, any 412'
