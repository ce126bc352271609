"""A program, an exercise done, and My training: what the scripts make of what is saved."""

import json
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.helpers import META, Person, seed, stored

PROGRAM, EXERCISE = "program/starta-smatt/", "ovningar/fredagsraden/"


def entry(value: object, t: int = 1) -> str:
    """An entry as it lies in the store."""
    return json.dumps({"v": value, "t": t})


def boxes(person: Person) -> list[Any]:
    """The boxes of a program."""
    found: list[Any] = person.driver.find_elements(By.CSS_SELECTOR, "input[data-item]")
    return found


def test_the_first_tick_begins_the_program(person: Person) -> None:
    """A tick in a program that is not begun stays, and begins it."""
    person.opens(PROGRAM)
    box = person.tabs_to("Vecka 1: Byt tre svar mot tre frågor, gjord")
    person.presses(Keys.SPACE)
    person.sees("1 av 8 pass är gjorda")
    assert box.is_selected()
    assert not person.driver.find_element(By.CSS_SELECTOR, "[data-role='start']").is_displayed()


def test_every_box_has_a_name_of_its_own(person: Person) -> None:
    """An exercise that comes twice in a program is told apart by its week."""
    person.opens(PROGRAM)
    names = [box.accessible_name for box in boxes(person)]
    assert len(set(names)) == len(names) == 8
    assert "Vecka 3: Minsta steget före fredag, gjord" in names


def test_a_begun_program_leads_on(person: Person) -> None:
    """The first button of a begun program leads to the next session, until all are done."""
    person.opens(PROGRAM)
    person.tabs_to("Börja programmet")
    person.presses(Keys.ENTER)
    person.sees("0 av 8 pass är gjorda")
    link = person.driver.find_element(By.CSS_SELECTOR, "heja-program-tracker [data-role='next']")
    assert link.text == "Fortsätt med Byt tre svar mot tre frågor"
    person.presses(Keys.SPACE)
    person.sees("Fortsätt med Först tyst, sedan tillsammans")
    for box in boxes(person)[1:]:
        box.click()
    assert not link.is_displayed()
    boxes(person)[2].click()
    link.send_keys(Keys.ENTER)
    person.arrives("/ovningar/minsta-steget-fore-fredag/")
    assert person.driver.find_element(By.TAG_NAME, "h1").text == "Minsta steget före fredag"


def test_a_done_exercise_leads_on_in_its_program(person: Person) -> None:
    """When an exercise of a begun program is done, its next session is offered; without a program, nothing is."""
    person.opens(EXERCISE)
    person.tabs_to("Markera övningen som gjord")
    person.presses(Keys.ENTER)
    person.sees("Övningen är gjord")
    next_links = (By.CSS_SELECTOR, "heja-mark-done [data-role='next'] a")
    assert person.driver.find_elements(*next_links) == []
    person.driver.execute_async_script("heja.store.forget().then(arguments[arguments.length - 1])")
    seed(person, {"heja:meta": META, "heja:program:starta-smatt": entry({"started": "2026-11-02"}),
                  "heja:item:starta-smatt:w1-byt-tre-svar-mot-tre-fragor": entry(True)})  # fmt: skip
    person.tabs_to("Markera övningen som gjord")
    person.presses(Keys.ENTER)
    person.sees("Nästa pass i Starta smått: Först tyst, sedan tillsammans (vecka 2)")
    assert person.driver.switch_to.active_element.text == "Ångra: inte gjord"
    person.tabs_to("Nästa pass i Starta smått")
    person.presses(Keys.ENTER)
    person.arrives("/ovningar/forst-tyst-sedan-tillsammans/")
    assert person.driver.find_element(By.TAG_NAME, "h1").text == "Först tyst, sedan tillsammans"


def test_a_title_with_a_mark_of_its_own_gets_no_other(person: Person) -> None:
    """After a title that is a question stands no full stop."""
    person.opens("ovningar/en-lardom-pa-en-minut/")
    places = person.driver.find_element(By.CSS_SELECTOR, "section:has(> #program)").text
    assert "Före: Tack först, svar sedan. Efter: Hur jobbar vi ihop?" in places and "ihop?." not in places


def test_an_exercise_done_on_two_days_is_undone_once(person: Person) -> None:
    """Undoing the latest of two days says that the exercise is still done; it can be done again another day."""
    seed(person, {"heja:meta": META, "heja:done:fredagsraden:2026-11-06": entry(True)})
    person.sees("Du gjorde övningen den 6 november 2026.")
    person.tabs_to("Markera som gjord i dag också")
    person.presses(Keys.ENTER)
    person.sees("Övningen är gjord. Heja dig!")
    assert len([key for key in stored(person.driver) if ":done:" in key]) == 2
    assert person.driver.switch_to.active_element.text == "Ångra den senaste gången"
    person.presses(Keys.ENTER)
    person.sees("Du gjorde övningen den 6 november 2026.")
    live = person.driver.find_element(By.CSS_SELECTOR, "[data-live]")
    wanted = "Den senaste gången är borttagen. Du gjorde övningen också den 6 november 2026."
    WebDriverWait(person.driver, 10).until(lambda d: live.get_attribute("textContent") == wanted)
    person.tabs_to("Ångra: inte gjord")
    person.presses(Keys.ENTER)
    person.sees("Markera övningen som gjord")
    assert person.driver.switch_to.active_element.text == "Markera övningen som gjord"


POISON = {
    "program:constructor": {"started": "2026-11-24"},
    "program:annan-sajt": {"started": "2026-11-25"},
    "plan:constructor": {"cue": "c", "action": "a"},
    "plan:fredagsraden": {"cue": "c", "action": "a", "url": "javascript:alert(1)"},
    "plan:gammal": {"cue": "c", "action": "a", "title": "Falsk"},
    "plan:okand-ovning": {"cue": "jag tvekar", "action": "frågar jag"},
    "done:constructor:2026-11-24": True,
    "done:fredagsraden:i-gar": True,
    "done:fredagsraden": True,
    "step:constructor:1": True,
    "step:okand-ovning:1": True,
}


def test_a_poisoned_copy_breaks_nothing(person: Person, tmp_path: Path) -> None:
    """Whatever a file holds, My training and the start page go on; what this site does not have gets no link."""
    copy = tmp_path / "kopia.json"
    entries = {key: {"v": value, "t": 1} for key, value in POISON.items()}
    entries["item:starta-smatt:w1-byt-tre-svar-mot-tre-fragor"] = {"v": True, "t": 1}
    copy.write_text(json.dumps({"format": "heja-progress", "version": 1, "entries": entries}), "utf-8")
    person.opens("min-traning/")
    person.driver.find_element(By.CSS_SELECTOR, "[data-role='import']").send_keys(str(copy))
    person.sees("Filen är inläst. 8 uppgifter")
    for _ in range(2):
        person.sees("annan-sajt")
        person.sees("jag tvekar")
        links = person.driver.find_elements(By.CSS_SELECTOR, "heja-training section:not([hidden]) a")
        addresses = [link.get_attribute("href") for link in links]
        assert [address for address in addresses if address and address != "mailto:"] == []
        assert person.errors() == []
        person.driver.refresh()
    person.opens("")
    person.sees("Du har gjort en övning.")
    assert person.errors() == []


@pytest.mark.parametrize("t", [2**53 - 1, 8_640_000_000_000_000, 4_000_000_000_000_000])
def test_a_tick_from_a_file_can_be_taken_away(person: Person, tmp_path: Path, t: int) -> None:
    """A file's entry of a far future is refused, or can still be changed by the reader."""
    copy = tmp_path / "kopia.json"
    text = {"format": "heja-progress", "version": 1, "entries": {"step:fredagsraden:1": {"v": True, "t": t}}}
    copy.write_text(json.dumps(text), "utf-8")
    person.opens("min-traning/")
    person.driver.find_element(By.CSS_SELECTOR, "[data-role='import']").send_keys(str(copy))
    person.sees("Filen är inläst")
    person.opens(EXERCISE)
    box = person.driver.find_element(By.CSS_SELECTOR, "input[data-step='1']")
    for wanted in (not box.is_selected(), box.is_selected()):
        box.click()
        person.driver.refresh()
        box = person.driver.find_element(By.CSS_SELECTOR, "input[data-step='1']")
        assert box.is_selected() is wanted
    assert person.errors() == []


def test_deleting_asks_beside_its_button(person: Person) -> None:
    """The question is an alert dialog right after its button, with the focus on the safe answer; Escape closes it."""
    seed(person, {"heja:meta": META})
    person.opens("min-traning/")
    button = person.tabs_to("Ta bort allt")
    person.presses(Keys.ENTER)
    dialog = person.driver.find_element(By.CSS_SELECTOR, "[role='alertdialog']")
    assert dialog.is_displayed()
    assert dialog.accessible_name == "Vill du ta bort alla bockar, anteckningar och planer från den här webbläsaren?"
    described = person.driver.find_element(By.ID, dialog.get_attribute("aria-describedby"))
    assert described.text.startswith("Planer: 0.") and "Det går inte att ångra" in described.text
    assert person.driver.switch_to.active_element.text == "Nej, behåll"
    assert dialog.rect["y"] > button.rect["y"]
    assert dialog.rect["y"] < person.driver.find_element(By.CSS_SELECTOR, "[data-role='import']").rect["y"]
    person.presses(Keys.ESCAPE)
    assert not dialog.is_displayed()
    assert person.driver.switch_to.active_element == button


def test_a_saved_exercise_leads_to_my_training(person: Person) -> None:
    """When something done is saved, the exercise leads to My training, which tells its day."""
    seed(person, {"heja:meta": META, "heja:done:fredagsraden:2026-11-24": entry(True)})
    person.tabs_to("Se min träning")
    person.presses(Keys.ENTER)
    person.arrives("/min-traning/")
    assert (
        person.driver.find_element(By.CSS_SELECTOR, "[data-role='done-list'] [data-role='when']").text
        == "24 november 2026"
    )
