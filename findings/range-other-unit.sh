#!/usr/bin/env bash
# A Range in another unit than bytes is refused by seven servers of files, and two count octets in it.
source "$(dirname "${BASH_SOURCE[0]}")/file_servers.sh"

cat >ask.py <<'END'
import sys
from get_page import get

status, content, part = get(Range="items=0-1")
print(f"{sys.argv[1]}: {status}", *([f"{len(content)} octets, {part}"] if status == 206 else []))
END
ask_file_servers
conclude "$file_servers" \
    'RFC 9110, 14.2: a server must ignore a Range whose unit it does not understand (14.1: units other
than bytes may be defined, and APIs do so). 200 with the file, since all of these know bytes only.' \
    'aiohttp: 416
bottle: 416
cherrypy: 206 2 octets, bytes 0-1/51
falcon: 200
flask: 416
pyramid: 200
sanic: 416
starlette: 400
tornado: 200
twisted: 200
whitenoise: 200
express: 200
hapi: 416
hono: 206 51 octets, bytes 0-50/51
serve-handler: 416
sirv: 206 2 octets, bytes 0-1/51'
