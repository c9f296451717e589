"""``python -m neptun_conformance``."""

from neptun_conformance.cli import entry

if __name__ == "__main__":
    entry()
