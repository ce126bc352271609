"""What people come for, done with the keyboard alone."""

import re
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.browser.drivers import emulate
from tests.browser.helpers import Person


def test_skip_link_leads_past_the_header(person: Person) -> None:
    """The first Tab shows a link that moves the focus to the main content."""
    person.opens("")
    first = person.tabs_to("Hoppa till innehållet", most=1)
    assert first.rect["y"] >= 0
    person.presses(Keys.ENTER)
    assert person.driver.switch_to.active_element.get_attribute("id") == "main"


def test_finds_does_and_ticks_an_exercise(person: Person) -> None:
    """From the start page to a done exercise that shows under My training, saved after a reload."""
    person.opens("")
    person.tabs_to("Övningar")
    person.presses(Keys.ENTER)
    person.sees("övningar")
    person.tabs_to("Fredagsraden")
    person.presses(Keys.ENTER)
    person.sees("Gör så här")
    box = person.tabs_to("1. ")
    person.presses(Keys.SPACE)
    assert box.is_selected()
    person.sees("1 av ")
    person.tabs_to("Markera övningen som gjord")
    person.presses(Keys.ENTER)
    person.sees("Övningen är gjord")
    person.driver.refresh()
    person.sees("Övningen är gjord")
    assert person.driver.find_element(By.CSS_SELECTOR, "input[data-step='1']").is_selected()
    person.opens("min-traning/")
    person.sees("Fredagsraden")
    assert "Här blir din träning en bild" not in person.driver.find_element(By.TAG_NAME, "main").text
    assert person.errors() == []


def test_follows_a_program(person: Person) -> None:
    """Beginning a program shows where one is, ticking moves it on, and the picture fills in."""
    person.opens("program/starta-smatt/")
    whole = outlined(person)
    assert whole == 0
    person.tabs_to("Börja programmet")
    person.presses(Keys.ENTER)
    person.sees("0 av 8 pass är gjorda")
    assert person.driver.find_element(By.CSS_SELECTOR, "[data-week='1'] [data-role='here']").is_displayed()
    empty = outlined(person)
    person.presses(Keys.SPACE)
    person.sees("1 av 8 pass är gjorda")
    assert 0 < outlined(person) < empty


def outlined(person: Person) -> int:
    """How many facets of the big picture are only outlines."""
    return len(person.driver.find_elements(By.CSS_SELECTOR, "heja-cover path.t"))


def test_done_exercise_ticks_its_program(person: Person) -> None:
    """Marking an exercise as done ticks its next item in a program that has been begun, and undoing takes it back."""
    person.opens("program/starta-smatt/")
    person.tabs_to("Börja programmet")
    person.presses(Keys.ENTER)
    person.sees("0 av 8 pass är gjorda")
    person.opens("ovningar/fredagsraden/")
    person.tabs_to("Markera övningen som gjord")
    person.presses(Keys.ENTER)
    person.sees("Övningen är gjord")
    person.opens("program/starta-smatt/")
    person.sees("1 av 8 pass är gjorda")
    person.opens("ovningar/fredagsraden/")
    person.tabs_to("Ångra")
    person.presses(Keys.ENTER)
    person.opens("program/starta-smatt/")
    person.sees("0 av 8 pass är gjorda")


def test_writes_a_plan_and_finds_it_again(person: Person) -> None:
    """A plan in the reader's own words is on My training and in the form next time."""
    person.opens("ovningar/fredagsraden/")
    cue = person.tabs_to("Om")
    person.presses(Keys.CONTROL + "a", "klockan är tre på fredag")
    assert cue.get_attribute("value") == "klockan är tre på fredag"
    person.tabs_to("Spara planen")
    person.presses(Keys.ENTER)
    person.sees("Sparat i den här webbläsaren")
    person.opens("min-traning/")
    person.sees("klockan är tre på fredag")


def test_searches(person: Person) -> None:
    """The header's form leads to results; a part of a compound finds it; a hit is a link with title and summary."""
    person.opens("")
    person.tabs_to("Sök")
    person.presses("ledning", Keys.ENTER)
    person.sees("på ”")
    read = "return [...document.querySelectorAll(\"[data-role='results'] a\")].map((hit) => hit.textContent)"
    titles = person.driver.execute_script(read)
    assert titles and all(titles)
    assert "Ordlista" in titles, "it holds innovationsledning, the word only as a part"
    hit = person.tabs_to(titles[0]).get_attribute("href")
    person.presses(Keys.ENTER)
    assert person.arrives(re.split("[?#]", hit)[0])
    assert person.errors() == []


def hits(person: Person, words: str) -> list[tuple[str, str, str]]:
    """Title, kind and excerpt of what a search finds."""
    person.opens(f"sok/?q={words}")
    person.sees("på ”")
    parts = ("title", "kind", "excerpt")
    return [
        tuple(row.find_element(By.CSS_SELECTOR, f"[data-role='{part}']").text for part in parts)  # type: ignore[misc]
        for row in person.driver.find_elements(By.CSS_SELECTOR, ".search__result")
    ]


def test_what_one_can_do_comes_first(person: Person) -> None:
    """Exercises and programs come before pages about something on much the same hits; the start page is no hit."""
    assert [kind for _, kind, _ in hits(person, "grupp")[:2]] == ["Övning", "Övning"]
    kinds = [kind for _, kind, _ in hits(person, "chef")]
    assert set(kinds[:6]) <= {"Övning", "Program"} and "Sida" in kinds
    assert not [title for title, _, _ in hits(person, "fredagsraden") if title.startswith("Öva på")]


def test_excerpts_are_of_the_text(person: Person) -> None:
    """What a page says around its text, such as its number and its buttons, is no hit; the titles of steps are."""
    around = (" · ", "Börja övningen", "Börja programmet", "Spara mina")
    for words in ("fredag", "gruppen", "behov"):
        for title, _, excerpt in hits(person, words):
            assert not any(part in excerpt for part in around), (title, excerpt)
    assert hits(person, "minns+en+stund")[0][0] == "Fredagsraden"


def test_a_search_has_a_title_and_its_hits_a_heading(person: Person) -> None:
    """The window's title tells what is searched for, and the hits stand under a heading of their own."""
    hits(person, "grupp")
    assert person.driver.title == "Sök: grupp – HEJA Innovation"
    heading = person.driver.find_element(By.CSS_SELECTOR, "heja-search h2")
    assert re.fullmatch(r"\d+ träffar på ”grupp”\.", str(heading.get_attribute("textContent")))
    assert heading.get_attribute("hidden") is None
    field = person.driver.find_element(By.CSS_SELECTOR, "heja-search [name='q']")
    field.clear()
    field.send_keys(Keys.ENTER)
    WebDriverWait(person.driver, 10).until(lambda d: d.title == "Sök – HEJA Innovation")
    assert heading.get_attribute("hidden")


def test_search_says_when_nothing_is_found(person: Person) -> None:
    """No hits is said in words, and the lists are there."""
    person.opens("sok/?q=xyzzyplugh")
    person.sees("Inga träffar på")
    person.sees("Eller titta i listorna")


def test_search_is_limited_to_a_kind(person: Person) -> None:
    """Choosing a kind leaves only results of that kind, and the address remembers it."""
    person.opens("sok/?q=grupp&kind=Program")
    person.sees("på ”")
    kinds = {
        row.text for row in person.driver.find_elements(By.CSS_SELECTOR, "[data-role='results'] [data-role='kind']")
    }
    assert kinds == {"Program"}


def test_filters_and_shares_the_choice(person: Person) -> None:
    """Six people and twenty minutes get several; the choice is counted aloud, stands in the address, survives a reload
    and is taken away by its button."""
    person.opens("ovningar/")
    every = len(person.driver.find_elements(By.CSS_SELECTOR, ".card-grid__item"))
    person.sees(f"{every} övningar")
    Select(person.driver.find_element(By.NAME, "people")).select_by_visible_text("6 personer")
    Select(person.driver.find_element(By.NAME, "time")).select_by_visible_text("20 minuter")
    person.sees(f"av {every} passar er")
    shown = visible(person)
    assert 3 < len(shown) < every
    assert "people=6&time=20" in person.driver.current_url
    live = person.driver.find_element(By.CSS_SELECTOR, "[data-live]")
    WebDriverWait(person.driver, 10).until(lambda d: "passar er" in live.get_attribute("textContent"))
    person.driver.refresh()
    person.sees("passar er")
    assert visible(person) == shown
    person.tabs_to("20 minuter, ta bort")
    person.presses(Keys.ENTER)
    assert person.driver.switch_to.active_element.text.startswith("6 personer")
    assert set(shown) < set(visible(person))
    person.tabs_to("Rensa valen")
    person.presses(Keys.ENTER)
    person.sees(f"{every} övningar")
    assert person.driver.switch_to.active_element.tag_name == "h2"


def test_shows_what_is_just_over_the_time(person: Person) -> None:
    """What takes at most ten minutes more stands below a heading of its own, and does not count as fitting."""
    person.opens("ovningar/?people=6&time=20")
    near = person.driver.find_elements(By.CSS_SELECTOR, "[data-role='near-list'] .card-grid__item")
    assert near and {row.get_attribute("data-minutes") for row in near} <= {"25", "30"}
    assert all(row.is_displayed() for row in near)
    count = person.driver.find_element(By.CSS_SELECTOR, "h2[data-role='count']").text
    assert count.startswith(f"{len(visible(person)) - len(near)} av ")


def test_finds_by_words_and_marks_what_is_done(person: Person) -> None:
    """Words narrow the list as they are written, and an exercise that is done says when."""
    person.opens("ovningar/")
    person.driver.find_element(By.CSS_SELECTOR, "heja-filter [name='q']").send_keys("fredagsr")
    person.sees("passar er")
    assert visible(person) == ["Fredagsraden"]
    person.driver.execute_script("heja.store.set('done:fredagsraden:2026-11-24', true)")
    person.sees("Gjord 24 november 2026")


def test_the_first_exercise_is_on_the_first_screen(chrome: Any, address: str) -> None:
    """On a phone of 320 by 640, the title and facts of the first exercise are seen without scrolling."""
    emulate(chrome, width=320, height=640)
    Person(chrome, address).opens("ovningar/?people=6&time=20")
    first = chrome.find_element(By.CSS_SELECTOR, ".card-grid__item .card-grid__body").rect
    assert first["y"] + first["height"] < 640


def test_every_choice_leaves_some_exercise(person: Person) -> None:
    """No choice of the filter is empty from the start, and twenty minutes is one of them."""
    person.opens("ovningar/")
    options = person.driver.find_elements(By.CSS_SELECTOR, "heja-filter option:not([value=''])")
    choices = [(row.find_element(By.XPATH, "..").get_attribute("name"), row.get_attribute("value")) for row in options]
    assert ("time", "20") in choices
    for name, value in choices:
        person.opens(f"ovningar/?{name}={value}")
        assert visible(person), (name, value)


def visible(person: Person) -> list[str]:
    """Titles of the exercises that show."""
    titles: list[str] = person.driver.execute_script(
        "return [...document.querySelectorAll('.card-grid__item h3')].filter((row) => row.checkVisibility())"
        ".map((row) => row.textContent.trim())"
    )
    return titles


def test_a_term_is_explained_where_it_stands(person: Person) -> None:
    """A word with an explanation opens it with the keyboard and closes it with Escape."""
    person.opens("integritet/")
    button = person.driver.find_element(By.CSS_SELECTOR, "button.term")
    note = person.driver.find_element(By.ID, button.get_attribute("popovertarget"))
    assert not note.is_displayed()
    button.send_keys(Keys.ENTER)
    assert note.is_displayed()
    person.presses(Keys.ESCAPE)
    assert not note.is_displayed()


def test_works_in_firefox(fox: Any, address: str) -> None:
    """Ticking, saving and searching work in Firefox as well."""
    person = Person(fox, address)
    person.opens("ovningar/fredagsraden/")
    fox.find_element(By.CSS_SELECTOR, "input[data-step='1']").click()
    person.sees("1 av ")
    fox.find_element(By.CSS_SELECTOR, "heja-steps .unsaved button").click()
    fox.refresh()
    assert fox.find_element(By.CSS_SELECTOR, "input[data-step='1']").is_selected()
    person.opens("sok/?q=ledning")
    person.sees("på ”")


def test_my_training_shows_where_you_are(person: Person) -> None:
    """Three of eight sessions done: My training shows the week, asks what to recall and fills in the picture."""
    person.opens("program/starta-smatt/")
    person.driver.execute_async_script("""
        const done = arguments[0];
        const items = ["w1-byt-tre-svar-mot-tre-fragor", "w2-forst-tyst-sedan-tillsammans"];
        items.push("w3-minsta-steget-fore-fredag");
        heja.store.start().then(() => {
          heja.store.set("program:starta-smatt", { started: "2026-01-01" });
          for (const item of items) heja.store.set(`item:starta-smatt:${item}`, true);
          heja.store.set("done:fredagsraden:2026-01-01", true);
          done();
        });
    """)
    person.opens("min-traning/")
    assert person.sees("Vecka 4 av 6 i Starta smått")
    heads = [head.text for head in person.driver.find_elements(By.CSS_SELECTOR, "main h2") if head.is_displayed()]
    assert heads[:2] == ["Först på tur", "Den här veckan"]
    assert person.sees("Vad gör du innan du svarar på en fråga som inte brådskar?")
    outlined = len(person.driver.find_elements(By.CSS_SELECTOR, ".intro__art path.t"))
    every = len(person.driver.find_elements(By.CSS_SELECTOR, ".intro__art path"))
    assert 0.5 < outlined / every < 0.7
    person.opens("")
    assert person.sees("3 av 8 pass är gjorda")
