"""The picture of one's training, the end of a program, and the file of counts."""

import json
from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By

from hejagen.responses.counts import parse
from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import META, VIEWS, Person, seed, violations

PAGE = "min-traning/"
TRUE = json.dumps({"v": True, "t": 1})
WEEKS = [
    ("2026-11-24", "2026-W48"),
    ("2026-01-01", "2026-W01"),
    ("2027-01-03", "2026-W53"),
    ("2027-01-04", "2027-W01"),
    ("2024-12-30", "2025-W01"),
    ("2021-01-03", "2020-W53"),
    ("2026-03-29", "2026-W13"),
    ("2026-10-25", "2026-W43"),
]


def test_weeks_are_those_of_iso_8601(person: Person) -> None:
    """Around the turn of the year, and when the clocks change."""
    person.opens(PAGE)
    for day, wanted in WEEKS:
        assert person.driver.execute_script("return heja.practice.week(arguments[0])", day) == wanted


EVENTS = [
    {"kind": "done", "id": "a", "date": "2026-11-24"},
    {"kind": "done", "id": "a", "date": "2026-11-23"},
    {"kind": "returned", "id": "b", "date": "2026-11-02"},
    {"kind": "done", "id": "elsewhere", "date": "2020-01-01"},
]
CATALOGUE = {
    "exercises": {"a": {"behaviours": ["voice"]}, "b": {"behaviours": ["limits", "voice"]}, "c": {}},
    "behaviours": {"limits": {}, "tests": {}, "voice": {}},
}


def test_events_are_counted_by_behaviour_and_by_week(person: Person) -> None:
    """Behaviours stand in the catalogue's order and not by size; the last week has today in it."""
    person.opens(PAGE)
    script = "return heja.practice.behaviours(arguments[0], arguments[1])"
    rows = person.driver.execute_script(script, EVENTS, CATALOGUE)
    assert rows == [{"id": "limits", "done": 0, "returned": 1}, {"id": "voice", "done": 2, "returned": 1}]
    weeks = person.driver.execute_script("return heja.practice.weeks(arguments[0], '2026-11-27', 10)", EVENTS)
    assert len(weeks) == 10 and weeks[-1] == {"week": "2026-W48", "done": 2, "returned": 0}
    assert weeks[-4] == {"week": "2026-W45", "done": 0, "returned": 1}


def days(number: int) -> dict[str, str]:
    """An exercise done on so many days in a row, and once one that this site does not have."""
    rows = {f"heja:done:fredagsraden:2026-11-{day:02}": TRUE for day in range(1, number + 1)}
    return rows | {"heja:done:annan-sajt:2026-01-01": TRUE}


def test_the_picture_draws_a_mark_for_each_time(person: Person) -> None:
    """Nine times are eight marks and the number; the table and the hidden words say the same."""
    seed(person, {"heja:meta": META, **days(9)})
    person.opens(PAGE)
    person.sees("Det finns inget mål för hur många det ska bli.")
    row = person.driver.find_element(By.CSS_SELECTOR, "heja-practice-picture .practice__behaviours li")
    assert len(row.find_elements(By.TAG_NAME, "path")) == 8 and "8+ (9)" in row.text
    words = row.find_element(By.CSS_SELECTOR, ".visually-hidden").get_attribute("textContent")
    assert words == "9 övningar"
    cells = person.driver.execute_script(
        "return [...document.querySelectorAll('[data-role=behaviours-table] td')].map((c) => c.textContent)"
    )
    assert cells[:2] == ["9", "0"]


def test_nothing_practised_shows_no_picture(person: Person) -> None:
    """Before anything is practised there is neither picture nor file."""
    person.opens(PAGE)
    for name in ("heja-practice-picture", "heja-counts-file"):
        assert not person.driver.find_element(By.TAG_NAME, name).is_displayed()


def test_the_file_of_counts_is_shown_before_it_is_made(tmp_path: Path, address: str) -> None:
    """What is shown is what is downloaded, the command reads it, and it has no day, note or plan in it."""
    with chromium({"download.default_directory": str(tmp_path)}) as driver:
        person = Person(driver, address)
        answers = {"answers": {"q05": "once", "q01": "forgotten"}, "day": "2026-11-02", "version": "0.2"}
        plan = {"cue": "hemligt", "action": "hemligt"}
        seed(person, {
            "heja:meta": META, **days(2),
            "heja:note:fredagsraden:reflect-1": json.dumps({"v": "hemligt", "t": 1}),
            "heja:plan:fredagsraden": json.dumps({"v": plan, "t": 1}),
            "heja:check:sjalvskattning-leda-nytt:before": json.dumps({"v": answers, "t": 1}),
        })  # fmt: skip
        person.opens(PAGE)
        press = "document.querySelector(`heja-counts-file [data-role=${arguments[0]}]`).click()"
        driver.execute_script(press, "show")
        text = driver.find_element(By.CSS_SELECTOR, "heja-counts-file [data-role='text']").text
        assert "check" not in json.loads(text) and "hemligt" not in text
        driver.execute_script(press, "answers")
        shown = driver.find_element(By.CSS_SELECTOR, "heja-counts-file [data-role='text']").text
        driver.execute_script(press, "download")
        person.sees("Filen är hämtad. Ingenting har skickats.")
        counts = parse(written(tmp_path), "heja")
        assert json.loads(shown) == json.loads(written(tmp_path))
        assert counts.answers == {"before": {"q05": 1, "q01": None}}
        assert counts.exercises["fredagsraden"].done == 2 and counts.exercises["annan-sajt"].done == 1


def written(folder: Path) -> bytes:
    """The file that is downloaded, when it is there."""
    import time

    for _ in range(100):
        if files := list(folder.glob("*.json")):
            return files[0].read_bytes()
        time.sleep(0.1)
    raise AssertionError("nothing is downloaded")


def test_the_last_session_ends_the_program(person: Person) -> None:
    """When every session is ticked the page says so and shows what was practised; not before."""
    person.opens("program/starta-smatt/")
    boxes: list[Any] = person.driver.find_elements(By.CSS_SELECTOR, "input[data-item]")
    finish = person.driver.find_element(By.TAG_NAME, "heja-finish")
    for box in boxes:
        assert not finish.is_displayed()
        person.driver.execute_script("arguments[0].click()", box)
    person.sees("Hela programmet är gjort. Heja dig!")
    assert "Du började den" in finish.text
    for width, scheme in VIEWS:
        emulate(person.driver, width=width, scheme=scheme)
        assert violations(person.driver) == [], (width, scheme)


def test_axe_finds_nothing_around_the_picture(person: Person) -> None:
    """With marks, tables and the file open, narrow and wide, light and dark."""
    seed(person, {"heja:meta": META, **days(9)})
    person.opens(PAGE)
    script = "for (const one of document.querySelectorAll('heja-practice-picture details')) one.open = true"
    person.driver.execute_script(f"{script}; document.querySelector('heja-counts-file [data-role=show]').click()")
    for width, scheme in VIEWS:
        emulate(person.driver, width=width, scheme=scheme)
        assert violations(person.driver) == [], (width, scheme)
        assert person.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), width


def test_one_time_is_said_in_the_singular(person: Person) -> None:
    """One exercise and one return are called so, and each has a mark of its own form."""
    followed = json.dumps({"v": {"after": 1, "how": "done"}, "t": 1})
    rows = {"heja:done:fredagsraden:2026-11-02": TRUE, "heja:follow:fredagsraden:2026-11-09": followed}
    seed(person, {"heja:meta": META, **rows})
    person.opens(PAGE)
    row = person.driver.find_element(By.CSS_SELECTOR, "heja-practice-picture .practice__behaviours li")
    words = row.find_element(By.CSS_SELECTOR, ".visually-hidden").get_attribute("textContent")
    assert words == "en övning, en uppföljning"
    marks = row.find_elements(By.TAG_NAME, "path")
    assert [mark.get_attribute("class") for mark in marks] == ["practice__done", "practice__returned"]
