#!/usr/bin/env bash
# HAProxy's cache does not store what only shared caches may keep: s-maxage=60 beside max-age=0.
source "$(dirname "${BASH_SOURCE[0]}")/caches.sh"

cat >answers.py <<'END'
VALUES = {
    "/max-age=60": "max-age=60",
    "/s-maxage=60": "s-maxage=60",
    "/max-age=1,s-maxage=60": "max-age=1, s-maxage=60",
    "/max-age=0,s-maxage=60": "max-age=0, s-maxage=60",
    "/max-age=0,s-maxage=60,public": "max-age=0, s-maxage=60, public",
}
ANSWERS = {path: (200, [("Cache-Control", value)]) for path, value in VALUES.items()}
END
cat >ask.py <<'END'
import sys
from answers import VALUES
from asking import twice

for path, value in VALUES.items():
    print(f"{sys.argv[1]}, {value}: {twice(path)}")
END
ask_caches haproxy varnish nginx
conclude "$(cache_version haproxy); beside it $(cache_version varnish) and $(cache_version nginx)" \
    'RFC 9111, 5.2.2.10: to a shared cache, s-maxage overrides max-age. What is stored with max-age=1 beside it
is stored with max-age=0 too: all are from the cache.' \
    'haproxy, max-age=60: from the cache
haproxy, s-maxage=60: from the cache
haproxy, max-age=1, s-maxage=60: from the cache
haproxy, max-age=0, s-maxage=60: asked again
haproxy, max-age=0, s-maxage=60, public: from the cache
varnish, max-age=60: from the cache
varnish, s-maxage=60: from the cache
varnish, max-age=1, s-maxage=60: from the cache
varnish, max-age=0, s-maxage=60: from the cache
varnish, max-age=0, s-maxage=60, public: from the cache
nginx, max-age=60: from the cache
nginx, s-maxage=60: from the cache
nginx, max-age=1, s-maxage=60: from the cache
nginx, max-age=0, s-maxage=60: from the cache
nginx, max-age=0, s-maxage=60, public: from the cache'
