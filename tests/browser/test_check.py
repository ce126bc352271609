"""What a check in the browser sees: pages with a fault each, and the same pages without it."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from hejagen.browser.finding import Examined, Found
from hejagen.browser.page import Seen, examine, picture
from hejagen.browser.run import FINISHED, look, served
from hejagen.browser.start import started, tools
from hejagen.browser.states import State
from hejagen.messages import Message
from tests.browser.drivers import chromium

PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Prov</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">
<main><h1>Prov</h1><p>Löpande text om att prova.</p>{}</main></html>"""
STYLE = """:focus-visible {{ outline: 3px solid #00f; outline-offset: 3px }}
a, button {{ display: inline-block; min-height: 44px; min-width: 44px }} {}"""
LINK = '<p><a href="#x" id="x">Gå vidare</a></p>'
FAULTS = {
    "wide": ('<p class="w">Bred</p>', ".w { width: 900px }"),
    "cut": ('<p class="c">Två rader text som inte får plats i sin låda på en smal skärm.</p>',
            ".c { height: 1.2em; overflow: hidden }"),
    "small-target": ('<div><button class="s">?</button></div>',
                     ".s { min-height: 20px; min-width: 20px; padding: 0; height: 20px; width: 20px }"),
    "focus-mark": (LINK, "a:focus-visible { outline: none }"),
    "focus-cut": (f'<div class="o">{LINK}</div>', ".o { overflow: hidden } .o p { margin: 0 }"),
    "focus-covered": (LINK + '<div class="k"></div>', ".k { position: fixed; inset: 0; background: #fff }"),
    "focus-invisible": (LINK, "a { opacity: 0 }"),
    "unreached": ('<button id="a">A</button><button id="b">B</button><script src="skip.js"></script>', ""),
    "trap": ('<button id="a">A</button><button id="b">B</button><script src="trap.js"></script>', ""),
    "trap ": ('<button id="a">A</button><script src="stay.js"></script>', ""),
    "order": ('<button>A</button><button tabindex="2">B</button>', ""),
    "moving": ('<p class="m">Rör sig</p>', "@keyframes k { to { opacity: .9 } } .m { animation: k 2s infinite }"),
    "color-contrast": ('<p class="l">Ljus text</p>', ".l { color: #bbb }"),
    "label": ('<p><input class="i"></p>', ".i { min-height: 44px }"),
    "elsewhere": ('<img alt="" width="1" height="1" src="http://127.0.0.1:9/x.png">', ""),
    "without-script": ('<script src="main.js"></script>', ""),
}  # fmt: skip
"""By rule: what is on the page, and its style. Tab may go round in two ways."""
SCRIPTS = {
    "skip.js": "addEventListener('keydown', (e) => { if (e.key === 'Tab' && document.activeElement.id === 'a')"
               " { e.preventDefault(); document.activeElement.blur(); } });",
    "trap.js": "addEventListener('keydown', (e) => { if (e.key === 'Tab' && document.activeElement.id === 'b')"
               " { e.preventDefault(); document.getElementById('a').focus(); } });",
    "stay.js": "addEventListener('keydown', (e) => e.key === 'Tab' && document.activeElement.id"
               " && e.preventDefault());",
    "show.js": "document.querySelector('button').addEventListener('click', () =>"
               " (document.getElementById('p').hidden = false))",
    "part.js": "for (const part of document.querySelectorAll('[data-route]'))"
               " part.hidden = `#/${part.dataset.route}` !== location.hash;",
    "main.js": "document.querySelector('main').innerHTML = '<h1>Prov</h1>';",
}  # fmt: skip


def written(folder: Path, body: str, style: str = "", page: str = PAGE) -> Path:
    """A folder with a page."""
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(page.format(body), "utf-8")
    (folder / "style.css").write_text(STYLE.format(style), "utf-8")
    for name, text in SCRIPTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def shared() -> Iterator[Any]:
    """One Chromium for all pages."""
    with chromium() as driver:
        yield driver


def seen_on(driver: Any, folder: Path) -> list[Found]:
    """What is found on a page."""
    with served(folder) as address:
        return examine(driver, address + "index.html", tools().axe, Seen({}, threading.Lock()))[0]


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_is_found(shared: Any, tmp_path: Path, rule: str) -> None:
    """A page with one fault gives its rule."""
    page = (
        PAGE.replace("<main><h1>Prov</h1><p>Löpande text om att prova.</p>", "<main>")
        if rule == "without-script"
        else PAGE
    )
    body, style = FAULTS[rule]
    assert rule.strip() in {row.rule for row in seen_on(shared, written(tmp_path / "site", body, style, page))}


USED = """
<button class="s" aria-expanded="false" aria-controls="p">Visa</button>
<div id="p" hidden><input class="s">
<p class="c">Två rader text som inte får plats i sin låda på en smal skärm.</p></div>
<script src="show.js"></script>"""


def test_what_a_press_shows_is_looked_at(shared: Any, tmp_path: Path) -> None:
    """A field without a name and text that is cut are found when a press has shown them, and not before, and a picture
    is taken while they are there; a state that the page does not have is passed over."""
    pictured: dict[str, bool] = {}

    def shoot(found: Found) -> Found:
        pictured[found.rule] = picture(shared, found) is not None
        return found

    style = ".s { min-height: 44px } .c { height: 1.2em; overflow: hidden }"
    site, states = written(tmp_path / "site", USED, style), (State("visat", ((".s",),)), State("annat", ((".x",),)))
    with served(site) as address:
        seen, axe = Seen({}, threading.Lock()), tools().axe
        findings = examine(shared, address + "index.html", axe, seen, states, shoot=shoot)[0]
    told = {row.rule: row.view for row in findings if row.level != "best"}
    assert told == {"label": "visat, 1280 px, light", "cut": "visat, 320 px"}
    assert pictured == dict.fromkeys(told, True)


def test_a_part_of_a_page_is_looked_at_alone(shared: Any, tmp_path: Path) -> None:
    """Of a page that shows one part at a time, each part is looked at as if it were a page, loaded anew."""
    small, style = FAULTS["small-target"]
    parts = f'<div data-route="ett"><input></div><div data-route="tre">{small}</div>'
    style = f"input {{ height: 44px }} {style}"
    site = written(tmp_path / "site", parts + '<script src="part.js"></script>', style)
    with served(site) as address:
        for name, rules in (("ett", {"label"}), ("tre", {"small-target"}), ("ett", {"label"})):
            seen = Seen({}, threading.Lock())
            findings = examine(shared, f"{address}index.html#/{name}", tools().axe, seen)[0]
            assert {row.rule for row in findings} & {"label", "small-target"} == rules, name


def test_the_focus_is_looked_for_in_the_smallest_window(shared: Any, tmp_path: Path) -> None:
    """A bar that covers what has the focus at 400 % only is found."""
    bar = """.k { position: fixed; inset: auto 0 0; height: 250px; background: #fff }
        @media (min-width: 40rem) { .k { display: none } }"""
    site = written(tmp_path / "site", LINK + '<div class="k"></div>', bar)
    assert "focus-covered" in {row.rule for row in seen_on(shared, site) if row.view == "320 x 256 px"}


def test_a_good_page_has_no_finding(shared: Any, tmp_path: Path) -> None:
    """Links, buttons, radio buttons, a list that scrolls and a closed fold are as they should be."""
    body = (
        LINK
        + """<button>Spara</button><label class="r">Tid <input type="time" class="r"></label>
      <fieldset><legend>Val</legend><label class="r"><input type="radio" name="v"> Ett</label>
      <label class="r"><input type="radio" name="v"> Två</label></fieldset>
      <details><summary class="r">Mer</summary><p><a href="#x">Dold länk</a></p></details>"""
    )
    site = written(tmp_path / "site", body, ".r { display: block; min-height: 44px; line-height: 44px }")
    assert [row for row in seen_on(shared, site) if row.level != "best"] == []


def test_what_is_finished_is_not_done_again(tmp_path: Path) -> None:
    """A check that is stopped goes on where it was, and a page that has changed is looked at anew."""
    site, out = written(tmp_path / "site", LINK), tmp_path / "report"
    out.mkdir()
    told: list[Message] = []

    def checked(start: str) -> tuple[Examined, ...]:
        return look("web", site, start, ("index.html",), 1, out, tools(), told.append).pages

    with served(site) as start:
        first = checked(start)
        assert checked("http://127.0.0.1:9/") == first  # nobody is there to ask
        lines = (out / FINISHED).read_text("utf-8")
        (out / FINISHED).write_text("{}\nhalf a li" + "\n" + lines, "utf-8")
        assert checked("http://127.0.0.1:9/") == first
        written(site, LINK + "<p>Mer.</p>")
        assert checked(start)[0].hash != first[0].hash


def test_later_pages_are_looked_at_for_what_their_words_are(shared: Any, tmp_path: Path) -> None:
    """Of a page of a kind that was looked at before, all rules are still held, and colours in the dark and in a narrow
    window."""
    body = '<input class="r"><p><b class="d">Mörk text</b></p><p class="n">Smal text</p>'
    style = """.r { min-height: 44px } :root { color-scheme: light dark } .n { color: #777 } @media (min-width: 40rem) {
        .n { color: inherit } } @media (prefers-color-scheme: dark) { .d { color: #333; background: black } }"""
    with served(written(tmp_path / "site", body, style)) as address:
        seen, axe = Seen({}, threading.Lock()), tools().axe
        findings = examine(shared, address + "index.html", axe, seen, first=False)[0]
    told = {(row.rule, row.selector) for row in findings}
    assert {("label", "input"), ("color-contrast", "b"), ("color-contrast", ".n")} <= told


def test_a_site_is_served_below_its_path(tmp_path: Path) -> None:
    """Links from the host's root are as they are where the site is published; beside its path there is nothing."""
    with served(written(tmp_path / "site", LINK), "/heja/") as address:
        assert address.endswith("/heja/") and requested(address) == 200 and requested(f"{address}style.css") == 200
        assert requested(f"{address.removesuffix('heja/')}style.css") == 404


def requested(address: str) -> int:
    """The status of the answer."""
    try:
        with urllib.request.urlopen(address) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_browser_ends_with_the_check() -> None:
    """No process of it is left, whichever of the browsers it is."""
    before = set(psutil.Process().children(recursive=True))
    with started(tools()) as driver:
        driver.get("about:blank")
        new = set(psutil.Process().children(recursive=True)) - before
        assert len(new) > 2
    _, left = psutil.wait_procs(new, timeout=20)
    assert not [process for process in left if process.status() != psutil.STATUS_ZOMBIE]
