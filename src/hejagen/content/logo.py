"""A logo's file becomes a picture that is safe to show: SVG keeps only what draws, PNG must be one."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from hejagen.content.svg import PLAIN_XML

SIGNATURE = b"\x89PNG\r\n\x1a\n"
"""The first bytes of every PNG."""
MAX_BYTES, MAX_SIDE = 200_000, 4000
"""A logo is small: a photograph or a bomb is not one."""
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
WORDS = re.compile(r"[\w-]+")
ELEMENTS = frozenset(
    WORDS.findall(
        "svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop clipPath mask "
        "title desc text tspan"
    )
)
"""Elements that draw. `use` is not one of them: nested, a few lines of it draw for hours."""
ATTRIBUTES = frozenset(
    WORDS.findall(
        "id d x y x1 x2 y1 y2 cx cy r rx ry fx fy width height viewBox preserveAspectRatio transform fill fill-rule "
        "fill-opacity clip-rule clip-path mask stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
        "stroke-opacity opacity offset stop-color stop-opacity points gradientUnits gradientTransform clipPathUnits "
        "maskUnits spreadMethod font-family font-size font-weight text-anchor version"
    )
)
FETCHES = re.compile(r"javascript:|data:|url\((?!\s*['\"]?#)|\\", re.IGNORECASE)
"""Values that could run or fetch something. Own gradients, url(#name), may be named."""
NOTES = ("metadata", "namedview")
"""What drawing programs write for themselves: dropped without a word."""


class Refused(Exception):
    """A logo that cannot be used. The first argument says why, the second what to do, the third is its line."""


@dataclass(slots=True)
class Cleaned:
    """A picture: its bytes, its proportions, and what was taken out of it, each with its line."""

    data: bytes
    width: float
    height: float
    removed: list[tuple[int, str]] = field(default_factory=list)


def clean_logo(name: str, data: bytes) -> Cleaned:
    """Return the picture in a file whose name ends in .svg or .png. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(f"the logo has {len(data) // 1000} kB", f"at most {MAX_BYTES // 1000} kB: simplify it", 1)
    ending = name.rpartition(".")[2].lower()
    if ending not in ("svg", "png"):
        raise Refused(f'a logo cannot be a file that ends in "{ending}"', "save it as SVG, or else as PNG", 1)
    return _svg(data) if ending == "svg" else _png(data)


def _png(data: bytes) -> Cleaned:
    """The bytes of a PNG as they are. Its first part must hold its size, and the part's checksum must be right."""
    if data[:8] != SIGNATURE or data[12:16] != b"IHDR" or len(data) < 57 or b"IEND" not in data[-12:]:
        raise Refused("the file is not a PNG", "save it as PNG in a drawing program: a new name does not do it", 1)
    width, height, check = struct.unpack(">II5xI", data[16:33])
    if zlib.crc32(data[12:29]) != check or not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise Refused("the PNG is broken or too large", f"save it again, at most {MAX_SIDE} pixels wide and high", 1)
    return Cleaned(data, width, height)


def _svg(data: bytes) -> Cleaned:
    if not PLAIN_XML.match(data):
        raise Refused("the SVG is not saved in UTF-8", "save it again as SVG", 1)
    if found := re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        line = data[: found.start()].count(b"\n") + 1
        raise Refused("the SVG has a DOCTYPE", "remove that line; an SVG needs none", line)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(f"the SVG cannot be read: {error.msg}", "save it again as SVG", error.lineno or 1) from None
    if root.tag != f"{{{SVG}}}svg":
        raise Refused("the file is not an SVG", "save it as SVG in a drawing program", 1)
    removed = list(_cleaned(root))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        width, height = float(box[2]), float(box[3])
    except (IndexError, ValueError):
        width = height = 0
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise Refused("the SVG has no viewBox", 'add viewBox="0 0 width height", or save it again', root.sourceline)
    etree.cleanup_namespaces(root)
    return Cleaned(etree.tostring(root), width, height, removed)


def _cleaned(root: etree._Element) -> Iterator[tuple[int, str]]:
    """Take out of a tree all that is not on the lists, and yield what and where."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = etree.QName(element) if isinstance(element.tag, str) else None
        if not name or name.namespace != SVG or name.localname not in ELEMENTS:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
            if name and name.localname not in NOTES:
                yield element.sourceline or 1, f"<{name.localname}>"
            continue
        waiting.extend(element)
        _spread_style(element)
        for key, value in list(element.attrib.items()):
            attribute = etree.QName(key)
            own_link = attribute.localname == "href" and attribute.namespace in (None, XLINK) and value.startswith("#")
            drawing = attribute.namespace is None and attribute.localname in ATTRIBUTES and not FETCHES.search(value)
            if not drawing and not own_link:
                del element.attrib[key]
                if attribute.namespace in (None, XLINK) and not attribute.localname.startswith(("data-", "aria-")):
                    yield element.sourceline or 1, f"{attribute.localname} of <{name.localname}>"


def _spread_style(element: etree._Element) -> None:
    """Turn style="fill: red" into fill="red": many programs write colours so, and our pages allow no styles."""
    for part in element.attrib.pop("style", "").split(";"):
        key, _, value = part.partition(":")
        if key.strip() in ATTRIBUTES and not FETCHES.search(value):
            element.set(key.strip(), value.strip())
