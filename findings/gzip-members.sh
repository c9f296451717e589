#!/usr/bin/env bash
# httpx stops at the end of the first gzip member, and does not say that content is missing.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages httpx==0.28.1 requests==2.34.2 urllib3==2.8.0 aiohttp==3.14.5
cat >server.py <<'END'
import gzip, http.server, sys

CONTENT = gzip.compress(b"first line\n") + gzip.compress(b"second line\n")

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT)

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.py <<'END'
import asyncio, sys
import aiohttp, httpx, requests

url = f"http://127.0.0.1:{sys.argv[1]}/"

async def by_aiohttp():
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.read()

print("requests", requests.get(url, timeout=5).content)
print("aiohttp", asyncio.run(by_aiohttp()))
print("httpx", httpx.get(url, timeout=5).raise_for_status().content)
END
port=$(free_port)
serve "$port" venv/bin/python server.py "$port"
observe venv/bin/python ask.py "$port"
conclude 'httpx 0.28.1; beside it requests 2.34.2 with urllib3 2.8.0, and aiohttp 3.14.5' \
    'RFC 9110, 8.4.1.3 and RFC 1952, 2.2: gzip content is a series of members, one behind the other
(as bgzip and "cat a.gz b.gz" write it). All give both lines.' \
    "requests b'first line\\nsecond line\\n'
aiohttp b'first line\\nsecond line\\n'
httpx b'first line\\n'"
