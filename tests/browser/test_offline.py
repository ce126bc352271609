"""The copy to take along: unzipped, opened from a disk, in the browsers as their users have them."""

import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.drivers import emulate, webkit
from tests.browser.helpers import Person, another_tab, chrome, fox, violations

Start = Callable[..., AbstractContextManager[Any]]
EXERCISE, OTHER = "ovningar/fredagsraden/index.html", "ovningar/sist-i-talarlistan/index.html"
SAFARI = "-NeedsStorageAccessFromFileURLsQuirk"
"""WebKit as Safari sets it: no storage for local files."""


@pytest.fixture(scope="session")
def screen() -> Iterator[None]:
    """A screen in memory, for the browser that cannot do without."""
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert server.stdout
    os.environ["DISPLAY"] = f":{server.stdout.readline().strip()}"
    os.environ.update(WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS="1", LIBGL_ALWAYS_SOFTWARE="1")
    yield
    server.terminate()
    server.wait()


def reader(driver: Any, copy: Path) -> Person:
    """Someone with the copy before them."""
    return Person(driver, copy.as_uri() + "/")


def ready(person: Person) -> None:
    """Wait until the site has found what is saved."""
    person.driver.execute_async_script("heja.store.ready.then(arguments[arguments.length - 1])")


def tick(person: Person, path: str) -> None:
    """Open an exercise and tick its first step."""
    person.opens(path)
    ready(person)
    person.driver.find_element(By.CSS_SELECTOR, "input[data-step='1']").click()


def save(person: Person) -> None:
    """Ask the site to save, and wait until it has."""
    person.driver.find_element(By.CSS_SELECTOR, "heja-steps .unsaved button").click()
    WebDriverWait(person.driver, 10).until(lambda d: d.execute_script("return heja.store.saving || heja.store.trouble"))


def begun(person: Person) -> list[str]:
    """Titles under Påbörjat on Min träning."""
    person.opens("min-traning/index.html")
    ready(person)
    return [a.text for a in person.driver.find_elements(By.CSS_SELECTOR, "[data-role='begun-list'] a")]


def found(person: Person, words: str) -> list[str]:
    """Titles of what a search finds."""
    person.opens("sok/index.html?q=" + words)
    status = (By.CSS_SELECTOR, ".search__status")
    WebDriverWait(person.driver, 15).until(lambda d: "träff" in d.find_element(*status).text)
    return [a.text for a in person.driver.find_elements(By.CSS_SELECTOR, ".search__result a")]


BROWSERS_OWN = ("mozilla", "firefox", "google", "duckduckgo")
"""Hosts that the browsers ask on errands of their own."""


class Nobody:
    """A proxy that notes who asks for what, and gives nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            with client:
                client.settimeout(2)
                try:
                    self.asked.append(client.recv(1000).decode("latin-1").split("\r\n")[0])
                except TimeoutError:
                    self.asked.append("?")


@pytest.fixture
def nobody() -> Iterator[Nobody]:
    """The network, which nobody should ask."""
    proxy = Nobody()
    yield proxy
    proxy.server.close()


def test_firefox_has_its_users_rules(copy: Path) -> None:
    """The driver has not loosened the rules for local files, and the page may not read a neighbour."""
    with fox() as driver:
        person = reader(driver, copy)
        person.opens("START.html")
        assert driver.execute_script("return location.origin") == "null"
        blocked = "const [done] = arguments; fetch('LAS-MIG.txt').then(() => done(false), () => done(true))"
        assert driver.execute_async_script(blocked)
        with driver.context("chrome"):
            read = "return Services.prefs.getBoolPref(arguments[0])"
            assert driver.execute_script(read, "security.fileuri.strict_origin_policy") is True
            assert driver.execute_script(read, "remote.prefs.recommended") is False


@pytest.mark.parametrize("start", [chrome, fox], ids=["chromium", "firefox"])
def test_a_workshop_without_network(start: Start, copy: Path, tmp_path: Path) -> None:
    """Search finds a part of a compound with an excerpt; ticks in two folders are seen on Min träning, at once
    and after a restart."""
    profile = tmp_path / "profile"
    profile.mkdir()
    with start(kept=profile) as driver:
        person = reader(driver, copy)
        person.opens("START.html")
        assert not driver.find_element(By.CSS_SELECTOR, ".unpack").is_displayed()
        driver.find_element(By.ID, "sok").send_keys("ledning", Keys.ENTER)
        person.sees("träffar på ”ledning”")
        titles = found(person, "ledning")
        assert any("ledning" not in title.lower() for title in titles)
        assert driver.find_elements(By.CSS_SELECTOR, ".search__result mark")
        driver.find_element(By.CSS_SELECTOR, ".search__result a").click()
        assert driver.find_elements(By.CSS_SELECTOR, "main h1")
        tick(person, EXERCISE)
        save(person)
        tick(person, OTHER)
        driver.find_element(By.LINK_TEXT, "Min träning").click()
        person.sees("Sist i talarlistan")
        assert sorted(begun(person)) == ["Fredagsraden", "Sist i talarlistan"]
        time.sleep(6)  # Firefox writes to its disk after about five seconds
    with start(kept=profile) as driver:
        assert sorted(begun(reader(driver, copy))) == ["Fredagsraden", "Sist i talarlistan"]


@pytest.mark.parametrize("start", [chrome, fox], ids=["chromium", "firefox"])
def test_two_tabs_lose_no_tick(start: Start, copy: Path) -> None:
    """Two tabs that tick in different exercises keep both, and a tab sees what the other has done."""
    with start() as driver:
        person = reader(driver, copy)
        tick(person, EXERCISE)
        save(person)
        first = driver.current_window_handle
        another_tab(driver)
        tick(person, OTHER)
        driver.find_element(By.CSS_SELECTOR, "input[data-step='2']").click()
        driver.switch_to.window(first)
        WebDriverWait(driver, 10).until(lambda d: d.execute_script("return heja.store.list('step:').length === 3"))
        driver.find_element(By.CSS_SELECTOR, "input[data-step='2']").click()
        time.sleep(0.5)
        assert sorted(begun(person)) == ["Fredagsraden", "Sist i talarlistan"]
        assert driver.execute_script("return heja.store.list('step:').length") == 4


@pytest.mark.parametrize("start", [chrome, fox], ids=["chromium", "firefox"])
def test_a_note_is_kept_by_whoever_leaves_at_once(start: Start, copy: Path) -> None:
    """Leaving the page right after the last letter loses nothing of a note."""
    with start() as driver:
        person = reader(driver, copy)
        tick(person, EXERCISE)
        save(person)
        note = (By.CSS_SELECTOR, "heja-reflection textarea")
        driver.find_element(*note).send_keys("sista ordet")
        person.opens(OTHER)
        person.opens(EXERCISE)
        ready(person)
        assert driver.find_element(*note).get_attribute("value") == "sista ordet"


@pytest.mark.parametrize("start", [chrome, fox], ids=["chromium", "firefox"])
def test_the_computer_is_cleared(start: Start, copy: Path) -> None:
    """The footer leads to Rensa den här datorn, which leaves nothing."""
    with start() as driver:
        person = reader(driver, copy)
        tick(person, EXERCISE)
        save(person)
        driver.find_element(By.LINK_TEXT, "Rensa den här datorn").click()
        ready(person)
        driver.find_element(By.CSS_SELECTOR, "[data-role='delete']").click()
        driver.find_element(By.CSS_SELECTOR, "[data-role='delete-yes']").click()
        person.sees("Allt är borttaget")
        time.sleep(0.3)
        assert begun(person) == []
        assert driver.execute_script("return heja.store.saving") is False


def test_a_copy_travels_between_browsers(copy: Path, address: str, tmp_path: Path) -> None:
    """A download from the copy in Firefox is read in on the hosted site in Chromium, and back: nothing is lost."""
    first, second = tmp_path / "ett.json", tmp_path / "tva.json"
    with fox() as driver:
        person = reader(driver, copy)
        tick(person, EXERCISE)
        first.write_text(driver.execute_script("return heja.store.export()"), "utf-8")
    with chrome() as driver:
        person = Person(driver, address)
        tick(person, OTHER.removesuffix("index.html"))
        save(person)
        person.opens("min-traning/")
        driver.find_element(By.CSS_SELECTOR, "[data-role='import']").send_keys(str(first))
        person.sees("Filen är inläst")
        second.write_text(driver.execute_script("return heja.store.export()"), "utf-8")
    with fox() as driver:
        person = reader(driver, copy)
        person.opens("min-traning/index.html")
        ready(person)
        driver.find_element(By.CSS_SELECTOR, "[data-role='import']").send_keys(str(second))
        person.sees("Filen är inläst")
        assert sorted(begun(person)) == ["Fredagsraden", "Sist i talarlistan"]
        entries = json.loads(driver.execute_script("return heja.store.export()"))["entries"]
        assert entries == json.loads(second.read_text("utf-8"))["entries"]


@pytest.mark.parametrize("start", [chrome, fox], ids=["chromium", "firefox"])
def test_inside_the_zip_it_says_what_to_do(start: Start, copy: Path, tmp_path: Path) -> None:
    """Opened alone, as from inside the zip, the page says first of all that the zip must be unpacked."""
    alone = tmp_path / "START.html"
    alone.write_bytes((copy / "START.html").read_bytes())
    with start() as driver:
        driver.get(alone.as_uri())
        assert driver.find_element(By.TAG_NAME, "body").text.startswith("Packa upp hela zip-filen först")


REFUSING = {
    "chromium": lambda: chrome(preferences={"profile.default_content_setting_values.cookies": 2}),
    "firefox": lambda: fox(preferences={"network.cookie.cookieBehavior": 2}),
}


@pytest.mark.parametrize("name", REFUSING)
def test_refused_storage_is_told(name: str, copy: Path) -> None:
    """Where the browser refuses, asking to save says so; ticks work on the page, and so does search."""
    with REFUSING[name]() as driver:
        person = reader(driver, copy)
        tick(person, EXERCISE)
        save(person)
        person.sees("låter inte webbplatsen spara")
        assert driver.find_element(By.CSS_SELECTOR, "input[data-step='1']").is_selected()
        assert found(person, "ledning")


WITHOUT_WASM = {
    "chromium": lambda: chrome(arguments=("--js-flags=--jitless",)),
    "firefox": lambda: fox(preferences={"javascript.options.wasm": False}),
}


@pytest.mark.parametrize("name", WITHOUT_WASM)
def test_without_webassembly_the_texts_are_read(name: str, copy: Path, address: str) -> None:
    """Where the browser runs no WebAssembly, search still finds, on the disk and on the hosted site."""
    with WITHOUT_WASM[name]() as driver:
        for person, page in ((reader(driver, copy), "sok/index.html"), (Person(driver, address), "sok/")):
            person.opens(page)
            assert driver.execute_script("return typeof WebAssembly") == "undefined"
            person.opens(f"{page}?q=ledning")
            person.sees("träff")
            assert driver.find_elements(By.CSS_SELECTOR, ".search__result a")


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_nobody_is_asked_on_the_network(name: str, copy: Path, nobody: Nobody) -> None:
    """Reading, searching and saving make no request to the network."""
    if name == "chromium":
        made = chrome(arguments=(f"--proxy-server=127.0.0.1:{nobody.port}",))
    else:
        proxy = {"network.proxy.type": 1, "network.proxy.no_proxies_on": ""}
        for kind in ("http", "ssl"):
            proxy |= {f"network.proxy.{kind}": "127.0.0.1", f"network.proxy.{kind}_port": nobody.port}
        made = fox(preferences=proxy)
    with made as driver:
        person = reader(driver, copy)
        for page in ("START.html", "ovningar/index.html", "program/starta-smatt/index.html"):
            person.opens(page)
        found(person, "grupp")
        tick(person, EXERCISE)
        save(person)
        own = [row for row in nobody.asked if not any(host in row for host in BROWSERS_OWN)]
        assert own == []
        if name == "chromium":
            rows = (json.loads(row["message"])["message"] for row in driver.get_log("performance"))
            sent = [row["params"]["request"]["url"] for row in rows if row["method"] == "Network.requestWillBeSent"]
            # The page that the browser opens with asks for things of the browser's own, by schemes of its own.
            assert sent and not [url for url in sent if url.startswith(("http", "ws", "ftp"))]


def test_the_vault_answers_its_own_page_only(copy: Path, tmp_path: Path, download: Path, site: Path) -> None:
    """The vault keeps entries of the registry only, and the hosted site has none."""
    assert not list(site.rglob("*vault*"))
    with fox() as driver:
        person = reader(driver, copy)
        tick(person, EXERCISE)
        save(person)
        put = """
            const [key, value, done] = arguments;
            const frame = document.querySelector("iframe");
            frame.contentWindow.postMessage({ id: 99, ask: "put", key, entry: { v: value, t: 1 } }, "*");
            frame.contentWindow.postMessage({ id: 100, ask: "read" }, "*");
            addEventListener("message", ({ data }) => data.id === 100 && done(Object.keys(data.answer.entries)));
        """
        assert driver.execute_async_script(put, "annat:nyckel", "x") == ["step:fredagsraden:1"]
        assert driver.execute_async_script(put, "note:fredagsraden:a", 7) == ["step:fredagsraden:1"]


PAGES = ("START.html", EXERCISE, "ovningar/index.html", "program/starta-smatt/index.html", "min-traning/index.html",
         "utan-nat/index.html", "sok/index.html?q=ledning", "vault.html")  # fmt: skip


def test_axe_finds_nothing_on_the_disk(copy: Path) -> None:
    """Kinds of pages of the copy pass axe, narrow and wide, light and dark."""
    found_rows = []
    with chrome() as driver:
        for page in PAGES:
            reader(driver, copy).opens(page)
            for width, scheme in ((320, "dark"), (1280, "light")):
                emulate(driver, width=width, scheme=scheme)
                found_rows += [f"{page} {width} {scheme}: {row}" for row in violations(driver)]
    assert found_rows == []


def test_by_keyboard_alone(copy: Path) -> None:
    """From the start page to a ticked step without a mouse."""
    with chrome() as driver:
        person = reader(driver, copy)
        person.opens("START.html")
        person.tabs_to("Övningar")
        person.presses("\ue007")
        person.tabs_to("Fredagsraden")
        person.presses("\ue007")
        box = person.tabs_to("1.")
        box.send_keys(" ")
        assert box.is_selected()
        assert person.errors() == []


def test_webkit_shares_progress(screen: None, copy: Path) -> None:
    """WebKitGTK searches and saves from a disk."""
    with webkit() as driver:
        person = reader(driver, copy)
        assert found(person, "ledning")
        tick(person, EXERCISE)
        save(person)
        assert begun(person) == ["Fredagsraden"]


def test_webkit_as_safari_keeps_the_tab_and_says_so(screen: None, copy: Path) -> None:
    """Where local files get no storage, the tab keeps what is done from page to page, and the reader is told."""
    with webkit(SAFARI) as driver:
        person = reader(driver, copy)
        assert found(person, "ledning")
        tick(person, EXERCISE)
        save(person)
        person.sees("sparar bara så länge fliken är öppen")
        assert begun(person) == ["Fredagsraden"]
