#!/usr/bin/env bash
# CherryPy's gzip tool answers 406 to a client that takes any coding, or another one than gzip.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages cherrypy==18.10.0 flask==3.1.3 flask-compress==1.25
cat >server.py <<'END'
import sys

PAGE, PORT = "page " * 999, int(sys.argv[2])

def cherrypy():
    import cherrypy
    class Site:
        @cherrypy.expose
        def index(self):
            return PAGE
    address = {"server.socket_host": "127.0.0.1", "server.socket_port": PORT}
    cherrypy.config.update({**address, "tools.gzip.on": True, "engine.autoreload.on": False})
    cherrypy.quickstart(Site())

def flask():
    import flask, flask_compress
    app = flask.Flask("page")
    flask_compress.Compress(app)
    app.get("/")(lambda: PAGE)
    app.run("127.0.0.1", PORT)

globals()[sys.argv[1]]()
END
cat >ask.py <<'END'
import sys, urllib.error, urllib.request

for accepted in ("gzip", "identity", "deflate", "br;q=1, *;q=0.5", "*"):
    request = urllib.request.Request(f"http://127.0.0.1:{sys.argv[2]}/", headers={"Accept-Encoding": accepted})
    try:
        status = urllib.request.urlopen(request, timeout=10).status
    except urllib.error.HTTPError as answer:
        status = answer.status
    print(f"{sys.argv[1]}, {accepted}: {status}")
END
for name in flask cherrypy; do
    port=$(free_port)
    serve "$port" venv/bin/python server.py "$name" "$port"
    observe venv/bin/python ask.py "$name" "$port"
done
conclude 'CherryPy 18.10.0 with its gzip tool; beside it Flask 3.1.3 with Flask-Compress 1.25' \
    'RFC 9110, 12.5.3: no coding at all is acceptable unless identity;q=0 or *;q=0 refuses it, and a
coding that is not named matches *. None of these clients refuses plain text.' \
    'flask, gzip: 200
flask, identity: 200
flask, deflate: 200
flask, br;q=1, *;q=0.5: 200
flask, *: 200
cherrypy, gzip: 200
cherrypy, identity: 200
cherrypy, deflate: 406
cherrypy, br;q=1, *;q=0.5: 406
cherrypy, *: 406'
