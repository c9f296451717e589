#!/usr/bin/env bash
# Varnish answers two tags as none, and two ranges with a 416.
source "$(dirname "${BASH_SOURCE[0]}")/caches.sh"

cat >answers.py <<'END'
ANSWERS = {"/": (200, [("Cache-Control", "max-age=60"), ("ETag", '"1"')])}
END
cat >ask.py <<'END'
import sys
from asking import get

REQUESTS = {
    "one tag": {"If_None_Match": '"1"'}, "two tags": {"If_None_Match": '"0", "1"'}, "any tag": {"If_None_Match": "*"},
    "one range": {"Range": "bytes=0-1"}, "two ranges": {"Range": "bytes=0-1, 4-5"},
}
get("/")
for text, fields in REQUESTS.items():
    print(f"{sys.argv[1]}, {text}: {get('/', **fields)[0]}")
END
ask_caches varnish squid trafficserver
conclude "$(cache_version varnish); beside it $(cache_version squid) and $(cache_version trafficserver)" \
    'RFC 9110, 13.1.2: If-None-Match is a list of tags, or "*"; a stored answer with any of them is a 304. 14.2 and
15.5.17: Range is a list too, which may be ignored; a 416 means that none of it can be had, or that there are
too many. So: three times 304, then 206, and 206 or 200.' \
    'varnish, one tag: 304
varnish, two tags: 200
varnish, any tag: 200
varnish, one range: 206
varnish, two ranges: 416
squid, one tag: 304
squid, two tags: 304
squid, any tag: 304
squid, one range: 206
squid, two ranges: 206
trafficserver, one tag: 304
trafficserver, two tags: 304
trafficserver, any tag: 304
trafficserver, one range: 206
trafficserver, two ranges: 200'
