"""An exercise on paper is a calm handout."""

import base64
import re
from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By

from hejagen.browser import emulate


def pages_of(driver: Any) -> int:
    """How many A4 pages the page is when printed."""
    made = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    return len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(made["data"])))


def test_every_exercise_fits_two_pages(chrome: Any, site: Path, address: str) -> None:
    """No exercise takes more than two pages of A4."""
    long = {}
    for page in sorted((site / "ovningar").glob("*/index.html")):
        chrome.get(f"{address}ovningar/{page.parent.name}/")
        if (count := pages_of(chrome)) > 2:
            long[page.parent.name] = count
    assert long == {}


def test_the_self_check_fits_one_page(chrome: Any, address: str) -> None:
    """The sixteen statements take one page of A4, answered or not."""
    chrome.get(address + "egen-koll/")
    assert len(chrome.find_elements(By.CSS_SELECTOR, "fieldset input[value='none']")) == 16
    assert pages_of(chrome) == 1


def test_paper_has_the_exercise_and_nothing_else(chrome: Any, address: str) -> None:
    """Header, footer, buttons and links to other pages are left out; steps with boxes and room to write are there."""
    emulate(chrome, width=800)
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    chrome.get(address + "ovningar/fredagsraden/")
    for selector in (".header", ".footer", ".toc", ".breadcrumbs", "heja-save", "heja-done", "#fortsatt"):
        assert not chrome.find_element(By.CSS_SELECTOR, selector).is_displayed(), selector
    for selector in ("h1", "input[data-step]", "heja-note textarea", "#plan-om"):
        assert chrome.find_element(By.CSS_SELECTOR, selector).is_displayed(), selector
