"""axe on every page, in light and dark, narrow and wide; and what axe cannot see."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By

from hejagen.content.record import write_record
from hejagen.editions import EDITIONS
from hejagen.fleet.order import Change, Order, Outcome
from hejagen.fleet.report import as_html
from hejagen.model.settings import CheckRun
from hejagen.pipeline import build
from hejagen.today import today
from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import VIEWS, violations
from tests.conftest import DAY, ROOT, served
from tests.helpers import run

RECORDED = bool(os.environ.get("HEJAGEN_RECORD"))


@pytest.fixture(scope="module")
def shared() -> Iterator[Any]:
    """One Chromium for all pages."""
    with chromium() as driver:
        yield driver


def paths(site: Path) -> list[str]:
    """Every page of the built site. The one file that is offered for download has tests of its own."""
    return sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html") if "i-en-fil" not in page.name)


def views(every: Sequence[str]) -> dict[str, Sequence[tuple[int, str]]]:
    """The views in which each page is tried, by path.

    Pages of one kind take turns in the four views. Of the pages that exercises have besides their own, such as the run
    mode, only the first four are tried: they differ in words alone. With HEJAGEN_RECORD=1 each page is tried in all.
    """
    if RECORDED:
        return dict.fromkeys(every, VIEWS)
    counts = Counter[str]()
    chosen: dict[str, Sequence[tuple[int, str]]] = {}
    for path in every:
        kind = path.split("/")[2] if path.count("/") > 2 else ""
        counts[kind] += 1
        if not kind or counts[kind] <= len(VIEWS):
            chosen[path] = VIEWS if path.count("/") < 2 else [VIEWS[counts[kind] % len(VIEWS)]]
    return chosen


def test_axe_finds_nothing_on_any_page(shared: Any, site: Path, address: str) -> None:
    """No page breaks a rule of axe up to WCAG 2.2 AA, in either scheme, at 320 and 1280 px.

    With HEJAGEN_RECORD=1 what is found is written into the base layer, for its accessibility statement.
    """
    found = []
    for path, tried in views(paths(site)).items():
        emulate(shared, width=1280)
        shared.get(address + path)
        for width, scheme in tried:
            emulate(shared, width=width, scheme=scheme)
            found += [f"{path} {width} {scheme}: {row}" for row in violations(shared)]
    if RECORDED:
        version = shared.execute_script("return axe.version")
        record = CheckRun(tool="axe-core", version=version, date=today(), pages=len(paths(site)), violations=len(found))
        write_record(ROOT, record)
    assert not found, "\n".join(found[:40])


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


def test_no_page_scrolls_sideways(shared: Any, site: Path, address: str) -> None:
    """At 320 px, which is also 400 % zoom, and at 1280 px, nothing is wider than the window."""
    wide = []
    for path in views(paths(site)):
        shared.get(address + path)
        for width in (320, 1280):
            emulate(shared, width=width)
            if shared.execute_script("return document.documentElement.scrollWidth > innerWidth"):
                wide.append((path, width))
    assert not wide


def test_text_spacing_cuts_nothing(shared: Any, address: str) -> None:
    """With the spacing of WCAG 1.4.12, no text is cut off or wider than a narrow window."""
    emulate(shared, width=320)
    shared.get(address + "ovningar/fredagsraden/")
    shared.execute_script("""
        const sheet = new CSSStyleSheet();
        const spacing = "line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important";
        sheet.replaceSync(`* { ${spacing} } p { margin-block-end: 2em !important; }`);
        document.adoptedStyleSheets = [sheet];
    """)
    assert not shared.execute_script("return document.documentElement.scrollWidth > innerWidth")
    cut = shared.execute_script("""
        return [...document.querySelectorAll("main *")].filter((e) => getComputedStyle(e).overflow === "hidden"
            && !e.closest(".visually-hidden, svg") && e.scrollHeight > e.clientHeight + 1).map((e) => e.className);
    """)
    assert cut == []


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


def test_the_same_cookie_free_page_for_everyone(shared: Any, site: Path, address: str) -> None:
    """No page sets a cookie, asks another origin for anything or complains in the console."""
    emulate(shared, width=1280)
    shared.get_log("browser")
    host = address.split("/")[2]
    for path in paths(site):
        shared.get(address + path)
        asked = shared.execute_script(
            "return performance.getEntriesByType('resource').map((e) => new URL(e.name).host)"
        )
        assert set(asked) <= {host}, path
        assert shared.get_cookies() == []
    assert [row["message"] for row in shared.get_log("browser") if "favicon" not in row["message"]] == []
