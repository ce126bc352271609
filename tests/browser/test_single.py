"""The whole site in one file."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from hejagen.pipeline import Built
from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import Person, chrome, fox, violations


@pytest.fixture(scope="module")
def page(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, where somebody has put it."""
    folder = next(folder for folder in built.folders if folder.name == "single")
    target = tmp_path_factory.mktemp("mejl") / "HEJA för oss.html"
    shutil.copy(folder / "heja-i-en-fil.html", target)
    return target


@pytest.fixture(scope="module")
def shared(page: Path) -> Iterator[Any]:
    """A Chromium with the file open."""
    with chromium() as driver:
        emulate(driver, width=1280)
        yield driver


def shown(driver: Any) -> list[str]:
    """Routes of the parts that are shown."""
    visible = "[...document.querySelectorAll('[data-route]')].filter((part) => part.checkVisibility())"
    routes: list[str] = driver.execute_script(f"return {visible}.map((part) => part.dataset.route)")
    return routes


def goes(driver: Any, page: Path, route: str) -> None:
    """Go to a part by its address."""
    driver.get(f"{page.as_uri()}#/{route}")
    WebDriverWait(driver, 60).until(lambda d: shown(d) == [route])


def test_it_is_small_enough_to_mail(page: Path) -> None:
    """At most 3.1 MB with search: sixty exercises with run mode, follow-up and worksheets."""
    assert page.stat().st_size < 3_100_000


def test_what_scripts_link_to_is_in_the_file(page: Path) -> None:
    """What a plan and the days of a program lead to are parts of the file, and not pages beside it."""
    root = lxml.html.parse(str(page)).getroot()
    links = root.xpath("//@data-follow | //@data-training | //heja-program-dates/@data-url")
    assert links
    assert [link for link in links if not link.startswith("#/")] == []


@pytest.mark.parametrize("start", [chrome, fox], ids=["chromium", "firefox"])
def test_a_link_opens_its_part(start: Any, page: Path) -> None:
    """A link shows one part, with its title, focus on its h1 and the menu's mark; Back shows the one before."""
    with start() as driver:
        driver.get(page.as_uri())
        assert shown(driver) == [""]
        driver.find_element(By.CSS_SELECTOR, "header nav a").click()
        WebDriverWait(driver, 10).until(lambda d: shown(d) == ["ovningar/"])
        assert driver.title.startswith("Övningar")
        assert driver.switch_to.active_element.tag_name == "h1"
        assert driver.find_element(By.CSS_SELECTOR, "header nav a").get_attribute("aria-current") == "page"
        driver.find_element(By.LINK_TEXT, "Fredagsraden").click()
        WebDriverWait(driver, 10).until(lambda d: shown(d) == ["ovningar/fredagsraden/"])
        assert driver.find_element(By.CSS_SELECTOR, "header nav a").get_attribute("aria-current") == "true"
        driver.back()
        WebDriverWait(driver, 10).until(lambda d: shown(d) == ["ovningar/"])


@pytest.mark.parametrize("start", [chrome, fox], ids=["chromium", "firefox"])
def test_it_searches_and_saves(start: Any, page: Path) -> None:
    """The header's search finds a part of a compound, a hit opens its part, and a saved tick shows on Min träning."""
    with start() as driver:
        driver.get(page.as_uri())
        driver.find_element(By.ID, "sok").send_keys("ledning", Keys.ENTER)
        person = Person(driver, "")
        person.sees("träffar på ”ledning”")
        assert shown(driver) == ["sok/"]
        assert driver.title == "Sök: ledning – HEJA Innovation"
        driver.find_element(By.CSS_SELECTOR, "[data-role=results] a").click()
        WebDriverWait(driver, 10).until(lambda d: shown(d) != ["sok/"])
        goes(driver, page, "ovningar/fredagsraden/")
        part = driver.find_element(By.CSS_SELECTOR, "[data-route]:not([hidden])")
        part.find_element(By.CSS_SELECTOR, "input[data-step='1']").click()
        driver.execute_script("window.scrollTo(0, 0)")
        part.find_element(By.CSS_SELECTOR, "heja-steps .unsaved button").click()
        WebDriverWait(driver, 10).until(lambda d: d.execute_script("return heja.store.saving"))
        driver.get("about:blank")
        goes(driver, page, "min-traning/")
        person.sees("Fredagsraden")


def test_a_done_exercise_leads_on_to_a_part(shared: Any, page: Path) -> None:
    """In one file, too, a done exercise of a begun program leads on to the next session."""
    goes(shared, page, "ovningar/fredagsraden/")
    shared.execute_script("heja.store.set('program:starta-smatt', { started: '2026-11-24' })")
    link = "[data-route='ovningar/fredagsraden/'] heja-mark-done [data-role='next'] a"
    mark = "[data-route='ovningar/fredagsraden/'] [data-role='mark']"
    shared.find_element(By.CSS_SELECTOR, mark).send_keys(Keys.ENTER)
    shared.find_element(By.CSS_SELECTOR, link).send_keys(Keys.ENTER)
    WebDriverWait(shared, 10).until(lambda d: shown(d) == ["ovningar/byt-tre-svar-mot-tre-fragor/"])
    shared.execute_script("return heja.store.forget()")


def test_every_id_is_its_own(shared: Any, page: Path) -> None:
    """No id is used twice, every link inside leads to a part or a place, and the console is free of errors."""
    shared.get(page.as_uri())
    result = shared.execute_script("""
        const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
        const parts = [...document.querySelectorAll("[data-route]")].map(({ dataset }) => dataset);
        const names = parts.flatMap(({ route, routes = "" }) => [route, ...routes.split(" ")]);
        const routes = new Set(names.map((name) => `#/${name}`));
        const links = [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href"));
        const there = (link) => routes.has(link.replace(/(.)#.*/, "$1")) || document.getElementById(link.slice(1));
        return {
            twice: ids.filter((id, n) => ids.indexOf(id) !== n),
            lost: links.filter((link) => !/^[a-z]+:/.test(link) && !there(link)),
        };
    """)
    assert result == {"twice": [], "lost": []}
    assert [row for row in shared.get_log("browser") if row["level"] == "SEVERE"] == []


def test_links_lead_on_without_script(page: Path) -> None:
    """Every link inside the file names an id in it, so that the browser alone finds the place."""
    tree = lxml.html.fromstring(page.read_text("utf-8"))
    for shown_by_script in tree.xpath("//body/template"):
        shown_by_script.drop_tree()
    links = {link.partition("?")[0][1:] for link in tree.xpath("//a/@href | //form/@action") if link.startswith("#")}
    assert len(links) > 100
    assert links - set(tree.xpath("//@id")) == set()


def test_it_is_laid_out_as_the_site(shared: Any, page: Path) -> None:
    """The breadcrumbs begin where the text does, and the buttons for printing have another colour than the footer."""
    goes(shared, page, "program/starta-smatt/")
    part = shared.find_element(By.CSS_SELECTOR, "[data-route]:not([hidden])")
    left = [part.find_element(By.CSS_SELECTOR, name).rect["x"] for name in ("ol", "h1")]
    assert left[0] == left[1] > 0
    button = shared.find_element(By.CSS_SELECTOR, "[data-print='all']")
    assert button.value_of_css_property("color") != shared.find_element(
        By.CSS_SELECTOR, "footer"
    ).value_of_css_property("background-color")


@pytest.mark.parametrize("start", [chrome, fox], ids=["chromium", "firefox"])
def test_an_address_opens_at_the_top(start: Any, page: Path) -> None:
    """A part that is opened by its address begins with the header, with the focus on its heading."""
    with start() as driver:
        goes(driver, page, "ovningar/")
        WebDriverWait(driver, 60).until(lambda d: d.execute_script("return document.readyState") == "complete")
        driver.execute_async_script("setTimeout(arguments[0], 500)")
        place = driver.execute_script("return [scrollY, document.activeElement.textContent.trim()]")
        assert place == [0, "Övningar"]


def test_no_element_hides_what_the_browser_gives_it(shared: Any, page: Path) -> None:
    """No element of ours has a method or value with the name of one that every element has, such as `remove`: others
    could no longer rely on that. `part`, which is ours in every element, is the one that is meant to."""
    shared.get(page.as_uri())
    hidden = """
        const found = new Set();
        for (const element of document.querySelectorAll("*")) {
          if (!element.localName.startsWith("heja-")) continue;
          const names = [];
          for (let kind = element; kind !== HTMLElement.prototype; kind = Object.getPrototypeOf(kind))
            names.push(...Object.getOwnPropertyNames(kind));
          for (const name of names)
            if (name in HTMLElement.prototype && !["constructor", "part"].includes(name))
              found.add(`${element.localName}: ${name}`);
          for (const name of ["id", "title"]) if (element[name]) found.add(`${element.localName}: ${name}`);
        }
        return [...found];
    """
    assert shared.execute_script(hidden) == []


def test_axe_finds_nothing_in_its_parts(shared: Any, page: Path) -> None:
    """Kinds of parts pass axe, narrow and dark, wide and light. What is hidden is taken away first: axe would read all
    of it each time."""
    found = []
    routes = ["", "ovningar/", "ovningar/fredagsraden/", "program/starta-smatt/", "sok/", "min-traning/", "utan-nat/"]
    for route in routes:
        goes(shared, page, route)
        shared.execute_script("for (const part of document.querySelectorAll('[data-route][hidden]')) part.remove()")
        for width, scheme in ((320, "dark"), (1280, "light")):
            emulate(shared, width=width, scheme=scheme)
            found += [f"{route} {width} {scheme}: {row}" for row in violations(shared)]
        shared.get("about:blank")  # the next test needs all of it
    assert found == []


def test_without_script_everything_shows(page: Path) -> None:
    """Where scripts do not run, all parts stand one after the other."""
    with chromium(preferences={"profile.managed_default_content_settings.javascript": 2}) as driver:
        driver.get(page.as_uri())
        parts = driver.find_elements(By.CSS_SELECTOR, "[data-route]")
        assert len(parts) > 50 and all(part.is_displayed() for part in parts)


def test_it_prints_what_is_shown_or_all(shared: Any, page: Path) -> None:
    """The print button for everything shows all parts while it prints, and only then."""
    goes(shared, page, "ovningar/fredagsraden/")
    shared.execute_script("""
        window.print = () => (window.printed = document.querySelectorAll("[data-route]:not([hidden])").length);
        document.querySelector("[data-print='all']").click();
    """)
    assert shared.execute_script("return printed") > 50
    assert shown(shared) == ["ovningar/fredagsraden/"]
