"""Fuzzes one reader in this process: ``python -m tests.fuzz.one PROGRAM READER [OPTION …]``."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["neptun_conformance", "tests.fuzz"]):
    from tests.fuzz.readers import READERS


def main() -> None:
    """Hand the options to libFuzzer, which does not return."""
    program, name, *options = sys.argv[1:]
    atheris.Setup([program, *options], READERS[name])
    atheris.Fuzz()


main()
