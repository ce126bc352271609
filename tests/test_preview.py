"""The preview: a real server, real files, real changes."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.conftest import DAY, ENVIRONMENT, ROOT, STATEMENT
from tests.helpers import HANGING, layer

pytestmark = pytest.mark.slow
VERSION = re.compile(r'<script src="/-/reload.js" data-version="(\w+)">')


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A running preview of a small layer, with its address and folder."""
    (tmp_path / "site.yaml").write_text(STATEMENT, "utf-8")
    page = tmp_path / "content/sv/pages/om.md"
    page.parent.mkdir(parents=True)
    shutil.copy(ROOT / "content/sv/pages/om.md", page)
    command = [sys.executable, "-u", "-m", "hejagen", "serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=ENVIRONMENT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    address = ""
    for line in process.stdout:
        if line.startswith("Preview: "):
            address = line.split()[1]
            break
    yield address, tmp_path
    process.terminate()
    process.wait(10)


def read(address: str) -> str:
    """A page's text, also of the 404 page."""
    try:
        return str(urlopen(address, timeout=5).read().decode())
    except HTTPError as error:
        return error.read().decode()


def wait_for(address: str, text: str) -> bool:
    """Wait until a page holds a text."""
    for _ in range(600):
        if text in read(address):
            return True
        time.sleep(0.1)
    return False


def wait_until_mended(address: str) -> bool:
    """Wait until a page tells of no problems."""
    for _ in range(600):
        if "build-problems" not in read(address):
            return True
        time.sleep(0.1)
    return False


def test_a_change_shows_and_a_mistake_is_told(preview: tuple[str, Path]) -> None:
    """Saving a file rebuilds; a mistake is shown above the last good page and goes away when mended."""
    address, folder = preview
    page = folder / "content/sv/pages/om.md"
    good = page.read_text("utf-8")
    assert "/-/reload.js" in read(address)
    page.write_text(good + "\nEtt nytt stycke.\n", "utf-8")
    assert wait_for(address + "om/", "Ett nytt stycke.")
    assert wait_for((folder / "dist/web/om/index.html").as_uri(), "Ett nytt stycke."), "built, and not only shown ahead"
    page.write_text(good.replace("title:", "titel:"), "utf-8")
    assert wait_for(address + "om/", "unknown key &quot;titel&quot;")
    assert "Ett nytt stycke." in read(address + "om/")
    page.write_text(good, "utf-8")
    assert wait_until_mended(address + "om/")
    page.write_text(f"{good}\nEtt sämre stycke med en [länk](page:finns-inte).\n", "utf-8")
    assert wait_for(address + "om/", "build-problems")
    assert "Ett sämre stycke" not in read(address + "om/").partition("</pre>")[2]
    page.write_text(good, "utf-8")
    assert wait_until_mended(address + "om/")


@pytest.mark.skipif(sys.platform != "linux", reason="no process apart in other systems")
def test_a_template_that_hangs_is_told(preview: tuple[str, Path]) -> None:
    """The preview goes on, whatever one step of a template does, and shows the page when it is mended."""
    address, folder = preview
    template = folder / "layouts/pages/page.html"
    template.parent.mkdir(parents=True)
    template.write_text(HANGING)
    assert wait_for(f"{address}om/", "layouts/pages/page.html:2:1: ")
    template.write_text("{% extends '!pages/page.html' %}")
    assert wait_until_mended(f"{address}om/")


def test_pages_that_changed_are_told(preview: tuple[str, Path]) -> None:
    """An open page gets its version when it is opened, and another when it has changed; other pages get none."""
    address, folder = preview
    changed, other = (urlopen(f"{address}-/events?/{name}/", timeout=20) for name in ("om", "ordlista"))
    first, _ = ([stream.readline() for _ in range(3)] for stream in (changed, other))
    assert first[0] == b"event: version\n" and VERSION.findall(read(address + "om/")) == [first[1].decode()[6:-1]]
    page = folder / "content/sv/pages/om.md"
    page.write_text(page.read_text("utf-8") + "\nMer.\n", "utf-8")
    lines = [changed.readline() for _ in range(3)]
    assert lines[0] == b"event: version\n" and lines[1] != first[1]
    assert VERSION.findall(read(address + "om/")) == [lines[1].decode()[6:-1]]
    assert other.readline() == b": still here\n"


def test_what_is_not_there_is_told_by_the_sites_own_page(preview: tuple[str, Path]) -> None:
    """An unknown address gives the site's 404 page; nothing outside the folder is served."""
    address, _ = preview
    assert "Sundby" in read(address + "finns-inte/")
    assert "root:" not in read(address + "../../../../etc/passwd")


def test_files_that_are_put_in_place_are_seen(preview: tuple[str, Path]) -> None:
    """A file that an editor saves by putting a new one in its place is seen each time; so is a folder that is new."""
    address, folder = preview
    for name in ("Norrby", "Söderby"):
        (folder / ".site.yaml.new").write_text(f"{STATEMENT}name: {name}\n", "utf-8")
        (folder / ".site.yaml.new").replace(folder / "site.yaml")
        assert wait_for(address, name)
    (folder / "layouts/pages").mkdir(parents=True)
    (folder / "layouts/pages/page.html").write_text(
        '{% extends "!pages/page.html" %}{% block head %}<!--hej-->{% endblock %}'
    )
    assert wait_for(address + "om/", "<!--hej-->")


def test_what_does_not_belong_to_the_site_is_passed_over() -> None:
    """Only site.yaml and the layers' folders make the site anew, whatever else lies beside them."""
    from watchfiles import Change

    from hejagen.preview import Ours

    ours = Ours((Path("/a"), Path("/b/c")))
    seen = ("/a/site.yaml", "/a/content/sv/pages/om.md", "/b/c/layouts/base.html", "/a/layouts")
    other = ("/a/dist/web/index.html", "/a/.git/content", "/a/notes.md", "/b/content/x.md", "/a/content/om.md~", "/a")
    assert [path for path in (*seen, *other) if ours(Change.modified, path)] == list(seen)


def test_the_page_tells_why_nothing_was_built(tmp_path: Path) -> None:
    """When the output cannot be written, the page says so, not only the terminal."""
    from hejagen.preview import State, rebuild

    (tmp_path / "file").write_text("x")
    state = State()
    rebuild((ROOT,), tmp_path / "file" / "dist", DAY, state, lambda text: None)
    assert "File exists" in state.trouble and state.version == 1


def test_the_search_is_made_in_a_pause() -> None:
    """While somebody writes, the search of the last build stays; in a pause it is made of what is there now."""
    from hejagen.output import File
    from hejagen.preview import LazySearch

    def page(words: str) -> tuple[File, ...]:
        return (File("index.html", f'<html lang="sv"><main data-pagefind-body>{words}</main></html>'.encode()),)

    search = LazySearch()
    first = search(page("blåbär"), "")
    search.hurry = True
    assert search(page("lingon"), "") == first and search.stale
    search.hurry = False
    assert search(page("lingon"), "") != first and not search.stale


def test_a_worker_that_others_left_is_sent_away(preview: tuple[str, Path]) -> None:
    """Whoever asks for a service worker gets one that removes itself, not that of the built site."""
    address, folder = preview
    sent = read(address + "sw.js")
    assert "registration.unregister()" in sent and "BUILD" not in sent
    assert "BUILD" in next(folder.rglob("sw.js")).read_text("utf-8")


def test_the_preview_watches_what_a_layer_extends(tmp_path: Path) -> None:
    """A change in a layer further down rebuilds too."""
    from hejagen.preview import roots_of

    layer(tmp_path / "region")
    top = layer(tmp_path / "kommun", "extends: ../region\n")
    assert set(roots_of((top,))) == {ROOT, tmp_path / "region", tmp_path / "kommun"}
