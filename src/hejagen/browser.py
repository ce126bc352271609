"""Starts real browsers with fresh profiles. The only module that knows selenium."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
"""Chromium without a window and without calls of its own to the network."""


def _found(*names: str) -> str:
    for name in names:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(f"none of {', '.join(names)} is on the PATH")


@contextmanager
def chromium(preferences: Mapping[str, Any] | None = None, arguments: tuple[str, ...] = ()) -> Iterator[Any]:
    """Yield a driver of a fresh Chromium. Raises FileNotFoundError when it or its driver is missing."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        options = Options()
        options.binary_location = _found("chromium", "chromium-browser", "google-chrome")
        for argument in (*QUIET, *arguments, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        if preferences:
            options.add_experimental_option("prefs", dict(preferences))
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options=options, service=Service(_found("chromedriver")))
        try:
            driver.set_script_timeout(60)
            yield driver
        finally:
            driver.quit()


@contextmanager
def firefox(driver_path: Path | None = None) -> Iterator[Any]:
    """Yield a driver of a fresh Firefox. Raises FileNotFoundError when it or its driver is missing."""
    from selenium import webdriver
    from selenium.webdriver.firefox.options import Options
    from selenium.webdriver.firefox.service import Service

    options = Options()
    options.binary_location = _found("firefox-esr", "firefox")
    options.add_argument("-headless")
    for name, value in FIREFOX.items():
        options.set_preference(name, value)
    service = Service(str(driver_path) if driver_path else _found("geckodriver"))
    driver = webdriver.Firefox(options=options, service=service)
    try:
        driver.set_script_timeout(60)
        yield driver
    finally:
        driver.quit()


FIREFOX: Mapping[str, Any] = {
    "remote.prefs.recommended": False,
    "security.fileuri.strict_origin_policy": True,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
}
"""Firefox as its users have it: remote control would loosen the rules for local files otherwise."""


def emulate(
    driver: Any, *, width: int, height: int = 900, scheme: str = "light", features: Mapping[str, str] | None = None
) -> None:
    """Set the size of a Chromium's window and what its reader prefers, such as forced-colors: active."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    wanted = {"prefers-color-scheme": scheme, **(features or {})}
    rows = [{"name": name, "value": value} for name, value in wanted.items()]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": rows})
