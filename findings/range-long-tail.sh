#!/usr/bin/env bash
# The last 99 octets of a file of 51: a 416 from Express and Flask, a 500 from hapi and Twisted. sirv sends the first.
source "$(dirname "${BASH_SOURCE[0]}")/file_servers.sh"

cat >ask.py <<'END'
import sys
from get_page import get

for tail in (9, 99):
    status, content, part = get(Range=f"bytes=-{tail}")
    print(f"{sys.argv[1]}, the last {tail}: {status}", *([part] if status == 206 else []))
END
ask_file_servers
conclude "$file_servers" \
    'RFC 9110, 14.1.2: where the content is shorter than the suffix-length, all of it is used. So the
last 9 octets are 42 to 50, and the last 99 are the 51 there are: a 206, or the plain 200.' \
    'aiohttp, the last 9: 206 bytes 42-50/51
aiohttp, the last 99: 206 bytes 0-50/51
bottle, the last 9: 206 bytes 42-50/51
bottle, the last 99: 206 bytes 0-50/51
cherrypy, the last 9: 206 bytes 42-50/51
cherrypy, the last 99: 206 bytes 0-50/51
falcon, the last 9: 206 bytes 42-50/51
falcon, the last 99: 206 bytes 0-50/51
flask, the last 9: 206 bytes 42-50/51
flask, the last 99: 416
pyramid, the last 9: 206 bytes 42-50/51
pyramid, the last 99: 416
sanic, the last 9: 206 bytes 42-50/51
sanic, the last 99: 500
starlette, the last 9: 206 bytes 42-50/51
starlette, the last 99: 206 bytes 0-50/51
tornado, the last 9: 206 bytes 42-50/51
tornado, the last 99: 200
twisted, the last 9: 206 bytes 42-50/51
twisted, the last 99: 500
whitenoise, the last 9: 206 bytes 42-50/51
whitenoise, the last 99: 206 bytes 0-50/51
express, the last 9: 206 bytes 42-50/51
express, the last 99: 416
hapi, the last 9: 206 bytes 42-50/51
hapi, the last 99: 500
hono, the last 9: 206 bytes 42-50/51
hono, the last 99: 206 bytes 0-50/51
serve-handler, the last 9: 206 bytes 42-50/51
serve-handler, the last 99: 416
sirv, the last 9: 206 bytes 0-9/51
sirv, the last 99: 206 bytes 0-50/51'
