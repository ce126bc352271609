"""The form against a real server that accepts, refuses, fails, is slow, leads on or is not there."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from urllib.request import urlopen

import pytest
from selenium.webdriver.common.by import By

from hejagen.editions import EDITIONS
from hejagen.pipeline import build
from tests.browser.drivers import chromium, emulate
from tests.browser.helpers import Person
from tests.conftest import DAY, OWN, ROOT
from tests.server import Handler

FAULTS = {
    "ogiltig": {"message": "Skriv lite mer."},
    "okänd": {"namn": "Fel.", "page": "Fel.", "length": "Fel.", "email": {"code": 3}},
}
"""What the server finds wrong in a message, by its text: in a field, or in what the form does not have."""


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
        if self.path == "/page":
            return self.lead_on(message)
        status = 422 if message in FAULTS else {"fel": 500}.get(message, 200)
        answer = json.dumps({"errors": FAULTS.get(message)}).encode()
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def lead_on(self, message: str) -> None:
        """Answer as a server does that knows nothing of scripts: lead to a page of its own, or of another server."""
        elsewhere = {"vidare": f"http://localhost:{self.server.server_port}", "irrväg": "http://127.0.0.1:9"}  # type: ignore[attr-defined]
        self.send_response(303)
        self.send_header("Location", f"{elsewhere.get(message, '')}/tack")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        """Say thank you."""
        answer = "<!DOCTYPE html><title>Tack</title><h1>Tack från servern</h1>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
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


@contextmanager
def served(folder: Path, feedback: str) -> Iterator[str]:
    """A site whose layer has these settings of feedback, served on loopback."""
    (folder / "layer").mkdir()
    (folder / "layer" / "site.yaml").write_text(f"feedback: {{kind: form, address: svar@example.org, {feedback}}}\n")
    build((ROOT, OWN, folder / "layer"), folder / "dist", (EDITIONS["web"],), DAY)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder / "dist" / "web"), types={}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def form_site(endpoint: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose server answers scripts."""
    action = f"action: 'http://127.0.0.1:{endpoint.server_port}/send', answers: json"
    with served(tmp_path_factory.mktemp("form"), action) as address:
        yield address


@pytest.fixture(scope="module")
def plain_site(endpoint: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose server lets no script read its answers, and may lead on to another server."""
    port = endpoint.server_port
    action = f"action: 'http://127.0.0.1:{port}/page', thanks: 'http://localhost:{port}/tack'"
    with served(tmp_path_factory.mktemp("plain"), action) as address:
        yield address


def on_the_page(driver: Any, address: str) -> Person:
    """Someone on the feedback page."""
    Endpoint.received.clear()
    person = Person(driver, address)
    person.opens("aterkoppling/")
    driver.execute_script("document.querySelector('heja-feedback').dataset.timeout = 1000")
    return person


@pytest.fixture
def writer(form_site: str, chrome: Any) -> Person:
    """Someone on the feedback page of the site whose server answers scripts."""
    return on_the_page(chrome, form_site)


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


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("fel", "gick inte att skicka"),
        ("okänd", "gick inte att skicka"),
        ("långsam", "vet inte om meddelandet kom fram"),
    ],
)
def test_a_failed_message_is_kept(writer: Person, message: str, words: str) -> None:
    """After a fault, one in no field of the form, or a time-out, the text is still there and e-mail is offered."""
    write(writer, message)
    writer.sees(words)
    assert not writer.driver.find_element(By.CSS_SELECTOR, ".feedback__summary").is_displayed()
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
    summary = writer.driver.switch_to.active_element
    assert "Skriv ett meddelande." in summary.text
    assert summary.find_element(By.TAG_NAME, "h2").text == "Något behöver rättas innan meddelandet kan skickas."
    assert writer.driver.title.startswith("Fel: ")
    box = writer.driver.find_element(By.NAME, "message")
    assert box.get_attribute("aria-invalid") == "true"
    write(writer, "ogiltig")
    writer.sees("Skriv lite mer.")
    assert writer.driver.title.startswith("Fel: ")
    assert box.get_attribute("value") == "ogiltig"


def test_new_faults_take_the_place_of_old_news(writer: Person) -> None:
    """What was said of the last try is gone when the next one has faults."""
    write(writer, "fel")
    writer.sees("gick inte att skicka")
    writer.driver.find_element(By.NAME, "message").clear()
    write(writer, "")
    writer.sees("Skriv ett meddelande.")
    assert not writer.driver.find_element(By.CSS_SELECTOR, "heja-feedback [data-role='status']").is_displayed()


@pytest.mark.parametrize("message", ["rakt fram", "vidare"])
def test_a_server_that_leads_on_gets_the_form_once(plain_site: str, chrome: Any, message: str) -> None:
    """A server that no script may read gets the form as it is, and the reader comes to its page, or to another's."""
    person = on_the_page(chrome, plain_site)
    write(person, message)
    person.sees("Tack från servern")
    assert [body["message"] for body in Endpoint.received] == [[message]]


def test_faults_are_told_before_a_plain_form_is_sent(plain_site: str, chrome: Any) -> None:
    """What can be seen to be wrong is told without asking the server."""
    person = on_the_page(chrome, plain_site)
    write(person, "")
    person.sees("Skriv ett meddelande.")
    assert Endpoint.received == []


def test_a_plain_form_is_not_sent_twice(plain_site: str, chrome: Any) -> None:
    """A second press while the server thinks sends nothing more."""
    person = on_the_page(chrome, plain_site)
    person.driver.find_element(By.NAME, "message").send_keys("långsam")
    person.driver.execute_script(
        "const button = document.querySelector('.feedback__form button'); button.click(); button.click()"
    )
    person.sees("Tack från servern")
    assert len(Endpoint.received) == 1


def test_without_an_answer_nobody_says_that_it_failed(plain_site: str, chrome: Any) -> None:
    """When the server leads on to where the policy does not reach, we say that we do not know."""
    person = on_the_page(chrome, plain_site)
    write(person, "irrväg")
    person.sees("vet inte om meddelandet kom fram")
    assert [body["message"] for body in Endpoint.received] == [["irrväg"]]
    assert text_in_box(person) == "irrväg"


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
    assert person.driver.find_element(By.CSS_SELECTOR, "heja-copy-button button").is_displayed()


def test_it_says_that_mail_is_public(person: Person) -> None:
    """The page says that a message to a municipality is normally a public record."""
    person.opens("aterkoppling/")
    assert "allmän handling" in person.driver.find_element(By.TAG_NAME, "main").text


def test_files_of_the_form_site_name_the_endpoint(form_site: str, plain_site: str) -> None:
    """The policy lets the form reach its endpoint and where that leads on, and scripts ask only who answers them."""
    page = urlopen(form_site + "aterkoppling/").read().decode().replace("&#39;", "'")
    assert "connect-src 'self' http://127.0.0.1:" in page and "form-action 'self' http://127.0.0.1:" in page
    plain = urlopen(plain_site + "aterkoppling/").read().decode().replace("&#39;", "'")
    assert "connect-src 'self';" in plain
    assert re.search(r"form-action 'self' http://127\.0\.0\.1:\d+ http://localhost:\d+;", plain)
