# shellcheck shell=bash
# What every finding shares: a temporary folder, pinned packages in it, servers that end with the
# script, and the comparison. Exit status: 0 as found, 1 changed, 2 could not be tried.
set -euo pipefail

work=$(mktemp -d)
servers=()
seen=''

finish() {
    local pid
    for pid in ${servers[@]+"${servers[@]}"}; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT
cd "$work"

# not_tried WHY: leave with the status that says nothing about the finding.
not_tried() {
    echo "not tried: $1" >&2
    exit 2
}

# python_packages REQUIREMENT…: an environment in ./venv with just these.
python_packages() {
    python3 -m venv venv || not_tried 'no venv'
    venv/bin/pip install --quiet --disable-pip-version-check "$@" >install.log 2>&1 ||
        not_tried "pip: $(tail -n 1 install.log)"
}

# node_packages SPEC…: ./node_modules with just these; no install script is run.
node_packages() {
    npm install --silent --ignore-scripts --no-audit --no-fund --prefix . "$@" >install.log 2>&1 ||
        not_tried "npm: $(tail -n 1 install.log)"
}

# installed COMMAND…: what the finding needs beside its packages.
installed() {
    local name
    for name in "$@"; do
        command -v "$name" >/dev/null || not_tried "$name is not installed"
    done
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

accepts() {
    python3 -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)' "$1" 2>/dev/null
}

# serve PORT COMMAND…: a server in the background, five minutes at the most, ready when this returns.
serve() {
    local port=$1 waited
    shift
    timeout 300 "$@" >>server.log 2>&1 &
    servers+=("$!")
    for ((waited = 0; waited < 150; waited++)); do
        accepts "$port" && return
        sleep 0.2
    done
    not_tried "$1 does not listen: $(tail -n 1 server.log)"
}

# observe COMMAND…: what it prints becomes $seen, line by line added.
observe() {
    local lines
    lines=$(timeout 120 "$@" 2>>observe.log) || not_tried "$1: $(tail -n 1 observe.log)"
    seen+=${seen:+$'\n'}$lines
}

# conclude VERSIONS EXPECTED FOUND: print everything, and exit by whether $seen still is FOUND.
conclude() {
    printf 'software:\n%s\n\nexpected:\n%s\n\nseen:\n%s\n\n' "$1" "$2" "$seen"
    if [[ $seen == "$3" ]]; then
        echo 'as found'
        exit 0
    fi
    printf 'CHANGED. It was found as:\n%s\n' "$3"
    exit 1
}
