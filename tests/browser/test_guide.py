"""The guide on the start page: four choices, and an exercise as the answer."""

from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import title_contains
from selenium.webdriver.support.ui import Select, WebDriverWait

from hejagen.content.guide import choices, recommend
from hejagen.pipeline import Built
from tests.browser.drivers import emulate
from tests.browser.helpers import VIEWS, Person, violations

ALL = """
const rules = JSON.parse(document.querySelector("heja-guide [data-role=rules]").textContent);
return arguments[0].map((chosen) => heja.recommend(heja.catalogue.exercises, rules, chosen).map(({ id }) => id));
"""
WIDE = """
const measure = document.createElement("canvas").getContext("2d");
return [...document.querySelectorAll(arguments[0])].filter((select) => {
  const style = getComputedStyle(select);
  measure.font = style.font;
  const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const spacing = parseFloat(style.letterSpacing) || 0;
  return [...select.options].some(({ text }) => measure.measureText(text).width + spacing * text.length > room + 1);
}).map((select) => select.id);
"""


def chooses(person: Person, **values: str) -> None:
    """Choose by the words of the fields, with the keyboard, and send."""
    for name, words in values.items():
        Select(person.driver.find_element(By.NAME, name)).select_by_visible_text(words)
    person.tabs_to("Visa en övning")
    person.presses(Keys.ENTER)


def answer(person: Person) -> str:
    """The title of the exercise that the guide shows."""
    return str(person.driver.find_element(By.CSS_SELECTOR, "[data-role='card'] [data-role='title']").text)


def test_browser_and_program_choose_alike(person: Person, built: Built) -> None:
    """For every combination of choices, the script gives the exercises that the program gives, in its order."""
    content = built.site.contents["sv"]
    guide = content.guide
    assert guide
    every = list(choices(guide))
    asked = [
        {"time": c.time.id if c.time else "", "people": c.people.id if c.people else "",
         "place": c.place.id if c.place else "", "need": c.need.id if c.need else ""}
        for c in every
    ]  # fmt: skip
    person.opens("")
    given = person.driver.execute_script(ALL, asked)
    expected = [[exercise.meta.id for exercise in recommend(content, guide, choice)] for choice in every]
    assert given == expected


def test_an_answer_takes_the_focus_and_can_be_shared(person: Person) -> None:
    """The answer is focused, says why it fits, stands in the address, and Back gives the one before."""
    person.opens("")
    chooses(person, time="20 minuter", people="3–5 personer")
    assert person.driver.switch_to.active_element.get_attribute("data-role") == "answer"
    first = answer(person)
    person.sees("era 20 minuter")
    shared = person.driver.current_url
    chooses(person, need="vi får samma idéer varje gång", time="en timme")
    assert answer(person) != first
    person.driver.back()
    person.sees(first)
    person.opens("om/")
    person.driver.get(shared)
    person.sees(first)
    assert Select(person.driver.find_element(By.NAME, "time")).first_selected_option.text == "20 minuter"
    assert person.errors() == []


def test_from_a_disk_and_in_one_page(chrome: Any, built: Built) -> None:
    """The guide answers in the copies too, and its link leads to the exercise."""
    folders = {folder.name: folder.as_uri() for folder in built.folders}
    for start in (f"{folders['offline']}/heja/START.html", f"{folders['single']}/heja-i-en-fil.html"):
        person = Person(chrome, start)
        person.opens("")
        chooses(person, people="3–5 personer", need="vi får samma idéer varje gång")
        title = answer(person)
        person.presses(Keys.TAB, Keys.ENTER)
        person.sees("Gör så här")
        WebDriverWait(chrome, 10).until(title_contains(title))
        assert person.errors() == []


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("path", ["", "valj/"])
def test_no_choice_is_cut_and_axe_finds_nothing(chrome: Any, address: str, path: str, width: int, scheme: str) -> None:
    """The words of every choice have room, nothing scrolls sideways, and axe finds nothing."""
    emulate(chrome, width=width, scheme=scheme)
    person = Person(chrome, address)
    person.opens(path)
    chooses(person, time="20 minuter", people="6–10 personer")
    assert chrome.execute_script(WIDE, ".guide select") == []
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= width
    assert violations(chrome) == []
