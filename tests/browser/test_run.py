"""Run mode: a group is led through an exercise by keyboard, by the clock, in two windows, hosted and from a disk."""

from typing import Any

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import new_window_is_opened
from selenium.webdriver.support.ui import WebDriverWait

from hejagen.pipeline import Built
from tests.browser.drivers import emulate
from tests.browser.helpers import Person, violations

RUN = "ovningar/tank-om-det-redan-har-misslyckats/#korlage"
MINUTE = 60_000
SHORTEN = [
    ([8, 12, 3], 7, [6, 8, 2]),
    ([8, 12, 3], 0, [8, 12, 3]),
    ([10], 4, [6]),
    ([5, 5, 5], 1, [5, 5, 4]),
    ([1, 1, 20], 10, [1, 1, 10]),
    ([3, 2], 30, [1, 1]),
    ([2.5, 4], 2, [2, 3]),
]
"""Minutes left of steps, minutes late, and the new lengths."""
MILESTONES = [
    (301, 299, 10, "half"),
    (61, 60, 10, "minute"),
    (1, 0, 10, "zero"),
    (400, -5, 10, "zero"),
    (299, 298, 10, ""),
    (31, 29, 1, ""),
]
"""Seconds left before and after, the step's minutes, and what is said."""
CLOCKS = [(372_000, [6, 12]), (1, [0, 1]), (0, [0, 0]), (-1_000, [0, 1]), (-61_500, [1, 1]), (3_600_000, [60, 0])]
"""Milliseconds left, and minutes and seconds shown."""


def pace(driver: Any, expression: str, *values: Any) -> Any:
    """The value of an expression of the functions in pace.js; `v` holds the values."""
    return driver.execute_script(f"const v = arguments; const p = heja.pace; return {expression}", *values)


def moves_clock(person: Person, minutes: float) -> None:
    """Set the browser's clock forward from now on."""
    person.driver.execute_script(f"const real = Date.now; Date.now = () => real() + {minutes * MINUTE}")


def text(person: Person, role: str) -> str:
    """The words of a part of run mode."""
    found: str = person.driver.find_element(By.CSS_SELECTOR, f".run [data-role='{role}']").text
    return found


def heading(person: Person) -> str:
    """The heading that is shown; it must have the focus."""
    focused = person.driver.switch_to.active_element
    assert focused.tag_name == "h1"
    return str(focused.text)


def test_the_course_of_a_run(person: Person) -> None:
    """Shortening keeps a minute for each step and fits the end; the rest is as in the tables."""
    person.opens(RUN)
    d = person.driver
    for minutes, late, expected in SHORTEN:
        assert pace(d, "p.shorten(v[0], v[1])", minutes, late) == expected
    for before, after, minutes, words in MILESTONES:
        assert pace(d, "p.milestone(v[0], v[1], v[2])", before * 1000, after * 1000, minutes) == words
    for left, digits in CLOCKS:
        assert pace(d, "p.clock(v[0])", left) == digits
    # The first of 5, 10 and 5 minutes takes eight, and four pass before the second begins.
    course = "(() => { let r = p.next(p.begin([5, 10, 5], 0), 0); r = p.next(r, v[0]); return p.next(r, v[1]) })()"
    times = (8 * MINUTE, 12 * MINUTE)
    assert pace(d, f"p.late({course}, v[1])", *times) == 7
    assert pace(d, f"p.replan({course}, v[1]).rows", *times) == [[1, 10, 5], [2, 5, 3]]


def test_a_clock_that_is_set_does_no_harm(person: Person) -> None:
    """A clock set back, or by more than six hours, leaves the time that is left; sleep of an hour does not."""
    person.opens(RUN)
    d = person.driver
    start = "p.next(p.begin([5, 10], 1e9), 1e9)"
    for gap, left in [(-3_600_000, 5 * MINUTE), (86_400_000, 5 * MINUTE), (3_600_000, -55 * MINUTE)]:
        assert pace(d, f"p.left(p.adjust({start}, 1e9 + v[0]), 1e9 + v[0])", gap) == left


def test_a_course_that_is_not_one_is_refused(person: Person) -> None:
    """What is stored or sent is used only when it is a course with this many steps."""
    person.opens(RUN)
    d = person.driver
    good = pace(d, "p.begin([5, 10], 0)")
    assert pace(d, "p.valid(v[0], 2)", good)
    for bad in [
        None,
        1,
        "x",
        [],
        {},
        good | {"at": 2},
        good | {"minutes": [5]},
        good | {"minutes": "ab"},
        good | {"end": None},
    ]:
        assert pace(d, "p.valid(v[0], 2)", bad) is False, bad


@pytest.mark.parametrize("key", [Keys.ARROW_RIGHT, Keys.PAGE_DOWN])
def test_an_exercise_is_led_by_keys_alone(person: Person, key: str) -> None:
    """Each press goes on, never by itself; the focus goes to each heading; the picture is whole at the end."""
    person.opens(RUN)
    total = len(person.driver.find_elements(By.CSS_SELECTOR, "li[data-minutes]"))
    for number in range(total):
        person.presses(key)
        step = heading(person)
        assert text(person, "step") == f"Steg {number + 1} av {total}"
        person.presses(key)
        assert step in heading(person) or number == total - 1
    assert heading(person) == "Heja er!"
    assert not person.driver.find_elements(By.CSS_SELECTOR, ".run__art path.t")
    assert person.driver.execute_script("return Object.keys(localStorage).length") == 0
    person.presses(Keys.PAGE_UP)
    assert text(person, "step") == f"Steg {total} av {total}"


def test_keys_rest_while_typing_and_can_be_turned_off(person: Person) -> None:
    """Keys do nothing in a field, with Ctrl, or when they are turned off; a digit opens a card."""
    person.opens(RUN)
    person.presses(Keys.ARROW_RIGHT, "1")
    assert person.driver.find_elements(By.CSS_SELECTOR, ".run__help[open]")
    person.driver.find_element(By.CSS_SELECTOR, ".run__keys summary").send_keys(Keys.ENTER)
    person.tabs_to("Använd tangenterna").send_keys(Keys.SPACE)
    before = text(person, "step")
    person.presses(Keys.ARROW_RIGHT)
    assert text(person, "step") == before
    person.driver.refresh()
    person.sees(before)
    person.presses(Keys.ARROW_RIGHT)
    assert text(person, "step") == before, "remembered"


def test_the_clock_obeys(person: Person) -> None:
    """It stands still when paused, gives two minutes more, and can be hidden."""
    person.opens(RUN)
    person.presses(Keys.ARROW_RIGHT, "p")
    moves_clock(person, 3)
    assert text(person, "clock").startswith(("4:5", "5:00")), "five minutes, paused"
    resume = person.tabs_to("Fortsätt")
    assert resume.get_attribute("aria-pressed") is None, "its words tell enough"
    person.tabs_to("+ 2 min").send_keys(Keys.ENTER)
    assert person.sees("kvar av 7 minuter")
    person.tabs_to("Dölj klockan").send_keys(Keys.ENTER)
    assert text(person, "clock") == ""
    timer = person.driver.find_element(By.CSS_SELECTOR, "[role=timer]")
    assert timer.get_attribute("aria-live") in (None, "off")


def test_a_reload_comes_back_to_the_step(person: Person) -> None:
    """After a reload the same step goes on with the same time; nothing is stored beyond the tab."""
    person.opens(RUN)
    person.presses(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    step = heading(person)
    person.driver.refresh()
    assert person.sees("Steg 2 av")
    assert person.driver.find_element(By.TAG_NAME, "h1").text == step
    assert person.driver.execute_script("return Object.keys(localStorage).length") == 0


def test_being_late_offers_three_ways(person: Person) -> None:
    """Seven minutes late: none is chosen beforehand; shortening makes the end hold; the words are told once."""
    person.opens(RUN)
    person.presses(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    moves_clock(person, 12)
    person.presses(Keys.ARROW_RIGHT)
    assert person.sees("7 minuter efter")
    end = text(person, "until")
    assert violations(person.driver) == []
    assert len(person.driver.find_elements(By.CSS_SELECTOR, ".run__late button.btn--alt")) == 3
    person.tabs_to("Korta så här").send_keys(Keys.ENTER)
    assert heading(person)
    assert text(person, "until") == end and "efter" not in text(person, "stage")


def test_run_mode_is_a_view_of_the_exercise(person: Person) -> None:
    """Its script comes when it is opened; what one leaves goes on later; Back opens it, and the page is as before."""
    person.opens(RUN.partition("#")[0])
    d = person.driver
    title = d.title
    loaded = "return performance.getEntriesByType('resource').filter(({ name }) => /run\\./.test(name)).length"
    assert d.execute_script(loaded) == 0
    person.tabs_to("Kör med klocka").send_keys(Keys.ENTER)
    assert person.sees("6 steg") and d.execute_script(loaded) == 2
    person.presses(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert not d.find_element(By.CSS_SELECTOR, "header").is_displayed()
    person.tabs_to("Avsluta").send_keys(Keys.ENTER)
    assert person.sees("Bra att veta") and d.title == title
    assert d.switch_to.active_element.accessible_name == "Kör med klocka"
    assert not d.find_elements(By.CSS_SELECTOR, ".run *") and d.find_element(By.CSS_SELECTOR, "header").is_displayed()
    d.back()
    assert person.sees("Steg 2 av") and heading(person)


def test_the_plan_of_the_page_is_made_at_the_end(person: Person) -> None:
    """What is written in it there stands in its place on the page afterwards; an ended run then begins anew."""
    person.opens(RUN)
    d = person.driver
    for _ in d.find_elements(By.CSS_SELECTOR, ".steps > li"):
        person.presses(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    d.find_element(By.CSS_SELECTOR, ".run [name=cue]").send_keys(" på torsdag")
    person.tabs_to("Till övningen").send_keys(Keys.ENTER)
    words = d.find_element(By.CSS_SELECTOR, "section [name=cue]").get_attribute("value")
    assert words.endswith("på torsdag") and d.find_element(By.CSS_SELECTOR, "section heja-mark-done").is_displayed()
    d.back()
    assert person.sees("6 steg") and not d.find_elements(By.CSS_SELECTOR, ".run [name=cue]")


def test_without_script_the_link_leads_to_the_steps(person: Person) -> None:
    """There they stand with what to say and what to keep an eye on, which run mode shows otherwise."""
    tips = (By.CSS_SELECTOR, ".steps__tips")
    person.opens(RUN.partition("#")[0])
    assert not any(tip.is_displayed() for tip in person.driver.find_elements(*tips))
    person.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        person.opens(RUN)
        person.driver.refresh()
        assert all(tip.is_displayed() for tip in person.driver.find_elements(*tips))
        place = person.driver.find_element(By.ID, "korlage").rect["y"]
        steps = person.driver.find_element(By.CSS_SELECTOR, ".steps").rect["y"]
        assert 0 <= steps - place < 400
    finally:
        person.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_what_is_saved_already_is_saved_here(person: Person) -> None:
    """A reader who saves gets the steps ticked and the exercise marked as done; nobody else."""
    person.opens(RUN)
    person.driver.execute_script("return heja.store.start()")
    total = len(person.driver.find_elements(By.CSS_SELECTOR, "li[data-minutes]"))
    for _ in range(2 * total):
        person.presses(Keys.ARROW_RIGHT)
    stored = person.driver.execute_script("return Object.keys(localStorage)")
    assert sum(":step:" in key for key in stored) == total
    assert any(":done:" in key for key in stored)


@pytest.fixture(params=["web", "offline", "single"])
def start(request: pytest.FixtureRequest, built: Built, address: str) -> str:
    """The address of run mode of an exercise, by edition."""
    folders = {folder.name: folder.as_uri() for folder in built.folders}
    pages = {
        "web": f"{address}{RUN}",
        "offline": f"{folders['offline']}/heja/{RUN.replace('#', 'index.html#')}",
        "single": f"{folders['single']}/heja-i-en-fil.html#/{RUN}",
    }
    return pages[str(request.param)]


def shows(driver: Any, words: str) -> bool:
    """Wait until run mode shows some words. In the one file, to look through the whole page takes many seconds."""
    wait = WebDriverWait(driver, 30, ignored_exceptions=[NoSuchElementException, StaleElementReferenceException])
    wait.until(lambda d: words in d.find_element(By.CSS_SELECTOR, ".run:has(h1)").text)
    return True


def test_the_participants_see_the_step_in_a_second_window(chrome: Any, start: str) -> None:
    """In every edition a second window follows the first; it has neither tips nor cards."""
    person = Person(chrome, "")
    person.opens(start)
    shows(chrome, "6 steg")
    person.presses(Keys.ARROW_RIGHT)
    step = heading(person)
    first, windows = chrome.current_window_handle, chrome.window_handles
    opener = chrome.find_element(By.CSS_SELECTOR, ".run [data-do='deck']")
    if "#/" not in start:  # in the one file, where the button is the same, each press of Tab takes seconds
        assert person.tabs_to("Fönster för deltagarna") == opener
    opener.send_keys(Keys.ENTER)
    WebDriverWait(chrome, 30).until(new_window_is_opened(windows))
    second = chrome.window_handles[-1]
    chrome.switch_to.window(second)
    assert shows(chrome, step)
    assert shows(chrome, "kvar av")
    assert not chrome.find_element(By.CSS_SELECTOR, ".run__rescue").is_displayed()
    chrome.switch_to.window(first)
    person.presses(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    following = heading(person)
    chrome.switch_to.window(second)
    assert shows(chrome, following)


def test_the_cards_of_the_exercise_come_first(chrome: Any, start: str) -> None:
    """In every edition the exercise's own sentences for when it gets stuck come before those for any group."""
    person = Person(chrome, "")
    person.opens(start)
    shows(chrome, "6 steg")
    person.presses(Keys.ARROW_RIGHT)
    cards = "return [...document.querySelectorAll('.run__help')].filter((card) => card.getClientRects().length)"
    names = chrome.execute_script(f"{cards}.map((card) => [card.textContent.trim().split('\\n')[0], card.dataset.own])")
    assert len(names) > 4 and names[0][1] == "" and names[-1][0] == "20 minuter kvar"
    ids = "return [...document.querySelectorAll('[id]')].map(({ id }) => id)"
    every = chrome.execute_script(ids)
    assert len(every) == len(set(every))


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")])
def test_every_state_is_accessible(person: Person, width: int, scheme: str) -> None:
    """axe finds nothing before, during, between and after, with a card open; nothing scrolls sideways."""
    emulate(person.driver, width=width, height=640, scheme=scheme)
    person.opens(RUN)
    for keys in [(), (Keys.ARROW_RIGHT, "2"), (Keys.ARROW_RIGHT,), (Keys.ARROW_RIGHT,) * 40]:
        person.presses(*keys)
        assert violations(person.driver) == []
        assert person.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
