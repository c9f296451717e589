#!/usr/bin/env bash
# Squid's own 304 has no ETag.
source "$(dirname "${BASH_SOURCE[0]}")/caches.sh"

cat >answers.py <<'END'
FIELDS = {
    "ETag": '"1"', "Cache-Control": "max-age=60", "Vary": "X-Theme", "Content-Location": "/other",
    "Expires": "Fri, 01 Jan 2100 00:00:00 GMT",
}
ANSWERS = {"/": (200, FIELDS.items())}
END
cat >ask.py <<'END'
import sys
from answers import FIELDS
from asking import get

for text, fields in (("plain", {}), ("with the tag", {"If_None_Match": '"1"'})):
    status, answer, _ = get("/", **fields)
    print(f"{sys.argv[1]}, {text}: {status} with", *(name for name in FIELDS if name in answer))
END
ask_caches squid apache nginx varnish
conclude "$(cache_version squid); beside it $(cache_version apache), $(cache_version nginx) and $(cache_version varnish)" \
    'RFC 9110, 15.4.5: a 304 must have the ETag, Cache-Control, Content-Location, Expires and Vary that the 200 would
have had. So the second answer has what the first one has.' \
    'squid, plain: 200 with ETag Cache-Control Vary Content-Location Expires
squid, with the tag: 304 with Cache-Control Expires
apache, plain: 200 with ETag Cache-Control Vary Content-Location Expires
apache, with the tag: 304 with ETag Cache-Control Vary Content-Location Expires
nginx, plain: 200 with ETag Cache-Control Vary Content-Location Expires
nginx, with the tag: 304 with ETag Cache-Control Vary Content-Location Expires
varnish, plain: 200 with ETag Cache-Control Vary Content-Location Expires
varnish, with the tag: 304 with ETag Cache-Control Vary Content-Location Expires'
