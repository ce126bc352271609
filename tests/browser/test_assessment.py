"""The self-check: answered, saved when asked for, and looked at again."""

import json
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.drivers import emulate
from tests.browser.helpers import META, VIEWS, Person, seed, stored, violations

PAGE = "egen-koll/"
BEFORE = "heja:check:sjalvskattning-leda-nytt:before"


def entry(day: str, answers: dict[str, str], t: int = 1) -> str:
    """A round as it lies in the store."""
    return json.dumps({"v": {"answers": answers, "day": day, "version": "0.2"}, "t": t})


def answer(person: Person, **answers: str) -> None:
    """Choose answers, such as q05="once"."""
    for item, option in answers.items():
        box = person.driver.find_element(By.CSS_SELECTOR, f"[name='{item}'][value='{option}']")
        person.driver.execute_script("arguments[0].click()", box)


def chosen(person: Person) -> dict[str, str]:
    """What is chosen in the form, with the round."""
    boxes = person.driver.find_elements(By.CSS_SELECTOR, "form.assessment :checked")
    return {box.get_attribute("name"): box.get_attribute("value") for box in boxes}


def press(person: Person, role: str) -> None:
    """Press a button of the form."""
    button = person.driver.find_element(By.CSS_SELECTOR, f"heja-assessment [data-role='{role}']")
    assert button.is_displayed(), role
    person.driver.execute_script("arguments[0].click()", button)


def test_nothing_is_saved_until_asked_for(person: Person) -> None:
    """The bar counts and says that nothing is saved; one press saves, and what is answered later is saved too."""
    person.opens(PAGE)
    assert not person.driver.find_element(By.CSS_SELECTOR, "[data-role='bar']").is_displayed()
    answer(person, q05="once", q01="forgotten")
    person.sees("2 av 16 Inget är sparat än. Svaren försvinner när du lämnar sidan.")
    assert stored(person.driver) == {}
    press(person, "save")
    person.sees("Sparat i den här webbläsaren.")
    assert person.driver.switch_to.active_element.text == "Sluta spara"
    answer(person, q05="never")
    assert json.loads(stored(person.driver)[BEFORE])["v"]["answers"] == {"q05": "never", "q01": "forgotten"}
    person.driver.refresh()
    person.sees("2 av 16 Sparat")
    assert chosen(person) == {"round": "before", "q05": "never", "q01": "forgotten"}


def test_other_saving_saves_no_answers(person: Person) -> None:
    """A reader who saves progress has not asked to save the answers."""
    seed(person, {"heja:meta": META})
    person.opens(PAGE)
    answer(person, q05="once")
    person.sees("1 av 16 Inget är sparat än.")
    assert BEFORE not in stored(person.driver)


def test_stopping_keeps_the_answers_on_the_page(person: Person) -> None:
    """Whoever stops saving has the answers left until the page is left."""
    person.opens(PAGE)
    answer(person, q05="once")
    press(person, "save")
    person.sees("Sparat i den här webbläsaren.")
    press(person, "stop")
    person.sees("1 av 16 Inget är sparat än.")
    assert json.loads(stored(person.driver)[BEFORE])["v"] is None
    assert chosen(person)["q05"] == "once"


def test_emptying_asks_first(person: Person) -> None:
    """The safe answer has the focus, Escape keeps all, from anywhere, and only a yes empties, also what is saved."""
    seed(person, {"heja:meta": META, BEFORE: entry("2026-08-24", {"q05": "once"})})
    person.opens(PAGE)
    person.driver.find_element(By.CSS_SELECTOR, "[name='round'][value='before']").click()
    press(person, "clear")
    assert person.driver.switch_to.active_element.text == "Behåll svaren"
    person.presses(Keys.ESCAPE)
    assert chosen(person)["q05"] == "once"
    assert person.driver.switch_to.active_element.text == "Rensa svaren"
    press(person, "clear")
    person.driver.execute_script("document.activeElement.blur()")
    person.presses(Keys.ESCAPE)
    assert person.driver.switch_to.active_element.text == "Rensa svaren", "Escape is heard wherever the focus is"
    press(person, "clear")
    press(person, "confirmed")
    assert "q05" not in chosen(person)
    assert json.loads(stored(person.driver)[BEFORE])["v"] is None


def test_rounds_do_not_mix(person: Person) -> None:
    """What is answered for one round is not shown for another, and nothing is lost when the reader goes back."""
    person.opens(PAGE)
    answer(person, q05="once")
    person.driver.find_element(By.CSS_SELECTOR, "[name='round'][value='after']").click()
    assert chosen(person) == {"round": "after"}
    answer(person, q05="over_half")
    person.driver.find_element(By.CSS_SELECTOR, "[name='round'][value='before']").click()
    assert chosen(person) == {"round": "before", "q05": "once"}


ROUNDS: list[tuple[dict[str, str], str, str]] = [
    ({}, "2026-11-27", "before"),
    ({"before": "2026-11-27"}, "2026-11-27", "before"),
    ({"before": "2026-11-14"}, "2026-11-27", "before"),
    ({"before": "2026-11-13"}, "2026-11-27", "after"),
    ({"before": "2026-08-24", "after": "2026-11-20"}, "2026-11-27", "after"),
    ({"before": "2026-08-24", "after": "2026-10-05"}, "2026-12-28", "later"),
    ({"after": "2026-10-05"}, "2026-12-28", "later"),
    ({"before": "2025-01-01", "after": "2025-03-01", "later": "2025-06-01"}, "2026-12-28", "later"),
    ({"before": "2026-12-24"}, "2026-11-27", "before"),
]
CHANGES: list[tuple[list[int | None], int, str]] = [
    ([], 4, ""),
    ([1], 4, ""),
    ([1, 1], 4, "same"),
    ([1, 2], 4, "one"),
    ([3, 2], 4, "one"),
    ([0, 2, 1], 4, "one"),
    ([0, 4], 4, "several"),
    ([1, None], 4, "nothing"),
    ([None, None, 2], 4, "nothing"),
    ([3, 3, None], 4, "same"),
    ([0, 2], 2, "occasions"),
    ([2, 2], 2, "occasions"),
    ([None, 2], 2, "nothing"),
]


def test_the_round_to_answer_follows_what_is_saved(person: Person) -> None:
    """A round can be changed for a fortnight; then the next one is asked for."""
    person.opens(PAGE)
    for saved, today, wanted in ROUNDS:
        script = "return heja.answers.round(arguments[0], arguments[1])"
        assert person.driver.execute_script(script, saved, today) == wanted, (saved, today)


def test_a_change_is_told_by_its_rule(person: Person) -> None:
    """The first and the last answer with a place are compared; short scales ask about occasions."""
    person.opens(PAGE)
    for places, last, wanted in CHANGES:
        script = "return heja.answers.change(arguments[0], arguments[1])"
        assert person.driver.execute_script(script, places, last) == wanted, (places, last)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("SecurityError", "låter inte webbplatsen spara"),
        ("QuotaExceededError", "Det finns inte plats att spara mer"),
    ],
)
def test_trouble_is_said_and_loses_nothing(person: Person, fault: str, words: str) -> None:
    """When the browser refuses or is full the bar says so, and the answers stay in the form."""
    person.opens(PAGE)
    refuse = "const [fault] = arguments; Storage.prototype.setItem = () => { throw new DOMException('', fault); }"
    person.driver.execute_script("localStorage.setItem('other', 1);" + refuse, fault)
    answer(person, q05="once", q06="never")
    press(person, "save")
    person.sees(words)
    assert chosen(person)["q05"] == "once"
    answer(person, q07="once")
    person.sees("3 av 16")


def test_an_unreadable_round_is_put_aside(person: Person) -> None:
    """A saved round that cannot be read is kept aside and told, and new answers can be saved."""
    person.opens(PAGE)
    script = "localStorage.setItem('heja:meta', arguments[0]); localStorage.setItem(arguments[1], arguments[2])"
    person.driver.execute_script(script, META, BEFORE, '{"v": {"answers": ["q05"]}, "t": 1}')
    person.driver.refresh()
    person.sees("Något som var sparat gick inte att läsa.")
    assert [key for key in stored(person.driver) if ":kept:" in key]
    answer(person, q05="once")
    press(person, "save")
    assert json.loads(stored(person.driver)[BEFORE])["v"]["answers"] == {"q05": "once"}


def test_no_answer_stands_alone_and_no_word_is_cut(person: Person) -> None:
    """At every width the answers stand in one row or one column, and each word fits its column."""
    person.opens(PAGE)
    for width in (320, 480, 768, 1024, 1280):
        emulate(person.driver, width=width)
        wide = person.driver.execute_script(
            "return [...document.querySelectorAll('.assessment__scale')].map((row) => ["
            "new Set([...row.children].map((one) => one.offsetTop)).size, row.children.length,"
            "[...row.querySelectorAll('span')].some((one) => one.scrollWidth > one.parentNode.clientWidth)])"
        )
        assert all(rows in (1, count) and not cut for rows, count, cut in wide), (width, wide)
        assert person.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing_in_any_state_of_the_form(person: Person) -> None:
    """Answered, saved and asked before emptying, narrow and wide, light and dark."""
    person.opens(PAGE)
    answer(person, q05="once", q01="forgotten")
    states = [lambda: None, lambda: press(person, "save"), lambda: press(person, "clear")]
    for number, state in enumerate(states):
        state()
        for width, scheme in VIEWS:
            emulate(person.driver, width=width, scheme=scheme)
            assert violations(person.driver) == [], (number, width, scheme)


def test_the_form_works_from_a_disk(chrome: Any, site: Path) -> None:
    """Opened as a file, answers can be saved and are there again."""
    person = Person(chrome, site.as_uri() + "/")
    person.opens("egen-koll/index.html")
    answer(person, q05="once")
    press(person, "save")
    person.sees("Sparat i den här webbläsaren.")
    person.driver.refresh()
    person.sees("1 av 16 Sparat")


LATER = {
    "before": ("2026-08-24", {"q05": "once", "q06": "once", "q07": "never", "q01": "no"}),
    "after": ("2026-10-05", {"q05": "over_half", "q06": "under_half", "q07": "no_occasion", "q01": "yes"}),
    "recalled": ("2026-10-05", {"q05": "never"}),
}


def saved_rounds(person: Person) -> None:
    """Three rounds are saved, and the page is opened."""
    rows = {BEFORE.replace("before", name): entry(day, answers) for name, (day, answers) in LATER.items()}
    seed(person, {"heja:meta": META, **rows})
    person.opens(PAGE)
    person.sees("Flera steg. Fråga gärna någon")


def row_of(person: Person, item: str) -> Any:
    """The row of a statement among the answers."""
    return person.driver.find_element(By.CSS_SELECTOR, f"[data-item='{item}']")


def test_saved_rounds_are_shown_with_marks_and_words(person: Person) -> None:
    """Each row has a mark at its place for each answer that has one, the words, and the change in a sentence."""
    saved_rounds(person)
    row = row_of(person, "q05")
    assert "Före\nNågon enstaka gång\nEfter\nDrygt hälften av gångerna" in row.text and "+12" not in row.text
    marks = {mark.get_attribute("data-mark"): mark for mark in row.find_elements(By.CSS_SELECTOR, "[data-mark]")}
    shown = {name: mark.get_attribute("x") for name, mark in marks.items() if mark.get_attribute("hidden") is None}
    assert shown == {"before": "25%", "after": "75%"}
    assert "Ett steg. Det kan vara en slump." in row_of(person, "q06").text
    assert "Inget att jämföra" in row_of(person, "q07").text
    assert "Ett tillfälle då och ett tillfälle nu." in row_of(person, "q01").text


def test_the_table_says_what_the_picture_says(person: Person) -> None:
    """Every statement is a row of a table, with the words of each round."""
    saved_rounds(person)
    script = (
        "return [...document.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((one) => one.textContent))"
    )
    rows = person.driver.execute_script(script)
    assert len(rows) == 16
    assert rows[0] == ["Jag bad uttryckligen om invändningar.", "Någon enstaka gång", "Drygt hälften av gångerna", "–"]


def test_nothing_is_summed_or_sorted(person: Person) -> None:
    """The rows stand in the order of the form, and what is remembered stands apart, without a mark."""
    saved_rounds(person)
    script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.dataset.item ?? one.name)"
    rows = person.driver.execute_script(script, "[data-item]")
    asked = person.driver.execute_script(script, "form.assessment input[name^=q]")
    assert rows == list(dict.fromkeys(asked))
    note = person.driver.find_element(By.CSS_SELECTOR, "[data-role='remembered']")
    assert "Jag bad uttryckligen om invändningar.\nAldrig" in note.text


def test_looking_back_asks_the_first_eight_only(person: Person) -> None:
    """The question about before is asked in the form, for the statements about how often, and says that it is."""
    saved_rounds(person)
    person.driver.execute_script("document.querySelector('[data-role=look-back]').click()")
    assert person.driver.switch_to.active_element.get_attribute("name") == "q05"
    assert chosen(person) == {"round": "recalled", "q05": "never"}
    assert not person.driver.find_element(By.CSS_SELECTOR, "[name='q01']").is_displayed()


def test_a_round_is_removed_after_a_question(person: Person) -> None:
    """Each saved round has a button of its own, and only a yes removes it."""
    saved_rounds(person)
    buttons = person.driver.find_elements(By.CSS_SELECTOR, "[data-role='removals'] button")
    texts = [button.text for button in buttons]
    assert texts == ["Ta bort Före, 24 augusti 2026", "Ta bort Efter, 5 oktober 2026", "Ta bort Så minns jag det"]
    person.driver.execute_script("arguments[0].click()", buttons[0])
    assert person.driver.switch_to.active_element.text == "Behåll svaren"
    assert json.loads(stored(person.driver)[BEFORE])["v"]
    remove = person.driver.find_element(By.CSS_SELECTOR, "heja-assessment-change [data-role='remove']")
    person.driver.execute_script("arguments[0].click()", remove)
    assert json.loads(stored(person.driver)[BEFORE])["v"] is None
    assert "Före" not in row_of(person, "q05").text


def test_answers_are_shown_without_being_saved(person: Person) -> None:
    """One press shows the answers on the same page, and nothing is saved by it."""
    person.opens(PAGE)
    assert not person.driver.find_element(By.TAG_NAME, "heja-assessment-change").is_displayed()
    answer(person, q05="once")
    press(person, "show")
    person.sees("Före, inte sparat")
    assert person.driver.switch_to.active_element.text == "Dina svar"
    assert stored(person.driver) == {}


def test_three_exercises_train_what_the_person_chooses(person: Person) -> None:
    """A chosen behaviour gives at most three exercises that train it, foundation first, with links that work."""
    person.opens(PAGE)
    box = person.driver.find_element(By.CSS_SELECTOR, "[data-role='behaviour']")
    script = "arguments[0].value = 'invite_voice'; arguments[0].dispatchEvent(new Event('change'))"
    person.driver.execute_script(script, box)
    links = person.driver.find_elements(By.CSS_SELECTOR, ".suggestions a")
    assert 1 <= len(links) <= 3
    script = "return arguments[0].map((t) => Object.values(heja.catalogue.exercises).find((e) => e.title === t))"
    found = person.driver.execute_script(script, [link.text for link in links])
    levels = [("foundation", "intermediate", "advanced").index(exercise["level"]) for exercise in found]
    assert levels == sorted(levels) and all("invite_voice" in exercise["behaviours"] for exercise in found)
    title = links[0].text
    person.driver.get(links[0].get_attribute("href"))
    assert person.driver.find_element(By.TAG_NAME, "h1").text.replace("\n", " ") == title


def test_axe_finds_nothing_among_the_answers(person: Person) -> None:
    """With all rounds, a table open and a removal asked about, narrow and wide, light and dark."""
    saved_rounds(person)
    person.driver.execute_script("document.querySelector('heja-assessment-change details').open = true")
    person.driver.execute_script("document.querySelector('[data-role=removals] button').click()")
    for width, scheme in VIEWS:
        emulate(person.driver, width=width, scheme=scheme)
        assert violations(person.driver) == [], (width, scheme)
        assert person.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), width


def test_a_keyboard_is_enough(person: Person) -> None:
    """Tab, Space and Enter answer, save, and show the answers."""
    person.opens(PAGE)
    person.tabs_to("Börja")
    person.presses(Keys.ENTER)
    person.tabs_to("Aldrig")
    person.presses(Keys.SPACE)
    person.sees("1 av 16")
    person.tabs_to("Spara i den här webbläsaren")
    person.presses(Keys.ENTER)
    person.sees("Sparat i den här webbläsaren.")
    person.opens(PAGE)
    person.tabs_to("Se dina sparade svar")
    person.presses(Keys.ENTER)
    assert person.driver.execute_script("return document.activeElement.textContent") == "Dina svar"


def test_the_form_on_paper_has_all_answers_in_rows(person: Person) -> None:
    """Printed, each statement has its answers in one row, the page has a line for the date, and no bar or button."""
    person.opens(PAGE)
    answer(person, q05="once")
    person.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    emulated = {"width": 688, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    person.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", emulated)
    rows = person.driver.execute_script(
        "return [...document.querySelectorAll('.assessment__scale')].map((row) => "
        "new Set([...row.children].map((one) => one.getBoundingClientRect().top)).size)"
    )
    assert rows == [1] * 16
    text = person.driver.find_element(By.CSS_SELECTOR, "form.assessment").text
    assert "Datum:" in text and "Inget är sparat" not in text and "Rensa" not in text
