"""The hosted site kept on the reader's device: with a real host that is really stopped, and real builds deployed."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from hejagen.editions import EDITIONS
from hejagen.pipeline import build
from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import VIEWS, Person, another_tab, violations
from tests.conftest import DAY, ENVIRONMENT, ROOT, STATEMENT
from tests.server import Host

NEW = "Nytt i den andra utgåvan."
BOX = "heja-offline [data-role='{}']"


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second build: other words on a page, other styles, a page more."""
    layer = tmp_path_factory.mktemp("second")
    pages = layer / "content" / "sv" / "pages"
    pages.mkdir(parents=True)
    text = (ROOT / "content/sv/pages/om.md").read_text("utf-8")
    (pages / "om.md").write_text(f"{text}\n{NEW}\n", "utf-8")
    (pages / "ny.md").write_text(text.replace("id: om", "id: ny").replace("Om HEJA", "Ny sida"), "utf-8")
    (layer / "site.yaml").write_text(STATEMENT, "utf-8")
    style = layer / "layouts" / "styles" / "utilities.css"
    style.parent.mkdir(parents=True)
    shutil.copy(ROOT / "layouts" / "styles" / "utilities.css", style)
    style.write_text(style.read_text("utf-8") + "/* second */\n", "utf-8")
    return build((ROOT, layer), layer / "dist", (EDITIONS["web"],), DAY).folders[0]


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    """A host with the first build."""
    running = Host(larstod=site)
    yield running
    running.stop()


@pytest.fixture
def reader(chrome: Any, host: Host) -> Person:
    """A reader of the site on the host."""
    return Person(chrome, host.address("larstod"))


def kept(driver: Any) -> tuple[list[str], list[str]]:
    """Names of the caches and scopes of the workers at this origin."""
    names, scopes = driver.execute_async_script("""
        const done = arguments[0];
        Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])
            .then(([names, all]) => done([names, all.map(({ scope }) => scope)]));
    """)
    return names, scopes


def shown(driver: Any, role: str) -> bool:
    """Whether a part of the box shows."""
    return bool(driver.find_element(By.CSS_SELECTOR, BOX.format(role)).is_displayed())


def presses(person: Person, role: str) -> None:
    """Press a button of the box, when it is there."""
    button = person.driver.find_element(By.CSS_SELECTOR, BOX.format(role))
    WebDriverWait(person.driver, 10).until(lambda d: button.is_displayed())
    button.click()


def keeps(person: Person) -> None:
    """Ask on My training for the whole site to be kept, and wait until it is."""
    person.opens("min-traning/")
    presses(person, "keep")
    person.sees("Finns utan nät, sparad", 30)


def waits(driver: Any, what: Any, timeout: float = 20) -> None:
    """Wait until something holds."""
    WebDriverWait(driver, timeout).until(what)


def taken_over(driver: Any, old: str) -> bool:
    """Whether a version after `old` has come in whole and is at work."""
    script = """
        const [old, done] = arguments;
        const root = new URL(document.documentElement.dataset.root || "./", location);
        const before = async (cacheName) =>
            (await (await caches.match(new URL("sw.js", root), { cacheName }))?.json())?.before ?? [];
        caches.keys().then((names) => Promise.all(names.filter((name) => name !== old).map(before)))
            .then((found) => done(found.flat().includes(old)));
    """
    return bool(driver.execute_async_script(script, old))


def is_renewed(driver: Any, old: str) -> None:
    """Wait until a new version is at work, and, page by page, until the old one is gone. (Only then are pages opened:
    while they come one upon the other, browsers put off looking for a new worker.)"""
    waits(driver, lambda d: taken_over(d, old), 40)
    waits(driver, lambda d: d.refresh() or (kept(d)[0] != [old] and len(kept(d)[0]) == 1))


def policy_errors(person: Person) -> list[str]:
    """What the console says about the security policy, or about script that went wrong."""
    return [row for row in person.errors() if "Security Policy" in row or "Uncaught" in row]


def test_nothing_is_kept_before_it_is_asked_for(reader: Person, site: Path) -> None:
    """Reading, ticking, searching and looking at the offer register no worker and fill no cache."""
    for path in ("", "ovningar/fredagsraden/", "sok/?q=ledning", "min-traning/"):
        reader.opens(path)
    size = json.loads((site / "sw.json").read_text())["bytes"]
    reader.sees(f"Spara hela webbplatsen på den här enheten ({round(size / 1e6, 1):g} MB)".replace(".", ","))
    assert kept(reader.driver) == ([], [])
    assert reader.driver.execute_script("return localStorage.length + sessionStorage.length") == 0


def test_the_whole_site_works_when_the_host_is_gone(reader: Person, host: Host) -> None:
    """Kept on request, the start page, an exercise never opened, the search and My training with its ticks work."""
    reader.opens("ovningar/fredagsraden/")
    reader.driver.find_element(By.CSS_SELECTOR, "input[data-step='1']").click()
    reader.driver.find_element(By.CSS_SELECTOR, "heja-steps .unsaved button").click()
    keeps(reader)
    assert policy_errors(reader) == []
    host.stop()
    reader.opens("")
    reader.sees("Öva på att leda innovation")
    reader.sees("Det här är en sparad kopia")
    reader.opens("ovningar/sist-i-talarlistan/")
    reader.sees("Gör så här")
    assert reader.driver.find_element(By.CSS_SELECTOR, "main .btn").value_of_css_property("font-weight") == "700"
    reader.opens("sok/?q=ledning")
    reader.sees("på ”")
    assert "Ordlista" in reader.driver.find_element(By.CSS_SELECTOR, "[data-role='results']").text
    reader.opens("min-traning/")
    reader.sees("Fredagsraden")
    reader.sees("Finns utan nät, sparad")
    assert policy_errors(reader) == []
    host.start()


def test_a_page_that_is_not_kept_is_told_calmly(reader: Person, host: Host) -> None:
    """An address that the copy lacks shows the site's own page at any depth, with style and links that hold; it is not
    taken for the page itself. An address without its last slash leads to the page."""
    keeps(reader)
    host.stop()
    reader.opens("ovningar/finns/inte/")
    reader.sees("Du är utan nät just nu")
    status = "return performance.getEntriesByType('navigation')[0].responseStatus"
    assert reader.driver.execute_script(status) == 503
    assert reader.driver.current_url.endswith("ovningar/finns/inte/")
    reader.driver.find_element(By.CSS_SELECTOR, "main .btn").click()
    reader.sees("övningar")
    reader.opens("om")
    reader.sees("Det här tror vi på")
    host.start()


def test_the_notice_is_read_and_goes(reader: Person, host: Host) -> None:
    """A kept copy says so in sight and in the live region; when the network has the same page, the notice goes."""
    keeps(reader)
    host.stop()
    reader.opens("om/")
    notice = reader.driver.find_element(By.CSS_SELECTOR, "[data-role='kept']")
    waits(reader.driver, lambda d: notice.is_displayed())
    live = reader.driver.find_element(By.CSS_SELECTOR, "[data-live]")
    waits(reader.driver, lambda d: "sparad kopia" in live.get_attribute("textContent"))
    host.start()
    reader.driver.execute_script("window.dispatchEvent(new Event('online'))")
    waits(reader.driver, lambda d: not notice.is_displayed())
    reader.opens("om/")
    assert not reader.driver.find_element(By.CSS_SELECTOR, "[data-role='kept']").is_displayed()


def test_a_deploy_is_seen_at_once(reader: Person, host: Host, second: Path) -> None:
    """With network, the next page is of the new build; the copy becomes the new one, and the old is gone."""
    keeps(reader)
    (old,), _ = kept(reader.driver)
    host.sites["larstod"] = second
    reader.opens("om/")
    assert NEW in reader.driver.find_element(By.TAG_NAME, "main").text
    is_renewed(reader.driver, old)
    host.stop()
    reader.opens("om/")
    reader.sees(NEW)
    reader.sees("sparad kopia")
    assert policy_errors(reader) == []
    host.start()


def test_a_page_of_the_old_version_finds_its_files(reader: Person, host: Host, second: Path) -> None:
    """A page that stays open over a deploy gets its own styles and covers, also when the host no longer has them."""
    keeps(reader)
    driver = reader.driver
    (old,), _ = kept(driver)
    first = driver.current_window_handle
    fetched = """
        const done = arguments[0];
        const style = document.querySelector("link[rel=stylesheet]").href;
        fetch(style, { cache: "no-store" }).then(({ status }) => done(status), () => done(0));
    """
    host.sites["larstod"] = second
    another = another_tab(driver)
    reader.opens("om/")
    reader.sees(NEW)
    waits(driver, lambda d: len(kept(d)[0]) == 2)
    (new,) = set(kept(driver)[0]) - {old}
    taken_over = """
        const [cacheName, done] = arguments;
        caches.match(new URL("../sw.js", location), { cacheName }).then((found) => found?.json())
            .then((record) => done(record?.before.length));
    """
    waits(driver, lambda d: d.execute_async_script(taken_over, new) == 1)
    driver.switch_to.window(first)
    assert driver.execute_async_script(fetched) == 200
    assert old in kept(driver)[0], "the old page is still open"
    host.stop()
    assert driver.execute_async_script(fetched) == 200
    host.start()
    driver.close()
    driver.switch_to.window(another)
    waits(driver, lambda d: d.refresh() or old not in kept(d)[0])


@pytest.mark.parametrize("fault", ["a file is missing", "a file is of the version before"])
def test_half_a_deploy_changes_nothing(reader: Person, host: Host, site: Path, second: Path, fault: str) -> None:
    """While a deploy is not whole, the copy on the device stays whole and old; when it is, the copy becomes new."""
    keeps(reader)
    (old,), _ = kept(reader.driver)
    host.sites["larstod"] = half = second.with_name("half")
    subprocess.run(["cp", "-r", str(second), str(half)], check=True)
    page = half / "om" / "index.html"
    if "missing" in fault:
        page.unlink()
    else:
        page.write_bytes((site / "om" / "index.html").read_bytes())
    try:
        reader.opens("")
        failed = "navigator.serviceWorker.getRegistration().then((r) => r.update()).then(done, () => done('failed'))"
        reader.driver.execute_async_script(f"const done = arguments[0]; {failed}")
        waits(reader.driver, lambda d: kept(d)[0] == [old])
        busy = "const done = arguments[0]; navigator.serviceWorker.getRegistration().then((r) => done(!r.installing))"
        waits(reader.driver, lambda d: d.execute_async_script(busy))
        assert kept(reader.driver)[0] == [old]
        host.stop()
        reader.opens("om/")
        reader.sees("Det här tror vi på")
        assert NEW not in reader.driver.find_element(By.TAG_NAME, "main").text
        host.start()
        host.sites["larstod"] = second
        reader.opens("")
        reader.driver.execute_async_script(f"const done = arguments[0]; {failed}")
        waits(reader.driver, lambda d: any(name != old for name in kept(d)[0]), 30)
        reader.opens("om/")
        reader.sees(NEW)
    finally:
        subprocess.run(["rm", "-r", str(half)], check=True)


def test_a_network_that_is_too_slow_gives_the_copy(reader: Person, host: Host, second: Path) -> None:
    """After three seconds without an answer the kept copy shows; if the network then has a newer page, that is told."""
    keeps(reader)
    host.sites["larstod"] = second
    host.delay = 6
    reader.opens("om/")
    reader.sees("sparad kopia")
    assert reader.driver.execute_script("return performance.getEntriesByType('navigation')[0].responseStart") < 5000
    reader.sees("Det finns en nyare version av sidan", 20)
    host.delay = 0
    reader.driver.find_element(By.CSS_SELECTOR, "heja-saved-copy-notice [data-role='reload']").click()
    reader.sees(NEW)


def test_a_host_in_trouble_is_as_no_network(reader: Person, host: Host, site: Path) -> None:
    """An answer 404 is the host's word and is shown; it never takes the place of a kept page."""
    keeps(reader)
    host.lost.add("om/")
    reader.opens("om/")
    assert "404" in reader.driver.page_source
    host.stop()
    reader.opens("om/")
    reader.sees("Det här tror vi på")
    host.start()


def test_the_off_switch_leaves_only_the_progress(reader: Person) -> None:
    """Removing takes away worker and copy, says so, leaves what is ticked, and the offer is back."""
    reader.opens("ovningar/fredagsraden/")
    reader.driver.find_element(By.CSS_SELECTOR, "input[data-step='1']").click()
    reader.driver.find_element(By.CSS_SELECTOR, "heja-steps .unsaved button").click()
    keeps(reader)
    presses(reader, "remove")
    reader.sees("Kopian är borttagen från enheten")
    assert shown(reader.driver, "keep") and not shown(reader.driver, "remove")
    presses(reader, "keep")
    reader.sees("Finns utan nät, sparad", 30)
    presses(reader, "remove")
    reader.sees("Kopian är borttagen från enheten")
    reader.driver.refresh()
    reader.sees("Spara hela webbplatsen")
    assert kept(reader.driver) == ([], [])
    assert "heja:step:fredagsraden:1" in reader.driver.execute_script("return Object.keys(localStorage)")


def test_a_full_device_is_told(reader: Person, host: Host) -> None:
    """When there is no room, nothing is kept, the reader is told why, and can try again."""
    reader.opens("min-traning/")
    quota = {"origin": f"http://127.0.0.1:{host.port}", "quotaSize": 300_000}
    reader.driver.execute_cdp_cmd("Storage.overrideQuotaForOrigin", quota)
    presses(reader, "keep")
    reader.sees("Det finns inte plats på enheten", 30)
    reader.driver.refresh()
    reader.sees("Spara hela webbplatsen")
    assert kept(reader.driver) == ([], [])
    reader.driver.execute_cdp_cmd("Storage.overrideQuotaForOrigin", {"origin": quota["origin"]})
    keeps(reader)


def test_a_save_that_fails_is_told(reader: Person, host: Host) -> None:
    """When a file cannot be fetched, or the host is gone, nothing is kept and the reader is told."""
    host.lost.add("om/")
    reader.opens("min-traning/")
    presses(reader, "keep")
    reader.sees("Allt gick inte att hämta", 30)
    assert kept(reader.driver)[0] == []
    host.lost.clear()
    host.stop()
    presses(reader, "keep")
    reader.sees("Allt gick inte att hämta", 30)
    host.start()


def test_a_browser_that_refuses_is_told(host: Host) -> None:
    """Where the browser lets no site store anything, the box says so instead of a button that does nothing."""
    with chromium(preferences={"profile.default_content_setting_values.cookies": 2}) as driver:
        emulate(driver, width=1280)
        person = Person(driver, host.address("larstod"))
        person.opens("min-traning/")
        person.sees("Webbläsaren låter inte webbplatsen sparas")
        assert not shown(driver, "keep")


def test_without_script_there_is_no_offer(host: Host) -> None:
    """Without script the box is hidden."""
    with chromium(preferences={"profile.managed_default_content_settings.javascript": 2}) as driver:
        driver.get(host.address("larstod") + "min-traning/")
        assert not shown(driver, "box")


def test_two_sites_on_one_origin_leave_each_other_alone(chrome: Any, site: Path, second: Path) -> None:
    """Sites below one another are kept, renewed and removed each for itself."""
    host = Host(a=site, b=second)
    try:
        for name in ("a", "b"):
            keeps(Person(chrome, host.address(name)))
        names, scopes = kept(chrome)
        assert sorted(scopes) == [host.address("a"), host.address("b")]
        assert sorted(name.split(":")[1] for name in names) == ["/a/", "/b/"]
        first = Person(chrome, host.address("a"))
        first.opens("min-traning/")
        presses(first, "remove")
        first.sees("Kopian är borttagen")
        assert [name.split(":")[1] for name in kept(chrome)[0]] == ["/b/"]
        host.stop()
        Person(chrome, host.address("b")).opens("om/")
        assert NEW in chrome.find_element(By.TAG_NAME, "main").text
        host.start()
    finally:
        host.stop()


def test_the_preview_is_not_disturbed(chrome: Any, site: Path, tmp_path: Path) -> None:
    """A worker that another site left at the preview's address removes itself and its copy."""
    host = Host(**{"": site})
    keeps(Person(chrome, f"http://127.0.0.1:{host.port}/"))
    host.stop()
    (tmp_path / "site.yaml").write_text(STATEMENT, "utf-8")
    command = [sys.executable, "-u", "-m", "hejagen", "serve", "--port", str(host.port)]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=ENVIRONMENT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout and any(line.startswith("Preview: ") for line in process.stdout)
        chrome.get(f"http://127.0.0.1:{host.port}/om/")
        assert "/-/reload.js" in chrome.page_source
        assert not chrome.find_element(By.CSS_SELECTOR, "[data-role='kept']").is_displayed()
        waits(chrome, lambda d: kept(d) == ([], []))
        chrome.get(f"http://127.0.0.1:{host.port}/min-traning/")
        presses(Person(chrome, ""), "keep")
        Person(chrome, "").sees("Allt gick inte att hämta")
        assert kept(chrome) == ([], [])
    finally:
        process.terminate()
        process.wait(10)


def test_works_in_firefox(fox: Any, host: Host) -> None:
    """Kept on request, the site works in Firefox too when the host is gone, and can be removed."""
    person = Person(fox, host.address("larstod"))
    keeps(person)
    host.stop()
    person.opens("ovningar/sist-i-talarlistan/")
    person.sees("Gör så här")
    person.sees("sparad kopia")
    person.opens("sok/?q=ledning")
    person.sees("på ”")
    person.opens("finns/inte/")
    person.sees("Du är utan nät just nu")
    host.start()
    person.opens("min-traning/")
    presses(person, "remove")
    person.sees("Kopian är borttagen")
    assert kept(fox) == ([], [])


def test_axe_finds_nothing_in_any_state(reader: Person, host: Host) -> None:
    """The offer, the kept state, the notice and the page without network break no rule of axe."""
    found = []
    for state in ("offer", "kept", "notice", "fallback"):
        if state == "kept":
            keeps(reader)
        if state in ("notice", "fallback"):
            host.stop() if state == "notice" else None
            reader.opens("om/" if state == "notice" else "finns/inte/")
        else:
            reader.opens("min-traning/")
            reader.sees("Ha webbplatsen i telefonen")
        for width, scheme in VIEWS:
            emulate(reader.driver, width=width, scheme=scheme)
            found += [f"{state} {width} {scheme}: {row}" for row in violations(reader.driver)]
            assert not reader.driver.execute_script("return document.documentElement.scrollWidth > innerWidth")
    host.start()
    assert not found, "\n".join(found)
