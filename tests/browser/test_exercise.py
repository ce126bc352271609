"""The page of an exercise: folds open for links, the contents list follows, and worksheets are one side of A4."""

from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.drivers import emulate
from tests.browser.helpers import pages_of

PATH = "ovningar/forst-tyst-sedan-tillsammans/"


def folds(driver: Any) -> dict[str, bool]:
    """Whether each fold is open, by the id of its heading."""
    each = "[...document.querySelectorAll('.fold')].map((fold) => [fold.querySelector('h3').id, fold.open])"
    return dict(driver.execute_script(f"return {each}"))


def test_a_link_to_a_fold_opens_it(chrome: Any, address: str) -> None:
    """An address with the anchor of a folded section shows its text."""
    chrome.get(address + PATH)
    assert not folds(chrome)["tank-pa"]
    chrome.get(address + PATH + "#tank-pa")
    WebDriverWait(chrome, 20).until(lambda driver: folds(driver)["tank-pa"])


def test_the_law_is_never_folded(chrome: Any, address: str) -> None:
    """What the law says is in no fold."""
    chrome.get(address + "ovningar/tio-minuter-vid-overlamningen/")
    assert chrome.find_element(By.CSS_SELECTOR, ".law").is_displayed()
    assert chrome.find_elements(By.CSS_SELECTOR, ".fold .law") == []


def test_the_contents_list_says_where_the_reader_is(chrome: Any, address: str) -> None:
    """The part that the reader has scrolled to is the current location in the contents list, and no other is."""
    emulate(chrome, width=1280)
    chrome.get(address + PATH)

    def here() -> list[str]:
        links = chrome.find_elements(By.CSS_SELECTOR, ".toc [aria-current=location]")
        return [link.get_attribute("hash") for link in links]

    WebDriverWait(chrome, 20).until(lambda _: here() == ["#gor-sa-har"])
    chrome.execute_script("document.querySelector('#under-motet').scrollIntoView()")
    WebDriverWait(chrome, 20).until(lambda _: here() == ["#under-motet"])


def test_the_heading_is_on_the_first_screen(chrome: Any, address: str) -> None:
    """The heading begins within the first screen of a small telephone, and nothing scrolls sideways."""
    emulate(chrome, width=320, height=640)
    chrome.get(address + PATH)
    assert chrome.execute_script("return document.querySelector('h1').getBoundingClientRect().top") < 640
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= 320


def test_every_worksheet_is_one_side_of_paper(chrome: Any, site: Path, address: str) -> None:
    """A worksheet takes one page of A4, and nothing on it is cut off."""
    faults = {}
    for page in sorted((site / "ovningar").glob("*/arbetsblad/index.html")):
        name = page.parts[-3]
        chrome.get(f"{address}ovningar/{name}/arbetsblad/")
        tall = chrome.execute_script("return document.querySelector('.worksheet').offsetHeight")
        if tall > 1124 or (count := pages_of(chrome)) != 1:
            faults[name] = (tall, count if tall <= 1124 else 0)
    assert faults == {}
