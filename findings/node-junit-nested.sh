#!/usr/bin/env bash
# Of the tests in Node's JUnit report, Allure drops the failing one, and two other readers the one outside a suite.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm java
node_packages allure-commandline@2.46.1 junit-to-ctrf@0.0.14
python_packages junitparser==5.0.3
cat >files.test.mjs <<'END'
import assert from "node:assert";
import { describe, it } from "node:test";
it("answers", () => {});
describe("files", () => {
  it("are listed", () => {});
  describe("of a chat that is not there", () => {
    it("are a 404", () => assert.equal(200, 404));
  });
});
END
mkdir results
node --test --test-reporter=junit files.test.mjs >results/TEST-files.xml || true
{
    node node_modules/.bin/junit-to-ctrf results/TEST-files.xml -o ctrf.json
    node node_modules/.bin/allure generate results -o allure
} >read.log 2>&1 || not_tried "readers: $(tail -n 1 read.log)"
cat >read.py <<'END'
import json, re
import junitparser

def load(path):
    with open(path) as file:
        return json.load(file)

with open("results/TEST-files.xml") as file:
    counts = dict(re.findall(r"<!-- (tests|fail) (\d+) -->", file.read()))
print(f"Node: {counts['tests']} tests, {counts['fail']} failed")
summary = load("ctrf.json")["results"]["summary"]
print(f"junit-to-ctrf: {summary['tests']} tests, {summary['failed']} failed")
report = junitparser.JUnitXml.fromfile("results/TEST-files.xml")
report.update_statistics()
print(f"junitparser: {report.tests} tests, {report.failures} failed")
statistic = load("allure/widgets/summary.json")["statistic"]
print(f"Allure: {statistic['total']} tests, {statistic['failed'] + statistic['broken']} failed")
END
observe venv/bin/python read.py
conclude "node --test of Node $(node --version); junit-to-ctrf 0.0.14, junitparser 5.0.3, Allure 2.46.1" \
    'JUnit XML has no standard. Node writes a testsuite for each describe, one within the other, and a test outside
them beside them; its documentation calls it the jUnit format. What reads that format finds the three tests, and
above all the failed one.' \
    'Node: 3 tests, 1 failed
junit-to-ctrf: 2 tests, 1 failed
junitparser: 2 tests, 1 failed
Allure: 1 tests, 0 failed'
