"""Preview a site on this computer: serve it on loopback, rebuild at every change, and reload the open pages."""

import errno
import gc
import hashlib
import html
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from hejagen.editions import EDITIONS
from hejagen.editions.hosting import TYPES
from hejagen.editions.service_worker import NAME, leaving_worker
from hejagen.errors import HejagenError, WrongUsage, cannot, report_fault
from hejagen.layers.folder import FOLDERS, RECORD, SETTINGS
from hejagen.layers.stack import stack
from hejagen.messages import ENGLISH, Words, say, told
from hejagen.output import File
from hejagen.pipeline import Search, Snapshot, build, page_ahead
from hejagen.problems import BuildStopped, as_text
from hejagen.search.bundle import search_files
from hejagen.store.folder import store

EVENTS, RELOADER = "/-/events", "/-/reload.js"
PAUSE = 10
"""Times that `_changes` must yield nothing, about three seconds, until the search is made anew."""
BODY = re.compile(rb"<body\b[^<>]*>")
SCRIPT = f"""
const {{ version }} = document.currentScript.dataset;
const source = new EventSource("{EVENTS}?" + location.pathname);
source.addEventListener("version", (event) => {{ if (event.data !== version) location.reload(); }});
"""
"""Waits until the page is another than the one that was sent."""


class State:
    """The result of the last build. `version` grows with every build, and pages that wait are notified."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.version = 0
        self.trouble = ""
        self.ahead: File | None = None
        """A page that is shown before the site is built anew."""
        self.snapshot: Snapshot | None = None
        """What the last build was made from."""

    def update(self, trouble: str = "", ahead: File | None = None) -> None:
        """Store why a build failed, or "" if it succeeded, or a page that is ahead of it; wake the pages that wait."""
        with self.changed:
            self.version += 1
            self.trouble = trouble
            self.ahead = ahead
            self.changed.notify_all()

    def keep(self, snapshot: Snapshot) -> None:
        """Keep what the site was built from."""
        self.snapshot = snapshot


class LazySearch:
    """Makes the search of a preview. It takes longer than all else: while somebody writes, that of the last build is
    good enough, and it is made anew in a pause."""

    def __init__(self) -> None:
        self.hurry = False
        """Whether the last one is good enough."""
        self.stale = False
        """Whether the last one is of an earlier build."""
        self._last: tuple[File, ...] = ()

    def __call__(self, files: tuple[File, ...], engine: str) -> tuple[File, ...]:
        """Return the files of the search."""
        self.stale = self.hurry and bool(self._last)
        if not self.stale:
            self._last = search_files(files, engine)
        return self._last


class Handler(SimpleHTTPRequestHandler):
    """Serve the last good build. When the newest build failed, each page shows why at its top."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, state: State, words: Words = ENGLISH, **more: object) -> None:
        self.state, self.words = state, words
        self.extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a file, the reload script, the stream of versions or a worker that removes itself."""
        path, _, page_path = self.path.partition("?")
        if path == EVENTS:
            self._events(page_path)
        elif self.path == RELOADER:
            self._send(200, "text/javascript; charset=utf-8", SCRIPT.encode())
        elif path == f"/{NAME}":
            # A worker that some earlier site left at this address would show its copies instead of the preview.
            self._send(200, "text/javascript; charset=utf-8", leaving_worker().encode())
        elif page := self._page(path):
            self._send(page[0], "text/html; charset=utf-8", self._with_reload(page[1]))
        else:
            super().do_GET()

    def _page(self, path: str) -> tuple[int, bytes] | None:
        """Return status and HTML of a page, or of the 404 page; None for other files."""
        target = Path(self.translate_path(path))
        if target.is_dir():
            if not path.endswith("/"):
                return None
            target /= "index.html"
        if (ahead := self.state.ahead) and target == Path(self.directory) / ahead.path:
            return 200, ahead.data
        if target.suffix == ".html" or not target.exists():
            exists = target.is_file()
            missing = Path(self.directory) / "404.html"
            shown = target if exists else missing
            return (200 if exists else 404), shown.read_bytes() if shown.is_file() else b"<body></body>"
        return None

    def _with_reload(self, page: bytes) -> bytes:
        addition = f'<script src="{RELOADER}" data-version="{self._version(page)}"></script>'
        if self.state.trouble:
            text = html.escape(self.state.trouble)
            title = html.escape(told(say("Not rebuilt:"), self.words))
            addition += f'<pre class="build-problems" role="alert">{title}\n\n{text}</pre>'
        return BODY.sub(lambda body: body[0] + addition.encode(), page, count=1)

    def _version(self, page: bytes) -> str:
        """Return what changes with a page, with what it loads, whose names change, and with what is told on it."""
        return hashlib.sha256(page + self.state.trouble.encode()).hexdigest()[:16]

    def _events(self, path: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen, built = "", -1
        try:
            while True:
                with self.state.changed:
                    self.state.changed.wait_for(lambda built=built: self.state.version != built, timeout=15)  # type: ignore[misc]
                    built = self.state.version
                page = self._page(path)
                version = self._version(page[1]) if page else ""
                message = f"event: version\ndata: {version}\n\n" if version != seen else ": still here\n\n"
                self.wfile.write(message.encode())
                self.wfile.flush()
                seen = version
        except OSError:
            self.close_connection = True

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the terminal shows builds, not requests."""


def show_ahead(changed: set[tuple[Change, str]], state: State) -> None:
    """Show the page of a text that was saved at once. The build that follows checks it, and shows what else changes."""
    files = {Path(path) for _, path in changed}
    if len(files) == 1 and state.snapshot and not state.trouble:
        with suppress(Exception):  # the build will tell
            if ahead := page_ahead(state.snapshot, files.pop()):
                state.update(ahead=ahead)


def rebuild(
    folders: tuple[Path, ...],
    out: Path,
    day: date,
    state: State,
    show: Callable[[str], None],
    words: Words = ENGLISH,
    search: Search = search_files,
) -> None:
    """Build once as of a day, and report to the terminal and the open pages. Problems do not end the preview."""
    try:
        built = build(folders, out, (EDITIONS["web"],), day, search=search, drafts=True, keep=state.keep)
    except BuildStopped as stopped:
        trouble = [as_text(problem, words) for problem in stopped.problems]
        show("\n".join([*trouble, told(say("Not rebuilt. The last good build is shown."), words)]))
        state.update("\n\n".join(trouble))
    except Exception as error:
        # Whatever a text does to the program, the preview goes on: the next save may mend it.
        reason = error.sentences if isinstance(error, HejagenError) else report_fault(error)
        if isinstance(error, OSError):
            reason = cannot("read", error).sentences
        show(told(say("Not rebuilt. {reason}", reason=reason), words))
        state.update(told(reason, words))
    else:
        for problem in built.warnings:
            show(as_text(problem, words))
        seconds = f"{built.seconds:.2f}"
        show(told(say("Built {pages} pages in {seconds} s.", pages=built.pages, seconds=seconds), words))
        state.update()
    # Garbage is looked for now, when nobody waits, and next time not among what stays.
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def serve(
    folders: tuple[Path, ...],
    out: Path,
    port: int,
    show: Callable[[str], None],
    today: Callable[[], date],
    words: Words = ENGLISH,
) -> None:
    """Build, serve on 127.0.0.1 and rebuild at every change until Ctrl-C.

    `today` is called at each build, because a preview may run for days. Raises WrongUsage for a folder that is not a
    layer, and for a port that cannot be used.
    """
    roots = roots_of(folders)
    state = State()
    handler = partial(Handler, state=state, words=words, directory=str(out / EDITIONS["web"].name))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        reason = say("it is taken") if error.errno == errno.EADDRINUSE else error.strerror
        message = say("Port {port} cannot be used ({reason}).", port=port, reason=reason)
        raise WrongUsage(message, say("Try --port 0.")) from None
    server.daemon_threads = True
    store().resident = True
    changes = _changes(roots)
    try:
        next(changes)  # from here on, changes during the build are noticed too
    except WatchfilesRustInternalError:  # other programs watch as much as the system allows
        changes = _changes(roots, polling=True)
        next(changes)
    search = LazySearch()
    rebuild(folders, out, today(), state, show, words, search)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    show(told(say("Preview: {address}  (Ctrl-C ends it)", address=address), words))
    quiet = 0
    for changed in changes:
        quiet = 0 if changed else quiet + 1
        show_ahead(changed, state)
        search.hurry = bool(changed)
        if changed or (search.stale and not state.trouble and quiet == PAUSE):
            rebuild(folders, out, today(), state, show, words, search)


def _changes(roots: tuple[Path, ...], polling: bool = False) -> Iterator[set[tuple[Change, str]]]:
    """Yield what has changed below the roots; nothing at least three times a second. `polling` asks the system for no
    news, and looks at all files itself."""
    return watch(
        *roots,
        watch_filter=Ours(roots),
        debounce=100,
        step=20,
        rust_timeout=300,
        yield_on_timeout=True,
        raise_interrupt=True,
        force_polling=polling,
    )


def roots_of(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the folders of all layers and the layers that they extend.

    Raises WrongUsage for a folder that is not a layer.
    """
    return tuple(layer.folder.resolve() for layer in stack(folders).layers)


class Ours(DefaultFilter):
    """Pass changes that can affect the site: site.yaml, the record, and files in the folders that a layer may have.

    The roots themselves are watched, to notice new folders and editors that replace a file instead of writing to it.
    """

    def __init__(self, roots: tuple[Path, ...]) -> None:
        super().__init__()
        self.roots = roots

    def __call__(self, change: Change, path: str) -> bool:
        """Return whether a change needs a build."""
        relative = (Path(path).relative_to(root).parts for root in self.roots if Path(path).is_relative_to(root))
        return any(parts[:1] and parts[0] in (*FOLDERS, SETTINGS, RECORD) for parts in relative) and super().__call__(
            change, path
        )
