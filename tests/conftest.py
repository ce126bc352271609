"""What the tests share: a built site and a server on loopback."""

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from hejagen.editions import EDITIONS
from hejagen.layers import RECORD
from hejagen.pipeline import Built, build
from hejagen.serve import TYPES

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "publisher"
"""A layer that says who publishes it; nothing is built without."""
STATEMENT = (OWN / "site.yaml").read_text("utf-8")


def build_day() -> str:
    """A day on which the statements are fresh, as SOURCE_DATE_EPOCH: the last that any of them names, at noon."""
    texts = [path.read_text("utf-8") for path in (ROOT / "site.yaml", ROOT / RECORD, OWN / "site.yaml")]
    days = re.findall(r'(?:assessed|updated|"date"): "(\d{4}-\d\d-\d\d)"', "".join(texts))
    return str(int(datetime.fromisoformat(f"{max(days)}T12:00:00+00:00").timestamp()))


os.environ["SOURCE_DATE_EPOCH"] = build_day()
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"],
}  # fmt: skip
"""What programs that the tests start have around them."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real content, built once by the same call as the command makes."""
    return build((ROOT,), tmp_path_factory.mktemp("built") / "dist", (EDITIONS["web"],))


@pytest.fixture(scope="session")
def site(built: Built) -> Path:
    """The folder of the hosted edition."""
    return built.folders[0]


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served, under a sub-path, by a server that sends its own headers."""
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(site, root / "kommun" / "larstod")
    with served(root) as start:
        yield f"{start}kommun/larstod/"


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of a folder on loopback."""
    from tests.server import Handler

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(root), types=TYPES))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
