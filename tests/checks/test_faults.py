"""Accessibility faults, each put alone into a layer: the build finds every one, and names the file that it is in."""

from pathlib import Path

import pytest

from tests.checks.faults import EVERY, Base, Fault, base, problems, written

pytestmark = pytest.mark.build

__all__ = ["base"]
FAULTS = [fault for fault in EVERY if "browser" not in fault]
"""Those that the build finds; the others are looked for in a browser."""
LEAST = 60
"""Faults that there must be."""


def test_there_are_many() -> None:
    """The table has faults enough, each with a name of its own."""
    assert len({fault["id"] for fault in EVERY}) == len(EVERY) >= len(FAULTS) >= LEAST


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["id"])
def test_the_build_finds_it(fault: Fault, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault's own rule tells of it, in the file of the layer where it is."""
    layer = tmp_path / "layer"
    written(fault, layer)
    monkeypatch.chdir(layer)
    told = problems(fault, layer, base)
    assert (fault["rule"], fault["file"]) in {(problem.rule, problem.at.path) for problem in told}, told
