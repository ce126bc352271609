"""Passing a page on, and having it read aloud."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from hejagen.editions import EDITIONS
from hejagen.pipeline import build
from tests.browser.drivers import emulate
from tests.browser.helpers import Person, violations
from tests.conftest import DAY, OWN, ROOT, served
from tests.helpers import COMPONENTS

PAGE = "ovningar/fredagsraden/"
ADDRESS = "https://larstod.example/heja/ovningar/fredagsraden/"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Where a site is served that has an address of its own, and the folder of its copy without network."""
    layer = tmp_path_factory.mktemp("address")
    (layer / "site.yaml").write_text("url: https://larstod.example/heja/\n", "utf-8")
    names = ("offline", "web")
    folders = build((ROOT, OWN, layer), tmp_path_factory.mktemp("dist"), tuple(map(EDITIONS.__getitem__, names)), DAY)
    by_name = {folder.name: folder for folder in folders.folders}
    with served(by_name["web"]) as address:
        yield address, by_name["offline"]


def opens(driver: Any, address: str) -> None:
    """Open a page and its fold, which styles keep open in a wide window."""
    driver.get(address)
    driver.execute_script("document.querySelector('.share').open = true")


def way(driver: Any, role: str) -> Any:
    """A way of passing on: its button or link."""
    return driver.find_element(By.CSS_SELECTOR, f"heja-share [data-role='{role}'] > *")


def clipboard(driver: Any, state: str) -> None:
    """Let a page write to the clipboard and read it, or not: "granted" or "denied"."""
    profile = driver.execute_cdp_cmd("Target.getTargetInfo", {})["targetInfo"]["browserContextId"]
    for name in ("clipboard-write", "clipboard-read"):
        what = {"permission": {"name": name}, "setting": state, "browserContextId": profile}
        driver.execute_cdp_cmd("Browser.setPermission", what)


def test_the_link_is_copied_or_marked(chrome: Any, own: tuple[str, Path]) -> None:
    """Copying takes the site's public address; where the clipboard is refused, the address stands marked in a field."""
    opens(chrome, own[0] + PAGE)
    for state, words in (("granted", "Länken är kopierad."), ("denied", "Adressen är markerad.")):
        clipboard(chrome, state)
        way(chrome, "copy").click()
        Person(chrome, "").sees(words)
        if state == "granted":
            copied = "navigator.clipboard.readText().then(arguments[0], (e) => arguments[0](String(e)))"
            assert chrome.execute_async_script(copied) == ADDRESS
    field = chrome.switch_to.active_element
    assert field.get_attribute("value") == ADDRESS
    chosen = "const f = document.activeElement; return f.value.slice(f.selectionStart, f.selectionEnd)"
    assert chrome.execute_script(chosen) == ADDRESS


def test_the_code_opens_and_closes(chrome: Any, own: tuple[str, Path]) -> None:
    """The code opens with a heading, Esc closes it, and the focus is back on its button; it passes axe, and stands on
    paper without its button."""
    opens(chrome, own[0] + PAGE)
    button = chrome.find_element(By.CSS_SELECTOR, "heja-share [popovertarget]")
    button.send_keys(Keys.ENTER)
    code = chrome.find_element(By.CSS_SELECTOR, ".share__code")
    assert code.is_displayed() and code.rect["width"] > 200 and violations(chrome) == []
    Person(chrome, "").presses(Keys.ESCAPE)
    assert not code.is_displayed() and chrome.switch_to.active_element == button
    emulate(chrome, width=688)
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert code.is_displayed() and not button.is_displayed() and 50 < code.rect["width"] < 70


def test_a_copy_on_a_disk_shares_the_address_on_the_web(chrome: Any, own: tuple[str, Path], site: Path) -> None:
    """From a disk the public address is shared; where the site has none, the page says so and offers only paper."""
    folder = next(path for path in own[1].iterdir() if path.is_dir())
    opens(chrome, (folder / PAGE / "index.html").as_uri())
    assert chrome.execute_script("return document.querySelector('heja-share').address") == ADDRESS
    assert not list(folder.glob("assets/social*"))
    bare = next(path for path in (site.parent / "offline").iterdir() if path.is_dir())
    opens(chrome, (bare / PAGE / "index.html").as_uri())
    Person(chrome, "").sees("Den här kopian har ingen adress på webben.")
    assert not way(chrome, "copy").is_displayed() and not way(chrome, "mail").is_displayed()
    assert way(chrome, "print").is_displayed()


def test_each_exercise_has_its_own_social_picture(own: tuple[str, Path], chrome: Any) -> None:
    """The page of an exercise names a picture of its own, which is there in the size that it says."""
    chrome.get(own[0] + PAGE)
    meta = "return document.querySelector(`meta[property='${arguments[0]}']`).content"
    address = chrome.execute_script(meta, "og:image")
    assert "/social/fredagsraden." in address
    size = "const i = new Image(); i.src = arguments[0]; i.decode().then(() => arguments[1]([i.width, i.height]))"
    chrome.execute_script("document.querySelector('meta[http-equiv]').remove()")
    path = address.removeprefix("https://larstod.example/heja/")
    assert chrome.execute_async_script(size, own[0] + path) == [800, 420]


VOICES = """
    const said = (window.said = []);
    const voices = arguments[0];
    Object.defineProperty(window, "speechSynthesis", { value: {
      getVoices: () => voices,
      speak: (words) => { said.push([words.text, words.rate]); window.last = words; },
      cancel() {},
    } });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
"""In place of the browser's voices, which Chromium without a window does not have."""


def listen(chrome: Any, address: str, voices: list[dict[str, object]]) -> Any:
    """Open the page in a browser with some voices, and press Listen."""
    source = f"(function () {{ {VOICES} }})({voices!r})".replace("True", "true").replace("False", "false")
    script = chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    opens(chrome, address + PAGE)
    chrome.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    button = chrome.find_element(By.CSS_SELECTOR, "heja-listen [data-role='start']")
    button.click()
    return button


def test_without_a_voice_it_says_so(chrome: Any, address: str) -> None:
    """Where the device has no voice for the page's language, the reader is told, and nothing is read."""
    opens(chrome, address + PAGE)
    chrome.find_element(By.CSS_SELECTOR, "heja-listen [data-role='start']").click()
    Person(chrome, "").sees("Den här enheten har ingen röst för sidans språk.")
    listen(chrome, address, [{"lang": "en-GB", "localService": True}])
    Person(chrome, "").sees("Den här enheten har ingen röst för sidans språk.")
    assert chrome.execute_script("return said") == []


def test_the_page_is_read_sentence_by_sentence(chrome: Any, address: str) -> None:
    """A voice on the device is chosen; sentences follow each other and are marked; pause begins the sentence again;
    speed is heard at once; stop gives the focus back."""
    voices = [{"lang": "sv-SE", "localService": False}, {"lang": "sv-SE", "localService": True}]
    button = listen(chrome, address, voices)
    WebDriverWait(chrome, 10).until(lambda d: d.execute_script("return said.length") == 1)
    assert chrome.execute_script("return last.voice.localService") is True
    marked = "return String([...CSS.highlights.get('listen')][0]).replace(/\\u00ad/g, '') === said.at(-1)[0]"
    assert chrome.execute_script(marked)
    chrome.execute_script("last.onend()")
    first, second = chrome.execute_script("return said")
    assert first[0] != second[0] and chrome.execute_script(marked)
    player = chrome.find_element(By.CSS_SELECTOR, "body > .listen")
    pause = player.find_element(By.CSS_SELECTOR, "[data-role='pause']")
    pause.click()
    assert pause.text == "Läs vidare"
    pause.click()
    assert chrome.execute_script("return said.at(-1)") == second
    player.find_element(By.CSS_SELECTOR, "[data-role='rate'] option[value='1.25']").click()
    assert chrome.execute_script("return said.at(-1)") == [second[0], 1.25]
    assert violations(chrome) == []
    player.find_element(By.CSS_SELECTOR, "[data-role='stop']").click()
    assert not player.is_displayed() and chrome.switch_to.active_element == button
    assert not chrome.execute_script("return CSS.highlights.has('listen')")


def test_a_voice_on_the_network_asks_first(chrome: Any, address: str) -> None:
    """A voice that is not on the device is told of, and reads only when Listen is pressed once more."""
    button = listen(chrome, address, [{"lang": "sv-SE", "localService": False}])
    Person(chrome, "").sees("Rösten finns inte på din enhet.")
    assert chrome.execute_script("return said") == []
    button.click()
    WebDriverWait(chrome, 10).until(lambda d: d.execute_script("return said.length") == 1)


def test_a_step_is_read_by_itself(chrome: Any, address: str) -> None:
    """The button of a step reads that step alone, and gets the focus back at the end; run mode reads its step, and is
    silent when another comes."""
    listen(chrome, address, [{"lang": "sv-SE", "localService": True}])
    WebDriverWait(chrome, 10).until(lambda d: d.execute_script("return said.length") == 1)
    step = chrome.find_elements(By.CSS_SELECTOR, ".steps__step")[1]
    button = step.find_element(By.CSS_SELECTOR, "[data-listen]")
    chrome.execute_script("said.length = 0; arguments[0].click()", button)
    WebDriverWait(chrome, 10).until(lambda d: d.execute_script("return said.length") > 0)
    chrome.execute_script(
        "for (let turn = 0; turn < 99 && !document.querySelector('.listen').hidden; turn++) last.onend()"
    )
    said = " ".join(words for words, _ in chrome.execute_script("return said"))
    assert said.startswith("2. ") and said[-20:] in step.text.replace("\n", " ")
    assert chrome.switch_to.active_element == button
    source = f"(function () {{ {VOICES} }})([{{lang: 'sv-SE', localService: true}}])"
    script = chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    chrome.get("about:blank")
    chrome.get(f"{address}{PAGE}#korlage")
    chrome.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    chrome.find_element(By.CSS_SELECTOR, "[data-do='next'].btn").click()
    chrome.find_element(By.CSS_SELECTOR, ".run__clock-tools [data-listen]").click()
    WebDriverWait(chrome, 10).until(lambda d: d.execute_script("return said.length") == 1)
    chrome.execute_script("document.querySelector('.run__foot [data-do=next]').click()")
    assert not chrome.find_element(By.CSS_SELECTOR, ".listen").is_displayed()


def test_listening_is_small() -> None:
    """The script that reads aloud takes at most 2.4 kB packed."""
    import gzip

    assert len(gzip.compress((COMPONENTS / "listen/listen.js").read_bytes())) < 2400


def test_a_section_has_a_link(chrome: Any, address: str) -> None:
    """The mark beside a heading copies the address of the section, and is neither in the way of Tab nor of a reader."""
    clipboard(chrome, "granted")
    chrome.get(address + "om/")
    mark = chrome.find_element(By.CSS_SELECTOR, "h2 > .section-link")
    assert mark.get_attribute("aria-hidden") == "true" and mark.get_attribute("tabindex") == "-1"
    mark.click()
    Person(chrome, "").sees("Länken är kopierad.")
    copied = chrome.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied == chrome.current_url and copied.startswith(f"{address}om/#")
