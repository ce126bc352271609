"""The survey is the first value of a build: nothing reads, validates or overlays the stack a second time."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from hejagen.fleet.order import Order, fill
from hejagen.layers.overlay import edits, overlay
from hejagen.model.settings import LayerKeys
from hejagen.pipeline import build
from hejagen.reading.files import open_file
from hejagen.reading.schema import validate
from tests.conftest import DAY, EXAMPLES

pytestmark = pytest.mark.build

COUNTED: Mapping[CodeType, Callable[[Mapping[str, Any]], str]] = {
    open_file.__code__: lambda values: f"read {values['shown']}" if values["shown"].endswith("site.yaml") else "",
    validate.__code__: lambda values: f"validate {values['path']}" if values["model"] is LayerKeys else "",
    edits.__code__: lambda values: "edits",
    overlay.__code__: lambda values: f"overlay {values['lang']}",
}
"""What a call of a function is counted as, by the function's parameters; "" = it is not."""


def calls(act: Callable[[], object]) -> Counter[str]:
    """How often an act does what must be done once."""
    counts: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and (name := COUNTED.get(frame.f_code)) and (what := name(frame.f_locals)):
            counts[what] += 1

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return counts


@pytest.mark.parametrize("layer", EXAMPLES, ids=lambda layer: layer.name)
def test_the_stack_is_read_once(layer: Path, tmp_path: Path) -> None:
    """A build and an order of a fleet validate and overlay each site.yaml and each language once. A build reads each
    site.yaml once; an order reads them before that too, to know which files to watch for changes."""
    acts: Mapping[str, Callable[[], object]] = {
        "build": lambda: build((layer,), tmp_path / "built", (), DAY),
        "fleet": lambda: fill(Order(layer, tmp_path / "fleet", (), DAY)),
    }
    for name, act in acts.items():
        counts = calls(act)
        assert len(counts) >= 6, f"{name}: two layers, each read and validated, edits and a language"
        often = {what for what, count in counts.items() if count > (2 if name == "fleet" and "read" in what else 1)}
        assert often == set(), name
