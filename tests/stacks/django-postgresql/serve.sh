#!/bin/bash
set -euo pipefail
.venv/bin/python manage.py migrate --run-syncdb --verbosity 0
.venv/bin/python manage.py seed "$DATA"
exec .venv/bin/gunicorn --bind "127.0.0.1:$PORT" --threads 8 --log-level warning wsgi
