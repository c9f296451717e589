"""The JSON report: the result itself, and the schema that describes it."""

from __future__ import annotations

import json
import re

from neptun_conformance.results.adapter import adapter
from neptun_conformance.results.result import Result

# JSON text in UTF-8 cannot hold half a surrogate pair, and parsers refuse its escape.
_LONE = re.compile("[\ud800-\udfff]")


def render(result: Result) -> str:
    r"""Return the result as JSON; a lone surrogate becomes the six characters ``\udXXX``."""
    writer = adapter(Result)
    try:
        return writer.dump_json(result, indent=2).decode() + "\n"
    except ValueError:  # there is a lone surrogate, which pydantic does not write
        text = json.dumps(writer.dump_python(result, mode="json"), ensure_ascii=False, indent=2)
        return _LONE.sub(lambda match: f"\\\\u{ord(match[0]):04x}", text) + "\n"


def schema() -> str:
    """Return the JSON Schema (2020-12) of the report, as it is shipped with the package."""
    document = adapter(Result).json_schema(mode="serialization")
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}
    return json.dumps(document, indent=2) + "\n"
