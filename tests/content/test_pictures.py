"""Pictures in texts: what their files tell, and how they are shown."""

import re
import struct
from pathlib import Path

import pytest

from hejagen.content.pictures import Unfit, size
from hejagen.editions import EDITIONS
from hejagen.pipeline import build
from tests.conftest import OWN, ROOT
from tests.helpers import SVG, png, problems_of


def webp(kind: bytes, data: bytes) -> bytes:
    """The beginning of a WebP with one chunk."""
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(data)) + data.ljust(20, b"\0")


JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x03a\xff\xc2\0\x11\x08" + struct.pack(">HH", 20, 30) + b"\x03"
TEN = SVG.format('width="10" height="10"', "")
KINDS = {
    "a.png": png(30, 20),
    "a.PNG": png(30, 20),
    "a.gif": b"GIF89a" + struct.pack("<HH", 30, 20) + b"\0\0\0",
    "a.jpg": JPEG,
    "lossy.webp": webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 30 | 0x4000, 20)),
    "lossless.webp": webp(b"VP8L", b"\x2f" + struct.pack("<I", 29 | 19 << 14)),
    "extended.webp": webp(b"VP8X", b"\0\0\0\0" + struct.pack("<I", 29)[:3] + struct.pack("<I", 19)[:3]),
    "size.svg": SVG.format('width="30px" height="20"', "<path/>").encode(),
    "styled.svg": SVG.format('width="30" height="20"', '<style>a{fill:url(#b)}</style><a fill="url(#b)"/>').encode(),
    "declared.svg": ('<?xml version="1.0" encoding="UTF-8"?>' + SVG.format('width="30" height="20"', "")).encode(),
    "box.svg": SVG.format('width="100%" height="100%" viewBox="0 0 29.4, 20"', '<a xlink:href="#b"/>').encode(),
}


@pytest.mark.parametrize("name", KINDS)
def test_size_of(name: str) -> None:
    """Each kind of picture tells its width and height."""
    assert size(name, KINDS[name]) == (30, 20)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", KINDS["a.gif"]),
        ("a.png", KINDS["a.png"][:20]),
        ("a.jpg", JPEG[:12]),
        ("a.jpg", b""),
        ("a.webp", b"RIFF"),
        ("a.gif", b"GIF89a\0\0\0\0"),
        ("a.svg", SVG.format("", "").encode()),
        ("a.svg", SVG.format('width="9" height="9" onload="x()"', "").encode()),
        ("a.svg", SVG.format('width="9" height="9"', '<image xlink:href="https://x.se/a.png"/>').encode()),
        ("a.svg", b"<!DOCTYPE svg>" + KINDS["size.svg"]),
        ("a.svg", b"\0\xff"),
        ("a.svg", ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg>' + TEN).encode("utf-16")),
        ("a.svg", ('<?xml version="1.0" encoding="cp037"?><!DOCTYPE svg>' + TEN).encode("cp037")),
        ("a.svg", ('<?xml version="1.0" encoding="utf-7"?>' + TEN).encode()),
        ("a.svg", ('<?xml-stylesheet href="https://x.se/a.xsl"?>' + TEN).encode()),
        ("a.svg", TEN.replace("</", '<a><set attributeName="href" to="javascript:a()"/></a></').encode()),
        ("a.svg", TEN.replace("</", "<style>@import 'https://x.se/a.css';</style></").encode()),
        ("a.svg", TEN.replace("</", '<path fill="url(//x.se/a.svg#a)"/></').encode()),
        ("a.png", KINDS["a.png"].replace(struct.pack(">II", 30, 20), struct.pack(">II", 60_000, 60_000), 1)),
        ("a.gif", b"GIF89a\xff\xff\xff\xff\0\0\0"),
        ("a.html", b"<p>"),
        ("a", KINDS["a.png"]),
    ],
)
def test_no_picture(name: str, data: bytes) -> None:
    """A file of another kind, a broken one and one with script or links is refused, whatever its name says."""
    with pytest.raises(Unfit):
        size(name, data)


def test_a_picture_is_shown(tmp_path: Path) -> None:
    """A picture of a layer stands in the page with its words, its size and its own file; both ways to it work."""
    page = (ROOT / "content/sv/pages/om.md").read_text("utf-8")
    text = "\n![En rabatt](images/rum.1/a.b.png) och ![En bänk](../images/b.PNG)\n"
    (tmp_path / "content/sv/images/rum.1").mkdir(parents=True)
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    (tmp_path / "content/sv/pages/om.md").write_text(page + text, "utf-8")
    (tmp_path / "content/sv/images/rum.1/a.b.png").write_bytes(png(30, 20))
    (tmp_path / "content/sv/images/b.PNG").write_bytes(png(7, 5))
    web = build((ROOT, OWN, tmp_path), tmp_path / "dist", (EDITIONS["web"],)).folders[0]
    found = re.findall(r'<img src="\.\./([^"]*)" ([^>]*) alt="([^"]*)"', (web / "om/index.html").read_text("utf-8"))
    assert [row[1:] for row in found] == [
        ('width="30" height="20" loading="lazy"', "En rabatt"), ('width="7" height="5" loading="lazy"', "En bänk"),
    ]  # fmt: skip
    assert re.fullmatch(r"assets/images/sv/rum\.1/a\.b\.[0-9a-f]{10}\.png", found[0][0])
    assert [(web / path).read_bytes() for path, _, _ in found] == [png(30, 20), png(7, 5)]


def test_a_picture_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link out of the layer is a problem with a place, not a fault of the program."""

    (tmp_path / "layer/content/sv/images").mkdir(parents=True)
    (tmp_path / "a.png").write_bytes(png(1, 1))
    (tmp_path / "layer/content/sv/images/a.png").symlink_to(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path / "layer")
    (problem,) = problems_of(tmp_path / "layer")
    assert (problem.at.path, problem.rule) == ("content/sv/images/a.png", "path-outside")
