#!/usr/bin/env bash
# Tcl's http package gives no content where a server ends it by closing the connection, and does not say so.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed tclsh
cat >server.py <<'END'
import socketserver, sys

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        target = self.rfile.readline().split()[1].decode()
        while self.rfile.readline().strip():
            pass
        version = target[1:4]
        length = "Content-Length: 5\r\n" if target.endswith("length") else ""
        closing = "Connection: close\r\n" if target.endswith("close") else ""
        self.wfile.write(f"HTTP/{version} 200 OK\r\n{length}{closing}\r\nfiles".encode())

socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.tcl <<'END'
package require http
if {$argv eq "version"} {
    puts "http [package provide http] of Tcl $tcl_patchLevel"
    exit
}
foreach path {/1.1 /1.0 /1.0-length /1.0-close} {
    set answer [http::geturl http://127.0.0.1:$argv$path -timeout 10000]
    puts "$path: [http::ncode $answer] '[http::data $answer]' [http::status $answer] [http::error $answer]"
    http::cleanup $answer
}
END
port=$(free_port)
serve "$port" python3 server.py "$port"
observe tclsh ask.tcl "$port"
conclude "$(tclsh ask.tcl version)" \
    'RFC 9112, 6.3, case 8: where neither a length nor chunks are announced, the content is what comes before the
connection is closed, as in HTTP/1.0 always. All four give "files", or say that something is missing.' \
    "/1.1: 200 '' ok 
/1.0: 200 '' ok 
/1.0-length: 200 'files' ok 
/1.0-close: 200 'files' ok "
