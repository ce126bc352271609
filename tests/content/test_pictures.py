"""Pictures in texts: what their files tell, and how they are shown."""

import contextlib
import math
import random
import re
import struct
import time
import zlib
from pathlib import Path

import pytest

from hejagen.content.pictures import clean_picture
from hejagen.content.raster import Refused
from hejagen.pipeline import build
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import ONE, SVG, WEB, png, problems_of


def webp(kind: bytes, data: bytes) -> bytes:
    """The beginning of a WebP with one chunk."""
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(data)) + data.ljust(20, b"\0")


JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x03a\xff\xc2\0\x11\x08" + struct.pack(">HH", 20, 30) + b"\x03" + bytes(9)
KINDS = {
    "a.png": png(30, 20),
    "a.PNG": png(30, 20),
    "a.gif": b"GIF89a" + struct.pack("<HH", 30, 20) + b"\0\0\0",
    "a.jpg": JPEG,
    "filled.jpeg": JPEG.replace(b"\xff\xc4", b"\xff\xff\xff\xc4").replace(b"\xff\xc2", b"\xff\xff\xc2"),
    "lossy.webp": webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 30 | 0x4000, 20)),
    "lossless.webp": webp(b"VP8L", b"\x2f" + struct.pack("<I", 29 | 19 << 14)),
    "extended.webp": webp(b"VP8X", b"\0\0\0\0" + struct.pack("<I", 29)[:3] + struct.pack("<I", 19)[:3]),
    "a.svg": SVG.format('viewBox="0 0 29.4 20"', "").encode(),
}


@pytest.mark.parametrize("name", KINDS)
def test_size_of(name: str) -> None:
    """Each kind of picture tells its width and height, also a JPEG with fill bytes before its markers."""
    picture = clean_picture(name, KINDS[name])
    assert (math.ceil(picture.width), picture.height, picture.removed) == (30, 20, ())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", KINDS["a.gif"]),
        ("a.png", KINDS["a.png"][:20]),
        ("a.png", KINDS["a.png"][:-9]),
        ("a.png", KINDS["a.png"].replace(b"IDAT", b"IDAT\1", 1)),
        ("a.jpg", JPEG[:12]),
        ("a.jpg", b""),
        ("a.jpg", b"\xff\xd8\xff" + b"\0" * 100_000),
        ("a.webp", b"RIFF"),
        ("a.webp", b"RIFF0000WEBPVP8X"),
        ("a.gif", b"GIF89a\0\0\0\0"),
        ("a.svg", SVG.format("", "").encode()),
        ("a.png", KINDS["a.png"].replace(struct.pack(">II", 30, 20), struct.pack(">II", 60_000, 60_000), 1)),
        ("a.gif", b"GIF89a\xff\xff\xff\xff\0\0\0"),
        ("a.webp", webp(b"VP8X", b"\0\0\0\0" + b"\xff" * 6)),
        ("a.html", b"<p>"),
        ("a", KINDS["a.png"]),
    ],
)
def test_no_picture(name: str, data: bytes) -> None:
    """A file of another kind, a broken one and one that unpacks to too many pixels is refused."""
    with pytest.raises(Refused):
        clean_picture(name, data)


def test_a_wrong_ending_is_told() -> None:
    """A picture with the ending of another kind gets a hint with its own."""
    with pytest.raises(Refused) as refused:
        clean_picture("a.png", JPEG)
    assert refused.value.hint == "let its name end in .jpg"


def camera(order: str, turn: int, position: bool = True) -> bytes:
    """What a camera notes, in the form of TIFF: how it was held, and where, as two directories with a text outside."""

    def pack(form: str, *values: int) -> bytes:
        return struct.pack(order + form, *values)

    start = b"II*\0" if order == "<" else b"MM\0*"
    first = pack("IH", 8, 2) + pack("HHIHH", 0x0112, 3, 1, turn, 0) + pack("HHII", 0x8825, 4, 1, 38) + bytes(4)
    places = pack("HHI", 2, 5, 3) + pack("I", 76) + pack("HHI", 0x1B, 7, 8) + pack("I", 100) if position else b""
    version = pack("HHI", 0, 1, 4) + b"\2\3\0\0"
    own = pack("H", 3 if position else 1) + version + places
    return start + first + own + (pack("IIIIII", 59, 1, 19, 1, 3, 1) + b"ASCII\0\0\0" if position else b"")


XMP = (
    b'<x:xmpmeta xmlns:exif="http://ns.adobe.com/exif/1.0/"><rdf exif:GPSLatitude="59,19.5N">'
    b"<exif:GPSLongitude>18,3.1E</exif:GPSLongitude> <dc:creator>Kim</dc:creator></rdf></x:xmpmeta>"
)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def photo(kind: str, notes: bytes) -> bytes:
    """A picture of a kind, 30 by 20, with notes of a camera or in XMP."""
    if kind == "jpg":
        body = notes if notes == XMP else b"Exif\0\0" + notes
        return JPEG[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + JPEG[2:]
    if kind == "png":
        own = b"XML:com.adobe.xmp\0\0\0\0\0" + notes
        part = chunk(b"iTXt", own) if notes == XMP else chunk(b"eXIf", notes)
        return png(30, 20)[:33] + part + png(30, 20)[33:]
    return KINDS["extended.webp"] + (b"XMP " if notes == XMP else b"EXIF") + struct.pack("<I", len(notes)) + notes


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_has_the_size_in_which_it_is_shown(kind: str, order: str, turn: int) -> None:
    """Browsers turn a photo as its camera was held: width and height change places when it lay on its side."""
    picture = clean_picture(f"a.{kind}", photo(kind, camera(order, turn)))
    assert (picture.width, picture.height) == ((30, 20) if turn < 5 else (20, 30))


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
@pytest.mark.parametrize("notes", [camera("<", 6), camera(">", 6), XMP], ids=["little", "big", "xmp"])
def test_where_a_photo_was_taken_is_taken_out(kind: str, notes: bytes) -> None:
    """The position is gone, and told. All else is where it was, and the file is whole."""
    data = photo(kind, notes)
    picture = clean_picture(f"a.{kind}", data)
    assert picture.removed == ((1, "the place where it was taken"),) and len(picture.data) == len(data)
    for trace in (b"59,19.5N", b"18,3.1E", b"ASCII", struct.pack("<I", 59), struct.pack(">I", 59)):
        assert trace not in picture.data
    assert (b"Kim" in picture.data) == (b"Kim" in data)
    again = clean_picture(f"a.{kind}", picture.data)
    assert (again.data, again.removed, again.width) == (picture.data, (), picture.width)
    if kind == "png":
        lengths = [(at, len(part)) for part in (b"eXIf", b"iTXt") if (at := picture.data.find(part)) > 0]
        for at, _ in lengths:
            stop = at + 4 + struct.unpack(">I", picture.data[at - 4 : at])[0]
            assert zlib.crc32(picture.data[at:stop]) == struct.unpack(">I", picture.data[stop : stop + 4])[0]


def test_a_second_picture_in_a_photo_tells_no_place_either() -> None:
    """Phones put a second picture with notes of its own behind the first."""
    data = photo("jpg", camera("<", 1)) + photo("jpg", camera(">", 1))
    assert struct.pack(">I", 59) not in clean_picture("a.jpg", data).data


def test_a_camera_that_notes_no_place_is_not_told_of() -> None:
    """A directory that holds only its own version is no position."""
    data = photo("jpg", camera("<", 1, position=False))
    assert clean_picture("a.jpg", data).removed == () and clean_picture("a.jpg", data).data == data


@pytest.mark.parametrize("seed", range(4))
def test_broken_photos_end_in_a_message(seed: int) -> None:
    """Whatever is cut off or overwritten, a file is shown or refused, and soon."""
    draw = random.Random(seed)
    for data in (
        photo(kind, notes) for kind in ("jpg", "png", "webp") for notes in (camera("<", 6), camera(">", 1), XMP)
    ):
        for _ in range(60):
            broken = bytearray(data[: draw.randrange(len(data))] if draw.random() < 0.3 else data)
            for _ in range(draw.randrange(6)):
                broken[draw.randrange(len(broken) or 1) : draw.randrange(len(data))] = draw.randbytes(3)
            for name in ("a.jpg", "a.png", "a.webp", "a.gif"):
                with contextlib.suppress(Refused):
                    clean_picture(name, bytes(broken))
    start = time.process_time()
    clean_picture("a.jpg", photo("jpg", camera("<", 6)) + (b"Exif\0\0II*\0\x08\0\0\0\xff\xff" * 300_000))
    assert time.process_time() - start < 2


@pytest.mark.build
def test_a_picture_is_shown(tmp_path: Path) -> None:
    """A picture of a layer stands in the page with its words, its size and its own file; both ways to it work."""
    page = (ROOT / "content/sv/pages/om.md").read_text("utf-8")
    text = "\n![En rabatt](images/rum.1/a.b.png) och ![En bänk](../images/b.PNG)\n"
    (tmp_path / "content/sv/images/rum.1").mkdir(parents=True)
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    (tmp_path / "content/sv/pages/om.md").write_text(page + text, "utf-8")
    (tmp_path / "content/sv/images/rum.1/a.b.png").write_bytes(png(30, 20))
    (tmp_path / "content/sv/images/b.PNG").write_bytes(png(7, 5))
    web = build((ROOT, OWN, tmp_path), tmp_path / "dist", WEB, DAY, exercises=ONE).folders[0]
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
