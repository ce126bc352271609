"""What readers meet on real servers, under a sub-path, with the strict policy as a header."""

import json
from typing import Any
from urllib.parse import unquote

import pytest

from tests.browser.helpers import Person


@pytest.fixture
def reader(chrome: Any, hosted: str) -> Person:
    """A reader with a fresh Chromium on a hosted site."""
    return Person(chrome, hosted)


def failed(reader: Person) -> list[str]:
    """Addresses of the site's host that were answered with an error, or not at all."""
    asked, found = {}, []
    for row in reader.driver.get_log("performance"):
        message = json.loads(row["message"])["message"]
        about = message["params"]
        if message["method"] == "Network.requestWillBeSent":
            asked[about["requestId"]] = about["request"]["url"]
        elif message["method"] == "Network.responseReceived" and about["response"]["status"] >= 400:
            found.append(about["response"]["url"])
        elif message["method"] == "Network.loadingFailed" and not about.get("canceled"):
            found.append(asked.get(about["requestId"], ""))  # Chromium began its own first page before the log
    assert any(url.startswith(reader.address) for url in asked.values())
    return [url for url in found if url.startswith(reader.address)]


def test_reads_and_searches(reader: Person) -> None:
    """Start page, an exercise and a search work; nothing is refused by the policy and nothing is missing."""
    reader.opens("")
    reader.opens("ovningar/fredagsraden/")
    reader.sees("Fredagsraden")
    reader.opens("sok/?q=ledning")
    reader.sees("på ”ledning”")
    read = "return [...document.querySelectorAll(\"[data-role='results'] a\")].map((hit) => hit.textContent)"
    assert "Ordlista" in reader.driver.execute_script(read), "it holds innovationsledning"
    assert reader.errors() == []
    assert failed(reader) == []


def test_the_page_for_what_is_missing_is_dressed(reader: Person) -> None:
    """Deep down the 404 page has its styles and script, and its links lead to the site."""
    reader.opens("finns/inte/alls/")
    reader.sees("Sidan finns inte här")
    bullet = "return getComputedStyle(document.querySelector('.header__nav')).display"
    assert reader.driver.execute_script(bullet) != "block", "a nav without styles"
    assert failed(reader) == [reader.address + "finns/inte/alls/"]
    reader.driver.find_element("link text", "Övningar").click()
    assert reader.arrives(unquote(reader.address) + "ovningar/")
