"""Accessibility faults, each put alone into a layer, for the tests that look for them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from hejagen.checks import LAYER_CHECKS, run, run_on_edition
from hejagen.checks.edition import FinishedEdition
from hejagen.content.selection import select
from hejagen.layers.stack import stack
from hejagen.output import File
from hejagen.pipeline import Loaded, gather, read
from hejagen.problems import Problem
from hejagen.rendering.pages import Page, pages
from hejagen.rendering.render import without_indentation
from hejagen.rendering.trace import MARK, tracer
from hejagen.theme.assets import Assets
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import ONE, WEB, problems_of, replaced, starter

Fault = dict[str, Any]
EVERY: list[Fault] = yaml.safe_load((ROOT / "tests/checks/faults.yaml").read_text("utf-8"))


class Base(NamedTuple):
    """The base without faults, with one exercise: its site, its pages and its files for styles and scripts."""

    loaded: Loaded
    every: tuple[Page, ...]
    assets: Assets


@pytest.fixture(scope="module")
def base() -> Base:
    """The base, read once for all faults."""
    loaded = read((OWN,), DAY)
    loaded = replace(loaded, site=select(loaded.site, (), ONE))
    every = pages(loaded.site)
    return Base(loaded, every, gather(loaded, every).assets)


def written(fault: Fault, layer: Path) -> None:
    """A layer with a fault and nothing else."""
    file, below = layer / fault["file"], ROOT / fault["file"]
    file.parent.mkdir(parents=True)
    if "add" in fault:
        before = below.read_text("utf-8") + "\n" if below.exists() and fault["file"].startswith("layouts/") else ""
        added = f"@layer components {{\n{fault['add']}\n}}" if file.suffix == ".css" else fault["add"]
        file.write_text(f"{before}{added}\n", "utf-8")
    elif fault["file"].startswith("layouts/"):
        file.write_text(replaced(below, fault["change"]), "utf-8")
    else:
        file.write_text(starter(file.parent.name, fault["change"]), "utf-8")


def problems(fault: Fault, layer: Path, base: Base) -> Sequence[Problem]:
    """What a build says of a layer. Of pages that templates make only those are made where the fault is looked for."""
    if not fault["file"].startswith("layouts/"):
        return problems_of(layer, fault["rule"])
    layers = stack((OWN, layer))
    if not fault["file"].endswith(".html"):
        return run(LAYER_CHECKS, layers)
    (edition,) = WEB
    site, words = base.loaded.site, base.loaded.words
    trace = tracer(site, base.every, layers, base.assets, edition, words, ())
    made = [page for page in base.every if page.path in fault.get("pages", ["404.html"])]
    files = []
    for page in made:
        text = re.sub(rf' {MARK}="[\d:]+"', "", trace(page).page)
        files.append(File(page.path, without_indentation(text).encode(), page.origin))
    return run_on_edition(FinishedEdition("web", site, layers, words, base.every, tuple(files), trace))
