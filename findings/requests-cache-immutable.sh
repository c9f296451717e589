#!/usr/bin/env bash
# requests-cache keeps what is "max-age=1, immutable" for ever.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages requests==2.34.2 requests-cache==1.3.3
cat >server.py <<'END'
import http.server, itertools, sys

COUNT = itertools.count(1)

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        content = b"answer %d" % next(COUNT)
        self.send_response(200)
        self.send_header("Cache-Control", "max-age=1, immutable" if self.path == "/immutable" else "max-age=1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.py <<'END'
import sys, time
import requests_cache

for path in ("/plain", "/immutable"):
    client = requests_cache.CachedSession(backend="memory", cache_control=True)
    url = f"http://127.0.0.1:{sys.argv[1]}{path}"
    first = client.get(url, timeout=10)
    time.sleep(2.5)
    second = client.get(url, timeout=10)
    print(path, "from the cache" if first.text == second.text else "asked again", f"expires: {second.expires is not None}")
END
port=$(free_port)
serve "$port" venv/bin/python server.py "$port"
observe venv/bin/python ask.py "$port"
conclude 'requests-cache 1.3.3 (cache_control=True)' \
    'RFC 8246, 2: immutable says that the content does not change during its freshness lifetime; it does
not make that longer. After max-age both are asked for again.' \
    '/plain asked again expires: True
/immutable from the cache expires: False'
