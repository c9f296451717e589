pytest_plugins = ["neptun_conformance.plugin"]
