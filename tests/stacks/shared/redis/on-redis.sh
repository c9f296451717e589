#!/bin/bash
# on-redis.sh COMMAND ARGUMENT…: run a server with a Redis of its own, which is gone afterwards.
set -euo pipefail
folder=$(mktemp -d)
export REDIS_SOCKET=$folder/socket
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
trap exit TERM INT

redis-server --port 0 --unixsocket "$REDIS_SOCKET" --save '' --dir "$folder" >"$folder/log" &
until [[ -S $REDIS_SOCKET ]]; do sleep 0.1; done
"$@" &
wait -n
