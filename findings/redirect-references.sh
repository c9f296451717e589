#!/usr/bin/env bash
# Where a redirect is relative, PHP, aria2, Furl and HTTP::Tiny each go elsewhere for another form of it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed php aria2c perl wget
perl -MFurl -e 1 2>/dev/null || not_tried 'Furl (libfurl-perl) is not installed'
cat >server.py <<'END'
import http.server, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        port = self.server.server_address[1]
        location = {
            "/a/absolute": f"http://127.0.0.1:{port}/a/page",
            "/a/path": "/a/page",
            "/a/name": "page",
            "/a/up": "../a/page",
            "/a/query": "?found",
            "/a/host": f"//127.0.0.1:{port}/a/page",
            "/a/fragment": "/a/page#part",
            "/a/scheme": f"HTTP://127.0.0.1:{port}/a/page",
        }.get(self.path)
        found = self.path in ("/a/page", "/a/query?found")
        self.send_response(302 if location else 200 if found else 404)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if found:
            self.wfile.write(b"found")

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
cat >ask.php <<'END'
<?php echo @file_get_contents($argv[1]);
END
cat >furl.pl <<'END'
use Furl;
print Furl->new->get($ARGV[0])->content;
END
cat >tiny.pl <<'END'
use HTTP::Tiny;
print HTTP::Tiny->new->get($ARGV[0])->{content};
END
cat >ask.sh <<'END'
by_wget() { wget --quiet --tries=1 --output-document=- "$1"; }
by_PHP() { php ask.php "$1"; }
by_aria2() { aria2c --quiet --max-tries=1 --dir=. --out=page --allow-overwrite=true "$1" && cat page; }
by_Furl() { perl furl.pl "$1"; }
by_HTTP_Tiny() { perl tiny.pl "$1"; }
for client in wget PHP aria2 Furl HTTP_Tiny; do
    lost=
    for kind in absolute path name up query host fragment scheme; do
        rm -f page
        [[ $("by_$client" "http://127.0.0.1:$1/a/$kind") == found ]] || lost+=" $kind"
    done
    echo "$client, not found by:${lost:- none}"
done
END
port=$(free_port)
serve "$port" python3 server.py "$port"
observe bash ask.sh "$port"
conclude "$(php -r 'echo "PHP ", PHP_VERSION;') (file_get_contents), $(aria2c --version | head -n 1), $(perl -MFurl -MHTTP::Tiny -e 'print "Furl $Furl::VERSION, HTTP::Tiny $HTTP::Tiny::VERSION of Perl $^V"'); beside them $(wget --version | head -n 1)" \
    'RFC 9110, 10.2.2: Location is a reference, found from the URL asked for as RFC 3986, 5.2 says: a name, "../", a
query alone, "//host". 7.1: a fragment is not sent. RFC 3986, 3.1: a scheme may be in capitals. All are found.' \
    'wget, not found by: none
PHP, not found by: name up query host
aria2, not found by: query scheme
Furl, not found by: fragment scheme
HTTP_Tiny, not found by: name up query host'
