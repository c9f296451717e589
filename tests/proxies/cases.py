"""Every set-up in front of a server, with what must come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from tests.proxies.description import Misconfiguration, Proxy, Setup, proxies
from tests.proxies.servers import CONFORMANT

if TYPE_CHECKING:
    from tests.proxies.running import Judged


@dataclass(frozen=True)
class Case:
    """A proxy that is set up in one way, in front of one server.

    Arguments:
        name: `PROXY-SETUP-SERVER` where the set-up is right, `PROXY-SETUP` where it is not.
        proxy: the proxy.
        setup: how it is set up.
        server: the name of the server under test.
    """

    name: str
    proxy: Proxy
    setup: Setup
    server: str

    @property
    def expected(self) -> list[str]:
        """The clauses that must fail, at least; without any, the verdict must be conformant."""
        return []

    def shortfalls(self, judged: Judged) -> list[str]:
        """Return what is missing from what was expected, a line each."""
        if self.expected:
            return [f"{x}: did not fail" for x in self.expected if x not in judged.failed]
        verdict = judged.report["verdict"]
        return [
            *([] if verdict == "conformant" else [f"verdict: {verdict}", *judged.findings()]),
            *(f"{clause}: not tested" for clause in sorted(judged.not_tested)),
        ]

    def as_expected(self, shortfalls: list[str]) -> bool:
        """Tell whether it was right for these to come."""
        return not shortfalls


@dataclass(frozen=True)
class Wrong(Case):
    """A proxy that is set up in a wrong way."""

    setup: Misconfiguration

    @property
    def expected(self) -> list[str]:
        """The clauses that must fail, at least."""
        return self.setup.caught or self.setup.missed

    def as_expected(self, shortfalls: list[str]) -> bool:
        """Tell whether it was right for these to come: a known miss is to be missed."""
        return self.setup.sometimes or bool(shortfalls) == bool(self.setup.missed)


def right() -> Iterator[Case]:
    """Yield every right set-up in front of every conformant server."""
    for folder, proxy in proxies().items():
        setups = {"right": Setup(), **proxy.right}
        for (name, setup), (server, owner) in product(setups.items(), CONFORMANT.items()):
            owned = setup.model_copy(update={"owner": owner})
            yield Case(f"{folder}-{name}-{server}", proxy, owned, server)


def wrong() -> Iterator[Wrong]:
    """Yield every misconfiguration."""
    for folder, proxy in proxies().items():
        for name, setup in proxy.wrong.items():
            yield Wrong(f"{folder}-{name}", proxy, setup, setup.server)
