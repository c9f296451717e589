#!/usr/bin/env bash
# Squid does not know Max-Age: it reads the names of cache directives in small letters only.
source "$(dirname "${BASH_SOURCE[0]}")/caches.sh"

cat >answers.py <<'END'
VALUES = ["max-age=60", "Max-Age=60", "s-maxage=60", "S-MaxAge=60"]
ANSWERS = {f"/{number}": (200, [("Cache-Control", value)]) for number, value in enumerate(VALUES)}
END
cat >ask.py <<'END'
import sys
from answers import VALUES
from asking import twice

for number, value in enumerate(VALUES):
    print(f"{sys.argv[1]}, {value}: {twice(f'/{number}')}")
END
ask_caches squid apache nginx
conclude "$(cache_version squid); beside it $(cache_version apache) and $(cache_version nginx)" \
    'RFC 9111, 5.2: the names of directives are compared without regard to case. All are from the cache.' \
    'squid, max-age=60: from the cache
squid, Max-Age=60: asked again
squid, s-maxage=60: from the cache
squid, S-MaxAge=60: asked again
apache, max-age=60: from the cache
apache, Max-Age=60: from the cache
apache, s-maxage=60: from the cache
apache, S-MaxAge=60: from the cache
nginx, max-age=60: from the cache
nginx, Max-Age=60: from the cache
nginx, s-maxage=60: from the cache
nginx, S-MaxAge=60: from the cache'
