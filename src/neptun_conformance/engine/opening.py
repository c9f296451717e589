"""Finds the target of a run: by its settings and the environment, or the embedded reference."""

from __future__ import annotations

import os
import shlex
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from neptun_conformance import contract
from neptun_conformance.client import Settings as ClientSettings
from neptun_conformance.engine.checks.check import Policy
from neptun_conformance.results.result import EMBEDDED
from neptun_conformance.settings import MOST_CONCURRENT, SettingError, Settings
from neptun_conformance.targets.load import Loaded, TargetError, load_target
from neptun_conformance.targets.model import Target

IN_PROCESS = "http://in-process.invalid"
"""The base URL of an application that is called without a port."""


def refuse_other_contract(settings: Settings) -> None:
    """Refuse a version of the contract that is not the one known here; raises SettingError."""
    wanted, known = settings.contract_version, contract.contract_version()
    if wanted not in {None, known}:
        raise SettingError(f"--contract-version: {wanted!r} is not known, only {known}")


def named_target(settings: Settings, profile: dict[str, Any] | None = None) -> Loaded | None:
    """Return the target that the settings and the environment name, None where they name none.

    Arguments:
        settings: the settings of the run.
        profile: what the provisioning command printed.

    Raises:
        TargetError: the target cannot be used.
    """
    flags: dict[str, object] = {
        "base_url": IN_PROCESS if settings.app else settings.base_url,
        "http": settings.http_version,
    }
    path = Path(settings.target) if settings.target else None
    try:
        return load_target(path, flags=flags, provisioned=profile)
    except TargetError:
        if _is_named(settings):
            raise
    return None


def _is_named(settings: Settings) -> bool:
    given = (
        settings.target,
        settings.base_url,
        settings.app,
        settings.start,
        settings.provision,
    )
    return any(given) or any(name.startswith("NEPTUN_") for name in os.environ)


def embedded_target(stack: ExitStack) -> Loaded:
    """Serve the reference on a free loopback port and return its own profile as the target.

    Arguments:
        stack: ends the server with the run.
    """
    from neptun_conformance.server.data import target_for
    from neptun_conformance.server.reference import Reference
    from neptun_conformance.server.serving import serving

    base_url = stack.enter_context(serving(Reference()))
    loaded = load_target(None, provisioned=target_for(base_url), environ={})
    return replace(loaded, origins=dict.fromkeys(loaded.origins, EMBEDDED))


def at_once(settings: Settings, target: Target) -> int:
    """Return how many requests may be under way at once at most.

    Over HTTP/2 they share few connections, so where nothing else is asked for, twice as many.
    """
    is_default = settings.concurrency == MOST_CONCURRENT
    return settings.concurrency * (2 if is_default and target.http.startswith("2") else 1)


def client_settings(settings: Settings, target: Target, run_id: str) -> ClientSettings:
    """Return what the client needs to know of a run and its target."""
    return ClientSettings(
        base_url=target.base_url,
        run_id=run_id,
        headers=tuple(target.headers.items()),
        concurrency=at_once(settings, target),
        deadline=settings.deadline,
        run_deadline=settings.run_deadline,
        max_body=settings.max_body,
        rate=settings.rate,
        max_requests=settings.max_requests,
        max_throttle=settings.max_throttle,
        ca_bundle=settings.ca_bundle,
        insecure=settings.insecure,
        client_cert=settings.client_cert,
        client_key=settings.client_key,
        http=target.http,
        uds=settings.uds,
    )


def curl_options(settings: Settings, http: str | None) -> tuple[str, ...] | None:
    """Return what curl needs to reach the target of a run as the run does, None where it cannot.

    Arguments:
        settings: the settings of the run.
        http: the version of HTTP, as a target file names it; None where curl is to choose.
    """
    if settings.app:  # nobody else can reach an application that is called in this process
        return None
    given = (
        ("--unix-socket", settings.uds),
        ("--cacert", settings.ca_bundle),
        ("--cert", settings.client_cert),
        ("--key", settings.client_key),
    )
    options = tuple(f"{flag} {shlex.quote(value)}" for flag, value in given if value)
    version = {"2": ("--http2",), "2-prior-knowledge": ("--http2-prior-knowledge",)}
    insecure = ("--insecure",) if settings.insecure else ()
    return (*version.get(http or "", ()), *insecure, *options)


def policy(settings: Settings, target: Target, run_id: str) -> Policy:
    """Return what a run may ask.

    Arguments:
        settings: the settings of the run.
        target: the target.
        run_id: names the run.
    """
    return Policy(
        unsafe=settings.allow_unsafe_methods,
        hostile=not settings.no_hostile,
        fetch_links=settings.fetch_urls,
        secure=target.base_url.startswith("https:"),
        run_id=run_id,
        ca_bundle=settings.ca_bundle,
        insecure=settings.insecure,
    )
