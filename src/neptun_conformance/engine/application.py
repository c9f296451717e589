"""Finds the ASGI application that ``--app`` names."""

from __future__ import annotations

import importlib
import inspect
import sys
from pathlib import Path
from typing import Any

from neptun_conformance.settings import SettingError


def application(name: str) -> Any:
    """Return the ASGI application that a name means.

    Arguments:
        name: module and attribute, such as ``shop.main:app``; ``app`` where no attribute is named.

    Raises:
        SettingError: the module cannot be imported, or what it names is no ASGI application.
    """
    module, _, attribute = name.partition(":")
    sys.path.insert(0, str(Path.cwd()))
    try:
        found = getattr(importlib.import_module(module), attribute or "app")
    except (Exception, SystemExit) as problem:  # noqa: BLE001 - whatever their module does
        told = " ".join(f"{type(problem).__name__}: {problem}".split())
        raise SettingError(f"--app {name}: {told}") from None
    finally:
        sys.path.pop(0)
    if not _takes_a_scope(found):
        raise SettingError(
            f"--app {name}: is of type {type(found).__name__}, not an ASGI application, which is "
            "called with scope, receive and send; serve a WSGI application with --start"
        )
    return found


def _takes_a_scope(found: Any) -> bool:
    """Tell whether something can be called as ASGI 3 calls an application."""
    if not callable(found) or inspect.isclass(found):
        return False
    try:
        inspect.signature(found).bind({}, None, None)
    except TypeError:
        return False
    except ValueError:  # nothing is known of what is written in C
        return True
    return True
