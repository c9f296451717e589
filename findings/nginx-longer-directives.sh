#!/usr/bin/env bash
# nginx finds max-age and private within longer names, and stores by them or does not.
source "$(dirname "${BASH_SOURCE[0]}")/caches.sh"

cat >answers.py <<'END'
VALUES = ["max-age=60", "x-max-age=60", "x-s-maxage=60", "max-age=60, x-private=1", 'max-age=60, x="not private"']
ANSWERS = {f"/{number}": (200, [("Cache-Control", value)]) for number, value in enumerate(VALUES)}
END
cat >ask.py <<'END'
import sys
from answers import VALUES
from asking import twice

for number, value in enumerate(VALUES):
    print(f"{sys.argv[1]}, {value}: {twice(f'/{number}')}")
END
ask_caches nginx apache squid
conclude "$(cache_version nginx); beside it $(cache_version apache) and $(cache_version squid)" \
    'RFC 9111, 5.2 and 5.2.3: a directive is a token, with "=" and a token or quoted string behind it or not; a
cache must ignore those that it does not know. "x-max-age" is not max-age, and "x-private" not private: the
first and the last two are from the cache, the second and third asked again.' \
    'nginx, max-age=60: from the cache
nginx, x-max-age=60: from the cache
nginx, x-s-maxage=60: from the cache
nginx, max-age=60, x-private=1: asked again
nginx, max-age=60, x="not private": asked again
apache, max-age=60: from the cache
apache, x-max-age=60: asked again
apache, x-s-maxage=60: asked again
apache, max-age=60, x-private=1: from the cache
apache, max-age=60, x="not private": from the cache
squid, max-age=60: from the cache
squid, x-max-age=60: asked again
squid, x-s-maxage=60: asked again
squid, max-age=60, x-private=1: from the cache
squid, max-age=60, x="not private": from the cache'
