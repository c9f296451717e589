#!/usr/bin/env bash
# Most servers of files ignore If-Range: a download that goes on after a change is glued of two versions.
source "$(dirname "${BASH_SOURCE[0]}")/file_servers.sh"

cat >ask.py <<'END'
import sys
from get_page import get

# the validators of other versions: a tag, a date before the file's last change, one after it
others = ('"another"', "Tue, 19 Mar 2024 10:00:00 GMT", "Thu, 21 Mar 2024 10:00:00 GMT")
print(f"{sys.argv[1]}:", *(get(Range="bytes=10-", If_Range=other)[0] for other in others))
END
ask_file_servers
conclude "$file_servers" \
    'RFC 9110, 13.1.5 and 13.2.2: a part is sent if the tag in If-Range is that of the file, or the date is
exactly its Last-Modified; otherwise Range must be ignored. Three times 200 with the whole file.' \
    'aiohttp: 206 200 206
bottle: 206 206 206
cherrypy: 206 206 206
falcon: 206 206 206
flask: 200 200 206
pyramid: 200 200 206
sanic: 206 206 206
starlette: 200 200 200
tornado: 206 206 206
twisted: 206 206 206
whitenoise: 206 206 206
express: 200 200 206
hapi: 200 200 200
hono: 206 206 206
serve-handler: 206 206 206
sirv: 206 206 206'
