#!/usr/bin/env bash
# `next start` closes the connection where a request offers another protocol, as curl --http2 does.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
node_packages next@16.4.6 react@19.3.1 react-dom@19.3.1
mkdir -p app/api
cat >app/api/route.js <<'END'
export const dynamic = "force-dynamic";
export const GET = () => new Response("files");
END
cat >plain.mjs <<'END'
import { createServer } from "node:http";
createServer((request, response) => response.end("files")).listen(process.argv[2], "127.0.0.1");
END
cat >ask.py <<'END'
import socket, sys

def answer(port, *fields):
    with socket.create_connection(("127.0.0.1", port), 20) as wire:
        wire.settimeout(20)
        head = ["GET /api HTTP/1.1", f"Host: 127.0.0.1:{port}", *fields, "", ""]
        wire.sendall("\r\n".join(head).encode())
        line = wire.makefile("rb").readline().decode().strip()
    return line or "closed, no answer"

OFFERED = {
    "nothing": (),
    "h2c": ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"),
    "tls": ("Connection: Upgrade", "Upgrade: TLS/1.2"),
}
for name, fields in OFFERED.items():
    print(f"{sys.argv[1]}, {name} offered: {answer(int(sys.argv[2]), *fields)}")
END
export NEXT_TELEMETRY_DISABLED=1
timeout 300 node_modules/.bin/next build >build.log 2>&1 || not_tried "next build: $(tail -n 1 build.log)"
port=$(free_port)
serve "$port" node plain.mjs "$port"
observe python3 ask.py "Node" "$port"
port=$(free_port)
serve "$port" node_modules/.bin/next start --hostname 127.0.0.1 --port "$port"
observe python3 ask.py "Next.js" "$port"
conclude 'Next.js 16.4.6; beside it the http server of Node 20' \
    'RFC 9110, 7.8: a server may ignore an Upgrade field, and then answers in the protocol at hand. Such
a field is on every plain request of `curl --http2` and of Java'"'"'s HttpClient as it comes.' \
    'Node, nothing offered: HTTP/1.1 200 OK
Node, h2c offered: HTTP/1.1 200 OK
Node, tls offered: HTTP/1.1 200 OK
Next.js, nothing offered: HTTP/1.1 200 OK
Next.js, h2c offered: closed, no answer
Next.js, tls offered: closed, no answer'
