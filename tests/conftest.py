"""What the tests share: a built site and a server on loopback."""

import atexit
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from hejagen.editions import DEFAULT, EDITIONS
from hejagen.editions.hosting import TYPES
from hejagen.layers.folder import RECORD
from hejagen.pipeline import Built, build
from tests.hosts import HOSTS, PATH

pytest.register_assert_rewrite("tests.helpers", "tests.browser.helpers")  # so that they tell what was compared
ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "publisher"
"""A layer that says who publishes it; nothing is built without."""
EXAMPLES = (ROOT / "layers" / "storhamn", ROOT / "layers" / "hallvaara")
"""A large city and a small municipality in two languages."""
STATEMENT = (OWN / "site.yaml").read_text("utf-8")


def newest_day() -> date:
    """The last day that any of the statements and records names."""
    texts = [path.read_text("utf-8") for path in (ROOT / "site.yaml", ROOT / RECORD, OWN / "site.yaml")]
    days = re.findall(r'(?:assessed|updated|"date"): "(\d{4}-\d\d-\d\d)"', "".join(texts))
    return date.fromisoformat(max(days))


DAY = newest_day()
"""The day of every test that names no other: on it all statements are fresh. No test asks what day it is."""


if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["HEJAGEN_CACHE"] = tempfile.mkdtemp(prefix="hejagen-tests-")
    atexit.register(shutil.rmtree, os.environ["HEJAGEN_CACHE"], ignore_errors=True)
STORE = os.environ["HEJAGEN_CACHE"]
"""The store of all tests, which goes with them; workers of pytest share it."""
CLOCK = ("TZ", "DATEFUDGE", "LD_PRELOAD", "LD_LIBRARY_PATH")
"""Variables that set the clock of a process, see .ci/days. Those that the tests start have the same clock."""


def as_of(day: date) -> dict[str, str]:
    """What programs that the tests start have around them, on a day: its noon in UTC."""
    noon = datetime.combine(day, time(12), UTC)
    clock = {name: os.environ[name] for name in CLOCK if name in os.environ}
    return clock | {
        "PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": f"{noon.timestamp():.0f}",
        "HEJAGEN_LANG": "en", "HEJAGEN_CACHE": STORE,
    }  # fmt: skip


ENVIRONMENT = as_of(DAY)
"""What programs that the tests start have around them."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real content, built once by the same call as the command makes."""
    return build((ROOT,), tmp_path_factory.mktemp("built") / "dist", DEFAULT, DAY)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Built]:
    """The example layers by name, each built once."""
    folder = tmp_path_factory.mktemp("examples")
    return {layer.name: build((layer,), folder / layer.name, DEFAULT, DAY) for layer in EXAMPLES}


@pytest.fixture(scope="session")
def site(built: Built) -> Path:
    """The folder of the hosted edition."""
    return next(folder for folder in built.folders if folder.name == "web")


@pytest.fixture(scope="session")
def download(site: Path) -> Path:
    """The zip that the hosted site offers."""
    return site / "heja-utan-nat.zip"


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks for a hosted site needs nginx and Apache, and what asks for a built one has it built."""
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "hosted" in asked:
            item.add_marker(pytest.mark.server)
        if {"built", "examples", "published"} & set(asked):
            item.add_marker(pytest.mark.build)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a build for a municipality's address with a sub-path: the site with its zip, and the servers'
    snippets. The one file is left out: to a server it is a page like others."""
    own = tmp_path_factory.mktemp("address")
    (own / "site.yaml").write_text(f"url: https://larstod.example{PATH}\n", "utf-8")
    editions = (EDITIONS["offline"], EDITIONS["web"])
    return build((ROOT, OWN, own), tmp_path_factory.mktemp("published") / "dist", editions, DAY).folders[0].parent


@pytest.fixture(scope="session", params=HOSTS)
def hosted(request: pytest.FixtureRequest, published: Path) -> Iterator[str]:
    """Where the published site is served by a real server, with nothing but the files that the build wrote."""
    with HOSTS[request.param](published) as address:
        yield address
