"""Consent at the moment of need: one press saves what is there, and nothing is lost without a word."""

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import EXERCISE, META, Person, another_tab, downloaded, downloads, seed, stored, violations
from tests.conftest import ROOT

NOTE = (By.CSS_SELECTOR, "heja-reflection textarea")
ASKS = "return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
"""Whether the page asks before it is left."""


def described(person: Person, element: Any) -> str:
    """What describes an element, for those who hear the page."""
    ids = element.get_attribute("aria-describedby").split()
    return " ".join(person.driver.find_element(By.ID, name).text for name in ids)


def test_one_press_keeps_the_plan(person: Person) -> None:
    """The button under the plan saves plan and ticks at once, says beforehand where, and then shows the plan."""
    person.opens(EXERCISE)
    person.tabs_to("1. ")
    person.presses(Keys.SPACE)
    button = person.tabs_to("Spara planen")
    assert "i den här webbläsaren, och ingen annanstans" in described(person, button)
    person.presses(Keys.ENTER)
    person.sees("Sparat i den här webbläsaren")
    assert "Sparat" in person.driver.switch_to.active_element.text
    assert {"heja:meta", "heja:plan:fredagsraden", "heja:step:fredagsraden:1"} == set(stored(person.driver))
    assert violations(person.driver) == []
    person.driver.refresh()
    person.sees("Ändra planen")
    assert not person.driver.execute_script(ASKS)


def test_a_plan_is_changed_and_deleted(person: Person) -> None:
    """A saved plan opens again as a form, is saved anew, and can be deleted; its words stay, and can be saved again."""
    plan = '{"v":{"cue":"det regnar","action":"går jag ut"},"t":1}'
    seed(person, {"heja:meta": META, "heja:plan:fredagsraden": plan})
    person.sees("det regnar")
    person.tabs_to("Ändra planen")
    person.presses(Keys.ENTER)
    cue = person.driver.switch_to.active_element
    assert cue.get_attribute("value") == "det regnar"
    cue.send_keys(" mycket")
    assert person.driver.execute_script(ASKS), "what is changed is not saved yet"
    person.tabs_to("Spara planen")
    person.presses(Keys.ENTER)
    person.sees("det regnar mycket")
    person.tabs_to("Ta bort planen")
    person.presses(Keys.ENTER)
    assert person.driver.find_element(By.CSS_SELECTOR, "heja-plan form").is_displayed()
    assert json.loads(stored(person.driver)["heja:plan:fredagsraden"])["v"] is None
    person.sees("Orden står kvar i rutorna")
    person.tabs_to("Spara planen")
    person.presses(Keys.ENTER)
    person.sees("det regnar mycket")
    assert json.loads(stored(person.driver)["heja:plan:fredagsraden"])["v"]["cue"] == "det regnar mycket"


def test_a_note_says_that_it_is_not_saved(person: Person) -> None:
    """From its first letter a note says so and has its own button, which saves it and says so; only then is it silent
    when the page is left."""
    person.opens(EXERCISE)
    assert not person.driver.execute_script(ASKS)
    field = person.driver.find_element(*NOTE)
    field.send_keys("e")
    person.sees("Inte sparat än")
    assert person.driver.execute_script(ASKS)
    assert stored(person.driver) == {}
    assert violations(person.driver) == []
    button = person.tabs_to("Spara det jag har gjort", most=1)
    assert "i den här webbläsaren" in described(person, button)
    person.presses(Keys.ENTER)
    person.sees("Sparat i den här webbläsaren")
    assert "Sparat" in person.driver.switch_to.active_element.text
    assert json.loads(stored(person.driver)["heja:note:fredagsraden:reflect-1"])["v"] == "e"
    assert not person.driver.execute_script(ASKS)
    field.send_keys("n tanke")
    WebDriverWait(person.driver, 10).until(lambda d: "en tanke" in stored(d)["heja:note:fredagsraden:reflect-1"])


def test_a_note_that_is_too_long_is_told(person: Person) -> None:
    """A note over the limit stays in its field with a message, and is saved when it is shortened."""
    seed(person, {"heja:meta": META})
    field = person.driver.find_element(*NOTE)
    person.driver.execute_script("arguments[0].value = 'x'.repeat(20003)", field)
    field.send_keys("y")
    person.sees("4 tecken för lång")
    assert field.get_attribute("aria-invalid") == "true"
    assert person.driver.execute_script(ASKS)
    field.send_keys(Keys.BACKSPACE * 4, Keys.TAB)
    person.sees("Sparat i den här webbläsaren")


def test_marking_as_done_saves(person: Person) -> None:
    """The press that marks an exercise as done is the consent, and says so beforehand."""
    person.opens(EXERCISE)
    button = person.tabs_to("Markera övningen som gjord")
    assert "Knappen är ditt ja" in described(person, button)
    person.presses(Keys.ENTER)
    WebDriverWait(person.driver, 10).until(lambda d: len(stored(d)) == 2)
    person.sees("Se min träning")


@pytest.fixture
def refusing() -> Iterator[Any]:
    """A Chromium that lets no site store anything."""
    with chromium(preferences={"profile.default_content_setting_values.cookies": 2}) as driver:
        emulate(driver, width=1280)
        yield driver


def test_refused_words_can_be_taken_along(refusing: Any, address: str) -> None:
    """Where the browser refuses, a press on save says so, keeps what is written, and offers it as text."""
    person = Person(refusing, address)
    person.opens(EXERCISE)
    refusing.find_element(*NOTE).send_keys("en tanke")
    person.tabs_to("Spara planen")
    person.presses(Keys.ENTER)
    person.sees("låter inte webbplatsen spara")
    assert refusing.find_element(*NOTE).get_attribute("value") == "en tanke"
    assert refusing.execute_script(ASKS)
    refusing.execute_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    person.tabs_to("Kopiera det jag har skrivit")
    person.presses(Keys.ENTER)
    person.sees("Texten är markerad")
    assert "en tanke" in refusing.switch_to.active_element.get_attribute("value")
    assert violations(refusing) == []


FILE = '{{"format":"heja-progress","version":1,"entries":{{{}}}}}'


@pytest.mark.parametrize(
    ("entries", "added", "refused"),
    [
        ('"step:a:1":{"v":true,"t":1}', 1, 0),
        ('"step:a:1":{"v":true,"t":8640000000000000}', 0, 1),
        ('"done:a:2026-02-30":{"v":true,"t":1}', 0, 1),
        ('"done:a:2026-02-28":{"v":true,"t":1}', 1, 0),
        ('"program:a":{"v":{"started":"2026-13-01"},"t":1}', 0, 1),
    ],
)
def test_what_is_read_in_is_counted_and_checked(person: Person, entries: str, added: int, refused: int) -> None:
    """Impossible days and times that leave no room for a later change are refused; a second time nothing is new."""
    person.opens("min-traning/")
    read = "return heja.store.import(arguments[0])"
    assert person.driver.execute_script(read, FILE.format(entries)) == {"added": added, "refused": refused}
    assert person.driver.execute_script(read, FILE.format(entries)) == {"added": 0, "refused": refused}


def test_an_entry_of_the_far_future_does_not_stop_later_ones(person: Person) -> None:
    """An entry with the last time that is allowed can still be changed; a later one is put aside when it is loaded."""
    late = {"1": '{"v":null,"t":4320000000000000}', "2": '{"v":true,"t":8640000000000000}'}
    seed(person, {"heja:meta": META, **{f"heja:step:fredagsraden:{number}": text for number, text in late.items()}})
    person.driver.find_element(By.CSS_SELECTOR, "input[data-step='1']").send_keys(Keys.SPACE)
    assert json.loads(stored(person.driver)["heja:step:fredagsraden:1"])["v"] is True
    assert not person.driver.find_element(By.CSS_SELECTOR, "input[data-step='2']").is_selected()


def test_everything_is_deleted_while_other_tabs_write(person: Person) -> None:
    """Two tabs that write all the time leave nothing behind when a third deletes everything."""
    driver = person.driver
    seed(person, {"heja:meta": META})
    writes = "let n = 0; setInterval(() => heja.store.saving && heja.store.set(`step:${arguments[0]}:${n++}`, true), 1)"
    tabs = [driver.current_window_handle]
    for name in ("x", "y"):
        tabs.append(another_tab(driver))
        person.opens(EXERCISE)
        driver.execute_script(writes, name)
    driver.switch_to.window(tabs[0])
    WebDriverWait(driver, 10).until(lambda d: len(stored(d)) > 50)
    driver.execute_async_script("heja.store.forget().then(arguments[arguments.length - 1])")
    for tab in tabs:
        driver.switch_to.window(tab)
        WebDriverWait(driver, 10).until(lambda d: not d.execute_script("return heja.store.saving"))
    WebDriverWait(driver, 10).until(lambda d: stored(d) == {})


WRITES = 8
"""Seconds in which Chromium writes what a page has stored to the disk: at least every five."""
KINDS: dict[str, Any] = {
    "step:fredagsraden:1": True,
    "done:fredagsraden:2026-11-02": True,
    "program:starta-smatt": {"started": "2026-11-02"},
    "item:starta-smatt:PLACE": True,
    "note:fredagsraden:reflect-1": "En rad\noch en till",
    "plan:fredagsraden": {"cue": "mötet är slut", "action": "skriver jag"},
    "follow:fredagsraden:2026-11-09": {"after": 1, "how": "did"},
    "recall:fredagsraden:1": {"near": "part", "next": "2026-11-23"},
    "quiet:fredagsraden": {"until": "2026-11-10"},
    "pace:starta-smatt": "calendar",
    "check:egen-koll:before": {"day": "2026-11-02", "version": "1", "answers": {"q01": "once"}},
}
"""An entry of each kind."""


def test_everything_comes_back_from_a_copy(person: Person, tmp_path: Path) -> None:
    """By keyboard: a copy is downloaded, everything deleted, and the copy read in. Then each kind of entry is as it
    was, with its day, and My training shows the same."""
    registry = (ROOT / "layouts/scripts/entries.js").read_text("utf-8")
    kinds = re.findall(r"^    (\w+): \[", registry, re.M)
    assert kinds == [key.split(":")[0] for key in KINDS]
    driver = person.driver
    downloads(driver, tmp_path)
    person.opens("min-traning/")
    key = driver.execute_script("return heja.catalogue.programs['starta-smatt'].items[0].key")
    entries = {name.replace("PLACE", key): value for name, value in KINDS.items()}
    lines = {
        f"heja:{name}": json.dumps({"v": v, "t": 1793620800000 + n}) for n, (name, v) in enumerate(entries.items())
    }
    seed(person, {"heja:meta": META, **lines})
    person.opens("min-traning/")
    before, shown = stored(driver), driver.find_element(By.TAG_NAME, "main").text
    assert "mötet är slut" in shown and "En rad" in shown
    person.tabs_to("Hämta en kopia", most=150)
    person.presses(Keys.ENTER)
    copy = downloaded(tmp_path, "json")
    person.tabs_to("Ta bort allt")
    person.presses(Keys.ENTER)
    person.tabs_to("Ja, ta bort allt")
    person.presses(Keys.ENTER)
    person.sees("Allt är borttaget")
    assert stored(driver) == {}
    person.sees("Har du tränat förut?")
    driver.find_element(By.CSS_SELECTOR, "[data-role='import']").send_keys(str(copy))
    person.sees("Filen är inläst")
    after = stored(driver)
    for one in (before, after):
        del one["heja:meta"]  # the day when the saving began
    assert {name: json.loads(text) for name, text in after.items()} == {
        name: json.loads(text) for name, text in before.items()
    }
    person.opens("min-traning/")
    assert driver.find_element(By.TAG_NAME, "main").text == shown


def test_a_copy_of_a_full_store_can_be_read_in(person: Person, tmp_path: Path) -> None:
    """All that a browser has room for, in letters that take two bytes each, is in a copy, which is read in whole."""
    driver = person.driver
    seed(person, {"heja:meta": META})
    driver.execute_script("""
        const text = JSON.stringify({ v: "å".repeat(9_000), t: 1793620800000 });
        try { for (let n = 1; ; n++) localStorage.setItem(`heja:note:fredagsraden:reflect-${n}`, text); } catch {}
    """)
    person.opens("min-traning/")
    before = stored(driver)
    copy = tmp_path / "kopia.json"
    copy.write_text(driver.execute_script("return heja.store.export()"), "utf-8")
    assert len(before) > 500 and copy.stat().st_size > 9_000_000
    driver.execute_async_script("heja.store.forget().then(arguments[arguments.length - 1])")
    person.opens("min-traning/")
    driver.find_element(By.CSS_SELECTOR, "[data-role='import']").send_keys(str(copy))
    person.sees("Filen är inläst")
    assert (
        driver.execute_script("return JSON.parse(heja.store.export()).entries")
        == json.loads(copy.read_text())["entries"]
    )


def test_a_killed_browser_loses_no_note(address: str, tmp_path: Path) -> None:
    """A note that is typed, and never left, is there after the browser is killed. Chromium itself writes what a page
    has stored within some seconds."""
    with chromium(kept=tmp_path) as driver:
        person = Person(driver, address)
        seed(person, {"heja:meta": META})
        field = driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea")
        field.send_keys("Kvar efter ett strömavbrott")
        person.sees("Sparat i den här webbläsaren")
        time.sleep(WRITES)
        kill(tmp_path)
    with chromium(kept=tmp_path) as driver:
        person = Person(driver, address)
        person.opens(EXERCISE)
        assert "Kvar efter ett strömavbrott" in driver.execute_script("return JSON.stringify(heja.store.list('note:'))")


def test_a_note_is_kept_when_the_page_is_not_seen(person: Person) -> None:
    """What is typed is saved at once when the reader turns to something else: a phone may end the page then."""
    seed(person, {"heja:meta": META})
    script = """
        const field = document.querySelector("heja-reflection textarea");
        field.value = "Ett halvt ord";
        field.dispatchEvent(new Event("input", { bubbles: true }));
        const before = heja.store.list("note:").length;
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
        return [before, heja.store.list("note:").length];
    """
    assert person.driver.execute_script(script) == [0, 1]


def kill(profile: Path) -> None:
    """End every process of the browser with this profile at once, as a power failure would."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in line and b"chromedriver" not in line:
            os.kill(int(place.name), signal.SIGKILL)
