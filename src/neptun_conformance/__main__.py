"""``python -m neptun_conformance``."""

import os
import sys

# Python puts the working directory first here, where a yaml.py or a folder of tests may lie; the
# installed command is not disturbed by those, so neither is this. (`python -P -m` does the same,
# and also passes over a folder that is named as this package.)
if sys.path and sys.path[0] in {"", os.getcwd()}:  # noqa: PTH109 - compared as text
    del sys.path[0]

from neptun_conformance.cli.main import entry

if __name__ == "__main__":
    entry()
