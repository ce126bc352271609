"""Passbyggaren: people and minutes become an agenda, which lies in the address."""

import json
import random
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hejagen.editions import DEFAULT
from hejagen.pipeline import Built, build
from tests.browser.drivers import emulate
from tests.browser.helpers import VIEWS, Person, pages_of, violations
from tests.conftest import DAY, OWN, ROOT

PAGE = "passbyggaren/"
PLAN = {"people": 12, "length": 60, "start": "13:00", "day": "", "place": "hybrid", "question": ""}
ROWS = [
    {"kind": "open", "minutes": 10},
    {"kind": "exercise", "id": "fredagsraden", "minutes": 30},
    {"kind": "break", "minutes": 10},
    {"kind": "close", "minutes": 20},
]
GROUPS = [
    (6, [3, 10], {"groups": 1, "size": 6}),
    (12, [3, 10], {"groups": 2, "size": 6}),
    (13, [3, 6], {"groups": 3, "size": 5}),
    (2, [3, 10], None),
    (11, [6, 10], None),
    (1, [1, 1], {"groups": 1, "size": 1}),
]
"""People, how many an exercise is for, and how they do it."""
BROKEN = [
    "", "x=1", "p=", "p=-1&r=x", "p=9e9&l=1&s=9999&d=2026-99-99&v=moon&r=x.nothing.5_q7_o_o0_o9999", "p=%E0%A4%A",
]  # fmt: skip
"""Fragments that people cut, guess or garble."""


def session(driver: Any, expression: str, *values: Any) -> Any:
    """The value of an expression of the functions in session.js; `v` holds the values."""
    return driver.execute_script(f"const v = arguments; const s = heja.session; return {expression}", *values)


def test_a_plan_is_the_same_after_a_round_trip(person: Person) -> None:
    """Any plan survives its address; what is not a plan gives none or one within the limits, and never an error."""
    person.opens(PAGE)
    dice = random.Random(7)
    for _ in range(200):
        rows = [
            {"kind": "exercise", "id": f"ovning-{dice.randint(1, 99)}", "minutes": dice.randint(1, 240)}
            if dice.random() < 0.5
            else {"kind": dice.choice(["open", "break", "close"]), "minutes": dice.randint(1, 240)}
            for _ in range(dice.randint(0, 30))
        ]
        plan = {
            "people": dice.randint(1, 200),
            "length": dice.randint(15, 600),
            "start": f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}",
            "day": dice.choice(["", "2026-12-03"]),
            "place": dice.choice(["onsite", "remote", "hybrid"]),
            "question": "".join(dice.choice("åäö &#=+%~_.?\n😀a") for _ in range(dice.randint(0, 99))),
            "rows": rows,
        }
        assert session(person.driver, "s.decode(s.encode(v[0]), () => true)", plan) == plan
    for fragment in BROKEN:
        plan = session(person.driver, "s.decode(v[0], () => false)", fragment)
        assert plan is None or (1 <= plan["people"] <= 200 and all(row["minutes"] <= 240 for row in plan["rows"]))


def test_times_groups_and_repairs(person: Person) -> None:
    """Times add up, what runs over is marked, groups are as in the table, and each repair ends in time."""
    person.opens(PAGE)
    d = person.driver
    plan = PLAN | {"rows": ROWS}
    timed = session(d, "s.times(v[0])", plan)
    assert [(row["from"], row["over"]) for row in timed["rows"]] == [
        ("13:00", False), ("13:10", False), ("13:40", False), ("13:50", True),
    ]  # fmt: skip
    assert (timed["end"], timed["meant"], timed["over"]) == ("14:10", "14:00", 10)
    for people, limits, expected in GROUPS:
        assert session(d, "s.groups(v[0], v[1])", people, limits) == expected
    repairs = session(d, "s.repairs(v[0], {fredagsraden: {}})", plan)
    assert [repair["kind"] for repair in repairs] == ["shorten", "frame", "later"]
    for repair in repairs:
        assert session(d, "s.times(v[0]).over", repair["plan"]) == 0
    assert session(d, "s.times({...v[0], start: '23:30'}).end", plan) == "00:40", "past midnight"


def test_what_is_suggested_fits(person: Person) -> None:
    """For any number of people, time and place the suggestion ends in time, suits all, and has a break in time."""
    person.opens(PAGE)
    for people in (2, 6, 12, 40):
        for length in (45, 60, 120, 240):
            for place in ("onsite", "remote", "hybrid"):
                plan = PLAN | {"people": people, "length": length, "place": place}
                rows = session(person.driver, "s.suggest(v[0], heja.catalogue.exercises)", plan)
                assert sum(row["minutes"] for row in rows) <= length, plan
                ids = [row["id"] for row in rows if row["kind"] == "exercise"]
                assert len(ids) == len(set(ids))
                for name in ids:
                    fits = "s.suits(heja.catalogue.exercises[v[0]], v[1])"
                    assert session(person.driver, fits, name, plan)


def test_a_facilitator_prepares_and_sends(person: Person) -> None:
    """Edits keep the focus and are told; the address holds the plan, and gives it to another; it is run."""
    person.opens(PAGE)
    edits = person.driver.find_elements(By.CSS_SELECTOR, ".agenda__edit summary")
    edits[1].send_keys(Keys.ENTER)
    person.tabs_to("Senare").send_keys(Keys.ENTER)
    focused = person.driver.switch_to.active_element
    assert focused.text == "Senare" and focused.get_attribute("data-at") == "2"
    assert person.driver.execute_script("return location.hash").startswith("#p=12")
    titles = [heading.text for heading in person.driver.find_elements(By.CSS_SELECTOR, ".agenda__row h3")]
    address = person.driver.current_url
    person.driver.get("about:blank")
    person.driver.get(address)
    assert person.sees(titles[2])
    assert [h.text for h in person.driver.find_elements(By.CSS_SELECTOR, ".agenda__row h3")] == titles
    tab_after_a_change(person)
    person.tabs_to("Kör passet").send_keys(Keys.ENTER)
    assert person.sees("Starta")
    for _ in range(40):
        person.presses(Keys.ARROW_RIGHT)
    assert person.sees("Sedan i passet:")
    assert json.loads(person.driver.execute_script("return JSON.stringify({...localStorage})")) == {}


def tab_after_a_change(person: Person) -> None:
    """The rows are made anew when Tab leaves a field with other minutes in it: the focus comes to the next button all
    the same. What was said of the link before is taken away, and the link holds the change."""
    d = person.driver
    person.tabs_to("Kopiera länk till planen").send_keys(Keys.ENTER)
    link = d.find_element(By.CSS_SELECTOR, "[data-role=address-field]")
    person.sees("Länken till planen")
    d.find_elements(By.CSS_SELECTOR, ".agenda__edit summary")[0].send_keys(Keys.ENTER)
    person.tabs_to("Minuter")
    person.presses(Keys.CONTROL + "a", "25", Keys.TAB)
    person.sees("25 minuter")
    focused = d.switch_to.active_element
    assert (focused.text, focused.get_attribute("data-at")) == ("Ta bort", "0")
    assert "r=o25" in link.get_attribute("value") and link.get_attribute("value") == d.current_url
    assert not d.find_elements(By.CSS_SELECTOR, "[data-role=link-status]:not([hidden])")
    focused.send_keys(Keys.ENTER)
    focused = d.switch_to.active_element
    assert focused.tag_name == "summary" and focused == d.find_elements(By.CSS_SELECTOR, ".agenda__edit summary")[0]


def test_it_is_accessible(person: Person) -> None:
    """axe finds nothing with a row open and a warning, in any view; nothing scrolls sideways."""
    for width, scheme in VIEWS:
        emulate(person.driver, width=width, scheme=scheme)
        person.opens(f"{PAGE}?{width}{scheme}#p=3&l=30&s=0900&v=hybrid&r=o10_x.fredagsraden.30_c10")
        person.sees("för långt")
        person.driver.find_elements(By.CSS_SELECTOR, ".agenda__edit summary")[1].click()
        assert violations(person.driver) == []
        assert person.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_it_works_in_one_page(chrome: Any, built: Built) -> None:
    """In the one-file edition the plan follows the page's route in the address."""
    folder = next(folder for folder in built.folders if folder.name == "single")
    person = Person(chrome, "")
    person.opens(f"{folder.as_uri()}/heja-i-en-fil.html#/passbyggaren/?p=4&l=60&s=0900&v=onsite&r=o10_c5")
    assert person.sees("09.00–09.15")
    person.tabs_to("Föreslå en ny agenda").send_keys(Keys.ENTER)
    assert "#/passbyggaren/?p=4" in chrome.current_url


SHEETS = "p=12&l=120&s=1300&v=onsite&r=o10_x.tack-forst-svar-sedan.30_b10_x.slutfor-eller-slapp.60_c10"
"""A plan of two exercises that have worksheets."""


@pytest.mark.parametrize("edition", ["web", "offline", "single"])
def test_all_is_one_print(chrome: Any, built: Built, edition: str) -> None:
    """From a disk as well, the agenda with the steps is followed by each worksheet on a page of its own, without
    fields."""
    folders = {folder.name: folder.as_uri() for folder in built.folders}
    pages = {
        "web": f"{folders['web']}/{PAGE}index.html#",
        "offline": f"{folders['offline']}/heja/{PAGE}index.html#",
        "single": f"{folders['single']}/heja-i-en-fil.html#/{PAGE}?",
    }
    emulate(chrome, width=1280)
    Person(chrome, "").opens("about:blank")
    Person(chrome, "").opens(f"{pages[edition]}{SHEETS}")
    assert Person(chrome, "").sees("13.00–15.00")
    titles = (
        "return [...document.querySelectorAll('.agenda__handouts .worksheet__title')].map((title) => title.textContent)"
    )
    assert chrome.execute_script(titles) == ["Åtta besked att dra", "Ett kort per försök"]
    assert pages_of(chrome) == 3


def test_three_answers_on_the_workshop_page_begin_a_plan(chrome: Any, built: Built, address: str) -> None:
    """The form for those who lead a workshop leads to an agenda for so many, hosted, from a disk and in one page."""
    folders = {folder.name: folder.as_uri() for folder in built.folders}
    for start in (
        f"{address}workshop/",
        f"{folders['offline']}/heja/workshop/index.html",
        f"{folders['single']}/heja-i-en-fil.html#/workshop/",
    ):
        person = Person(chrome, "")
        person.opens("about:blank")
        person.opens(start)
        form = "[...document.querySelectorAll('.quick__form')].find((form) => form.getClientRects().length)"
        chrome.execute_script(f"{form}.elements.p.value = 7; {form}.elements.l.value = 45; {form}.requestSubmit()")
        assert person.sees("13.00–13.")
        people = chrome.find_element(By.CSS_SELECTOR, "heja-agenda [name='people']")
        assert people.get_attribute("value") == "7"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of the agenda by edition, of a layer whose exercise has text to print beside its worksheet."""
    folder = tmp_path_factory.mktemp("written")
    text = (ROOT / "content/sv/exercises/stoppskylten.md").read_text("utf-8")
    text += "\n## Skriv ut\n\n- Vi slutar om …\n- Vi ses igen den …\n"
    (folder / "content/sv/exercises").mkdir(parents=True)
    (folder / "content/sv/exercises/stoppskylten.md").write_text(text, "utf-8")
    built = build((ROOT, OWN, folder), folder / "dist", DEFAULT, DAY, exercises=("stoppskylten",))
    of = {path.name: path for path in built.folders}
    (page,) = of["offline"].glob(f"*/{PAGE}index.html")
    (file,) = of["single"].glob("*.html")
    return {
        "web": f"{(of['web'] / PAGE / 'index.html').as_uri()}#",
        "offline": f"{page.as_uri()}#",
        "single": f"{file.as_uri()}#/{PAGE}?",
    }


@pytest.mark.parametrize("edition", ["web", "offline", "single"])
def test_text_to_print_comes_with_the_agenda(chrome: Any, written: dict[str, str], edition: str) -> None:
    """What an exercise has to print, written as text, is on a page of its own, once, under the exercise's name."""
    emulate(chrome, width=1280)
    person = Person(chrome, "")
    person.opens("about:blank")
    person.opens(f"{written[edition]}p=6&l=60&s=1300&v=onsite&r=x.stoppskylten.20_x.stoppskylten.20_c10")
    assert person.sees("13.00–13.50")
    texts = "return [...document.querySelectorAll('.agenda__handouts [data-paper]')].map((paper) => paper.textContent)"
    (text,) = chrome.execute_script(texts)
    assert "Stoppskylten" in text and "Vi slutar om …" in text
    assert pages_of(chrome) == 3
