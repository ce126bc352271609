"""The form against a real server that accepts, refuses, fails, is slow or is not there."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from selenium.webdriver.common.by import By

from hejagen.browser import chromium, emulate
from hejagen.editions import EDITIONS
from hejagen.pipeline import build
from tests.browser.conftest import Person
from tests.conftest import OWN, ROOT


class Endpoint(BaseHTTPRequestHandler):
    """Answers as the message asks it to, and remembers what it got."""

    received: list[dict[str, list[str]]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        """Accept, or do as the message says."""
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        Endpoint.received.append(body)
        message = body.get("message", [""])[0]
        if "långsam" in message:
            time.sleep(3)
        status = {"fel": 500, "ogiltig": 422}.get(message, 200)
        answer = json.dumps({"errors": {"message": "Skriv lite mer."}} if status == 422 else {}).encode()
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ThreadingHTTPServer]:
    """The server that the form is sent to."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture(scope="module")
def form_site(endpoint: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose layer sends feedback to the endpoint, served on loopback."""
    from functools import partial

    from tests.server import Handler

    layer = tmp_path_factory.mktemp("form")
    action = f"http://127.0.0.1:{endpoint.server_port}/send"
    (layer / "site.yaml").write_text(f"feedback: {{kind: form, action: '{action}', address: svar@example.org}}\n")
    dist = tmp_path_factory.mktemp("formdist") / "dist"
    build((ROOT, OWN, layer), dist, (EDITIONS["web"],))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(dist / "web"), types={}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def writer(form_site: str, chrome: Any) -> Person:
    """Someone on the feedback page."""
    Endpoint.received.clear()
    person = Person(chrome, form_site)
    person.opens("aterkoppling/")
    chrome.execute_script("document.querySelector('heja-feedback').dataset.timeout = 1000")
    return person


def write(person: Person, text: str) -> None:
    """Write a message and send it, by keyboard."""
    person.driver.find_element(By.NAME, "message").send_keys(text)
    person.tabs_to("Skicka", most=5)
    person.presses("\ue007")


def text_in_box(person: Person) -> str:
    """What stands in the box."""
    return str(person.driver.find_element(By.NAME, "message").get_attribute("value"))


def test_an_accepted_message_is_confirmed(writer: Person) -> None:
    """The server gets message, page and version and nothing of the reader's progress; the reader gets a thank-you."""
    write(writer, "Bra övning")
    writer.sees("Tack! Vi har fått")
    (got,) = Endpoint.received
    assert set(got) == {"message", "page", "version"}
    assert got["message"] == ["Bra övning"]
    assert text_in_box(writer) == ""


@pytest.mark.parametrize("message", ["fel", "långsam"])
def test_a_failed_message_is_kept(writer: Person, message: str) -> None:
    """After a fault or a time-out the text is still there and e-mail is offered."""
    write(writer, message)
    writer.sees("gick inte att skicka")
    assert text_in_box(writer) == message
    writer.sees("svar@example.org")


def test_a_refused_connection_keeps_the_text(writer: Person) -> None:
    """Nobody answers: the text is still there."""
    writer.driver.execute_script("document.querySelector('heja-feedback form').action = 'http://127.0.0.1:9/'")
    write(writer, "hej")
    writer.sees("gick inte att skicka")
    assert text_in_box(writer) == "hej"


def test_faults_are_tied_to_their_fields(writer: Person) -> None:
    """An empty message and what the server finds wrong are told in a summary and beside the field."""
    writer.tabs_to("Skicka")
    writer.presses("\ue007")
    writer.sees("Skriv ett meddelande.")
    assert "Skriv ett meddelande." in writer.driver.switch_to.active_element.text
    box = writer.driver.find_element(By.NAME, "message")
    assert box.get_attribute("aria-invalid") == "true"
    write(writer, "ogiltig")
    writer.sees("Skriv lite mer.")
    assert box.get_attribute("value") == "ogiltig"


def test_the_trap_is_out_of_the_way(writer: Person) -> None:
    """The honeypot is neither seen nor reached with Tab, nor told by a screen reader."""
    trap = writer.driver.find_element(By.NAME, "website")
    assert trap.get_attribute("tabindex") == "-1"
    assert trap.find_element(By.XPATH, "..").get_attribute("aria-hidden") == "true"
    assert trap.rect["x"] < 0


def test_the_form_is_sent_without_script(form_site: str) -> None:
    """Without script it is a plain form that is posted."""
    Endpoint.received.clear()
    with chromium(preferences={"profile.managed_default_content_settings.javascript": 2}) as driver:
        emulate(driver, width=1280)
        driver.get(form_site + "aterkoppling/")
        driver.find_element(By.NAME, "message").send_keys("utan skript")
        driver.find_element(By.CSS_SELECTOR, ".feedback__form button").click()
        for _ in range(50):
            if Endpoint.received:
                break
            time.sleep(0.1)
    assert Endpoint.received[0]["message"] == ["utan skript"]


def test_mail_holds_page_and_version_only(person: Person) -> None:
    """The mail carries page and version, is at most 1,900 characters, and its address is there as text."""
    person.opens("aterkoppling/")
    link = person.driver.find_element(By.CSS_SELECTOR, "main a[href^='mailto:']").get_attribute("href")
    assert len(link) <= 1900 and "body=Sida" in link
    address = link.removeprefix("mailto:").split("?")[0]
    assert address in person.driver.find_element(By.CSS_SELECTOR, "[data-role='source']").text
    assert person.driver.find_element(By.CSS_SELECTOR, "heja-copy button").is_displayed()


def test_it_says_that_mail_is_public(person: Person) -> None:
    """The page says that a message to a municipality is normally a public record."""
    person.opens("aterkoppling/")
    assert "allmän handling" in person.driver.find_element(By.TAG_NAME, "main").text


def test_files_of_the_form_site_name_the_endpoint(form_site: str) -> None:
    """The security policy lets the form reach its endpoint and nothing else."""
    from urllib.request import urlopen

    page = urlopen(form_site + "aterkoppling/").read().decode()
    assert "connect-src 'self' http://127.0.0.1:" in page.replace("&#39;", "'")
