#!/usr/bin/env bash
# wget2 leaves with 0 where the server has failed, and where it has not stored what came with a 201 or 203.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed wget2 wget
cat >server.py <<'END'
import http.server, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(self.path[1:]))
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"files")

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.sh <<'END'
for program in wget wget2; do
    for status in 200 201 203 400 404 410 500 503; do
        rm -f stored
        "$program" --quiet --tries=1 --output-document=stored "http://127.0.0.1:$1/$status"
        echo "$program, $status: exit status $?, $(test -s stored && echo stored || echo 'nothing stored')"
    done
done
END
port=$(free_port)
serve "$port" python3 server.py "$port"
observe bash ask.sh "$port"
conclude "$(wget2 --version | head -n 1); beside it $(wget --version | head -n 1)" \
    'The manual of wget2: exit status 8, the server issued an error response. RFC 9110, 15.3.2 and 15.3.4: a 201
and a 203 can have content like a 200. Three times 0 with what came stored, five times 8.' \
    'wget, 200: exit status 0, stored
wget, 201: exit status 0, stored
wget, 203: exit status 0, stored
wget, 400: exit status 8, nothing stored
wget, 404: exit status 8, nothing stored
wget, 410: exit status 8, nothing stored
wget, 500: exit status 8, nothing stored
wget, 503: exit status 8, nothing stored
wget2, 200: exit status 0, stored
wget2, 201: exit status 0, nothing stored
wget2, 203: exit status 0, nothing stored
wget2, 400: exit status 0, nothing stored
wget2, 404: exit status 8, nothing stored
wget2, 410: exit status 0, nothing stored
wget2, 500: exit status 0, nothing stored
wget2, 503: exit status 0, nothing stored'
