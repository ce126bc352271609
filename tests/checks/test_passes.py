"""Every rule about pages, styles and scripts has a fault that it finds, in tests/problems, and what it lets pass."""

from pathlib import Path

import pytest
import yaml

from hejagen.checks import FILE_CHECKS, LAYER_CHECKS, rule, run
from hejagen.layers.stack import stack
from tests.checks.faults import Base, Fault, base, problems, written
from tests.conftest import OWN, ROOT

__all__ = ["base"]
pytestmark = pytest.mark.build

PASSES: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "tests/checks/passes.yaml").read_text("utf-8"))
FILES = {"css": "layouts/components/plan/plan.css", "js": "layouts/scripts/prov.js"}


def test_each_rule_has_both() -> None:
    """No rule is without a fault that it finds and without a like thing that it lets pass."""
    rules = {rule(check) for check in (*FILE_CHECKS, *LAYER_CHECKS)}
    assert set(PASSES) == rules
    assert rules <= {folder.name for folder in (ROOT / "tests/problems").iterdir()}


def messages(text: str, kind: str, layer: Path, base: Base) -> set[str]:
    """What is said of a layer with a text on its page, in its style or in its script."""
    fault: Fault = {"file": FILES.get(kind, "layouts/pages/not-found.html")}
    fault |= {"change": {"</h1>": f"</h1>\n{text}"}} if kind == "html" else {"add": text}
    written(fault, layer)
    told = [*problems(fault, layer, base), *run(LAYER_CHECKS, stack((OWN, layer)))]
    return {f"{problem.rule}: {problem.message}" for problem in told}


@pytest.fixture(scope="module")
def anyway(base: Base, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is said of any page that is made alone: the others, to which it leads, are not there."""
    return messages("<p>Text.</p>", "html", tmp_path_factory.mktemp("plain") / "layer", base)


@pytest.mark.parametrize("name", PASSES)
def test_it_passes(name: str, base: Base, anyway: set[str], tmp_path: Path) -> None:
    """What is right gives no problem, of this rule or another."""
    ((kind, text),) = PASSES[name].items()
    assert messages(text, kind, tmp_path / "layer", base) <= anyway
