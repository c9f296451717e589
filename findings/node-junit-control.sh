#!/usr/bin/env bash
# Node's JUnit reporter writes an escape character of a test's name as it is: no XML reader takes the report.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node
python_packages junitparser==5.0.3
cat >colour.test.mjs <<'END'
import test from "node:test";
test("reads \u001b[31mred\u001b[0m text", () => {});
END
node --test --test-reporter=junit colour.test.mjs >report.xml
cat >read.py <<'END'
import junitparser

with open("report.xml", "rb") as report:
    print("escape characters in the report:", report.read().count(b"\x1b"))
try:
    print("junitparser:", sum(1 for _ in junitparser.JUnitXml.fromfile("report.xml")), "suites or cases")
except Exception:
    print("junitparser: refused")
END
observe venv/bin/python read.py
conclude "node --test of Node $(node --version), read by junitparser 5.0.3 of $(venv/bin/python --version)" \
    'XML 1.0, 2.2: the character U+001B cannot stand in a document. The reporter replaces it, as other
writers of JUnit XML do, and the report can be read.' \
    'escape characters in the report: 2
junitparser: refused'
