"""The verbs of the command. What is heavy is imported by a verb when it runs, not before."""

from neptun_conformance.verbs.clauses import clauses
from neptun_conformance.verbs.completion import completion
from neptun_conformance.verbs.reporting import diff, matrix, report
from neptun_conformance.verbs.serving import faults, serve
from neptun_conformance.verbs.targets import doctor, init, replay

VERBS = (init, doctor, serve, faults, clauses, replay, report, diff, matrix, completion)
"""All verbs, in the order in which help shows them."""
