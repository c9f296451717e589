#!/usr/bin/env bash
# Racket's http-client loses a chunk with an extension, and does not decode where the colon has no space behind it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed racket
cat >server.py <<'END'
import socketserver, sys

CHUNKS = b"5\r\nfiles\r\n0\r\n\r\n"
ANSWERS = {
    b"/plain": b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS,
    b"/lower": b"transfer-encoding: chunked\r\n\r\n" + CHUNKS,
    b"/no-space": b"Transfer-Encoding:chunked\r\n\r\n" + CHUNKS,
    b"/two-spaces": b"Transfer-Encoding:  chunked\r\n\r\n" + CHUNKS,
    b"/extension": b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS.replace(b"5", b"5;part=1"),
}

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        target = self.rfile.readline().split()[1]
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + ANSWERS[target])

socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.rkt <<'END'
#lang racket/base
(require net/http-client racket/port)
(define port (string->number (vector-ref (current-command-line-arguments) 0)))
(for ([path '("/plain" "/lower" "/no-space" "/two-spaces" "/extension")])
  (define-values (status fields content) (http-sendrecv "127.0.0.1" path #:port port))
  (printf "~a: ~a ~s\n" path status (port->string content)))
END
cat >ask.py <<'END'
import http.client, sys

for path in ("/plain", "/lower", "/no-space", "/two-spaces", "/extension"):
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=10)
    connection.request("GET", path)
    print(f"http.client, {path}: {connection.getresponse().read()}")
END
port=$(free_port)
serve "$port" python3 server.py "$port"
observe racket ask.rkt "$port"
observe python3 ask.py "$port"
conclude "net/http-client of $(racket --version); beside it http.client of $(python3 --version)" \
    'RFC 9112, 5: white space behind the colon is optional; 7.1.1: a recipient must ignore the chunk extensions that it
does not know. All five answers are "files".' \
    "/plain: HTTP/1.1 200 OK \"files\"
/lower: HTTP/1.1 200 OK \"files\"
/no-space: HTTP/1.1 200 OK \"5\\r\\nfiles\\r\\n0\\r\\n\\r\\n\"
/two-spaces: HTTP/1.1 200 OK \"files\"
/extension: HTTP/1.1 200 OK \"\"
http.client, /plain: b'files'
http.client, /lower: b'files'
http.client, /no-space: b'files'
http.client, /two-spaces: b'files'
http.client, /extension: b'files'"
