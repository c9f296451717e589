#!/usr/bin/env bash
# nghttpx refuses whatever follows a declined Upgrade on the same connection, without TLS and with it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed nghttpx
cat >server.py <<'END'
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Files(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Files).serve_forever()
END
cat >ask.py <<'END'
import http.client, sys

OFFER = {"Connection": "Upgrade", "Upgrade": "websocket"}
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]), timeout=20)
for headers in ({}, OFFER, {}):
    connection.request("GET", "/files", headers=headers)
    response = connection.getresponse()
    response.read()
    print(sys.argv[1], "with an offer:" if headers else "plain:", response.status)
END
behind=$(free_port)
serve "$behind" python3 server.py "$behind"
front=$(free_port)
serve "$front" nghttpx --conf=/dev/null "--frontend=127.0.0.1,$front;no-tls" "--backend=127.0.0.1,$behind" --workers=1
observe python3 ask.py directly "$behind"
observe python3 ask.py nghttpx "$front"
conclude "$(nghttpx --version) before http.server of $(python3 --version)" \
    'RFC 9110, 7.8: a server may ignore an Upgrade that it receives, and go on in the current protocol;
what follows on the connection is the next request. So: three times 200, with nghttpx and without it.' \
    'directly plain: 200
directly with an offer: 200
directly plain: 200
nghttpx plain: 200
nghttpx with an offer: 200
nghttpx plain: 400'
