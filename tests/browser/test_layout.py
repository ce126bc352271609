"""Where things stand: on the first screen, beside their word, and whole."""

from typing import Any

from selenium.webdriver.common.by import By

from tests.browser.drivers import emulate

KINDS = (
    "", "ovningar/", "program/starta-smatt/", "beteenden/", "omraden/", "om/", "workshop/", "sok/", "egen-koll/",
    "min-traning/", "tillganglighet/", "ordlista/", "404.html",
)  # fmt: skip
"""A page of each kind."""
CUT = """
    const range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const cut = [];
    for (let node; (node = walker.nextNode()); ) {
      if (!node.parentElement.checkVisibility() || node.parentElement.closest("script, style")) continue;
      for (const match of node.data.matchAll(/[\\p{L}]{2,9}(?![\\p{L}\\u00ad])/gu)) {
        if (/[\\p{L}\\u00ad]/u.test(node.data[match.index - 1] ?? "")) continue;
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (tops.size > 1) cut.push(match[0]);
      }
    }
    return cut;
"""
"""Words of at most nine letters that stand on two lines, without a mark where they may be parted."""


def test_no_short_word_is_cut(chrome: Any, address: str) -> None:
    """At 320 px no word of at most nine letters is parted over two lines, and nothing is wider than the window."""
    emulate(chrome, width=320)
    found = {}
    for path in KINDS:
        chrome.get(address + path)
        found[path] = chrome.execute_script(CUT)
        assert chrome.execute_script("return document.documentElement.scrollWidth") <= 320, path
    assert {path: words for path, words in found.items() if words} == {}


def test_the_heading_is_on_the_first_screen(chrome: Any, address: str) -> None:
    """At 768 by 1024 px the picture stands beside the heading, which therefore begins in the upper half."""
    emulate(chrome, width=768, height=1024)
    for path in ("om/", "beteenden/", "program/starta-smatt/", "workshop/", "beteenden/invite-voice/", "404.html"):
        chrome.get(address + path)
        heading = chrome.find_element(By.TAG_NAME, "h1").rect
        picture = chrome.find_element(By.CSS_SELECTOR, "main svg.cover").rect
        assert heading["y"] < 512 and picture["x"] > heading["x"] and picture["y"] < heading["y"], path


def test_the_heading_is_whole_at_400_per_cent(chrome: Any, address: str) -> None:
    """At 320 by 256 px, which is 1280 by 1024 at 400 %, the heading of each kind of page stands on the first screen."""
    emulate(chrome, width=320, height=256)
    more = ("folj-upp/", "folj-upp/#fredagsraden", "ovningar/fredagsraden/", "omraden/context/", "egen-koll-i-gruppen/")
    ends = {}
    for path in (*KINDS, *more):
        chrome.get(address + path)
        ends[path] = chrome.execute_script("return document.querySelector('h1').getBoundingClientRect().bottom")
    assert {path: end for path, end in ends.items() if end > 256} == {}


def test_a_word_is_explained_beside_it(chrome: Any, address: str) -> None:
    """The explanation of a word opens within a line of it, inside the window, wide and narrow."""
    for width in (1280, 320):
        emulate(chrome, width=width, height=800)
        chrome.get(address + "omraden/")
        chrome.execute_script("""
            const word = document.querySelector("main .term") ?? (() => { throw "no term" })();
            word.scrollIntoView({ block: "center" });
            word.click();
        """)
        word, text = (
            chrome.execute_script(f"return document.querySelector('{name}').getBoundingClientRect().toJSON()")
            for name in ("main .term", ".term__text:popover-open")
        )
        apart = max(text["top"] - word["bottom"], word["top"] - text["bottom"])
        assert 0 <= apart < 30 and text["left"] >= 0 and text["right"] <= width


def test_text_alone_at_200_per_cent_fits(chrome: Any, address: str) -> None:
    """With letters twice as large the header wraps, and nothing is wider than the window; else it is one low row."""
    for width, height in ((1280, 80), (320, 66)):
        emulate(chrome, width=width)
        chrome.get(address + "sok/")
        assert chrome.execute_script("return document.querySelector('.header').offsetHeight") <= height, width
        chrome.execute_script("document.documentElement.style.setProperty('font-size', '200%')")
        widest = """
            const boxes = [...document.querySelectorAll(".header__bar *")].filter((box) => box.checkVisibility());
            return Math.max(...boxes.map((box) => box.getBoundingClientRect().right));
        """
        assert chrome.execute_script(widest) <= width, width


def test_the_search_begins_with_its_field_and_has_a_picture(chrome: Any, address: str) -> None:
    """On a phone's first screen stands the field; where there is room a picture stands beside the lists."""
    emulate(chrome, width=320, height=568)
    chrome.get(address + "sok/")
    field = chrome.find_element(By.CSS_SELECTOR, "main input[type=search]").rect
    assert field["y"] + field["height"] < 568
    emulate(chrome, width=1280, height=800)
    chrome.get(address + "sok/")
    picture = chrome.find_element(By.CSS_SELECTOR, ".search__art svg").rect
    lists = chrome.find_element(By.CSS_SELECTOR, ".search__start h2").rect
    assert picture["width"] > 300 and picture["x"] > lists["x"] + lists["width"] / 2


def test_code_is_whole_on_screen_and_paper(chrome: Any, address: str) -> None:
    """A line of code that is wider than the page is broken: nothing scrolls sideways, and nothing is cut on paper."""
    chrome.get(address + "om/")
    chrome.execute_script(
        "const code = document.createElement('pre'); code.append(document.createElement('code'));"
        "code.firstChild.textContent = 'kommando --val='.repeat(20); document.querySelector('main .prose').append(code)"
    )
    for width, media in ((320, "screen"), (1200, "screen"), (794, "print")):
        emulate(chrome, width=width)
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media})
        assert chrome.execute_script("return document.documentElement.scrollWidth <= innerWidth"), (width, media)
        assert chrome.execute_script(
            "const code = document.querySelector('pre'); return code.scrollWidth <= code.clientWidth"
        )
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
