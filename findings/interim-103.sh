#!/usr/bin/env bash
# A 103 (Early Hints) before the answer is taken for the answer by Python's own HTTP clients.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages requests==2.34.2 urllib3==2.8.0 httpx==0.28.1
cat >server.py <<'END'
import socketserver, sys

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while self.rfile.readline().strip():
            pass
        self.wfile.write(
            b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nfiles"
        )

socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.py <<'END'
import http.client, sys
import httpx, requests, urllib3

port = int(sys.argv[1])
url = f"http://127.0.0.1:{port}/"
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
connection.request("GET", "/")
answer = connection.getresponse()
print("http.client", answer.status, answer.read())
answer = urllib3.request("GET", url, timeout=5, retries=False)
print("urllib3", answer.status, answer.data)
answer = requests.get(url, timeout=5)
print("requests", answer.status_code, answer.content, "ok" if answer.ok else "not ok")
answer = httpx.get(url, timeout=5)
print("httpx", answer.status_code, answer.content)
END
port=$(free_port)
serve "$port" venv/bin/python server.py "$port"
observe venv/bin/python ask.py "$port"
conclude "$(venv/bin/python --version), urllib3 2.8.0, requests 2.34.2; beside them httpx 0.28.1" \
    'RFC 9110, 15.2: a client must be able to read one or more 1xx answers before the final one,
even where it did not ask for any, and may ignore them. All four give the 200 and its content.' \
    "http.client 103 b''
urllib3 103 b''
requests 103 b'' ok
httpx 200 b'files'"
