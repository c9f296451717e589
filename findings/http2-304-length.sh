#!/usr/bin/env bash
# Over HTTP/2, a 304 with the Content-Length of what it does not send is an error to httpx.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages 'httpx[http2]==0.28.1' h2==4.4.1 hypercorn==0.18.0
cat >app.py <<'END'
HEADERS = [(b"etag", b'"1"'), (b"content-length", b"5")]

async def app(scope, receive, send):
    assert scope["type"] == "http"
    fresh = (b"if-none-match", b'"1"') in scope["headers"]
    await send({"type": "http.response.start", "status": 304 if fresh else 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"" if fresh else b"files"})
END
cat >ask.py <<'END'
import sys
import httpx

for version in (1, 2):
    with httpx.Client(http1=version == 1, http2=version == 2) as client:
        for headers in ({}, {"if-none-match": '"1"'}):
            try:
                answer = client.get(f"http://127.0.0.1:{sys.argv[1]}/", headers=headers)
                print(answer.http_version, answer.status_code, answer.headers["content-length"])
            except httpx.HTTPError as error:
                print(f"HTTP/{version}", error)
END
port=$(free_port)
serve "$port" venv/bin/hypercorn --bind "127.0.0.1:$port" app:app
observe venv/bin/python ask.py "$port"
conclude 'httpx 0.28.1 with httpcore and h2 4.4.1, before Hypercorn 0.18.0' \
    'RFC 9110, 8.6: a 304 may have the Content-Length that the 200 to the same request would have had.
RFC 9113, 8.1.1: such an answer is no malformed one, though no content comes. The 304 is given over
both versions.' \
    'HTTP/1.1 200 5
HTTP/1.1 304 5
HTTP/2 200 5
HTTP/2 InvalidBodyLengthError: Expected 5 bytes, received 0'
