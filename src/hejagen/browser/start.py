"""Starts Chromium, Chrome or Edge for a check. The only module here that knows selenium."""

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hejagen.errors import HejagenError
from hejagen.messages import say

BROWSERS = (
    "/usr/lib/chromium/chromium-headless-shell", "chrome-headless-shell",
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
)  # fmt: skip
"""The first that is there is started. The shells are the same engine with no browser around it: a third of the work.
Debian's command for it on the PATH is a script: the driver would end the script, and leave the engine running."""
DRIVERS = ("chromedriver", "msedgedriver")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""A browser without a window and without calls of its own to the network."""
INSTALL = {
    "chromium": "apt install chromium",
    "chromedriver": "apt install chromium-driver",
    "selenium": "pip install selenium",
    "axe-playwright-python": "pip install --no-deps axe-playwright-python",
}
"""What a check needs, with the command that installs it. Of the last only the file with axe-core is used: the browsers'
tools that it depends on are large, and not needed."""
OLDEST_AXE = (4, 10)
"""The first axe-core that this program knows to hold the rules of WCAG 2.2."""


class Tools(NamedTuple):
    """What a check in a browser needs: the programs, and the text of axe-core."""

    browser: str
    driver: str
    axe: str


def tools() -> Tools:
    """Return what a check needs. Raises HejagenError that names everything that is missing and how to install it."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), "")
    driver = next(filter(None, map(shutil.which, DRIVERS)), "")
    spec = importlib.util.find_spec("axe_playwright_python")
    folder = next(iter(spec.submodule_search_locations or ()), "") if spec else ""
    lacking = {
        "chromium": bool(browser),
        "chromedriver": bool(driver),
        "selenium": importlib.util.find_spec("selenium") is not None,
        "axe-playwright-python": bool(folder),
    }
    if missing := [name for name, there in lacking.items() if not there]:
        raise HejagenError(
            say("Nothing was checked in a browser, because this is missing: {missing}.", missing=", ".join(missing)),
            say("Install it like this; where there is no apt, Chrome or Edge and its driver on the PATH:\n{commands}",
                commands="\n".join(f"  {INSTALL[name]}" for name in missing)),
        )  # fmt: skip
    return Tools(browser, driver, (Path(folder) / "axe.min.js").read_text("utf-8"))


@contextmanager
def started(found: Tools) -> Iterator[Any]:
    """Yield a driver of a browser with a fresh profile, which the driver makes and removes.

    Raises HejagenError when it does not start.
    """
    from selenium import webdriver
    from selenium.common.exceptions import WebDriverException
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = found.browser
    for argument in QUIET:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    try:
        driver = webdriver.Chrome(options=options, service=Service(found.driver))
    except WebDriverException as error:
        reason = str(error.msg).splitlines()[0]
        raise HejagenError(say("The browser did not start: {reason}", reason=reason)) from None
    try:
        driver.set_script_timeout(110)  # the library gives a browser up after 120 s
        driver.set_page_load_timeout(60)
        yield driver
    finally:
        driver.quit()


def show(driver: Any, width: int, height: int = 900, **preferences: str) -> None:
    """Set the size of the window in CSS pixels, and what the reader prefers, such as prefers_color_scheme="dark"."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in preferences.items()]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def axe_version(driver: Any, source: str) -> str:
    """Put axe-core into the page that is shown, and return its version. Raises HejagenError for one that is too old."""
    driver.execute_script(source)
    version = str(driver.execute_script("return axe.version"))
    if tuple(map(int, version.split(".")[:2])) < OLDEST_AXE:
        oldest = ".".join(map(str, OLDEST_AXE))
        raise HejagenError(say("axe-core {version} is older than {oldest}.", version=version, oldest=oldest))
    return version
