"""A plain static server for the tests, and what it was asked for."""

import io
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from hejagen.editions.hosting import TYPES


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder and keeps quiet. Answers a missing page with the site's own 404."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, types: Mapping[str, str], **more: object) -> None:
        self.extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **types}
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Host:
    """A web host on one port of loopback that can be stopped, be slow, lose files and get a new version of a site.

    `sites` are folders by sub-path, or one by ""; each is sent with the headers of its own `_headers` file.
    """

    def __init__(self, **sites: Path) -> None:
        self.sites = dict(sites)
        self.lost: set[str] = set()
        self.delay = 0.0
        self.port = 0
        self.connections: set[socket.socket] = set()
        self.start()

    def start(self) -> None:
        """Begin to answer, on the same port as before."""
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), partial(HostHandler, host=self, types=TYPES))
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answer nothing any more: the port is closed, and so is every connection that a browser holds in reserve."""
        self.server.shutdown()
        self.server.server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.connections.clear()

    def address(self, site: str) -> str:
        """The address of a site."""
        return f"http://127.0.0.1:{self.port}/{site}/"


class HostHandler(Handler):
    """Answers for a Host."""

    def __init__(self, *args: object, host: Host, **more: object) -> None:
        self.host = host
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def setup(self) -> None:
        """Let the host know of the connection."""
        super().setup()
        self.host.connections.add(self.connection)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer late, or not at all for what is lost."""
        if self.path.endswith("/") or self.path.endswith(".html"):
            time.sleep(self.host.delay)
        whole = self.path.split("?")[0].lstrip("/")
        name, _, path = whole.partition("/") if "" not in self.host.sites else ("", "", whole)
        if name not in self.host.sites or path in self.host.lost:
            self.send_error(404)
            return None
        self.directory, self.path = str(self.host.sites[name]), "/" + path
        # Two builds in the same second look the same to If-Modified-Since; a real host also compares an ETag.
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def end_headers(self) -> None:
        """Send what the site's own `_headers` say for all files."""
        rules = Path(self.directory or "", "_headers")
        for line in rules.read_text("utf-8").split("\n\n")[0].splitlines()[1:] if rules.is_file() else ():
            name, _, value = line.strip().partition(": ")
            self.send_header(name, value)
        super().end_headers()
