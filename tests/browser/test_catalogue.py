"""Scripts know exercises and programs, and where their pages are, in every edition."""

from pathlib import Path
from typing import Any

import pytest

from hejagen.pipeline import Built
from tests.browser.helpers import Person

GO = "location.href = heja.catalogue[arguments[0]][arguments[1]].url"


def folder(built: Built, name: str) -> Path:
    """Where an edition was built."""
    return next(folder for folder in built.folders if folder.name == name)


@pytest.fixture(params=["web", "offline", "single"])
def start(request: pytest.FixtureRequest, built: Built, address: str) -> str:
    """The address of My training in an edition."""
    pages = {
        "web": f"{address}min-traning/",
        "offline": f"{folder(built, 'offline').as_uri()}/heja/min-traning/index.html",
        "single": f"{folder(built, 'single').as_uri()}/heja-i-en-fil.html#/min-traning/",
    }
    return pages[str(request.param)]


def test_addresses_lead_to_pages(chrome: Any, start: str) -> None:
    """From a page below the root, the address of an exercise and of a program leads to it."""
    person = Person(chrome, "")
    known = (("exercises", "fredagsraden", "Fredagsraden"), ("programs", "starta-smatt", "Starta smått"))
    for kind, name, title in known:
        person.opens(start)
        chrome.execute_script(GO, kind, name)
        person.sees(title)
        assert title in chrome.title
    assert person.errors() == []
