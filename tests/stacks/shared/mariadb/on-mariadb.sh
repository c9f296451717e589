#!/bin/bash
# on-mariadb.sh COMMAND ARGUMENT…: run a server on a database of its own, which is gone afterwards.
set -euo pipefail
folder=$(mktemp -d)
export MYSQL_SOCKET=$folder/socket
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
trap exit TERM INT

user=$(id --user --name)
if ((EUID == 0)); then
    user=mysql
    chown mysql "$folder"
fi

mariadb-install-db --no-defaults --user="$user" --datadir="$folder/data" \
    --auth-root-authentication-method=normal --skip-test-db >/dev/null
mariadbd --no-defaults --user="$user" --datadir="$folder/data" --socket="$MYSQL_SOCKET" \
    --skip-networking --pid-file="$folder/pid" 2>"$folder/log" &
until mariadb-admin --no-defaults --user=root --socket="$MYSQL_SOCKET" ping >/dev/null 2>&1; do
    sleep 0.1
done
mariadb --no-defaults --user=root --socket="$MYSQL_SOCKET" \
    --execute 'create database chats character set utf8mb4'
"$@" &
wait -n
