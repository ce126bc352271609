"""All pages of an edition are looked at, in several browsers at once. What was finished is kept, and not done again."""

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from hejagen.browser.finding import LEVELS, Examined, Found, Level
from hejagen.browser.page import Seen, examine, picture
from hejagen.browser.start import Tools, axe_version, started
from hejagen.browser.states import STATES, State
from hejagen.editions.hosting import TYPES
from hejagen.errors import HejagenError
from hejagen.layers.fingerprint import program_hash
from hejagen.messages import Message, say
from hejagen.model.settings import CheckRun
from hejagen.output import put

FINISHED = "finished.jsonl"
"""In the report's folder: a line for each page that was looked at, so that a check that is stopped can go on."""
PICTURES = 3
"""How many findings of a page are shown in a picture."""
SAMPLE = 2
"""How many pages of each kind a sample has."""
Report = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Examination:
    """What a check in a browser came to: the pages that were looked at, how many there were, and with what."""

    pages: tuple[Examined, ...]
    of: int
    browser: str
    axe: str
    seconds: float

    def worst(self, level: Level) -> tuple[Found, ...]:
        """Return the findings at a level of WCAG, and those at the levels below it."""
        wanted = LEVELS[: LEVELS.index(level) + 1]
        return tuple(row for page in self.pages for row in page.findings if row.level in wanted)

    def runs(self, day: object, version: str, content: str) -> Iterator[CheckRun]:
        """Yield what is recorded for the statement: for each part, how many faults there were up to level AA."""
        for part, tool, number in (
            ("axe", "axe-core", self.axe),
            ("keyboard", "hejagen", version),
            ("view", "hejagen", version),
        ):
            yield CheckRun.model_validate(
                {
                    "tool": tool,
                    "version": number,
                    "date": day,
                    "pages": len(self.pages),
                    "violations": sum(row.part == part for row in self.worst("AA")),
                    "part": part,
                    "of": self.of,
                    "content": content,
                    "browser": self.browser,
                }
            )


def sampled(paths: Iterable[str], kinds: Mapping[str, str], each: int = SAMPLE) -> tuple[str, ...]:
    """Return the first pages of each kind, `each` of them. `kinds` are the kinds by path.

    A page of no known kind is taken.
    """
    chosen: dict[str, list[str]] = {}
    for path in paths:
        chosen.setdefault(kinds.get(path, path), []).append(path)
    return tuple(path for group in chosen.values() for path in group[:each])


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: object, below: str, **more: object) -> None:
        self.extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}
        self.below = below
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Return the file of an address. What is not below the site's own path is not there."""
        return super().translate_path("/" + path.removeprefix(self.below)) if path.startswith(self.below) else ""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: the browser went on to the next page before it had all of this one."""


@contextmanager
def served(folder: Path, below: str = "/") -> Iterator[str]:
    """Yield the address of a folder on loopback, on any free port, with the path `below` which the site has where it is
    published: its page for what is not found links from there."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, directory=str(folder), below=below))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{below}"
    finally:
        server.shutdown()
        server.server_close()


def look(
    edition: str,
    folder: Path,
    start: str,
    paths: Sequence[str],
    of: int,
    out: Path,
    found: Tools,
    report: Report,
    kinds: Mapping[str, str] | None = None,
    uses: Mapping[str, tuple[State, ...]] = STATES,
) -> Examination:
    """Look at pages of an edition, with as many browsers as there are cores, and return what was found.

    `folder` holds the pages, `start` is its address, `paths` are the pages to look at, of `of` in all. `out`
    is the folder for the report: pages that were finished there before and have not changed are not looked at again.
    By `kinds`, the kinds of pages by path, the first page of each is used too, as `uses` says by kind.

    Raises HejagenError when a browser does not start or cannot show a page.
    """
    begun = time.perf_counter()
    before = _finished(out)
    used = sampled((path for path in paths if path in (kinds or {})), kinds or {}, 1)
    states = {path: uses.get(kinds[path], ()) for path in used} if kinds else {}
    hashes = {path: _hash(edition, folder, path, path in states) for path in paths}
    work = _Work(edition, start, out, found, hashes, states)
    work.done.update({path: before[key] for path, key in hashes.items() if key in before})
    for path in paths:
        if path not in work.done:
            work.left.put(path)
    _watch(work, min(os.cpu_count() or 1, work.left.qsize() or 1), report)
    if work.failures:
        if isinstance(work.failures[0], HejagenError):
            raise work.failures[0]
        raise HejagenError(
            say("The browser failed: {reason}", reason=str(work.failures[0]).splitlines()[0]),
            say("Run the same command again: it goes on with the pages that are left."),
        ) from work.failures[0]
    pages = tuple(work.done[path] for path in paths)
    return Examination(pages, of, work.browser, work.axe, time.perf_counter() - begun)


@dataclass
class _Work:
    """What browsers share while they look at pages: those that are left, those that are done, and what went wrong."""

    edition: str
    start: str
    out: Path
    tools: Tools
    hashes: Mapping[str, str]
    states: Mapping[str, tuple[State, ...]]
    left: SimpleQueue[str] = field(default_factory=SimpleQueue)
    done: dict[str, Examined] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    seen: Seen = field(default_factory=lambda: Seen({}, threading.Lock()))
    browser: str = ""
    axe: str = ""

    def run(self) -> None:
        """Start a browser, and look at pages until none is left or something fails."""
        try:
            with started(self.tools) as driver:
                name, version = (driver.capabilities.get(key, "") for key in ("browserName", "browserVersion"))
                driver.get("about:blank")
                self.browser, self.axe = f"{name} {version}", axe_version(driver, self.tools.axe)
                while not self.stop.is_set():
                    self._keep(self._looked(driver, self.left.get_nowait()))
        except Empty:
            pass
        except Exception as error:
            self.failures.append(error)
            self.stop.set()

    def _keep(self, page: Examined) -> None:
        with self.lock:
            self.done[page.path] = page
            with (self.out / FINISHED).open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(page), ensure_ascii=False) + "\n")

    def _looked(self, driver: Any, path: str) -> Examined:
        states, first = self.states.get(path, ()), not self.states or path in self.states
        shots: list[str] = []

        def shoot(row: Found) -> Found:
            wanted = row.selector and row.level in ("A", "AA") and len(shots) < PICTURES
            if not wanted or not (data := picture(driver, row)):
                return row
            shots.append(self._put(path, row, data))
            return replace(row, shot=shots[-1])

        findings, judged = examine(driver, self.start + path, self.tools.axe, self.seen, states, first, shoot)
        return Examined(self.edition, path, self.hashes[path], tuple(findings), tuple(judged))

    def _put(self, path: str, row: Found, data: bytes) -> str:
        key = f"{self.hashes[path]} {row.rule} {row.selector}"
        name = f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.png"
        put(self.out, f"shots/{name}", data)
        return name


def _watch(work: _Work, browsers: int, report: Report) -> None:
    """Let browsers work, each in a thread, and report how far they are, until all have ended."""
    workers = [threading.Thread(target=work.run, daemon=True) for _ in range(browsers)]
    for worker in workers:
        worker.start()
    try:
        while any(worker.is_alive() for worker in workers):
            report(say("looking at pages in the browser, {done} of {all} done",
                       done=len(work.done), all=len(work.hashes)))  # fmt: skip
            workers[0].join(0.5)
            for worker in workers:
                worker.join(0.1)
    finally:
        work.stop.set()
        for worker in workers:
            worker.join(90)


def _hash(edition: str, folder: Path, path: str, used: bool) -> str:
    """The hash of a page, or of a part of one, of the program, and of whether the page is used too.

    Names of styles and scripts in a page hold their own hashes."""
    file, _, part = path.partition("#")
    about = f"{edition} {Path(file).name} {part} {used} {program_hash()} "
    return hashlib.sha256(about.encode() + (folder / file).read_bytes()).hexdigest()[:32]


def _finished(out: Path) -> dict[str, Examined]:
    """Return the pages that were looked at before, by the hash of each one. Lines that cannot be read are left out."""
    pages: dict[str, Examined] = {}
    try:
        lines = (out / FINISHED).read_text("utf-8").splitlines()
    except OSError:
        return pages
    for line in lines:
        try:
            row = json.loads(line)
            findings, judged = (tuple(Found(**one) for one in row.pop(name)) for name in ("findings", "open"))
            page = Examined(**row, findings=findings, open=judged)
        except (ValueError, TypeError, KeyError):
            continue
        pages[page.hash] = page
    return pages
