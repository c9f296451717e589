"""The contract: the OpenAPI document, its clauses, and how ids are read by it."""

from neptun_conformance.contract.openapi import (
    CHECKOUT,
    Clause,
    clauses,
    contract_path,
    contract_version,
    document,
    suite_path,
)

__all__ = [
    "CHECKOUT",
    "Clause",
    "clauses",
    "contract_path",
    "contract_version",
    "document",
    "suite_path",
]
