"""What is installed of the proxies on this machine: programs and their versions."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.proxies.description import Proxy

PACKAGES = Path(__file__).parents[2] / ".venv-proxies"
"""Where `make` puts the proxies that PyPI brings."""
PATH = os.pathsep.join([str(PACKAGES / "bin"), os.environ["PATH"], "/usr/sbin"])


class NotInstalledError(Exception):
    """A program of a proxy is not on this machine; the text is one line."""


def program(name: str, proxy: Proxy) -> str:
    """Return the path of a program of a proxy.

    Raises NotInstalledError where it is missing.
    """
    found = shutil.which(name, path=PATH)
    if found is None:
        packages = ", ".join([*proxy.debian, *proxy.pypi])
        raise NotInstalledError(f"{name} is not installed; it is brought by: {packages}")
    return found


def versions(proxy: Proxy) -> list[str]:
    """Return the packages of a proxy, each with its version.

    Raises NotInstalledError where one is missing.
    """
    return [*map(_debian_version, proxy.debian), *map(_pypi_version, proxy.pypi)]


def _debian_version(package: str) -> str:
    found = subprocess.run(  # noqa: S603 - the name of a package, from our own file
        ["/usr/bin/dpkg-query", "--show", "--showformat=${Package} ${Version}", package],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if found.returncode:
        raise NotInstalledError(f"Debian's package {package} is not installed")
    return found.stdout


def _pypi_version(package: str) -> str:
    folders = [str(folder) for folder in PACKAGES.glob("lib/python*/site-packages")]
    for found in distributions(name=package, path=folders):
        return f"{package} {found.version}"
    raise NotInstalledError(f"PyPI's package {package} is not installed")
