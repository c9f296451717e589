#!/bin/bash
set -euo pipefail
sed "s/PORT/$PORT/" nginx.conf >nginx.run.conf
exec nginx -p "$PWD" -c nginx.run.conf -g "daemon off; user $(id -un);"
