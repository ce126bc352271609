"""What the tests share: a built site and a server on loopback."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from hejagen.editions import EDITIONS
from hejagen.hosting import TYPES
from hejagen.pipeline import Built, build
from tests.hosts import HOSTS, PATH

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real content, built once by the same call as the command makes."""
    return build((ROOT,), tmp_path_factory.mktemp("built") / "dist", tuple(EDITIONS.values()))


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
    from tests.server import Handler

    root = tmp_path_factory.mktemp("served")
    shutil.copytree(site, root / "kommun" / "larstod")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(root), types=TYPES))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/kommun/larstod/"
    server.shutdown()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks for a hosted site needs nginx and Apache."""
    for item in items:
        if "hosted" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.server)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a build for a municipality's address with a sub-path: the site, and the servers' snippets."""
    own = tmp_path_factory.mktemp("own")
    (own / "site.yaml").write_text(f"url: https://larstod.example{PATH}\n", "utf-8")
    return build((ROOT, own), tmp_path_factory.mktemp("published") / "dist", tuple(EDITIONS.values())).folders[0].parent


@pytest.fixture(scope="session", params=HOSTS)
def hosted(request: pytest.FixtureRequest, published: Path) -> Iterator[str]:
    """Where the published site is served by a real server, with nothing but the files that the build wrote."""
    with HOSTS[request.param](published) as address:
        yield address
