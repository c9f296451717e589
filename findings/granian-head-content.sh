#!/usr/bin/env bash
# Over HTTP/2, Granian sends the content that an application gives to HEAD; over HTTP/1.1 it does not.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages granian==2.8.9 hypercorn==0.18.0 h2==4.4.1
cat >app.py <<'END'
async def app(scope, receive, send):
    assert scope["type"] == "http"
    headers = [(b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"files"})
END
cat >ask.py <<'END'
import socket, sys
import h2.connection, h2.events

name, port = sys.argv[1], int(sys.argv[2])

with socket.create_connection(("127.0.0.1", port), 20) as wire:
    wire.sendall(f"HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    content = wire.makefile("rb").read().partition(b"\r\n\r\n")[2]
print(f"{name}, HTTP/1.1: {content!r}")

with socket.create_connection(("127.0.0.1", port), 20) as wire:
    wire.settimeout(20)
    http2 = h2.connection.H2Connection()
    http2.initiate_connection()
    head = [(":method", "HEAD"), (":scheme", "http"), (":authority", "a"), (":path", "/")]
    http2.send_headers(1, head, end_stream=True)
    # h2 itself would refuse the content, so that frames are read by hand.
    wire.sendall(http2.data_to_send())
    file, content, ended = wire.makefile("rb"), b"", False
    while not ended:
        begin = file.read(9)
        payload = file.read(int.from_bytes(begin[:3], "big"))
        kind, flags, stream = begin[3], begin[4], int.from_bytes(begin[5:], "big")
        content += payload if kind == 0 else b""
        ended = stream == 1 and kind in (0, 1) and bool(flags & 1)
print(f"{name}, HTTP/2: {content!r}")
END
for server in granian hypercorn; do
    port=$(free_port)
    case $server in
        granian) serve "$port" venv/bin/granian --interface asgi --port "$port" app:app ;;
        hypercorn) serve "$port" venv/bin/hypercorn --bind "127.0.0.1:$port" app:app ;;
    esac
    observe venv/bin/python ask.py "$server" "$port"
done
conclude 'Granian 2.8.9; beside it Hypercorn 0.18.0' \
    'RFC 9110, 9.3.2: a server must not send content in answer to HEAD, in whichever version of HTTP.' \
    "granian, HTTP/1.1: b''
granian, HTTP/2: b'files'
hypercorn, HTTP/1.1: b''
hypercorn, HTTP/2: b''"
