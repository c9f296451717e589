#!/usr/bin/env bash
# Varnish stores for two minutes what says "Expires: 0".
source "$(dirname "${BASH_SOURCE[0]}")/caches.sh"

cat >answers.py <<'END'
VALUES = ["0", "-1", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:01 GMT"]
ANSWERS = {f"/{number}": (200, [("Expires", value)]) for number, value in enumerate(VALUES)}
END
cat >ask.py <<'END'
import sys
from answers import VALUES
from asking import twice

for number, value in enumerate(VALUES):
    print(f"{sys.argv[1]}, {value}: {twice(f'/{number}')}")
END
ask_caches varnish squid apache
conclude "$(cache_version varnish) as configured by default; beside it $(cache_version squid) and $(cache_version apache)" \
    'RFC 9111, 5.3: a cache must take an invalid date, "0" above all, for one in the past, and 1 January 1970 is
one. Each answer is stale when it comes: asked again.' \
    'varnish, 0: from the cache
varnish, -1: from the cache
varnish, Thu, 01 Jan 1970 00:00:00 GMT: from the cache
varnish, Thu, 01 Jan 1970 00:00:01 GMT: asked again
squid, 0: asked again
squid, -1: asked again
squid, Thu, 01 Jan 1970 00:00:00 GMT: asked again
squid, Thu, 01 Jan 1970 00:00:01 GMT: asked again
apache, 0: asked again
apache, -1: asked again
apache, Thu, 01 Jan 1970 00:00:00 GMT: asked again
apache, Thu, 01 Jan 1970 00:00:01 GMT: asked again'
