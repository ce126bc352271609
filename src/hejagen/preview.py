"""Preview on this computer: a loopback server, a rebuild at every change, and a page that reloads itself."""

import errno
import html
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from hejagen.editions import EDITIONS
from hejagen.editions.hosting import TYPES
from hejagen.editions.service_worker import NAME, leaving_worker
from hejagen.errors import HejagenError, WrongUsage, cannot
from hejagen.layers.stack import FOLDERS, RECORD, SETTINGS, stack
from hejagen.pipeline import build
from hejagen.problems import BuildStopped, as_text

EVENTS, RELOADER = "/-/events", "/-/reload.js"
SCRIPT = f"""
const source = new EventSource("{EVENTS}");
const first = new Promise((done) => source.addEventListener("version", (event) => done(event.data), {{ once: true }}));
source.addEventListener("version", async (event) => {{ if (event.data !== (await first)) location.reload(); }});
"""


class State:
    """What the last build came to. `version` grows with every build; waiting pages are told."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.version = 0
        self.trouble = ""

    def update(self, trouble: str = "") -> None:
        """Note why a build has failed, or that it has not, and wake the pages that wait."""
        with self.changed:
            self.version += 1
            self.trouble = trouble
            self.changed.notify_all()


class Handler(SimpleHTTPRequestHandler):
    """Serves the last good build; when the newest build failed, pages show why, above the old page."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, state: State, **more: object) -> None:
        self.state = state
        self.extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a file, the reload script, the stream of versions or a worker that removes itself."""
        if self.path == EVENTS:
            self._events()
        elif self.path == RELOADER:
            self._send(200, "text/javascript; charset=utf-8", SCRIPT.encode())
        elif self.path.split("?")[0] == f"/{NAME}":
            # A worker that some earlier site left at this address would show its copies instead of the preview.
            self._send(200, "text/javascript; charset=utf-8", leaving_worker().encode())
        elif page := self._page():
            self._send(page[0], "text/html; charset=utf-8", self._with_reload(page[1]))
        else:
            super().do_GET()

    def _page(self) -> tuple[int, bytes] | None:
        """The HTML page that is asked for; the 404 page where there is none; None for other files."""
        target = Path(self.translate_path(self.path))
        if target.is_dir():
            if not self.path.split("?")[0].endswith("/"):
                return None
            target /= "index.html"
        if target.suffix == ".html" or not target.exists():
            found = target.is_file()
            missing = Path(self.directory) / "404.html"
            shown = target if found else missing
            return (200 if found else 404), shown.read_bytes() if shown.is_file() else b"<body></body>"
        return None

    def _with_reload(self, page: bytes) -> bytes:
        addition = f'<script src="{RELOADER}"></script>'
        if self.state.trouble:
            text = html.escape(self.state.trouble)
            addition += f'<pre class="build-problems" role="alert">Not rebuilt:\n\n{text}</pre>'
        return page.replace(b"<body>", b"<body>" + addition.encode(), 1)

    def _events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = -1
        try:
            while True:
                with self.state.changed:
                    self.state.changed.wait_for(lambda seen=seen: self.state.version != seen, timeout=15)  # type: ignore[misc]
                    now = self.state.version
                message = f"event: version\ndata: {now}\n\n" if now != seen else ": still here\n\n"
                self.wfile.write(message.encode())
                self.wfile.flush()
                seen = now
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
        """Say nothing about each request: the builds are what matters here."""


def rebuild(folders: tuple[Path, ...], out: Path, day: date, state: State, say: Callable[[str], None]) -> None:
    """Build once as of a day; tell the terminal and the waiting pages. Problems do not end the preview."""
    try:
        built = build(folders, out, (EDITIONS["web"],), day)
    except BuildStopped as stopped:
        trouble = [as_text(problem) for problem in stopped.problems]
        say("\n".join([*trouble, "Not rebuilt. The last good build is shown."]))
        state.update("\n\n".join(trouble))
    except (HejagenError, OSError) as error:
        reason = str(cannot("read", error) if isinstance(error, OSError) else error)
        say(f"Not rebuilt. {reason}")
        state.update(reason)
    else:
        for problem in built.warnings:
            say(as_text(problem))
        say(f"Built {built.pages} pages in {built.seconds:.2f} s.")
        state.update()


def serve(
    folders: tuple[Path, ...], out: Path, port: int, say: Callable[[str], None], today: Callable[[], date]
) -> None:
    """Build, serve on 127.0.0.1 and rebuild at every change until Ctrl-C.

    `today` is asked at each build: a preview may stand open for days. Raises WrongUsage for what is no layer, and for a
    port that cannot be used.
    """
    roots = roots_of(folders)
    state = State()
    handler = partial(Handler, state=state, directory=str(out / EDITIONS["web"].name))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        reason = "it is taken" if error.errno == errno.EADDRINUSE else error.strerror
        raise WrongUsage(f"Port {port} cannot be used ({reason}).", "Try --port 0.") from None
    server.daemon_threads = True
    changes = watch(
        *roots, watch_filter=Ours(roots), debounce=200, rust_timeout=300, yield_on_timeout=True, raise_interrupt=True
    )
    next(changes)  # from here on, what changes during the build is seen too
    rebuild(folders, out, today(), state, say)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Preview: http://127.0.0.1:{server.server_port}/  (Ctrl-C ends it)")
    for changed in changes:
        if changed:
            rebuild(folders, out, today(), state, say)


def roots_of(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the folders of all layers, those that others extend too. Raises WrongUsage for what is
    no layer."""
    return tuple(layer.folder.resolve() for layer in stack(folders).layers)


class Ours(DefaultFilter):
    """Lets through what can change the site: site.yaml and what lies in the layers' folders. The roots themselves are
    watched, so that folders that are made later and files that an editor puts in place of the old one are seen."""

    def __init__(self, roots: tuple[Path, ...]) -> None:
        super().__init__()
        self.roots = roots

    def __call__(self, change: Change, path: str) -> bool:
        """Tell whether a change is worth a build."""
        found = (Path(path).relative_to(root).parts for root in self.roots if Path(path).is_relative_to(root))
        return any(parts[:1] and parts[0] in (*FOLDERS, SETTINGS, RECORD) for parts in found) and super().__call__(
            change, path
        )
