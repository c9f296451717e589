#!/usr/bin/env bash
# Start every example in turn, let the conformance suite judge it, print a table of verdicts.
# Exit status: 0 all conformant, 1 a finding on a MUST or a run that came to no verdict.
#
# NEPTUN_CONFORMANCE   command of the suite (default: .venv/bin/neptun-conformance)
# NEPTUN_PYTHON        Python for the FastAPI example (default: python3)
set -euo pipefail

examples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
read -ra conformance <<<"${NEPTUN_CONFORMANCE:-$examples/../.venv/bin/neptun-conformance}"
python=${NEPTUN_PYTHON:-python3}
venv=$examples/fastapi/.venv
work=$(mktemp -d)
reports=$work/reports
server=''
suite=''
cluster=''

main() {
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    need node npm javac java "$python" "${conformance[0]}"
    postgres_bin=$(find_postgres)
    build
    start_postgres

    judge node-h3 node-h3 node server.js
    judge fastapi fastapi-sqlite \
        env "DATABASE_URL=sqlite:///$work/chats.db" "$venv/bin/python" app.py
    judge fastapi fastapi-postgresql \
        env "DATABASE_URL=postgresql+psycopg://postgres@/postgres?host=$cluster" \
        "$venv/bin/python" app.py
    judge java java java -cp "$work/java" ChatFiles

    printf '\n'
    "$python" "$examples/table.py" "$reports"
}

need() {
    local command
    for command; do
        command -v "$command" >/dev/null || fail "$command is missing"
    done
}

fail() {
    echo "run.sh: $1" >&2
    exit 1
}

build() {
    mkdir "$reports"
    (cd "$examples/node-h3" && timeout 120 npm ci --silent --no-audit --no-fund)
    "$python" -m venv "$venv"
    timeout 300 "$venv/bin/pip" install --quiet --quiet --disable-pip-version-check \
        -r "$examples/fastapi/requirements.txt"
    timeout 120 javac -encoding UTF-8 -d "$work/java" "$examples/java/ChatFiles.java"
}

# judge FOLDER NAME COMMAND...: serve the folder with the command, test it, note the outcome.
judge() {
    local folder=$1 name=$2
    shift 2
    PORT=$(free_port)
    export PORT
    (cd "$examples/$folder" && exec "$@") >"$work/$name.log" 2>&1 &
    server=$!
    await_port "$name"
    printf '\n== %s ==\n' "$name"
    : >"$reports/$name.json" # stays empty where the suite comes to no result
    timeout 300 "${conformance[@]}" --target "$examples/$folder/target.yaml" \
        --report-json "$reports/$name.json" &
    suite=$!
    wait "$suite" || true # a signal ends this wait, but not one for a command in front
    suite=''
    stop "$server"
    server=''
}

free_port() {
    "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

await_port() {
    local deadline=$((SECONDS + 30))
    until (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; do
        if ! kill -0 "$server" 2>/dev/null || ((SECONDS > deadline)); then
            cat "$work/$1.log" >&2
            fail "$1 did not start on port $PORT"
        fi
        sleep 0.1
    done
}

stop() {
    local process=$1 deadline=$((SECONDS + 10))
    [[ -n $process ]] || return 0
    kill "$process" 2>/dev/null || true
    while kill -0 "$process" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.1; done
    kill -KILL "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
}

# PostgreSQL lives in a folder of its own, is reached by a socket there, and is gone afterwards.

find_postgres() {
    local found=(/usr/lib/postgresql/*/bin)
    [[ -x ${found[-1]}/initdb ]] || fail 'no PostgreSQL here; install it: apt-get install postgresql'
    echo "${found[-1]}"
}

start_postgres() {
    cluster=$(mktemp -d)
    if ((EUID == 0)); then chown postgres "$cluster"; fi
    as_postgres "$postgres_bin/initdb" --pgdata "$cluster/data" --username postgres \
        --auth trust --encoding UTF8 --no-locale --no-sync >"$work/initdb.log"
    as_postgres "$postgres_bin/pg_ctl" start --wait --timeout 30 --silent --pgdata "$cluster/data" \
        --log "$cluster/log" --options "-c listen_addresses='' -c unix_socket_directories='$cluster'"
}

stop_postgres() {
    [[ -n $cluster ]] || return 0
    as_postgres "$postgres_bin/pg_ctl" stop --mode immediate --silent --pgdata "$cluster/data" || true
    rm -rf "$cluster"
}

# The server of PostgreSQL refuses to run as root.
as_postgres() {
    if ((EUID == 0)); then
        (cd "$cluster" && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

clean_up() {
    stop "$suite"
    stop "$server"
    stop_postgres
    rm -rf "$work"
}

main "$@"
