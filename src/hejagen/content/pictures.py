"""How large a picture is, read from the first bytes of its file, and what makes a file unfit to be shown."""

import math
import re
import struct
from collections.abc import Iterator
from xml.etree import ElementTree

from hejagen.content.svg import PLAIN_XML
from hejagen.layers.stack import Layers, Source
from hejagen.model.site import Picture
from hejagen.problems import Location, Problem

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""Kinds of pictures that every browser shows."""
HEAVY = 300_000
"""Bytes from which a picture makes readers with a slow network wait."""
MAX_PIXELS = 40_000_000
"""Pixels of a photograph: a browser unpacks four bytes for each, however small the file is."""
FETCHES = re.compile(r"@import|url\((?!\s*['\"]?(?:#|data:image/))|javascript:", re.IGNORECASE)
"""What in a style or attribute loads or runs something."""
LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px)?\s*")


class Unfit(Exception):
    """A file that cannot be shown as a picture; the text says why."""


def read_pictures(layers: Layers, folder: str) -> tuple[dict[str, Picture], list[Problem]]:
    """Return the pictures below a folder by name, such as karta.svg, and what is wrong with the others."""
    found: dict[str, Picture] = {}
    problems: list[Problem] = []
    for path, source in layers.find(folder).items():
        picture, faults = _picture(layers, source)
        problems.extend(faults)
        if picture:
            found[path.removeprefix(f"{folder}/")] = picture
    return found, problems


def _picture(layers: Layers, source: Source) -> tuple[Picture | None, list[Problem]]:
    at = Location(source.shown)
    data, problems = layers.data(source)
    if problems:
        return None, problems
    try:
        width, height = size(source.path, data)
    except Unfit as unfit:
        hint = f"save it anew from a picture program, as {', '.join(ENDINGS)}"
        return None, [Problem(at, "picture-form", str(unfit), hint)]
    return Picture(data, width, height), list(_weight(at, data))


def _weight(at: Location, data: bytes) -> Iterator[Problem]:
    if len(data) > HEAVY:
        hint = f"make it smaller: at most {HEAVY // 1000} kB and 1,400 pixels wide"
        yield Problem(at, "heavy-picture", f"the picture has {len(data) // 1000} kB", hint, "warning")


def size(name: str, data: bytes) -> tuple[int, int]:
    """Return width and height in pixels. Raises Unfit for a file that is not what its name says, or holds script."""
    ending = name.lower()[name.rfind(".") :]
    if ending not in ENDINGS:
        raise Unfit(f'a file that ends in "{ending[:20]}" is not shown' if "." in name else "the name has no ending")
    readers = {".png": _png, ".jpg": _jpeg, ".jpeg": _jpeg, ".gif": _gif, ".webp": _webp, ".svg": _svg}
    try:
        found = readers[ending](data)
    except (struct.error, IndexError):
        found = None
    if not found or min(found) < 1:
        raise Unfit(f"the file is no whole {ending[1:].upper()} picture")
    if ending != ".svg" and found[0] * found[1] > MAX_PIXELS:
        raise Unfit(
            f"the picture has {found[0]} times {found[1]} pixels, in all at most {MAX_PIXELS // 1_000_000} million"
        )
    return found


def _png(data: bytes) -> tuple[int, int] | None:
    """W3C PNG, 11.2.1: the header stands first."""
    return struct.unpack_from(">II", data, 16) if data[:16] == b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" else None


def _gif(data: bytes) -> tuple[int, int] | None:
    """GIF89a, 18: the logical screen."""
    return struct.unpack_from("<HH", data, 6) if data[:6] in (b"GIF87a", b"GIF89a") else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """ITU T.81, B.2.2: the frame header, a marker C0 to CF that is not a table."""
    at = 2
    while data[:2] == b"\xff\xd8" and data[at] == 0xFF:
        marker, length = struct.unpack_from(">BH", data, at + 1)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    """RFC 9649, 2.5 to 2.7: three kinds of first chunk."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _svg(data: bytes) -> tuple[int, int] | None:
    if not PLAIN_XML.match(data):
        raise Unfit("the picture is not saved in UTF-8")
    if found := re.search(rb"<!(DOCTYPE|ENTITY)|<\?xml-stylesheet", data, re.IGNORECASE):
        raise Unfit(f"the picture has a {found[0].decode()}; it is not needed")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unfit(f"the file is no whole SVG picture: {error}") from None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return None
    for element in root.iter():
        _only_draws(element)
    lengths = [LENGTH.fullmatch(root.get(key, "")) for key in ("width", "height")]
    box = [LENGTH.fullmatch(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:4]]
    numbers = [float(found[1]) for found in (lengths if all(lengths) else box) if found]
    return (math.ceil(numbers[0]), math.ceil(numbers[1])) if len(numbers) == 2 and max(numbers) < 1e5 else None


def _only_draws(element: ElementTree.Element) -> None:
    """A picture may be opened by itself, too: then its scripts would run and its links load."""
    name = element.tag.rpartition("}")[2]
    if name.lower() in ("script", "foreignobject") or (name.lower() == "style" and FETCHES.search(element.text or "")):
        raise Unfit(f"the picture holds <{name}>")
    for key, value in element.attrib.items():
        key = key.rpartition("}")[2].lower()
        leads = key == "href" and not value.strip().startswith(("#", "data:image/"))
        if (
            key.startswith("on")
            or leads
            or FETCHES.search(value)
            or (key == "attributename" and "href" in value.lower())
        ):
            raise Unfit(f'the picture holds {key}="{value[:40]}"')
