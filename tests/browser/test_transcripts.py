"""How each kind of page sounds: tests/golden/transcripts holds what a screen reader meets and is told, to be read like
any text. To write it anew, run with HEJAGEN_UPDATE=1 and read the difference aloud.

The pages hold one exercise, of the layer provby: a text of the base that changes is heard on its own page alone."""

import difflib
import os
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from hejagen.pipeline import build
from tests.browser.drivers import chromium, emulate
from tests.browser.transcript import heard, listen, transcript, without_surroundings
from tests.conftest import DAY, OWN, ROOT, served
from tests.helpers import WEB

GOLDEN = ROOT / "tests" / "golden" / "transcripts"
EXERCISE = "ovningar/prov/"
MARK, SAVE = "heja-mark-done [data-role=mark]", "heja-plan [type=submit]"
AGENDA = (
    "[data-do=suggest]", ("[name=people]", "6"), "[data-do=add]", ".agenda__edit summary", "[data-do=lower]",
    ("[data-row]", "99" + Keys.ENTER), "[data-do=repair]", ".agenda__edit [data-do=remove]",
)  # fmt: skip
ATTEMPT, REVEAL = "[data-role=attempt]", "[data-role=reveal]"


class Visit(NamedTuple):
    """A page, and what its reader does: selectors of what is pressed, or of a field with what is written or chosen."""

    path: str
    does: tuple[str | tuple[str, str], ...] = ()


VISITS = {
    "home": Visit(""),
    "exercises": Visit("ovningar/", (("[name=time]", "20"), ("[name=time]", ""))),
    "training-before": Visit("min-traning/"),
    "exercise": Visit(EXERCISE, ("[data-step]", MARK, SAVE, "heja-plan [data-role=delete]", SAVE)),
    "run": Visit(f"{EXERCISE}#korlage", ("[data-do=next]", "[data-do=pause]", "[data-do=next]")),
    "follow-up": Visit("folj-upp/#prov", ("[value=forgot]", REVEAL, (ATTEMPT, "Skriver."), REVEAL, "[value=part]")),
    "worksheet": Visit(f"{EXERCISE}arbetsblad/"),
    "programs": Visit("program/"),
    "program": Visit("program/provprogram/", ("[data-role=start]",)),
    "behaviour": Visit("beteenden/invite-voice/"),
    "area": Visit("omraden/leadership/"),
    "training": Visit("min-traning/"),
    "assessment": Visit("egen-koll/", (".assessment__scale input", "[type=reset]", "[data-role=confirmed]")),
    "search": Visit("sok/", (("[name=q]", "stressad kock" + Keys.ENTER), ("[name=q]", "lappen" + Keys.ENTER))),
    "agenda": Visit("passbyggaren/", AGENDA),
    "feedback": Visit("aterkoppling/", ("heja-feedback [type=submit]",)),
    "statement": Visit("tillganglighet/"),
    "not-found": Visit("404.html"),
}
"""By the name of the transcript. They are made in this order, by one reader: what is saved stays."""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """A Chromium in which all that is said is written down, and the address of the pages."""
    out = tmp_path_factory.mktemp("heard") / "dist"
    layers = (ROOT, OWN, ROOT / "tests/layers/provby")
    (folder,) = build(layers, out, WEB, DAY, programs=("provprogram",)).folders
    with served(folder) as address, chromium() as driver:
        emulate(driver, width=1280)
        listen(driver)
        yield driver, address


def done(driver: Any, what: str | tuple[str, str]) -> str:
    """Do it, and return it in words."""
    selector, words = what if isinstance(what, tuple) else (what, None)
    (element, *_) = (e for e in driver.find_elements(By.CSS_SELECTOR, f"main {selector}") if e.is_displayed())
    name = " ".join(element.accessible_name.split())
    if words is None:
        driver.execute_script("arguments[0].focus(); arguments[0].click()", element)
        return f'press "{name}"'
    if element.tag_name == "select":
        Select(element).select_by_value(words)
        return f'choose "{element.find_element(By.CSS_SELECTOR, ":checked").text}" in "{name}"'
    element.send_keys(Keys.CONTROL, "a", Keys.NULL, words)
    return f'write "{words.rstrip(Keys.ENTER)}" in "{name}"'


@pytest.fixture(scope="module")
def made(reader: tuple[Any, str]) -> dict[str, list[str]]:
    """All transcripts, by name."""
    driver, address = reader
    pages: dict[str, list[str]] = {}
    for name, visit in VISITS.items():
        driver.get("about:blank")  # a view of the page before is a page of its own here
        driver.get(address + visit.path)
        WebDriverWait(driver, 20).until(lambda d: d.execute_script("return document.readyState") == "complete")
        first = transcript(driver)
        lines = pages[name] = [*without_surroundings(first, pages.get("home", [])), *heard(driver)]
        for act in visit.does:
            lines += ["", done(driver, act)]
            time.sleep(0.75)  # what is said waits until a choice is made and for a screen reader to notice
            before, now = first, transcript(driver)
            lines += [f"  {row}" for row in heard(driver)]
            changes = list(difflib.unified_diff(before, now, n=0, lineterm=""))[2:]
            lines += [f"  {row[0]} {row[1:].strip()}" for row in changes if row[0] != "@"]
            first = now
    return pages


@pytest.mark.parametrize("name", VISITS)
def test_it_sounds_as_when_somebody_last_listened(made: dict[str, list[str]], name: str) -> None:
    """The page is heard as its transcript says."""
    text, golden = "\n".join(made[name]) + "\n", GOLDEN / f"{name}.txt"
    if os.environ.get("HEJAGEN_UPDATE"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
