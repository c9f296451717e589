#!/bin/bash
# Run PHP and nginx until either ends.
set -euo pipefail
USER=$(id -un)
export USER
sed "s/PORT/$PORT/; s#root \.#root $PWD#; s#unix:#unix:$PWD/#" nginx.conf >nginx.run.conf
rm -f php.sock
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
trap exit TERM INT
/usr/sbin/php-fpm8.2 --allow-to-run-as-root --fpm-config php-fpm.conf &
until [[ -S php.sock ]]; do sleep 0.1; done
nginx -p "$PWD" -c nginx.run.conf -g "daemon off; user $USER;" &
wait -n
