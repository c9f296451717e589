#!/usr/bin/env bash
# CacheControl and requests-cache start max-age anew at their own arrival time, whatever Age says.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages requests==2.34.2 CacheControl==0.14.4 requests-cache==1.3.3
node_packages undici@7.30.2
cat >server.py <<'END'
import http.server, itertools, sys

COUNT = itertools.count(1)

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        content = b"answer %d" % next(COUNT)
        self.send_response(200)
        self.send_header("Cache-Control", "max-age=60")
        if self.path == "/old":
            self.send_header("Age", "61")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.py <<'END'
import sys
import cachecontrol, requests, requests_cache

CLIENTS = {
    "CacheControl": lambda: cachecontrol.CacheControl(requests.Session()),
    "requests-cache": lambda: requests_cache.CachedSession(backend="memory", cache_control=True),
}
for name, session in CLIENTS.items():
    for path in ("/new", "/old"):
        client = session()
        texts = {client.get(f"http://127.0.0.1:{sys.argv[1]}{path}", timeout=10).text for _ in range(2)}
        print(name, path, "from the cache" if len(texts) == 1 else "asked again")
END
cat >ask.mjs <<'END'
import { Agent, interceptors, request } from "undici";
for (const path of ["/new", "/old"]) {
  const dispatcher = new Agent().compose(interceptors.cache({ type: "private" }));
  const get = async () => (await request(`http://127.0.0.1:${process.argv[2]}${path}`, { dispatcher })).body.text();
  console.log("undici", path, (await get()) === (await get()) ? "from the cache" : "asked again");
}
END
port=$(free_port)
serve "$port" venv/bin/python server.py "$port"
observe venv/bin/python ask.py "$port"
observe node ask.mjs "$port"
conclude "CacheControl 0.14.4, requests-cache 1.3.3 (cache_control=True); beside them undici 7.30.2 on Node $(node --version)" \
    'RFC 9111, 4.2.3: the age of an answer begins with its Age field, the time that it lay in caches
before. With max-age=60 and Age: 61 it is stale when it comes: /new from the cache, /old asked again.' \
    'CacheControl /new from the cache
CacheControl /old from the cache
requests-cache /new from the cache
requests-cache /old from the cache
undici /new from the cache
undici /old asked again'
