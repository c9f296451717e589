"""The verbs of the command. What is heavy is imported by a verb when it runs, not before."""

from neptun_conformance.cli.clauses import clauses
from neptun_conformance.cli.completion import completion
from neptun_conformance.cli.explain import explain
from neptun_conformance.cli.many import fleet
from neptun_conformance.cli.reporting import diff, matrix, report, trend
from neptun_conformance.cli.serving import faults, serve
from neptun_conformance.cli.setting_up import doctor, init, replay

VERBS = (
    init,
    doctor,
    fleet,
    serve,
    faults,
    clauses,
    explain,
    replay,
    report,
    diff,
    matrix,
    trend,
    completion,
)
"""All verbs, in the order in which help shows them."""
