"""Browsers for the tests, and small helpers for what a person does."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.drivers import chromium, emulate, firefox, guest
from tests.browser.helpers import Person, geckodriver

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium for all tests that need no settings of their own."""
    with chromium() as driver:
        yield driver


@pytest.fixture
def chrome(browser: Any) -> Iterator[Any]:
    """A window of a fresh profile in Chromium, 1280 wide."""
    with guest(browser) as driver:
        emulate(driver, width=1280)
        yield driver


@pytest.fixture(scope="module")
def copy(download: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip, unpacked where people unpack."""
    folder = tmp_path_factory.mktemp("disk") / "Lärstöd 2026 (kopia)"
    with zipfile.ZipFile(download) as packed:
        packed.extractall(folder)
    return folder / "heja"


@pytest.fixture
def fox() -> Iterator[Any]:
    """A fresh Firefox with its users' own rules."""
    with firefox(geckodriver()) as driver:
        yield driver


@pytest.fixture
def person(chrome: Any, address: str) -> Person:
    """A reader with a fresh Chromium on the served site."""
    return Person(chrome, address)
