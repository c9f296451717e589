"""The one place that touches the network: it sends requests and records what came of each."""

from neptun_conformance.client.burst import BurstBarrier
from neptun_conformance.client.core import Client
from neptun_conformance.client.settings import Settings
from neptun_conformance.client.throttling import is_throttled, seconds_asked

__all__ = ["BurstBarrier", "Client", "Settings", "is_throttled", "seconds_asked"]
