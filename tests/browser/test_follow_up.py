"""Reminding and returning: a plan goes into a calendar file, and a week later the site asks how it went."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.drivers import emulate
from tests.browser.helpers import META, Person, downloaded, downloads, seed, stored, violations

ENTRY = '{{"v":{},"t":1793620800000}}'
"""Saved at noon on 2 November 2026."""
DONE = {"heja:meta": META, "heja:done:fredagsraden:2026-11-02": ENTRY.format("true")}
CLOCK = """
    {
        const Real = Date;
        const offset = new Real(arguments[0]) - Real.now();
        window.Date = class extends Real {
            constructor(...parts) { super(...(parts.length ? parts : [Real.now() + offset])); }
            static now() { return Real.now() + offset; }
        };
    }
"""


def moves(driver: Any, moment: str) -> None:
    """Move the clock of every page that is opened from now on."""
    script = CLOCK.replace("arguments[0]", f'"{moment}"')
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})


@pytest.fixture(params=["hosted", "disk"])
def reader(request: pytest.FixtureRequest, chrome: Any, tmp_path: Path) -> Person:
    """Someone on the served site, or with the unpacked copy on a disk."""
    if request.param == "hosted":
        return Person(chrome, request.getfixturevalue("address"))
    with zipfile.ZipFile(request.getfixturevalue("download")) as packed:
        packed.extractall(tmp_path / "Lärstöd")
    return Person(chrome, (tmp_path / "Lärstöd" / "heja").as_uri() + "/")


def test_a_plan_comes_back_after_four_weeks(reader: Person, tmp_path: Path) -> None:
    """By keyboard: a plan is saved with one press, put in the calendar, and four weeks later My training leads to the
    page that asks how it went and what is remembered."""
    driver = reader.driver
    moves(driver, "2026-11-02T12:00")
    downloads(driver, tmp_path)
    reader.opens("ovningar/fredagsraden/index.html")
    reader.tabs_to("Spara planen", most=120)
    reader.presses(Keys.ENTER)
    reader.sees("Sparat i den här webbläsaren")
    reader.tabs_to("måndag 30 november")
    reader.presses(Keys.ENTER)
    [event] = Calendar.from_ical(downloaded(tmp_path, "ics").read_text("utf-8")).walk("VEVENT")
    assert event["dtstart"].dt.strftime("%Y-%m-%d %H:%M %z") == "2026-11-30 08:30 +0100"
    plan = driver.execute_script("return heja.store.get('plan:fredagsraden')")
    assert plan["cue"] in event["description"] and plan["action"] in event["description"]
    assert "folj-upp/" in event["description"]
    assert ("url" in event) == reader.address.startswith("http")
    moves(driver, "2026-11-30T12:00")
    reader.opens("min-traning/index.html")
    reader.tabs_to("Hur gick det?")
    reader.presses(Keys.ENTER)
    reader.sees("Din plan, skriven 2 november 2026")
    reader.tabs_to("Jag gjorde som jag hade tänkt")
    reader.presses(Keys.SPACE)
    reader.sees("Vad fick dig att komma ihåg planen?")
    reader.tabs_to("Visa svaret")
    reader.presses(Keys.ENTER)
    assert driver.switch_to.active_element.tag_name == "textarea", "an attempt comes first"
    reader.presses("en gissning")
    reader.tabs_to("Visa svaret")
    reader.presses(Keys.ENTER)
    assert "Svaret:" in driver.switch_to.active_element.text
    reader.tabs_to("Nära")
    reader.presses(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    reader.sees("Frågan kommer tillbaka den 7 december 2026")
    assert violations(driver) == []
    reader.opens("min-traning/index.html")
    assert driver.execute_script("return heja.due().filter(({kind}) => kind === 'follow')") == []


def test_without_anything_saved_it_is_useful(person: Person) -> None:
    """Whoever comes by a link sees the exercise's own plan and all questions, and nothing is stored until she asks."""
    person.opens("folj-upp/#fredagsraden")
    person.sees("Du har ingen plan sparad här")
    person.driver.find_element(By.CSS_SELECTOR, "[value='forgot']").click()
    person.sees("Så går det för de flesta")
    assert stored(person.driver) == {}
    person.tabs_to("Spara det jag har gjort")
    person.presses(Keys.ENTER)
    WebDriverWait(person.driver, 10).until(lambda d: len(stored(d)) > 1)
    assert {key.split(":")[1] for key in stored(person.driver)} == {"meta", "follow"}
    assert violations(person.driver) == []


def test_an_exercise_is_chosen_from_the_list(reader: Person) -> None:
    """By keyboard, on the page that names none: the exercise's plan comes, and Back leads to the list."""
    reader.opens("folj-upp/index.html")
    reader.tabs_to("Sist i talarlistan", most=120)
    reader.presses(Keys.ENTER)
    reader.sees("Så här kan den låta")
    assert reader.driver.title == "Följ upp: Sist i talarlistan"
    assert reader.driver.switch_to.active_element.tag_name == "h1"
    reader.driver.back()
    assert reader.sees("Vilken övning?")
    assert not reader.driver.find_elements(By.CSS_SELECTOR, "[data-role='written']")
    assert violations(reader.driver) == []


@pytest.mark.parametrize("place", ["index.html", "min-traning/index.html"])
def test_what_is_due_waits_until_tomorrow(person: Person, place: str) -> None:
    """By keyboard, on the start page and in My training: what is due is put off by a day, which is said and saved. The
    day after it is due again."""
    driver = person.driver
    moves(driver, "2026-11-10T12:00")
    seed(person, DONE)
    person.opens(place)
    person.tabs_to("Påminn mig i morgon")
    person.presses(Keys.ENTER)
    person.sees("Den 11 november 2026 frågar vi igen")
    assert driver.switch_to.active_element.tag_name in ("h1", "h2")
    assert json.loads(stored(driver)["heja:quiet:fredagsraden"])["v"] == {"until": "2026-11-11"}
    due = "return heja.due(arguments[0]).map(({kind}) => kind)"
    assert driver.execute_script(due, "2026-11-10") == []
    assert "follow" in driver.execute_script(due, "2026-11-11")
    assert violations(driver) == []


def test_being_done_ends_the_questions(person: Person) -> None:
    """Done with an exercise, nothing of it is due; doing it again begins anew."""
    seed(person, DONE)
    moves(person.driver, "2026-11-09T12:00")
    person.opens("folj-upp/#fredagsraden")
    person.tabs_to("Jag är klar med den här")
    person.presses(Keys.ENTER)
    person.sees("Inga fler frågor om den här övningen")
    assert "Inga fler" in person.driver.switch_to.active_element.text
    person.opens("min-traning/")
    assert person.driver.execute_script("return heja.due()") == []
    person.driver.execute_script("heja.store.set('done:fredagsraden:2026-11-10', true)")
    assert person.driver.execute_script("return heja.due('2026-11-17')")[0]["after"] == 1


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_following_up_is_accessible(person: Person, width: int, scheme: str) -> None:
    """With a plan and an answer shown, axe finds nothing, and nothing scrolls sideways."""
    seed(person, DONE)
    emulate(person.driver, width=width, scheme=scheme)
    person.opens("folj-upp/#fredagsraden")
    person.driver.find_element(By.CSS_SELECTOR, "[data-role='aloud']").click()
    assert violations(person.driver) == []
    assert person.driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_one_file_has_one_page_for_all(built: Any, chrome: Any) -> None:
    """In the file with all pages in one, the address of any exercise shows its own questions and link."""
    folder = next(folder for folder in built.folders if folder.name == "single")
    page = next(folder.glob("*.html"))
    for name, title in (("fredagsraden", "Fredagsraden"), ("sist-i-talarlistan", "Sist i talarlistan")):
        chrome.get(f"{page.as_uri()}#/folj-upp/#{name}")
        chrome.refresh()
        part = next(p for p in chrome.find_elements(By.CSS_SELECTOR, "[data-route]") if p.is_displayed())
        assert part.find_element(By.CSS_SELECTOR, "[data-role='exercise']").text == title
        asked = [one.text for one in part.find_elements(By.CSS_SELECTOR, "[data-role='asked']")]
        own = chrome.execute_script(f"return heja.catalogue.exercises['{name}'].questions.map((q) => q.question)")
        assert asked == own
