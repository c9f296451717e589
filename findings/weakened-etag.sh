#!/usr/bin/env bash
# Behind nginx with gzip, serve-handler never answers 304 again, and the tag of Bottle is gone.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm nginx
python_packages bottle==0.13.4
node_packages serve-handler@6.1.8 express@5.3.0
mkdir public
seq 200 >public/page.txt
cat >by_bottle.py <<'END'
import sys
import bottle

bottle.route("/page.txt")(lambda: bottle.static_file("page.txt", root="public"))
bottle.run(host="127.0.0.1", port=int(sys.argv[1]), quiet=True)
END
cat >by_serve.mjs <<'END'
import http from "node:http";
import handler from "serve-handler";
http
  .createServer((request, response) => handler(request, response, { public: "public", etag: true }))
  .listen(+process.argv[2], "127.0.0.1");
END
cat >by_express.mjs <<'END'
import express from "express";
express().use(express.static("public")).listen(+process.argv[2], "127.0.0.1");
END
cat >ask.py <<'END'
import sys, urllib.error, urllib.request

def get(port, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/page.txt", headers={"Accept-Encoding": "gzip", **headers})
    try:
        return urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer

for place, port in (("direct", sys.argv[2]), ("nginx", sys.argv[3])):
    tag = get(port).headers["ETag"]
    kind = "no tag" if tag is None else "weak" if tag.startswith('W/"') else "strong" if tag.startswith('"') else "without quotes"
    again = "" if tag is None else get(port, **{"If-None-Match": tag}).status
    print(f"{sys.argv[1]}, {place}: {kind} {again}".rstrip())
END
nginx_in_front() {
    cat >"nginx-$2.conf" <<END
daemon off; pid $work/nginx-$2.pid; error_log $work/nginx.log;
events {}
http {
  access_log off; gzip on; gzip_proxied any; gzip_types text/plain;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3;
  uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:$2; location / { proxy_pass http://127.0.0.1:$1; } }
}
END
    serve "$2" nginx -c "$work/nginx-$2.conf"
}
try_server() {
    local name=$1 behind front
    shift
    behind=$(free_port)
    serve "$behind" "$@" "$behind"
    front=$(free_port)
    nginx_in_front "$behind" "$front"
    observe venv/bin/python ask.py "$name" "$behind" "$front"
}
try_server express node by_express.mjs
try_server serve-handler node by_serve.mjs
try_server bottle venv/bin/python by_bottle.py
conclude "$(nginx -v 2>&1), serve-handler 6.1.8 (of serve), Bottle 0.13.4 (static_file), Express 5.3.0 on Node $(node --version)" \
    'RFC 9110, 8.8.3: a tag stands in double quotes, with W/ before it if weak; 13.1.2: If-None-Match is
compared weakly, so that a proxy which compresses may weaken a tag. Whoever sends a tag back gets a
304, directly and through nginx.' \
    'express, direct: weak 304
express, nginx: weak 304
serve-handler, direct: strong 304
serve-handler, nginx: weak 200
bottle, direct: without quotes 304
bottle, nginx: no tag'
