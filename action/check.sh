#!/usr/bin/env bash
# Check the target, and hand the result on. Ends with the exit status of the run.
#
# TARGET, BASE_URL, BASELINE, STRICT, ALLOW_INCOMPLETE  the inputs of the action
# RUNNER_TEMP                                           where the reports are made
# GITHUB_OUTPUT                                         file that takes the outputs
#
# The summary and the annotations are the command's own work: it knows a runner when it is on one.
set -euo pipefail

environment=$RUNNER_TEMP/neptun-conformance/python
reports=$RUNNER_TEMP/neptun-conformance/reports
arguments=()

main() {
    local status=0
    rm -rf "$reports"
    mkdir -p "$reports"
    read_inputs
    "$environment/bin/neptun-conformance" "${arguments[@]}" \
        --report-json="$reports/report.json" \
        --report-html="$reports/report.html" \
        --report-junit="$reports/junit.xml" \
        --report-sarif="$reports/report.sarif" || status=$?
    outputs "$reports/report.json" >>"$GITHUB_OUTPUT"
    exit "$status"
}

read_inputs() {
    # Without any target the command would check its own reference server, and the step be green.
    [[ -n $TARGET$BASE_URL${NEPTUN_BASE_URL:-} ]] || refuse 'target or base-url is needed'
    if [[ -n $TARGET ]]; then arguments+=("--target=$TARGET"); fi
    if [[ -n $BASE_URL ]]; then arguments+=("--base-url=$BASE_URL"); fi
    if [[ -n $BASELINE ]]; then arguments+=("--baseline=$BASELINE"); fi
    switch strict "$STRICT"
    switch allow-incomplete "$ALLOW_INCOMPLETE"
}

# switch NAME VALUE: add the option where the input is true.
switch() {
    case $2 in
    true) arguments+=("--$1") ;;
    false | '') ;;
    *) refuse "$1: true or false, not $2" ;;
    esac
}

refuse() {
    echo "::error title=neptun-conformance::$1"
    echo 'verdict=error' >>"$GITHUB_OUTPUT"
    exit 4
}

# outputs REPORT: the lines for GITHUB_OUTPUT. A run that was refused leaves no report.
outputs() {
    if [[ ! -s $1 ]]; then
        echo 'verdict=error'
        return
    fi
    "$environment/bin/python" - "$1" <<'PYTHON'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
print(f"verdict={report['verdict']}")
print(f"counts={json.dumps(report['counts'])}")
print(f"report={sys.argv[1]}")
PYTHON
}

main
