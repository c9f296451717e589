#!/bin/bash
# on-postgresql.sh COMMAND ARGUMENT…: run a server on a database of its own, which is gone
# afterwards. A database.sql is run first; it finds what $DATA holds as :'data'.
set -euo pipefail
bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | tail -n 1)
cluster=$(mktemp -d)
export PGHOST=$cluster PGUSER=postgres PGDATABASE=postgres
trap 'kill -INT $(jobs -p) 2>/dev/null || true; wait; rm -rf "$cluster"' EXIT
trap exit TERM INT

# PostgreSQL refuses to run as root.
as_postgres=()
if ((EUID == 0)); then
    chown postgres "$cluster"
    as_postgres=(setpriv --reuid postgres --regid postgres --init-groups)
fi

"${as_postgres[@]}" "$bin/initdb" --pgdata "$cluster/data" --username postgres \
    --auth trust --encoding UTF8 --no-locale --no-sync >/dev/null
# Drivers for Java know no Unix sockets.
"${as_postgres[@]}" "$bin/postgres" -D "$cluster/data" -c listen_addresses="${PGLISTEN-}" \
    -c port="${PGPORT-5432}" -c unix_socket_directories="$cluster" 2>"$cluster/log" &
until [[ -S $cluster/.s.PGSQL.${PGPORT-5432} ]] && "$bin/pg_isready" --quiet; do
    kill -0 $! # where it has ended, there is nothing to wait for
    sleep 0.1
done

if [[ -f database.sql ]]; then
    "$bin/psql" --quiet --no-psqlrc --set ON_ERROR_STOP=1 --set "data=$(cat "$DATA")" \
        --file database.sql
fi
"$@" &
wait -n
