#!/usr/bin/env bash
# Over HTTP/2, nginx answers 400 to a Host that is equal to :authority.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed nginx
python_packages h2==4.4.1 hypercorn==0.18.0
cat >app.py <<'END'
async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"files"})
END
cat >ask.py <<'END'
import socket, sys
import h2.config, h2.connection, h2.events

def status(port, *beside):
    wire = socket.create_connection(("127.0.0.1", port), 5)
    wire.settimeout(20)
    http2 = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    http2.initiate_connection()
    http2.send_headers(1, [
        (":method", "GET"), (":scheme", "http"), (":authority", "localhost"), (":path", "/"), *beside,
    ], end_stream=True)
    wire.sendall(http2.data_to_send())
    while True:
        for event in http2.receive_data(wire.recv(65536)):
            if isinstance(event, h2.events.ResponseReceived):
                return dict(event.headers)[":status"]
        wire.sendall(http2.data_to_send())

name, port = sys.argv[1], int(sys.argv[2])
print(f"{name}, :authority alone: {status(port)}")
print(f"{name}, Host beside it: {status(port, ('host', 'localhost'))}")
END
port=$(free_port)
cat >nginx.conf <<END
daemon off;
pid $work/nginx.pid;
error_log stderr;
events {}
http {
    access_log off;
    client_body_temp_path $work/body;
    proxy_temp_path $work/proxy;
    fastcgi_temp_path $work/fastcgi;
    scgi_temp_path $work/scgi;
    uwsgi_temp_path $work/uwsgi;
    server { listen 127.0.0.1:$port http2; location / { return 200 files; } }
}
END
serve "$port" nginx -e stderr -c "$work/nginx.conf"
observe venv/bin/python ask.py nginx "$port"
port=$(free_port)
serve "$port" venv/bin/hypercorn --bind "127.0.0.1:$port" app:app
observe venv/bin/python ask.py hypercorn "$port"
conclude "$(nginx -v 2>&1); beside it Hypercorn 0.18.0" \
    'RFC 9113, 8.3.1: a client may send a Host as well, as long as it does not differ from :authority, and
an intermediary may keep the one that came. Only one that differs makes a request malformed.' \
    'nginx, :authority alone: 200
nginx, Host beside it: 400
hypercorn, :authority alone: 200
hypercorn, Host beside it: 200'
