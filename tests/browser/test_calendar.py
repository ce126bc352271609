"""Calendar files and days: what the pure functions of calendar.js and due.js give, read with icalendar."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.helpers import META, Person, downloaded, downloads, violations

EASTER = {1961: "04-02", 2000: "04-23", 2008: "03-23", 2024: "03-31", 2026: "04-05", 2038: "04-25", 2049: "04-18"}
"""Easter Sunday, from the tables of the Church of Sweden."""
HOLIDAYS_2027 = {
    "01-01", "01-06", "03-26", "03-28", "03-29", "05-01", "05-06", "05-16", "06-06", "06-25", "06-26", "11-06",
    "12-24", "12-25", "12-26", "12-31",
}  # fmt: skip
ODD = "Om; du, skriver \\ och\nbyter rad 👩‍👩‍👧 " + "räksmörgås " * 40 + "\x07\u2028slut"


@pytest.fixture
def reader(person: Person) -> Person:
    """Someone on a page with all scripts."""
    person.opens("om/")
    return person


def calls(person: Person, function: str, *arguments: Any) -> Any:
    """What a function of heja returns."""
    return person.driver.execute_script(f"return heja.{function}(...arguments)", *arguments)


def events(text: str) -> list[Any]:
    """The events of a calendar file."""
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_holidays_are_computed(reader: Person) -> None:
    """Easter and the days that follow from it, and those that lie on a weekday of a season."""
    assert {year: calls(reader, "calendar.easter", year)[5:] for year in EASTER} == EASTER
    days = reader.driver.execute_script("return [...heja.calendar.holidays(2027)]")
    assert {day[5:] for day in days} == HOLIDAYS_2027


def test_weeks_are_those_of_iso(reader: Person) -> None:
    """The number of the week is that of ISO 8601, on every day of six years."""
    days = [(date(2024, 1, 1) + timedelta(days=n)) for n in range(0, 6 * 365, 3)]
    texts = [day.isoformat() for day in days]
    weeks = reader.driver.execute_script("return arguments[0].map((day) => heja.calendar.week(day))", texts)
    assert weeks == [day.isocalendar().week for day in days]


def test_any_text_comes_back_as_it_was(reader: Person) -> None:
    """Escaped and folded at 75 octets, never within a letter, a text is read as it was written."""
    event = {"id": "a", "day": "2026-12-03", "minutes": 2, "title": ODD, "text": ODD, "url": "https://example.org/å"}
    text = calls(reader, "calendar.file", [event], "heja")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    [read] = events(text)
    assert read["description"] == read["summary"] == ODD.replace("\x07", "")
    assert read["class"] == "PRIVATE"


def test_an_event_keeps_its_id_and_its_hour(reader: Person) -> None:
    """The same thing downloaded again has the same id and a later sequence; half past eight is half past eight before
    and after the change to summer time."""
    days = ["2027-03-26", "2027-03-29", "2027-10-29", "2027-11-01"]
    rows = [{"id": day, "day": day, "minutes": 20, "title": "x"} for day in days]
    stamp = "return heja.calendar.file(arguments[0], 'heja', new Date(arguments[1]))"
    first, second = (events(reader.driver.execute_script(stamp, rows, at)) for at in ("2026-11-24", "2026-11-25"))
    assert [event["uid"] for event in first] == [event["uid"] for event in second] == [f"{day}@heja" for day in days]
    assert all(a["sequence"] < b["sequence"] for a, b in zip(first, second, strict=True))
    starts = [event["dtstart"].dt for event in first]
    assert [start.strftime("%H:%M") for start in starts] == ["08:30"] * 4
    assert [start.utcoffset().total_seconds() / 3600 for start in starts] == [1, 2, 2, 1]


def test_a_program_over_summer_time_and_easter(reader: Person) -> None:
    """Sessions keep their weekday and hour over the change; one on Good Friday moves to after Easter, and says so."""
    items = [{"key": str(week), "week": week} for week in range(1, 9)]
    rows = calls(reader, "calendar.sessions", items, "2027-03-05")
    assert [row["day"] for row in rows] == [
        "2027-03-05", "2027-03-12", "2027-03-19", "2027-03-30", "2027-04-02", "2027-04-09", "2027-04-16", "2027-04-23",
    ]  # fmt: skip
    assert [row["from"] for row in rows if row["from"]] == ["2027-03-26"]


def test_two_sessions_of_a_week_lie_in_its_working_days(reader: Person) -> None:
    """Whatever the first day, the second session comes later in the same week, or on the same Friday."""
    for n in range(14):
        start = date(2026, 9, 7) + timedelta(days=n)
        rows = calls(reader, "calendar.sessions", [{"week": 1}, {"week": 1}], start.isoformat())
        one, two = (date.fromisoformat(row["day"]) for row in rows)
        assert one == start and one <= two
        assert one.isocalendar().week == two.isocalendar().week


def saved(reader: Person, entries: dict[str, tuple[Any, str]], today: str) -> list[dict[str, Any]]:
    """What is due on a day, with entries by key, each with its value and the day when it was saved."""
    lines = {}
    for key, (value, day) in entries.items():
        t = int(date.fromisoformat(day).strftime("%s")) * 1000 + 43_200_000
        lines[f"heja:{key}"] = json.dumps({"v": value, "t": t})
    reader.driver.execute_script(
        "localStorage.clear(); for (const [k, v] of Object.entries(arguments[0])) localStorage.setItem(k, v)",
        {"heja:meta": META, **lines},
    )
    reader.opens("min-traning/")
    due: list[dict[str, Any]] = reader.driver.execute_script("return heja.due(arguments[0])", today)
    return due


DONE, PLAN = {"done:fredagsraden:2026-11-02": (True, "2026-11-02")}, {"cue": "x", "action": "y"}


@pytest.mark.parametrize(
    ("entries", "today", "expected"),
    [
        ({}, "2026-11-27", []),
        (DONE, "2026-11-08", []),
        (DONE, "2026-11-09", ["follow 1"]),
        (DONE, "2026-11-30", ["follow 4"]),
        (DONE, "2027-03-30", []),
        ({"plan:fredagsraden": (PLAN, "2026-11-02")}, "2026-11-09", ["follow 1"]),
        ({**DONE, "follow:fredagsraden:2026-11-10": ({"after": 1, "how": "did"}, "2026-11-10")}, "2026-11-20", []),
        ({**DONE, "follow:fredagsraden:2026-11-10": ({"after": 1, "how": ""}, "2026-11-10")},
         "2026-11-30", ["follow 4"]),
        ({**DONE, "quiet:fredagsraden": ({"until": "2026-11-16"}, "2026-11-10")}, "2026-11-12", []),
        ({**DONE, "quiet:fredagsraden": ({"until": "2026-11-16"}, "2026-11-10")}, "2026-11-16", ["follow 1"]),
        ({"done:fredagsraden:2026-11-12": (True, "2026-11-12"),
          "quiet:fredagsraden": ({"until": "9999-12-31"}, "2026-11-10")}, "2026-11-19", ["follow 1"]),
    ],
)  # fmt: skip
def test_follow_ups_are_due(reader: Person, entries: Any, today: str, expected: list[str]) -> None:
    """A week and four weeks after an exercise, until it is answered, put off or twelve weeks old; anew when it is done
    anew."""
    due = saved(reader, entries, today)
    assert [f"{row['kind']} {row['after']}" for row in due if row["kind"] == "follow"] == expected


def test_a_question_comes_back_by_its_weeks(reader: Person) -> None:
    """Known, a question comes back at the next week that the content says; else in a week or two; in the end never."""
    weeks = [1, 4]
    again = [
        calls(reader, "due.again", near, "2026-11-02", weeks, today)
        for near, today in [
            ("near", "2026-11-09"),
            ("part", "2026-11-09"),
            ("no", "2026-11-09"),
            ("near", "2026-11-30"),
        ]
    ]
    assert again == ["2026-11-30", "2026-11-23", "2026-11-16", ""]
    questions = [row for row in saved(reader, DONE, "2026-11-09") if row["kind"] == "recall"]
    assert questions and all(row["question"] and row["answer"] for row in questions)


def test_a_program_ends_with_its_returns(reader: Person) -> None:
    """By the calendar the returns come 1, 4 and 12 weeks after the last week, whatever was ticked; one on New
    Year's Eve moves."""
    entries = {
        "program:starta-smatt": ({"started": "2026-10-29"}, "2026-10-29"),
        "pace:starta-smatt": ("calendar", "2026-10-29"),
    }
    due = saved(reader, entries, "2027-01-05")
    assert [(row["weeks"], row["day"], row["from"]) for row in due if row["kind"] == "after"] == [
        (4, "2027-01-04", "2026-12-31"),
        (1, "2026-12-10", "2026-12-10"),
    ]


def test_a_program_gets_its_days_on_its_page(person: Person, tmp_path: Path) -> None:
    """The first day of a program, typed on its page, puts a day beside each session and each return. The calendar file
    has them all, at the same hour before and after the change to summer time, and the same ids as that of My
    training."""
    driver = person.driver
    downloads(driver, tmp_path)
    person.opens("program/starta-smatt/")
    field = driver.find_element(By.CSS_SELECTOR, "[data-role=start-day]")
    chooses(field, "2027-03-05")
    assert person.sees("Alla pass har fått datum: från fredag 5 mars till fredag 9 april.")
    shown = [day.text for day in driver.find_elements(By.CSS_SELECTOR, ".program-dates__day")]
    assert len(shown) == 8 + 3
    assert "tisdag 30 mars, flyttat från fredag 26 mars, en helgdag" in shown
    assert shown[-3:] == ["fredag 16 april", "fredag 7 maj", "fredag 2 juli"]
    assert violations(driver) == []
    person.tabs_to("Hämta alla datum till kalendern")
    person.presses(Keys.ENTER)
    rows = events(downloaded(tmp_path, "ics").read_text("utf-8"))
    assert len(rows) == 8 + 3 == len({row["uid"] for row in rows})
    starts = [row["dtstart"].dt for row in rows]
    assert {start.strftime("%H:%M") for start in starts[:1] + starts[-3:]} == {"08:30"}
    assert [start.utcoffset().total_seconds() / 3600 for start in (starts[0], starts[-1])] == [1, 2]
    assert [start.date().isoformat() for start in starts[-3:]] == ["2027-04-16", "2027-05-07", "2027-07-02"]
    assert all(person.address in row["url"] and row["url"] in row["description"] for row in rows)
    driver.execute_script("return heja.store.start()")
    person.opens("min-traning/")
    again = driver.execute_script("return document.querySelector('heja-program-dates').events()")
    assert [f"{row['id']}@heja" for row in again] == [row["uid"] for row in rows]
    assert [row["day"] for row in again] == [start.date().isoformat() for start in starts]


def test_a_day_that_is_taken_away_takes_the_days_along(person: Person) -> None:
    """A year that is not typed to its end is no day; without a day the sessions have none, and the program is not
    begun."""
    person.opens("program/starta-smatt/")
    field = person.driver.find_element(By.CSS_SELECTOR, "[data-role=start-day]")
    started = "return heja.store.get('program:starta-smatt')"
    chooses(field, "0020-03-05")
    assert person.driver.execute_script(started) is None
    chooses(field, "2027-03-05")
    assert person.driver.execute_script(started) == {"started": "2027-03-05"}
    chooses(field, "")
    assert person.driver.execute_script(started) is None
    assert not person.driver.find_elements(By.CSS_SELECTOR, ".program-dates__day")


def chooses(field: Any, day: str) -> None:
    """Put a day in a field, as a person does in its calendar."""
    script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))"
    field.parent.execute_script(script, field, day)
