"""The one place that touches the network: it sends requests and records what came of each."""

from neptun_conformance.client.core import Client
from neptun_conformance.client.salvo import Salvo
from neptun_conformance.client.settings import Settings

__all__ = ["Client", "Salvo", "Settings"]
