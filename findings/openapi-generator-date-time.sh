#!/usr/bin/env bash
# OpenAPI Generator's clients for Python and Ruby send a date-time that is none: +0000, or no T.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed java ruby
ruby -rtyphoeus -e 1 2>/dev/null || not_tried 'Typhoeus (ruby-typhoeus) is not installed'
python_packages openapi-generator-cli==7.26.0 jsonschema==4.26.0 rfc3339-validator==0.1.4 urllib3==2.8.0 \
    pydantic==2.14.4 python-dateutil==2.9.0.post0
cat >openapi.yaml <<'END'
openapi: 3.0.3
info: {title: Files, version: '1'}
paths:
  /query:
    get:
      operationId: byQuery
      parameters: [{name: since, in: query, required: true, schema: {type: string, format: date-time}}]
      responses: {'200': {description: what came, content: {application/json: {schema: {type: object}}}}}
  /path/{since}:
    get:
      operationId: byPath
      parameters: [{name: since, in: path, required: true, schema: {type: string, format: date-time}}]
      responses: {'200': {description: what came, content: {application/json: {schema: {type: object}}}}}
END
for language in python ruby; do
    venv/bin/openapi-generator-cli generate -i openapi.yaml -g "$language" -o "$language" >generate.log 2>&1 ||
        not_tried "generator: $(tail -n 1 generate.log)"
done
cat >server.py <<'END'
import http.server, json, sys, urllib.parse
import jsonschema

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        value = urllib.parse.parse_qs(query)["since"][0] if query else urllib.parse.unquote(path.removeprefix("/path/"))
        valid = jsonschema.FormatChecker().conforms(value, "date-time")
        content = json.dumps({"came": f"{value} is {'a' if valid else 'no'} date-time"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.py <<'END'
import datetime, sys
sys.path.insert(0, "python")
import openapi_client

client = openapi_client.ApiClient(openapi_client.Configuration(host=f"http://127.0.0.1:{sys.argv[1]}"))
api = openapi_client.DefaultApi(client)
since = datetime.datetime(2024, 3, 20, 10, tzinfo=datetime.timezone.utc)
print("Python, datetime in the query:", api.by_query(since)["came"])
print("Python, datetime in the path:", api.by_path(since)["came"])
END
cat >ask.rb <<'END'
$LOAD_PATH.unshift "ruby/lib"
require "openapi_client"
require "date"
OpenapiClient.configure do |options|
  options.scheme = "http"
  options.host = "127.0.0.1:#{ARGV[0]}"
end
api = OpenapiClient::DefaultApi.new
{ "Time" => Time.utc(2024, 3, 20, 10), "DateTime" => DateTime.new(2024, 3, 20, 10) }.each do |kind, since|
  puts "Ruby, #{kind} in the query: #{api.by_query(since)[:came]}"
end
END
port=$(free_port)
serve "$port" venv/bin/python server.py "$port"
observe venv/bin/python ask.py "$port"
observe ruby ask.rb "$port"
conclude "OpenAPI Generator 7.26.0, its clients for Python 3 and for $(ruby --version | cut -d ' ' -f 1,2) with Typhoeus;
the judge is rfc3339-validator 0.1.4" \
    'OpenAPI 3.0.3, Data Types: date-time is that of RFC 3339, 5.6, where a T (or t) stands before the time, and the offset
is Z or has a colon. The documents that are made with the client name datetime and Time as what it takes. Each
value is a date-time.' \
    'Python, datetime in the query: 2024-03-20T10:00:00.000000+0000 is no date-time
Python, datetime in the path: 2024-03-20T10:00:00+00:00 is a date-time
Ruby, Time in the query: 2024-03-20 10:00:00 UTC is no date-time
Ruby, DateTime in the query: 2024-03-20T10:00:00+00:00 is a date-time'
