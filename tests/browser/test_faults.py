"""Accessibility faults that a browser alone sees, each put alone into a layer: the check finds every one."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hejagen.browser.blame import blamed
from hejagen.browser.page import Seen, examine
from hejagen.browser.run import served
from hejagen.browser.start import started, tools
from hejagen.browser.states import STATES
from hejagen.commands.check import written_by
from hejagen.content.selection import select
from hejagen.output import File, write
from hejagen.pipeline import Loaded, gather, read
from hejagen.rendering.pages import Page, pages
from hejagen.rendering.render import without_indentation
from hejagen.rendering.trace import MARK, tracer
from hejagen.theme.assets import with_scripts
from tests.checks.faults import EVERY, Fault, written
from tests.conftest import DAY, OWN
from tests.helpers import ONE, WEB

pytestmark = pytest.mark.slow

SEEN = [fault for fault in EVERY if "browser" in fault]


@pytest.fixture(scope="module")
def shared() -> Iterator[Any]:
    """One Chromium for all faults."""
    with started(tools()) as driver:
        yield driver


def shown(loaded: Loaded, path: str, folder: Path) -> Page:
    """Write a page of a site with one exercise, with all styles, scripts and pictures, and nothing else."""
    (edition,) = WEB
    site, layers = select(loaded.site, (), ONE), loaded.survey.layers
    every = pages(site)
    page = next(page for page in every if page.path == path)
    assets, _ = with_scripts(gather(replace(loaded, site=site), every).assets, layers, edition.scripts)
    text = tracer(site, every, layers, assets, edition, loaded.words, ())(page).page
    text = re.sub(rf' {MARK}="[\d:]+"', "", text)
    write((File(path, without_indentation(text).encode()), *assets.files), folder, folder)
    return page


@pytest.mark.parametrize("fault", SEEN, ids=lambda fault: fault["id"])
def test_the_check_in_a_browser_finds_it(shared: Any, fault: Fault, tmp_path: Path) -> None:
    """The fault's rule tells of it on its page, and the layer's file is named where the finding points at it."""
    layer = tmp_path / "layer"
    written(fault, layer)
    loaded = read((OWN, layer), DAY)
    page = shown(loaded, fault["browser"], tmp_path / "site")
    with served(tmp_path / "site") as address:
        findings, _ = examine(
            shared, address + page.path, tools().axe, Seen({}, threading.Lock()), STATES.get(page.kind.name, ())
        )
    texts = written_by(loaded.survey.layers)
    told = {(row.rule, blamed(texts, row.selector)) for row in findings}
    files = {at[0] for rule, at in told if rule == fault["rule"] and at}
    assert fault["rule"] in {rule for rule, _ in told}, findings
    assert "unnamed" in fault or [file for file in files if file.endswith(fault["file"])], told
