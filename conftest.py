"""Which plugin the tests of this checkout use, and nothing else."""

pytest_plugins = ["neptun_conformance.plugin"]
