"""The zip to take along is the same everywhere, and fits where it is unpacked."""

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from hejagen.editions.offline import pack
from hejagen.errors import HejagenError
from hejagen.layers.folder import RECORD
from hejagen.output import File
from hejagen.search.bundle import search_files
from tests.conftest import ENVIRONMENT, ROOT

pytestmark = pytest.mark.build

NAME = "heja-utan-nat.zip"


def packed(checkout: Path, zone: str, mask: int) -> bytes:
    """The zip as it is made from a checkout of its own, in a time zone, with a umask."""
    for name in ("src", "content", "layouts"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("site.yaml", RECORD):
        shutil.copy(ROOT / name, checkout)
    more = ENVIRONMENT | {"PYTHONPATH": str(checkout / "src"), "TZ": zone}
    command = [sys.executable, "-m", "hejagen", "build", "--edition", "offline"]
    subprocess.run(command, cwd=checkout, env=os.environ | more, check=True, umask=mask, capture_output=True)
    return (checkout / "dist" / "offline" / NAME).read_bytes()


@pytest.mark.slow
def test_the_zip_is_the_same_everywhere(tmp_path: Path) -> None:
    """Another checkout, time zone and umask give the same bytes."""
    first = packed(tmp_path / "ett", "Pacific/Kiritimati", 0o077)
    second = packed(tmp_path / "två kopior", "America/Adak", 0o022)
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


@pytest.mark.parametrize(
    ("day", "held"), [("1970-01-01", (1980, 1, 1)), ("2028-02-29", (2028, 2, 29)), ("9999-12-31", (2107, 12, 31))]
)
def test_the_zip_is_packed_on_any_day(day: str, held: tuple[int, int, int]) -> None:
    """A day that a zip cannot hold, as of a computer that has lost its clock, is rounded to one that it can."""
    with zipfile.ZipFile(io.BytesIO(pack((File("a.txt", b"a"),), date.fromisoformat(day)))) as archive:
        assert archive.infolist()[0].date_time[:3] == held


def test_the_zip_fits_where_it_is_unpacked(download: Path) -> None:
    """One short top folder, START.html and LAS-MIG.txt first, short ASCII names that differ in more than case."""
    with zipfile.ZipFile(download) as archive:
        names = archive.namelist()
        readme = archive.read("heja/LAS-MIG.txt")
    assert names[:2] == ["heja/START.html", "heja/LAS-MIG.txt"]
    assert {name.split("/")[0] for name in names} == {"heja"}
    assert all(name.isascii() and len(name) < 80 for name in names)
    assert len({name.lower() for name in names}) == len(names)
    assert not any(name.endswith(("robots.txt", "404.html", "site.webmanifest")) for name in names)
    assert readme.startswith(b"\xef\xbb\xbf") and b"\r\n" in readme and b"START.html" in readme


def test_the_zip_is_small_enough_to_take_along(download: Path) -> None:
    """The whole site with its search is under 2 MB."""
    assert download.stat().st_size < 2_000_000


def test_the_zip_is_offered_with_its_checksum(download: Path, site: Path) -> None:
    """The hosted site has the zip, a checksum that is right, and a page that says how large it is."""
    name, checksum = download.name, (site / f"{download.name}.sha256").read_text("utf-8")
    assert checksum == f"{hashlib.sha256(download.read_bytes()).hexdigest()}  {name}\n"
    page = (site / "utan-nat" / "index.html").read_text("utf-8")
    assert f'href="../{name}" download' in page and "(zip, " in page


def test_pages_on_a_disk_hold_nothing_for_search_engines(download: Path, site: Path) -> None:
    """What robots and social media read stands in the hosted pages only: nobody else reads it."""
    with zipfile.ZipFile(download) as archive:
        copy = archive.read("heja/ovningar/fredagsraden/index.html").decode()
    hosted = (site / "ovningar" / "fredagsraden" / "index.html").read_text("utf-8")
    for name in ("og:title", "application/ld+json"):
        assert name in hosted and name not in copy


def test_a_first_search_is_small(site: Path) -> None:
    """What a first search in one language loads, besides the words that it looks for, is under 100 kB compressed."""
    search = site / "search"
    asked = (b'"pagefind.sv_', b'"wasm.sv.')
    of_the_language = [file for file in search.glob("i/*.js") if any(name in file.read_bytes()[:60] for name in asked)]
    assert len(of_the_language) == 2
    assert sum(len(gzip.compress(file.read_bytes())) for file in (search / "core.js", *of_the_language)) < 100_000


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"export{": "export {"}, "does not end in one export"),
        ({"import.meta.url": "import.meta.other"}, "import.meta in a new way"),
    ],
)
def test_another_pagefind_stops_the_build(monkeypatch: pytest.MonkeyPatch, change: dict[str, str], words: str) -> None:
    """Where Pagefind's program has changed, the build fails and says so; the reader's search does not."""
    from hejagen.search import bundle as search_bundle

    real = search_bundle.make_index(())
    source = real["pagefind.js"].decode()
    for old, new in change.items():
        assert old in source
        source = source.replace(old, new)
    monkeypatch.setattr(search_bundle, "make_index", lambda documents: {**real, "pagefind.js": source.encode()})
    with pytest.raises(HejagenError, match=words):
        search_files((), "")
