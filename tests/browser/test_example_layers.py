"""The example layers in Chromium: accessible, and two languages that work from a disk and in one file."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import violations
from tests.helpers import Examples, edition_of

PAGES = [
    ("storhamn", "ovningar/folj-arendet-over-gransen/", 320),
    ("storhamn", "tillganglighet/", 1280),
    ("hallvaara", "", 1280),
    ("hallvaara", "fi/", 320),
    ("hallvaara", "fi/harjoitukset/borja-pa-ditt-eget-sprak/", 1280),
    ("hallvaara", "bures-boahtin/", 320),
]


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """One Chromium, without any leave to read local files."""
    with chromium() as found:
        yield found


def search(driver: Any, words: str) -> dict[str, str | None]:
    """Type on a search page; return title and language of the hits."""
    field = next(
        field
        for field in driver.find_elements(By.NAME, "q")
        if field.is_displayed() and field.get_attribute("id").endswith(("sokord", "search-words"))
    )
    field.clear()
    field.send_keys(words)
    rows = WebDriverWait(driver, 60).until(
        lambda d: [row for row in d.find_elements(By.CSS_SELECTOR, ".search__result a") if row.is_displayed()]
    )
    return {row.text: row.get_dom_attribute("lang") for row in rows}


def test_the_copy_from_a_disk_speaks_both_languages(examples: Examples, driver: Any, tmp_path: Path) -> None:
    """Unzipped and opened: axe finds nothing; the switch leads over and back; Finnish and Sami words are found.

    What is done in Swedish is done in Finnish: it is the same exercise."""
    roots = {}
    for name in ("storhamn", "hallvaara"):
        (packed,) = edition_of(examples, name, "offline").glob("*.zip")
        zipfile.ZipFile(packed).extractall(tmp_path)
        roots[name] = tmp_path / f"heja-{name}"
    for name, path, width in PAGES:
        emulate(driver, width=width)
        driver.get((roots[name] / (f"{path}index.html" if path else "START.html")).as_uri())
        assert violations(driver) == [], path
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width, path
    emulate(driver, width=1280)
    root = roots["hallvaara"]
    driver.get((root / "om/index.html").as_uri())
    driver.find_element(By.LINK_TEXT, "Suomi").click()
    WebDriverWait(driver, 10).until(lambda d: d.title.startswith("Tietoa sivustosta"))
    driver.find_element(By.LINK_TEXT, "Svenska").click()
    WebDriverWait(driver, 10).until(lambda d: d.title.startswith("Om HEJA Hällvaara"))
    driver.get((root / "ovningar/fredagsraden/index.html").as_uri())
    mark = driver.find_element(By.CSS_SELECTOR, "heja-mark-done [data-role='mark']")
    driver.execute_script("heja.store.ready.then(() => arguments[0].click())", mark)
    WebDriverWait(driver, 10).until(lambda d: d.execute_script("return heja.store.saving"))
    driver.find_element(By.LINK_TEXT, "Suomi").click()
    WebDriverWait(driver, 10).until(lambda d: "merkitty tehdyksi" in d.find_element(By.TAG_NAME, "main").text)
    driver.get((root / "fi/haku/index.html").as_uri())
    assert search(driver, "perjantairivi")["Perjantairivi"] is None
    driver.get((root / "sok/index.html").as_uri())
    assert search(driver, "davvisámegillii") == {"Bures boahtin": "se"}


def test_one_file_changes_its_menus_with_the_language(examples: Examples, driver: Any) -> None:
    """Header and footer follow the part that is shown, and so does the language of the page."""
    (file,) = edition_of(examples, "hallvaara", "single").glob("*.html")
    driver.set_window_size(1280, 800)  # on a narrow screen the menu is folded
    driver.get(f"{file.as_uri()}#/om/")
    driver.find_element(By.LINK_TEXT, "Suomi").click()
    WebDriverWait(driver, 10).until(
        lambda d: d.find_element(By.CSS_SELECTOR, "[data-route]:not([hidden]) h1").text == "Tietoa sivustosta"
    )
    assert driver.execute_script("return document.documentElement.lang") == "fi"
    shown = [link.text for link in driver.find_elements(By.CSS_SELECTOR, ".header__nav a") if link.is_displayed()]
    assert shown == ["Harjoitukset", "Ohjelmat", "Oma arvio", "Oma harjoittelu", "Svenska"]
    driver.find_element(By.LINK_TEXT, "Harjoitukset").click()

    def current(d: Any) -> list[str]:
        links = d.find_elements(By.CSS_SELECTOR, ".header__nav a[aria-current]")
        return [link.text for link in links if link.is_displayed()]

    # The address changes first, and what is shown after it.
    WebDriverWait(driver, 10).until(lambda d: current(d) == ["Harjoitukset"])
    driver.get(f"{file.as_uri()}#/sok/")
    assert search(driver, "davvisámegillii") == {"Bures boahtin": "se"}
