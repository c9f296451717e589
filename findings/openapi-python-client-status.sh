#!/usr/bin/env bash
# A client by openapi-python-client raises ValueError for a status that Python has no name for.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages openapi-python-client==0.29.1 httpx==0.28.1
cat >openapi.yaml <<'END'
openapi: 3.0.3
info: {title: Files, version: '1'}
paths:
  /{status}:
    get:
      operationId: getStatus
      parameters: [{name: status, in: path, required: true, schema: {type: integer}}]
      responses:
        '200': {description: files}
        default:
          description: a problem
          content: {application/json: {schema: {type: object, properties: {title: {type: string}}}}}
END
PATH="$PWD/venv/bin:$PATH" venv/bin/openapi-python-client generate --path openapi.yaml --meta none --output-path files_client \
    >generate.log 2>&1 || not_tried "generator: $(tail -n 1 generate.log)"
cat >server.py <<'END'
import http.server, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(self.path[1:]))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "17")
        self.end_headers()
        self.wfile.write(b'{"title": "none"}')

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.py <<'END'
import sys
from files_client import Client
from files_client.api.default import get_status

client = Client(base_url=f"http://127.0.0.1:{sys.argv[1]}")
for status in (404, 419, 451, 499, 503, 520):
    try:
        answer = get_status.sync_detailed(status, client=client)
        print(f"{status}: {answer.status_code.value}, {answer.parsed}")
    except ValueError as error:
        print(f"{status}: ValueError, {error}")
END
port=$(free_port)
serve "$port" venv/bin/python server.py "$port"
observe venv/bin/python ask.py "$port"
conclude "openapi-python-client 0.29.1, httpx 0.28.1, $(venv/bin/python --version)" \
    'RFC 9110, 15: a status needs no name; a client takes one that it does not know for the x00 of its class. OpenAPI
3.0.3, Responses Object: default is for all that are not named. Six times the status and the parsed problem.' \
    "404: 404, GetStatusResponseDefault(title='none', additional_properties={})
419: ValueError, 419 is not a valid HTTPStatus
451: 451, GetStatusResponseDefault(title='none', additional_properties={})
499: ValueError, 499 is not a valid HTTPStatus
503: 503, GetStatusResponseDefault(title='none', additional_properties={})
520: ValueError, 520 is not a valid HTTPStatus"
