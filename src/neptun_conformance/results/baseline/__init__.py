"""Known deviations: failures that a deployment accepts for now, so that CI catches the next one.

A baseline is a YAML list. Each entry names a clause, perhaps one check of it, and says why the
failure is accepted, perhaps where that is tracked and until when it holds::

    - clause: file.created-at
      check: full-chat
      reason: the old files carry no offset until they are migrated
      issue: https://tracker.example.com/browse/FILES-7
      expires: 2027-03-31
      effort: deep

``effort`` is the least effort of a run that finds it, where that is not the default one.

A known failure stays a deviation: the verdict does not change, only the exit status does.
"""

from __future__ import annotations

from neptun_conformance.results.baseline.applying import OutdatedBaselineError, apply
from neptun_conformance.results.baseline.entries import Baseline, Entry, load
from neptun_conformance.results.baseline.making import Made, from_result
from neptun_conformance.results.errors import BaselineError

__all__ = [
    "Baseline",
    "BaselineError",
    "Entry",
    "Made",
    "OutdatedBaselineError",
    "apply",
    "from_result",
    "load",
]
