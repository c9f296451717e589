#!/usr/bin/env bash
# Install the suite into an environment of its own, so that the job's Python stays as it is.
#
# VERSION             published version; empty for that of the action itself
# GITHUB_ACTION_PATH  where the action lies
# RUNNER_TEMP         where the environment is made
set -euo pipefail

environment=$RUNNER_TEMP/neptun-conformance/python
python -m venv --clear "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
    "${VERSION:+neptun-conformance==}${VERSION:-$GITHUB_ACTION_PATH}"
