#!/usr/bin/env bash
# Of two Vary fields, Traffic Server reads the first and nginx the last: the other's variants are mixed up.
source "$(dirname "${BASH_SOURCE[0]}")/caches.sh"

cat >answers.py <<'EOF'
LASTING = ("Cache-Control", "max-age=60")
ANSWERS = {
    f"/{kind}/{number}": (200, [LASTING, *(("Vary", value) for value in values)])
    for kind, values in {"one": ["X-Theme, X-Unit"], "two": ["X-Theme", "X-Unit"]}.items()
    for number in range(12)
}
EOF
cat >ask.py <<'EOF'
import sys
from asking import twice

PLAIN = {"X_Theme": "dark", "X_Unit": "metre"}
CHANGES = {"the same": {}, "another theme": {"X_Theme": "light"}, "another unit": {"X_Unit": "foot"}}
for kind in ("one", "two"):
    seen = [f"{text}: {twice(f'/{kind}/{number}', PLAIN, {**PLAIN, **change})}"
            for number, (text, change) in enumerate(CHANGES.items())]
    print(f"{sys.argv[1]}, Vary in {kind}; {', '.join(seen)}")
EOF
ask_caches trafficserver nginx varnish squid
conclude "$(for name in trafficserver nginx varnish squid; do cache_version "$name"; done)" \
    'RFC 9110, 5.2: a field that comes twice means the same as one with both values, in that order; RFC 9111,
4.1: what is stored for one theme and one unit is no answer to who asks for another of either. So in both
kinds "the same" is from the cache, and the other two are asked again.' \
    'trafficserver, Vary in one; the same: from the cache, another theme: asked again, another unit: asked again
trafficserver, Vary in two; the same: from the cache, another theme: asked again, another unit: from the cache
nginx, Vary in one; the same: from the cache, another theme: asked again, another unit: asked again
nginx, Vary in two; the same: from the cache, another theme: from the cache, another unit: asked again
varnish, Vary in one; the same: from the cache, another theme: asked again, another unit: asked again
varnish, Vary in two; the same: from the cache, another theme: asked again, another unit: asked again
squid, Vary in one; the same: from the cache, another theme: asked again, another unit: asked again
squid, Vary in two; the same: from the cache, another theme: asked again, another unit: asked again'
