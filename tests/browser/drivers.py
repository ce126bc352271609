"""Starts real browsers with fresh profiles. The only module that knows selenium."""

import json
import os
import shutil
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
"""Chromium without a window and without calls of its own to the network."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SHELL = ("/usr/lib/chromium/chromium-headless-shell", "chrome-headless-shell")
"""The same engine without the browser around it, which costs a third. It has neither settings nor a lasting profile.
Debian's command on the PATH is a script: its driver would end the script, and leave the engine running."""


def _found(*names: str, path: str | None = None) -> str:
    for name in names:
        if found := shutil.which(name, path=path):
            return found
    raise FileNotFoundError(f"none of {', '.join(names)} is on the PATH")


@contextmanager
def _profile(kept: Path | None) -> Iterator[Path]:
    if kept:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="profile-", ignore_cleanup_errors=True) as fresh:
        yield Path(fresh)


@contextmanager
def _driven(driver: Any) -> Iterator[Any]:
    try:
        driver.set_script_timeout(300)
        yield driver
    finally:
        driver.quit()


@contextmanager
def chromium(
    preferences: Mapping[str, Any] | None = None, arguments: tuple[str, ...] = (), kept: Path | None = None
) -> Iterator[Any]:
    """Yield a driver of a Chromium with a fresh profile, or with one that is `kept` from start to start. Without
    `preferences` and `kept` it is the engine alone, where that is installed.

    Raises FileNotFoundError when it or its driver is missing."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = _found(*CHROMIUM) if preferences or kept else _found(*SHELL, *CHROMIUM)
    for argument in (*QUIET, *arguments, *([f"--user-data-dir={kept}"] if kept else [])):
        options.add_argument(argument)
    if preferences:
        options.add_experimental_option("prefs", dict(preferences))
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with _driven(webdriver.Chrome(options=options, service=Service(_found("chromedriver")))) as driver:
        yield driver


@contextmanager
def guest(driver: Any) -> Iterator[Any]:
    """Yield the driver of a running Chromium in a window of a profile of its own, as fresh as a new browser's and an
    eighth of its cost. What was in the logs is gone. The profile and all of its windows end with the block."""
    from websocket import create_connection

    address = driver.capabilities["goog:chromeOptions"]["debuggerAddress"]
    with urllib.request.urlopen(f"http://{address}/json/version") as answer:
        browser = create_connection(json.load(answer)["webSocketDebuggerUrl"], suppress_origin=True)

    def ask(method: str, **what: str) -> Any:
        browser.send(json.dumps({"id": 1, "method": method, "params": what}))
        while "id" not in (said := json.loads(browser.recv())):
            pass  # events
        return said["result"]

    first = driver.current_window_handle
    profile = ask("Target.createBrowserContext")["browserContextId"]
    window = ask("Target.createTarget", url="about:blank", browserContextId=profile)["targetId"]
    try:
        driver.switch_to.window(window)
        for log in ("browser", "performance"):
            driver.get_log(log)
        yield driver
    finally:
        driver.switch_to.window(first)
        ask("Target.disposeBrowserContext", browserContextId=profile)
        browser.close()


@contextmanager
def firefox(
    driver_path: Path | None = None, preferences: Mapping[str, Any] | None = None, kept: Path | None = None
) -> Iterator[Any]:
    """Yield a driver of a Firefox with a fresh profile, or with one that is `kept` from start to start.

    Raises FileNotFoundError when it or its driver is missing."""
    from selenium import webdriver
    from selenium.webdriver.firefox.options import Options
    from selenium.webdriver.firefox.service import Service

    with _profile(kept) as profile:
        options = Options()
        options.binary_location = _found("firefox-esr", "firefox")
        # The last lets a test read preferences back.
        for argument in ("-headless", "-profile", str(profile), "-remote-allow-system-access"):
            options.add_argument(argument)
        for name, value in {**FIREFOX, **(preferences or {})}.items():
            options.set_preference(name, value)
        service = Service(str(driver_path) if driver_path else _found("geckodriver"))
        with _driven(webdriver.Firefox(options=options, service=service)) as driver:
            yield driver


@contextmanager
def webkit(features: str = "") -> Iterator[Any]:
    """Yield a driver of a fresh WebKitGTK, which needs a screen. `features` are switched as its --features says.

    Raises FileNotFoundError when it or its driver is missing."""
    from selenium import webdriver
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service

    places = [str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4.*")]
    options = Options()
    options.binary_location = _found("MiniBrowser", path=os.pathsep.join([*places, os.environ.get("PATH", "")]))
    for argument in ("--automation", *([f"--features={features}"] if features else [])):
        options.add_argument(argument)
    with _driven(webdriver.WebKitGTK(options=options, service=Service(_found("WebKitWebDriver")))) as driver:
        yield driver


FIREFOX: Mapping[str, Any] = {
    "remote.prefs.recommended": False,
    "security.fileuri.strict_origin_policy": True,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.safebrowsing.provider.google4.updateURL": "",
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
