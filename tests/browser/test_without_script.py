"""The site works and is whole without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import Person


@pytest.fixture
def plain() -> Iterator[Any]:
    """A Chromium that runs no script."""
    with chromium(preferences={"profile.managed_default_content_settings.javascript": 2}) as driver:
        emulate(driver, width=1280)
        yield driver


def test_an_exercise_is_whole(plain: Any, address: str) -> None:
    """Every section is there, boxes can be ticked, and nothing that needs script is shown."""
    plain.get(address + "ovningar/fredagsraden/")
    headings = [heading.text for heading in plain.find_elements(By.CSS_SELECTOR, "h2, h3")]
    assert {"Varför", "Gör så här", "Din om–så-plan", "Hur säkert vet vi?"} <= set(headings)
    box = plain.find_element(By.CSS_SELECTOR, "input[data-step]")
    box.click()
    assert box.is_selected()
    shown = [button.text for button in plain.find_elements(By.TAG_NAME, "button") if button.is_displayed()]
    assert set(shown) <= {"Sök", *(term.text for term in plain.find_elements(By.CSS_SELECTOR, "button.term"))}


def test_the_filter_filters(plain: Any, address: str) -> None:
    """Styles alone leave the exercises that fit."""
    plain.get(address + "ovningar/")
    before = [row for row in plain.find_elements(By.CSS_SELECTOR, ".card-grid__item") if row.is_displayed()]
    Select(plain.find_element(By.NAME, "people")).select_by_visible_text("6 personer")
    after = [row for row in plain.find_elements(By.CSS_SELECTOR, ".card-grid__item") if row.is_displayed()]
    assert 0 < len(after) < len(before)
    assert all("6" in row.get_attribute("data-people").split() for row in after)
    said = plain.find_element(By.CSS_SELECTOR, ".filter__sum").text
    assert said == f"{len(before)} övningar i allt", "true whatever is hidden"
    assert not plain.find_element(By.CSS_SELECTOR, "heja-filter [name='q']").is_displayed(), "it needs script"
    plain.find_element(By.CSS_SELECTOR, ".filter__reset button").click()
    assert all(row.is_displayed() for row in before)


def test_a_term_opens(plain: Any, address: str) -> None:
    """A word is explained without script."""
    plain.get(address + "integritet/")
    button = plain.find_element(By.CSS_SELECTOR, "button.term")
    note = plain.find_element(By.ID, button.get_attribute("popovertarget"))
    button.click()
    assert note.is_displayed()


def test_search_and_training_lead_on(plain: Any, address: str) -> None:
    """Where script would be needed, the page says so, promises nothing and leads to the lists instead."""
    plain.get(address + "sok/")
    assert "Sökningen behöver skript" in plain.find_element(By.TAG_NAME, "main").text
    assert "Eller titta i listorna" in plain.find_element(By.TAG_NAME, "main").text
    assert not plain.find_element(By.CSS_SELECTOR, "heja-search form").is_displayed()
    plain.get(address + "min-traning/")
    assert plain.find_element(By.LINK_TEXT, "Välj en övning").is_displayed()
    text = plain.find_element(By.TAG_NAME, "main").text
    assert "Min träning behöver skript" in text and "så syns det här" not in text


def test_following_up_leads_to_the_questions(plain: Any, address: str) -> None:
    """The page that follows up any exercise lists them, and each leads to its questions with their answers."""
    plain.get(address + "folj-upp/#fredagsraden")
    shown = [heading.text for heading in plain.find_elements(By.CSS_SELECTOR, "h1, h2") if heading.is_displayed()]
    assert shown == ["Hur gick det?", "Vilken övning?"]
    plain.find_element(By.LINK_TEXT, "Fredagsraden").click()
    assert Person(plain, address).arrives("/ovningar/fredagsraden/") and plain.current_url.endswith("/#efter-motet")
    assert "Minns du?" in plain.find_element(By.TAG_NAME, "main").get_attribute("textContent")


def test_the_self_check_is_answered_and_cleared(plain: Any, address: str) -> None:
    """Each statement takes one answer, Enter does not send them away, and the button clears them all."""
    plain.get(address + "egen-koll/")
    for value in ("once", "over_half"):
        plain.find_element(By.CSS_SELECTOR, f"input[name=q05][value='{value}']").click()
    plain.find_element(By.CSS_SELECTOR, "input[name=q05][value='over_half']").send_keys(Keys.ENTER)
    chosen = plain.find_elements(By.CSS_SELECTOR, "[name=q05]:checked")
    assert [box.get_attribute("value") for box in chosen] == ["over_half"]
    shown = [button.text for button in plain.find_elements(By.CSS_SELECTOR, "form.assessment button")]
    assert [text for text in shown if text] == ["Rensa svaren"]
    plain.find_element(By.CSS_SELECTOR, "form.assessment button[type=reset]").click()
    assert plain.find_elements(By.CSS_SELECTOR, "[name=q05]:checked") == []


def test_the_guide_leads_to_a_page_with_its_answers(plain: Any, address: str) -> None:
    """The guide's form leads to a page whose tables have an exercise for each choice."""
    plain.get(address)
    Select(plain.find_element(By.NAME, "time")).select_by_visible_text("20 minuter")
    plain.find_element(By.CSS_SELECTOR, ".guide__form button").click()
    assert Person(plain, address).arrives("/valj/")
    assert len(plain.find_elements(By.CSS_SELECTOR, "main table")) == 7
    assert "Tjugo minuter efteråt" in plain.find_element(By.TAG_NAME, "main").text
