#!/usr/bin/env bash
# A server that ends an HTTP/2 connection gracefully answers what is under way; httpx loses it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages 'httpx[http2]==0.28.1' h2==4.4.1
cat >server.py <<'END'
import socketserver, sys
import h2.config, h2.connection, h2.events
from hyperframe.frame import GoAwayFrame

class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        http2 = h2.connection.H2Connection(config)
        http2.initiate_connection()
        self.request.sendall(http2.data_to_send())
        while octets := self.request.recv(65536):
            for event in http2.receive_data(octets):
                if isinstance(event, h2.events.RequestReceived):
                    if dict(event.headers)[":path"] == "/last":
                        self.request.sendall(GoAwayFrame(0, event.stream_id, 0).serialize())
                    http2.send_headers(event.stream_id, [(":status", "200")])
                    http2.send_data(event.stream_id, b"files", end_stream=True)
            self.request.sendall(http2.data_to_send())

socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.py <<'END'
import sys
import httpx

with httpx.Client(http1=False, http2=True) as client:
    for path in ("/", "/last", "/"):
        try:
            print(path, client.get(f"http://127.0.0.1:{sys.argv[1]}{path}").text)
        except httpx.HTTPError as error:
            print(path, type(error).__name__)
END
port=$(free_port)
serve "$port" venv/bin/python server.py "$port"
observe venv/bin/python ask.py "$port"
conclude 'httpx 0.28.1 with httpcore and h2 4.4.1' \
    'RFC 9113, 6.8: a GOAWAY names the last stream that the server has taken on, and what is under way
up to that one is answered as usual. "/last" is answered after a GOAWAY that names its stream.' \
    '/ files
/last RemoteProtocolError
/ files'
