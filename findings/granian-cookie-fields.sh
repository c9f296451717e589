#!/usr/bin/env bash
# Over HTTP/2, Granian gives an ASGI application several Cookie fields; who logs in depends on the framework.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages granian==2.8.9 hypercorn==0.18.0 h2==4.4.1 django==5.2.19 litestar==2.25.0 falcon==4.4.0 starlette==1.10.0
cat >apps.py <<'END'
import json
import django.conf
django.conf.settings.configure(ROOT_URLCONF="urls", SECRET_KEY="x", ALLOWED_HOSTS=["*"])
import django, falcon.asgi, litestar, starlette.applications, starlette.responses, starlette.routing
from django.core.asgi import get_asgi_application

django.setup()
by_django = get_asgi_application()

async def endpoint(request):
    return starlette.responses.PlainTextResponse(json.dumps(request.cookies, sort_keys=True))

by_starlette = starlette.applications.Starlette(routes=[starlette.routing.Route("/", endpoint)])

@litestar.get("/", media_type="text/plain")
async def handler(request: litestar.Request) -> str:
    return json.dumps(request.cookies, sort_keys=True)

by_litestar = litestar.Litestar([handler])

class Resource:
    async def on_get(self, request, response):
        response.text = json.dumps(request.cookies, sort_keys=True)

by_falcon = falcon.asgi.App()
by_falcon.add_route("/", Resource())

APPLICATIONS = {"/starlette": by_starlette, "/django": by_django, "/litestar": by_litestar, "/falcon": by_falcon}

async def app(scope, receive, send):
    assert scope["type"] == "http"
    await APPLICATIONS[scope["path"]]({**scope, "path": "/", "raw_path": b"/"}, receive, send)
END
cat >urls.py <<'END'
import json
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse(json.dumps(request.COOKIES, sort_keys=True)))]
END
cat >ask.py <<'END'
import socket, sys
import h2.connection, h2.events

def content(port, path):
    wire = socket.create_connection(("127.0.0.1", port), 5)
    wire.settimeout(20)
    http2 = h2.connection.H2Connection()
    http2.initiate_connection()
    http2.send_headers(1, [
        (":method", "GET"), (":scheme", "http"), (":authority", "localhost"), (":path", path),
        ("cookie", "theme=dark"), ("cookie", "session=abc"),
    ], end_stream=True)
    wire.sendall(http2.data_to_send())
    received, ended = b"", False
    while not ended:
        for event in http2.receive_data(wire.recv(65536)):
            if isinstance(event, h2.events.DataReceived):
                received += event.data
            ended |= isinstance(event, h2.events.StreamEnded)
        wire.sendall(http2.data_to_send())
    return received.decode()

for framework in ("starlette", "django", "litestar", "falcon"):
    print(f"{sys.argv[1]}, {framework}: {content(int(sys.argv[2]), '/' + framework)}")
END
port=$(free_port)
serve "$port" venv/bin/granian --interface asgi --http 2 --port "$port" apps:app
observe venv/bin/python ask.py granian "$port"
port=$(free_port)
serve "$port" venv/bin/hypercorn --bind "127.0.0.1:$port" apps:app
observe venv/bin/python ask.py hypercorn "$port"
conclude 'Granian 2.8.9; beside it Hypercorn 0.18.0; Starlette 1.10.0, Django 5.2.19, Litestar 2.25.0, Falcon 4.4.0' \
    'RFC 9113, 8.2.3: a client may send each cookie in a field of its own, as browsers do; they must be
joined by "; " before they are passed to anything that is no HTTP/2, such as a general application.
Every framework finds both cookies.' \
    'granian, starlette: {"session": "abc", "theme": "dark"}
granian, django: {"theme": "dark,session=abc"}
granian, litestar: {"theme": "dark"}
granian, falcon: {"session": "abc"}
hypercorn, starlette: {"session": "abc", "theme": "dark"}
hypercorn, django: {"session": "abc", "theme": "dark"}
hypercorn, litestar: {"session": "abc", "theme": "dark"}
hypercorn, falcon: {"session": "abc", "theme": "dark"}'
