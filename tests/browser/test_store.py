"""What is saved, when, and what happens when it cannot be."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import EXERCISE, META, Person, another_tab, seed, stored
from tests.server import Host


def tick(person: Person, number: int = 1) -> None:
    """Tick a step."""
    person.driver.find_element(By.CSS_SELECTOR, f"input[data-step='{number}']").send_keys(Keys.SPACE)


def save(person: Person) -> None:
    """Ask the site to save, as every button that saves does."""
    person.driver.execute_async_script("heja.store.start().then(arguments[arguments.length - 1])")


def test_nothing_is_stored_before_it_is_asked_for(person: Person) -> None:
    """Ticks, notes and searches leave localStorage, sessionStorage and cookies empty until the reader asks."""
    person.opens(EXERCISE)
    tick(person)
    person.driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea").send_keys("en tanke")
    person.driver.find_element(By.CSS_SELECTOR, "h1").click()
    person.opens("sok/?q=grupp")
    person.sees("träff")
    assert stored(person.driver) == {}
    assert person.driver.execute_script("return sessionStorage.length") == 0
    assert person.driver.get_cookies() == []


def test_saved_entries_carry_the_site_id(person: Person) -> None:
    """What was ticked before is saved when asked for, each entry under the site's own prefix."""
    person.opens(EXERCISE)
    tick(person)
    save(person)
    keys = set(stored(person.driver))
    assert keys == {"heja:meta", "heja:step:fredagsraden:1"}


def test_two_tabs_lose_no_tick(person: Person) -> None:
    """Two tabs that tick different steps keep both, and each sees the other's."""
    driver = person.driver
    person.opens(EXERCISE)
    save(person)
    first = driver.current_window_handle
    another_tab(driver)
    emulate(driver, width=1280)
    person.opens(EXERCISE)
    tick(person, 2)
    driver.switch_to.window(first)
    tick(person, 1)
    other = driver.find_element(By.CSS_SELECTOR, "input[data-step='2']")
    WebDriverWait(driver, 10).until(lambda d: other.is_selected())
    driver.refresh()
    ticked = [box.is_selected() for box in driver.find_elements(By.CSS_SELECTOR, "input[data-step]")][:2]
    assert ticked == [True, True]


def test_corrupt_entries_are_put_aside(person: Person) -> None:
    """What cannot be read is told and kept, what can be read is shown, and the site goes on."""
    good = json.dumps({"v": True, "t": 1})
    seed(person, {"heja:meta": META, "heja:step:fredagsraden:1": "{oj", "heja:step:fredagsraden:2": good})
    person.sees("gick inte att läsa")
    assert person.driver.find_element(By.CSS_SELECTOR, "input[data-step='2']").is_selected()
    kept = [value for key, value in stored(person.driver).items() if key.startswith("heja:kept:")]
    assert kept == ["{oj"]
    tick(person)
    assert json.loads(stored(person.driver)["heja:step:fredagsraden:1"])["v"] is True


def test_a_newer_version_is_left_alone(person: Person) -> None:
    """Data of a newer version is neither read nor written over."""
    entries = {"heja:meta": json.dumps({"version": 2}), "heja:step:fredagsraden:1": '{"other": 1}'}
    seed(person, entries)
    person.sees("nyare version")
    tick(person)
    assert stored(person.driver) == entries


def test_other_sites_data_is_not_touched(person: Person) -> None:
    """Deleting everything removes our entries and nobody else's: not those of a site on the same host whose id begins
    as ours does. They are not shown or exported either."""
    others = {"annan:meta": "deras", "heja-syd:meta": META, "heja-syd:done:fredagsraden:2026-11-02": '{"v":true,"t":1}'}
    seed(person, {**others, "heja:meta": META})
    assert person.driver.execute_script("return heja.store.list('')") == []
    person.opens("min-traning/")
    person.tabs_to("Ta bort allt")
    person.presses("\ue007")
    person.tabs_to("Ja, ta bort allt", most=3) if "Ja" in person.name_of(
        person.driver.switch_to.active_element
    ) else person.driver.find_element(By.CSS_SELECTOR, "[data-role='delete-yes']").click()
    person.sees("Allt är borttaget")
    assert stored(person.driver) == others


def fill(person: Person) -> None:
    """Another program on the same address takes all the room there is."""
    person.driver.execute_script("""
        let size = 1 << 20;
        for (let n = 0; size > 0; n++)
            try { localStorage.setItem(`fyllt${n}`, "x".repeat(size)); } catch { size >>= 1; }
    """)


def test_what_had_no_room_is_saved_when_there_is(person: Person) -> None:
    """What did not fit is remembered, told until it is saved, and saved at the next change that has room."""
    seed(person, {"heja:meta": META, "heja:step:fredagsraden:1": '{"v":true,"t":1700000000000}'})
    fill(person)
    note = person.driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea")
    note.send_keys("en lång tanke " * 5, "\t")
    person.sees("inte plats att spara mer")
    tick(person, 1)
    trouble = person.driver.find_element(By.CSS_SELECTOR, "heja-save [data-role='trouble']")
    assert json.loads(stored(person.driver)["heja:step:fredagsraden:1"])["v"] is None, "a smaller entry had room"
    assert trouble.is_displayed(), "the note is still not saved"
    person.driver.execute_script("localStorage.removeItem('fyllt0')")
    tick(person, 2)
    WebDriverWait(person.driver, 10).until(lambda d: not trouble.is_displayed())
    person.driver.refresh()
    text = person.driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea").get_attribute("value")
    assert text.startswith("en lång tanke")


def test_a_store_filled_by_others_is_full_and_not_refused(person: Person) -> None:
    """When others have taken all the room, asking to save says that there is none, not that the browser refuses."""
    person.opens(EXERCISE)
    fill(person)
    save(person)
    person.sees("inte plats att spara mer")
    assert not [key for key in stored(person.driver) if key.startswith("heja:")]


def test_two_tabs_lose_no_note(person: Person) -> None:
    """A tab with old words in a note and the focus there shows what another tab wrote, and does not write over it."""
    driver = person.driver
    person.opens(EXERCISE)
    save(person)
    note = (By.CSS_SELECTOR, "heja-reflection textarea")
    driver.find_element(*note).send_keys("gammalt")
    time.sleep(0.6)
    driver.find_element(*note).click()
    first = driver.current_window_handle
    another_tab(driver)
    emulate(driver, width=1280)
    person.opens(EXERCISE)
    field = driver.find_element(*note)
    field.clear()
    field.send_keys("nytt och längre", "\t")
    driver.switch_to.window(first)
    WebDriverWait(driver, 10).until(lambda d: d.find_element(*note).get_attribute("value") == "nytt och längre")
    person.opens("om/")
    assert "nytt och längre" in stored(driver)["heja:note:fredagsraden:reflect-1"]


def test_words_not_yet_kept_are_not_written_over(person: Person) -> None:
    """What another tab writes does not take the place of what is just being written here."""
    person.opens(EXERCISE)
    save(person)
    field = person.driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea")
    field.send_keys("mitt")
    person.driver.execute_script("heja.store.set('note:fredagsraden:reflect-1', 'deras')")
    assert field.get_attribute("value") == "mitt"


def test_deleting_empties_what_the_back_button_shows(person: Person) -> None:
    """After everything is deleted, going back shows empty notes and the site's own plan."""
    person.opens(EXERCISE)
    save(person)
    person.driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea").send_keys("hemligt", "\t")
    cue = person.driver.find_element(By.NAME, "cue")
    own = cue.get_attribute("value")
    cue.send_keys(" hemligt")
    person.driver.find_element(By.CSS_SELECTOR, "heja-plan [type='submit']").click()
    person.opens("min-traning/")
    person.driver.find_element(By.CSS_SELECTOR, "[data-role='delete']").click()
    person.driver.find_element(By.CSS_SELECTOR, "[data-role='delete-yes']").click()
    person.sees("Allt är borttaget")
    person.driver.back()
    note = person.driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea")
    WebDriverWait(person.driver, 10).until(lambda d: note.get_attribute("value") == "")
    assert person.driver.find_element(By.NAME, "cue").get_attribute("value") == own
    person.opens("om/")
    assert stored(person.driver) == {}


def test_a_full_store_is_told_and_keeps_the_old(person: Person) -> None:
    """When there is no room left the reader is told, nothing saved is lost, and the page goes on."""
    seed(person, {"heja:meta": META, "heja:step:fredagsraden:1": json.dumps({"v": True, "t": 1})})
    fill(person)
    person.driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea").send_keys("en lång tanke " * 5, "\t")
    person.sees("inte plats att spara mer")
    assert "heja:step:fredagsraden:1" in stored(person.driver)
    assert (
        person.driver.find_element(By.CSS_SELECTOR, "heja-reflection textarea")
        .get_attribute("value")
        .startswith("en lång")
    )


@pytest.fixture
def refusing() -> Iterator[Any]:
    """A Chromium that lets no site store anything."""
    with chromium(preferences={"profile.default_content_setting_values.cookies": 2}) as driver:
        emulate(driver, width=1280)
        yield driver


def test_refused_storage_is_told(refusing: Any, address: str) -> None:
    """Where the browser refuses, asking to save says so, and ticks work on the page."""
    person = Person(refusing, address)
    person.opens(EXERCISE)
    tick(person)
    person.sees("1 av ")
    save(person)
    person.sees("låter inte webbplatsen spara")
    assert refusing.find_element(By.CSS_SELECTOR, "input[data-step='1']").is_selected()


def test_export_and_import_merge(person: Person, tmp_path: Path) -> None:
    """A downloaded copy read in elsewhere adds what is new, keeps what is there, and twice is the same as once."""
    person.opens(EXERCISE)
    tick(person, 1)
    copy = tmp_path / "kopia.json"
    copy.write_text(person.driver.execute_script("return heja.store.export()"), "utf-8")
    person.opens(EXERCISE)
    assert not person.driver.find_element(By.CSS_SELECTOR, "input[data-step='1']").is_selected()
    tick(person, 2)
    save(person)
    person.opens("min-traning/")
    for _ in range(2):
        person.driver.find_element(By.CSS_SELECTOR, "[data-role='import']").send_keys(str(copy))
        person.sees("Filen är inläst")
    person.opens(EXERCISE)
    ticked = [box.is_selected() for box in person.driver.find_elements(By.CSS_SELECTOR, "input[data-step]")][:2]
    assert ticked == [True, True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("inte json", "gick inte att läsa"),
        ('{"format":"heja-progress","version":9,"entries":{}}', "nyare version"),
        ('{"format":"annat"}', "gick inte att läsa"),
        ('{"format":"heja-progress","entries":{}}', "gick inte att läsa"),
        ('{"format":"heja-progress","version":1,"entries":[]}', "gick inte att läsa"),
    ],
)
def test_a_bad_file_changes_nothing(person: Person, tmp_path: Path, text: str, words: str) -> None:
    """A file that is no copy of ours, or comes from a newer version, is refused in words."""
    bad = tmp_path / "fel.json"
    bad.write_text(text, "utf-8")
    person.opens("min-traning/")
    person.driver.find_element(By.CSS_SELECTOR, "[data-role='import']").send_keys(str(bad))
    person.sees(words)
    assert stored(person.driver) == {}


def test_merging_is_commutative_and_idempotent(person: Person) -> None:
    """Whatever the order and number of merges, the same entries come out; a hostile key or value is dropped."""
    person.opens("min-traning/")
    result = person.driver.execute_script("""
        const file = (entries) => JSON.stringify({ format: "heja-progress", version: 1, entries });
        const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;
        const made = (next) => Object.fromEntries([...Array(8)].map(() => [
            `step:ovning-${Math.floor(next() * 3)}:${Math.floor(next() * 3)}`,
            { v: next() < 0.5 ? true : null, t: Math.floor(next() * 4) }]));
        const after = (files) => {
            heja.store.forget();
            files.forEach((f) => heja.store.import(f));
            return JSON.stringify(JSON.parse(heja.store.export()).entries);
        };
        for (let seed = 1; seed < 200; seed++) {
            const next = random(seed), a = file(made(next)), b = file(made(next)), c = file(made(next));
            const one = after([a, b, c]);
            for (const other of [[c, b, a], [b, a, c, a], [a, a, b, b, c, c]])
                if (after(other) !== one) return `seed ${seed}`;
        }
        heja.store.forget();
        const bad = heja.store.import(file({
            "__proto__:x": { v: true, t: 1 }, "step:../x": { v: true, t: 1 },
            "note:a": { v: 7, t: 1 }, "step:a:1": { v: "<img>", t: 1 } }));
        return bad.added === 0 && bad.refused === 4 ? "" : JSON.stringify(bad);
    """)
    assert result == ""


def test_two_sites_with_one_id_are_told(chrome: Any, site: Path) -> None:
    """Of two addresses on a host that share what is saved, the second says so while the first answers; what a site has
    saved before it moved is its own."""
    host = Host(ett=site, tva=site)

    def told(name: str) -> bool:
        chrome.get(f"{host.address(name)}min-traning/")
        chrome.execute_async_script("heja.store.start().then(() => setTimeout(arguments[0], 300))")
        chrome.refresh()
        chrome.execute_async_script("heja.store.ready.then(() => setTimeout(arguments[0], 300))")
        return bool(chrome.find_element(By.CSS_SELECTOR, "[data-role='neighbour']").is_displayed())

    assert not told("ett") and not told("ett")
    chrome.execute_script("heja.store.set('plan:fredagsraden', {cue: 'a', action: 'b'})")
    assert told("tva") and told("tva")
    assert chrome.find_element(By.CSS_SELECTOR, "[data-role='neighbour-where']").text.endswith("/ett/")
    chrome.find_element(By.CSS_SELECTOR, "[data-role='same-site']").click()
    assert not told("tva") and told("ett")
    del host.sites["tva"]
    assert not told("ett") and json.loads(stored(chrome)["heja:meta"])["root"] == "/ett/"
    assert chrome.execute_script("return heja.store.get('plan:fredagsraden').cue") == "a"
    host.stop()
