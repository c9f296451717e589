#!/usr/bin/env bash
# sarif-tools counts findings that are gone, shows the key of a message for its text, and needs ruleId.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages sarif-tools==3.0.5
cat >read.py <<'END'
import json
from sarif import loader

DRIVER = {"name": "checks", "rules": [{"id": "R1", "messageStrings": {"default": {"text": "expected {0}, got {1}"}}}]}
TEXT = {"text": "expected 200, got 404"}
RESULTS = {
    "new": {"ruleId": "R1", "message": TEXT, "baselineState": "new"},
    "absent": {"ruleId": "R1", "message": TEXT, "baselineState": "absent"},
    "by-key": {"ruleId": "R1", "ruleIndex": 0, "message": {"id": "default", "arguments": ["200", "404"]}},
    "by-reference": {"rule": {"id": "R1", "index": 0}, "message": TEXT},
}
for name, result in RESULTS.items():
    log = {"version": "2.1.0", "runs": [{"tool": {"driver": DRIVER}, "results": [result]}]}
    with open(f"{name}.sarif", "w") as file:
        json.dump(log, file)
    try:
        records = loader.load_sarif_file(f"{name}.sarif").get_records()
        print(f"{name}:", [(record["Severity"], record["Code"], record["Description"]) for record in records])
    except KeyError as error:
        print(f"{name}: KeyError {error}")
END
observe venv/bin/python read.py
conclude "sarif-tools 3.0.5" \
    'SARIF 2.1.0: 3.27.24, "absent" was in the baseline and is no longer there; 3.11.7, the text of a
message with an id is found in the messageStrings of its rule, with the arguments put in; 3.27.5 and
3.27.7, a result may name its rule by "rule" instead of "ruleId". So: one warning, none, then two times R1 with the text.' \
    "new: [('warning', 'R1', 'expected 200, got 404')]
absent: [('warning', 'R1', 'expected 200, got 404')]
by-key: [('warning', 'R1', 'default')]
by-reference: KeyError 'ruleId'"
