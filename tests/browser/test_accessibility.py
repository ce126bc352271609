"""What `hejagen check --browser` finds on a page of each kind: nothing; and what it does not look at."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By

from hejagen.browser.page import Seen, examine
from hejagen.browser.run import sampled
from hejagen.browser.start import tools
from hejagen.browser.states import STATES
from hejagen.editions import EDITIONS
from hejagen.fleet.order import Change, Order, Outcome
from hejagen.fleet.report import as_html
from hejagen.pipeline import Built, build
from hejagen.rendering.pages import pages
from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import violations
from tests.conftest import DAY, ROOT, served
from tests.helpers import run


@pytest.fixture(scope="module")
def shared() -> Iterator[Any]:
    """One Chromium for all pages."""
    with chromium() as driver:
        yield driver


def paths(site: Path) -> list[str]:
    """Every page of the built site. The one file that is offered for download has tests of its own."""
    return sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html") if "i-en-fil" not in page.name)


def test_a_check_in_the_browser_finds_nothing(shared: Any, built: Built, site: Path, address: str) -> None:
    """A page of each kind has no fault up to level AA: by axe, with Tab, narrow, large, dark, without script, and
    when it has been used.

    All pages are looked at by `hejagen check --browser`, which takes a while.
    """
    kinds = {page.path: page.kind.name for page in pages(built.site)}
    seen, axe, faults = Seen({}, threading.Lock()), tools().axe, []
    for path in sampled((path for path in paths(site) if path in kinds), kinds, 1):
        findings, _ = examine(shared, address + path, axe, seen, STATES.get(kinds[path], ()))
        faults += [f"{path} {row}" for row in findings if row.level in ("A", "AA")]
    assert not faults, "\n".join(faults[:40])


def test_axe_finds_nothing_in_the_gallery(shared: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No example of a component, nor the page with the brand in all states, breaks a rule, in either scheme."""
    folder = build((ROOT,), tmp_path_factory.mktemp("gallery") / "dist", (EDITIONS["gallery"],), DAY).folders[0]
    found = []
    with served(folder) as address:
        for path in paths(folder):
            shared.get(address + path)
            for scheme in ("light", "dark"):
                emulate(shared, width=900, scheme=scheme)
                found += [f"{path} {scheme}: {row}" for row in violations(shared)]
    assert not found, "\n".join(found[:40])


def test_axe_finds_nothing_in_reports(shared: Any, tmp_path: Path) -> None:
    """The reports of an upgrade and of a fleet, with what was not built, break no rule in either scheme, and at 320 px
    nothing in them is wider than the window."""
    upgrade, many = tmp_path / "upgrade.html", tmp_path / "fleet.html"
    run("upgrade", "show", str(ROOT / "tests/layers/liten"), "--format", "html", "--out", str(upgrade), folder=tmp_path)
    order = Order(Path("sundvik"), tmp_path, ("web",), DAY)
    did = Outcome(
        order, "HEJA Sundvik", ("web",), 71, changes=(Change("sundvik", "hides", "pages/om", "site.yaml:2:1"),)
    )
    many.write_text(as_html([did, Outcome(Order(Path("norby"), tmp_path, (), DAY), fault=OSError())]), "utf-8")
    for page in (upgrade, many):
        shared.get(page.as_uri())
        for scheme in ("light", "dark"):
            emulate(shared, width=320, scheme=scheme)
            assert not violations(shared)
        assert shared.execute_script(
            "return document.documentElement.scrollWidth <= innerWidth && document.links.length > 1"
        )


@pytest.mark.parametrize("path", ["", "ovningar/", "ovningar/fredagsraden/", "program/starta-smatt/", "min-traning/"])
def test_nothing_jumps_while_a_page_loads(shared: Any, address: str, path: str) -> None:
    """Layout shift stays under 0.01: pictures have sizes, and what script shows does not push what one reads."""
    emulate(shared, width=360)
    shared.get(address + path)
    shift = shared.execute_async_script("""
        const done = arguments[0];
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
            .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 700);
    """)
    assert shift < 0.01


def test_forced_colours_keep_the_controls_visible(shared: Any, address: str) -> None:
    """In forced colours a ticked and an unticked box differ, and both have a border."""
    emulate(shared, width=1280, features={"forced-colors": "active"})
    shared.get(address + "ovningar/fredagsraden/")
    box = shared.find_element(By.CSS_SELECTOR, "input[data-step]")
    before = box.value_of_css_property("background-color")
    assert box.value_of_css_property("border-top-width") != "0px"
    box.click()
    assert box.value_of_css_property("background-color") != before
