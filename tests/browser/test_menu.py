"""The header is low on a phone, and its menu holds the rest."""

from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.drivers import emulate
from tests.browser.helpers import VIEWS, Person, violations


def height(driver: Any, selector: str) -> int:
    """How high something is, in CSS pixels."""
    return int(driver.find_element(By.CSS_SELECTOR, selector).rect["height"])


def test_header_and_footer_are_low(chrome: Any, address: str) -> None:
    """At 320 pixels the header is at most 64 high, and the footer at most 600."""
    emulate(chrome, width=320)
    Person(chrome, address).opens("om/")
    assert height(chrome, ".header") <= 64
    assert height(chrome, ".footer") <= 600


@pytest.mark.parametrize("width", [320, 1280])
def test_the_menu_opens_and_closes_by_keyboard(chrome: Any, address: str, width: int) -> None:
    """Enter opens it, its links can be reached, and Escape closes it and gives the focus back."""
    emulate(chrome, width=width)
    person = Person(chrome, address)
    person.opens("om/")
    person.tabs_to("Meny" if width == 320 else "Mer")
    person.presses(Keys.ENTER)
    person.tabs_to("Beteenden")
    person.presses(Keys.ESCAPE)
    assert chrome.switch_to.active_element.tag_name == "summary"
    assert not chrome.find_element(By.CSS_SELECTOR, ".menu__panel").is_displayed()
    person.presses(Keys.ENTER)
    person.tabs_to("Områden")
    person.presses(Keys.ENTER)
    assert person.arrives("/omraden/")
    assert person.errors() == []


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_in_the_open_menu(chrome: Any, address: str, width: int, scheme: str) -> None:
    """The open menu has no fault that axe knows of, and nothing scrolls sideways."""
    emulate(chrome, width=width, scheme=scheme)
    Person(chrome, address).opens("om/")
    chrome.find_element(By.CSS_SELECTOR, ".menu > summary").click()
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= width
    assert violations(chrome) == []
