"""The journey of docs/how-to/prova-tillganglighet.md at 400 %, with the keyboard alone: hosted and from a disk."""

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hejagen.browser.page import SMALL
from tests.browser.drivers import emulate
from tests.browser.helpers import Person

HIDDEN = """
const e = document.activeElement, box = e.getBoundingClientRect();
const spots = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) =>
  document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
return !spots.some((at) => at && (at === e || e.contains(at) || at.contains(e) || at.closest("label")?.control === e));
"""
"""Whether what has the focus is out of the window or below something."""


class Zoomed(Person):
    """Someone who sees 320 by 256 CSS pixels at a time, and uses the keyboard alone."""

    def reaches(self, text: str, most: int) -> Any:
        """Press Tab until the focus is on something with this name, and see it there."""
        found = self.tabs_to(text, most)
        assert not self.driver.execute_script(HIDDEN), f"“{text}” has the focus and is not seen"
        return found

    def follows(self, text: str, most: int) -> None:
        """Go to a link or a button, and press Enter."""
        self.reaches(text, most).send_keys(Keys.ENTER)

    def chooses(self, field: str, value: str, most: int) -> None:
        """Go to a list, and press the arrow down until it says the value."""
        chosen = self.reaches(field, most)
        for _ in range(40):
            chosen.send_keys(Keys.ARROW_DOWN)
            if chosen.find_element(By.CSS_SELECTOR, ":checked").text == value:
                return
        raise AssertionError(f"{field} has no {value}")


@pytest.fixture(params=["web", "offline"])
def zoomed(request: pytest.FixtureRequest, chrome: Any) -> Zoomed:
    """A reader of the served site, and one of the copy on a disk, on its first page."""
    emulate(chrome, width=SMALL[0], height=SMALL[1])
    if request.param == "web":
        person = Zoomed(chrome, request.getfixturevalue("address"))
        person.opens("")
    else:
        folder: Path = request.getfixturevalue("copy")
        person = Zoomed(chrome, folder.as_uri() + "/")
        person.opens("START.html")
    return person


def test_the_journey(zoomed: Zoomed) -> None:
    """From the first page to an exercise for twenty minutes and eight people, through its steps with a clock, to a plan
    that is found again and deleted. All that takes the focus on the way is seen, and nothing is many presses away."""
    it = zoomed
    it.reaches("Hoppa till innehållet", most=1)
    it.follows("Meny", most=5)
    it.follows("Övningar", most=5)
    it.sees("Vi är")
    it.follows("Hoppa till innehållet", most=1)
    it.chooses("Vi är", "8 personer", most=1)
    it.chooses("och har", "20 minuter", most=1)
    it.sees("passar er")
    it.follows("Först tyst, sedan tillsammans", most=20)
    it.sees("Gör så här")
    it.follows("Kör med klocka", most=12)
    it.sees("Först: ")
    it.follows("Starta", most=1)
    it.sees("kvar av")
    it.follows("Pausa", most=1)
    assert it.name_of(it.driver.switch_to.active_element).startswith("Fortsätt")
    it.presses(Keys.SPACE)
    it.follows("Klart: ", most=15)
    it.follows("Starta", most=1)
    it.follows("Tangenter", most=30)
    it.sees("Page Down")
    for _ in range(30):
        if it.driver.find_elements(By.CSS_SELECTOR, ".run--end"):
            break
        it.presses(Keys.ARROW_RIGHT)
    it.reaches("Om det här händer", most=1)
    it.presses(Keys.CONTROL + "a", "klockan är tre")
    it.follows("Spara planen", most=2)
    it.sees("Sparat i den här webbläsaren")
    it.follows("Se min träning", most=12)
    it.sees("klockan är tre")
    it.follows("Ändra: Först tyst", most=20)
    it.sees("klockan är tre")
    it.follows("Ta bort planen", most=6)
    it.sees("Planen är borttagen")
    assert it.name_of(it.driver.switch_to.active_element).startswith("Om det här händer")
    assert it.errors() == []
