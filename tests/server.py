"""A plain static server for the tests, and what it was asked for."""

from collections.abc import Mapping
from http.server import SimpleHTTPRequestHandler


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder and keeps quiet. Answers a missing page with the site's own 404."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, types: Mapping[str, str], **more: object) -> None:
        self.extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **types}
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
