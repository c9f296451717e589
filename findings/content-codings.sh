#!/usr/bin/env bash
# x-gzip, and gzip applied twice, reach the caller undecoded with several clients, each with a 200.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages httpx==0.28.1 requests==2.34.2 urllib3==2.8.0 aiohttp==3.14.5
node_packages got@14.6.6 axios@1.21.1
cat >server.py <<'END'
import gzip, http.server, sys

CONTENT = {
    "/x-gzip": ("x-gzip", gzip.compress(b"files")),
    "/twice": ("gzip, gzip", gzip.compress(gzip.compress(b"files"))),
}

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        coding, content = CONTENT[self.path]
        self.send_response(200)
        self.send_header("Content-Encoding", coding)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.py <<'END'
import asyncio, sys
import aiohttp, httpx, requests

async def by_aiohttp(url):
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.read()

CLIENTS = {
    "requests": lambda url: requests.get(url, timeout=5).content,
    "httpx": lambda url: httpx.get(url, timeout=5).content,
    "aiohttp": lambda url: asyncio.run(by_aiohttp(url)),
}
for name, get in CLIENTS.items():
    for path in ("/x-gzip", "/twice"):
        content = get(f"http://127.0.0.1:{sys.argv[1]}{path}")
        print(name, path, "decoded" if content == b"files" else "not decoded")
END
cat >ask.mjs <<'END'
import axios from "axios";
import got from "got";
const clients = {
  fetch: async (url) => (await fetch(url)).text(),
  axios: async (url) => (await axios.get(url, { responseType: "text" })).data,
  got: async (url) => (await got(url, { retry: { limit: 0 } })).body,
};
for (const [name, get] of Object.entries(clients))
  for (const path of ["/x-gzip", "/twice"])
    console.log(name, path, (await get(`http://127.0.0.1:${process.argv[2]}${path}`)) === "files" ? "decoded" : "not decoded");
END
port=$(free_port)
serve "$port" venv/bin/python server.py "$port"
observe venv/bin/python ask.py "$port"
observe node ask.mjs "$port"
conclude "requests 2.34.2 with urllib3 2.8.0, httpx 0.28.1, aiohttp 3.14.5, got 14.6.6, axios 1.21.1, fetch of Node $(node --version)" \
    'RFC 9110, 8.4.1.3: a recipient should take "x-gzip" as "gzip"; 8.4: codings are listed in the
order in which they were applied. All that decode gzip decode both, or raise an error.' \
    'requests /x-gzip decoded
requests /twice decoded
httpx /x-gzip not decoded
httpx /twice decoded
aiohttp /x-gzip not decoded
aiohttp /twice not decoded
fetch /x-gzip decoded
fetch /twice decoded
axios /x-gzip decoded
axios /twice not decoded
got /x-gzip not decoded
got /twice not decoded'
