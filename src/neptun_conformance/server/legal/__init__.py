"""Servers that are odd and legal: what tempts a careless suite to find fault with them.

Their records are those of faults. One that comes close to a fault stands beside it, as ``legal`` in
the module of that fault; all others stand here. Where the documentation's standards do find
something, the ``clauses`` of a record are exactly those SHOULD findings.
"""

from neptun_conformance.server import faults
from neptun_conformance.server.faults.fault import Fault, catalogue, themes

LEGAL: dict[str, Fault] = catalogue(*themes(__name__, "legal"), *themes(faults.__name__, "legal"))

__all__ = ["LEGAL"]
