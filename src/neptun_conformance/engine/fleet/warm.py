"""Imports and prepares all that the children of a fleet have in common.

The process that imports this has one thread and knows no target; its children begin where it ends.
"""

from __future__ import annotations

import gc

from neptun_conformance.bodies import members
from neptun_conformance.client import documented
from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.engine.fleet import worker
from neptun_conformance.engine.records import diagnosing
from neptun_conformance.questions.array import rows
from neptun_conformance.questions.generated import kept
from neptun_conformance.questions.spellings import telling
from neptun_conformance.reports import summary
from neptun_conformance.results.adapter import adapter
from neptun_conformance.results.result import Result

__all__ = ["diagnosing", "summary", "worker"]

all_checks()
kept.shipped("default")
rows()
telling()
documented.prepare()
members.prepare()
adapter(Result)
# What is there now is never given back, so that children share its memory as long as they live.
gc.collect()
gc.freeze()
