"""Editors read the schemas as a browser reads patterns: as ECMAScript."""

import json
from collections.abc import Iterator
from typing import Any

from tests.conftest import ROOT

TRY = "return arguments[0].filter(p => { try { new RegExp(p, 'u') } catch { return true } })"
FIT = "return new RegExp(arguments[0], 'u').test(arguments[1])"


def patterns(part: Any) -> Iterator[str]:
    """Yield the patterns of a schema."""
    if isinstance(part, dict) and isinstance(part.get("pattern"), str):
        yield part["pattern"]
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from patterns(inner)


def test_editors_can_read_every_pattern(chrome: Any) -> None:
    """No pattern of a schema is refused, and an address may have letters beyond a to z, as the program says too."""
    schemas = [json.loads(file.read_bytes()) for file in sorted((ROOT / "docs/reference/schemas").glob("*.json"))]
    every = sorted({pattern for schema in schemas for pattern in patterns(schema)})
    assert len(every) > 10 and chrome.execute_script(TRY, every) == []
    for address in (pattern for pattern in every if pattern.startswith("^https?://[")):
        assert chrome.execute_script(FIT, address, "https://åre.example")
        assert not chrome.execute_script(FIT, address, "https://a b.example")
