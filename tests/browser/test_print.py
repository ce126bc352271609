"""An exercise on paper is a calm handout."""

from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By

from tests.browser.drivers import emulate
from tests.browser.helpers import pages_of


def test_every_exercise_fits_three_pages(chrome: Any, site: Path, address: str) -> None:
    """No exercise takes more than three pages of A4, with everything unfolded."""
    long = {}
    for page in sorted((site / "ovningar").glob("*/index.html")):
        chrome.get(f"{address}ovningar/{page.parent.name}/")
        if (count := pages_of(chrome)) > 3:
            long[page.parent.name] = count
    assert long == {}


def test_the_self_check_fits_one_page(chrome: Any, address: str) -> None:
    """The sixteen statements take one page of A4, answered or not."""
    chrome.get(address + "egen-koll/")
    assert len(chrome.find_elements(By.CSS_SELECTOR, ".assessment__item fieldset")) == 16
    assert pages_of(chrome) == 1


def test_paper_has_the_exercise_and_nothing_else(chrome: Any, address: str) -> None:
    """Header, footer, buttons and links to other pages are left out; steps with boxes and room to write are there."""
    emulate(chrome, width=800)
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    chrome.get(address + "ovningar/fredagsraden/")
    for selector in (".header", ".footer", ".toc", ".breadcrumbs", "heja-save", "heja-mark-done", "#fortsatt"):
        assert not chrome.find_element(By.CSS_SELECTOR, selector).is_displayed(), selector
    for selector in ("h1", "input[data-step]", "heja-reflection textarea", "#plan-om"):
        assert chrome.find_element(By.CSS_SELECTOR, selector).is_displayed(), selector


def test_no_heading_on_paper_is_left_alone(chrome: Any, address: str) -> None:
    """A part that has only links to other pages, such as that of the worksheet, is not on paper, nor is its heading."""
    emulate(chrome, width=800)
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    chrome.get(address + "ovningar/tjugo-minuter-efterat/")
    heads = chrome.execute_script(
        "return [...document.querySelectorAll('.fold h3')].map((head) => [head.textContent, head.checkVisibility()])"
    )
    assert [name for name, shown in heads if not shown] == ["Arbetsblad"]


LONG = " ".join(["Om någon säger att vi ska vänta tills vi har pratat med alla andra som berörs av frågan."] * 5)


def test_a_long_plan_is_printed_whole(chrome: Any, address: str) -> None:
    """What is written in the plan and in notes stands on paper as text, and nothing of it is cut off."""
    emulate(chrome, width=800)
    chrome.get(address + "ovningar/fredagsraden/")
    for selector in ("#plan-om", "#plan-sa", "heja-reflection textarea"):
        chrome.execute_script("document.querySelector(arguments[0]).value = arguments[1]", selector, LONG)
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    cut = (
        "return [...document.querySelectorAll(arguments[0])].filter((e) => e.scrollHeight > e.clientHeight + 2).length"
    )
    assert chrome.execute_script(cut, "textarea") == 0, "without script the field grows"
    chrome.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert chrome.execute_script(cut, ".written") == 0
    written = chrome.find_elements(By.CSS_SELECTOR, ".written")
    assert [words.text for words in written].count(LONG) == 3
    assert not chrome.find_element(By.CSS_SELECTOR, "#plan-om").is_displayed()


def test_my_training_prints_what_there_is(chrome: Any, address: str) -> None:
    """Of My training only the sections that have something are printed, and not what handles the saved data."""
    chrome.get(address + "min-traning/")
    chrome.execute_script("heja.store.set('plan:fredagsraden', { cue: 'x', action: 'y' })")
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    heads = [head.text for head in chrome.find_elements(By.CSS_SELECTOR, "heja-training h2") if head.is_displayed()]
    assert heads == ["Mina planer"]


def test_a_handout_says_where_it_comes_from(chrome: Any, address: str) -> None:
    """Exercises and programs end with the site's name and licence, on paper only; programs take at most three pages.
    Sources are not printed, nor is the heading above them."""
    for path in (
        "ovningar/fredagsraden/",
        "program/starta-smatt/",
        "program/rum-for-roster/",
        "program/pa-distans-men-med/",
    ):
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})
        chrome.get(address + path)
        origin = chrome.find_element(By.CSS_SELECTOR, ".origin")
        assert not origin.is_displayed()
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert "HEJA Innovation" in origin.text and "CC BY 4.0" in origin.text
        assert "Det här bygger på" not in chrome.find_element(By.TAG_NAME, "main").text
        assert pages_of(chrome) <= 3, path


def test_what_fills_a_worksheet_lies_over_nothing(chrome: Any, address: str) -> None:
    """A text that is longer than its lines makes room on paper: in cards, in tables and below, in large print too."""
    chrome.get(f"{address}ovningar/stoppskylten/arbetsblad/")
    chrome.execute_script(
        "for (const field of document.querySelectorAll('main textarea')) field.value = 'Vi har bråttom. '.repeat(20)"
    )
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for _ in range(2):
            chrome.execute_script("dispatchEvent(new Event('beforeprint'))")
            over = """
                const bottom = (element) => element.getBoundingClientRect().bottom;
                const words = [...document.querySelectorAll('.worksheet .written')];
                const outside = words.filter((text) => bottom(text) > bottom(text.closest("li, td, div")) + 1);
                return [words.length, outside.length];
            """
            count, outside = chrome.execute_script(over)
            assert count > 10 and outside == 0
            chrome.execute_script("document.querySelector('[data-role=large]').click()")
    finally:
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
