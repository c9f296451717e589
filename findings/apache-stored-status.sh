#!/usr/bin/env bash
# Apache's cache gives a stored answer of a status that it has no name for as a 500.
source "$(dirname "${BASH_SOURCE[0]}")/caches.sh"

cat >answers.py <<'END'
ANSWERS = {f"/{status}": (status, [("Cache-Control", "max-age=60")]) for status in (200, 299, 404, 418, 451, 499, 520)}
END
cat >ask.py <<'END'
import sys
from asking import get

for path in ("/200", "/299", "/404", "/418", "/451", "/499", "/520"):
    (first, _, content), (second, _, stored) = get(path), get(path)
    print(f"{sys.argv[1]}: {first}, again {second}", "from the cache" if content == stored else "with other content")
END
ask_caches apache nginx
conclude "$(cache_version apache), mod_cache_socache; beside it $(cache_version nginx)" \
    'RFC 9110, 15: codes can be added, and who does not know one takes it for the x00 of its class; RFC 9111, 3:
max-age lets a cache store an answer of any status that is final, and it is given again as it came. Apache
passes each on as it comes, and so twice the same status.' \
    'apache: 200, again 200 from the cache
apache: 299, again 500 from the cache
apache: 404, again 404 from the cache
apache: 418, again 500 from the cache
apache: 451, again 451 from the cache
apache: 499, again 500 from the cache
apache: 520, again 500 from the cache
nginx: 200, again 200 from the cache
nginx: 299, again 299 from the cache
nginx: 404, again 404 from the cache
nginx: 418, again 418 from the cache
nginx: 451, again 451 from the cache
nginx: 499, again 499 from the cache
nginx: 520, again 520 from the cache'
