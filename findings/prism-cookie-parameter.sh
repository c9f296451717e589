#!/usr/bin/env bash
# Prism refuses a request without its required header, and serves one without its required cookie.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
node_packages @stoplight/prism-cli@5.14.2
cat >openapi.yaml <<'END'
openapi: 3.1.0
info: {title: Files, version: '1'}
paths:
  /by-cookie:
    get:
      parameters: [{name: session, in: cookie, required: true, schema: {type: string, minLength: 8}}]
      responses: {'200': {description: files}}
  /by-header:
    get:
      parameters: [{name: session, in: header, required: true, schema: {type: string, minLength: 8}}]
      responses: {'200': {description: files}}
END
cat >ask.py <<'END'
import http.client, sys

for path, headers in (
    ("/by-header", {}), ("/by-header", {"session": "short"}),
    ("/by-cookie", {}), ("/by-cookie", {"Cookie": "session=short"}),
):
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=20)
    connection.request("GET", path, headers=headers)
    print(path, headers, connection.getresponse().status)
END
port=$(free_port)
serve "$port" node node_modules/@stoplight/prism-cli/dist/index.js mock --host 127.0.0.1 --port "$port" openapi.yaml
observe python3 ask.py "$port"
conclude "@stoplight/prism-cli 5.14.2 on Node $(node --version), as a mock" \
    'OpenAPI 3.1.0, Parameter Object: a parameter may be in: cookie; one that is required must be given,
and its schema holds for it. None of the four requests is valid: each is a 422, or another 4xx.' \
    "/by-header {} 422
/by-header {'session': 'short'} 422
/by-cookie {} 200
/by-cookie {'Cookie': 'session=short'} 200"
