"""What tests of several parts need."""

from __future__ import annotations

import socket

import pytest
from hypothesis import settings

# How long an example takes says something about the machine, not about the code.
settings.register_profile("package", deadline=None)
settings.load_profile("package")


@pytest.fixture
def port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
    return number
