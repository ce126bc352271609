"""No picture of any edition is black or of one colour: each is drawn, as a browser would draw it, and looked at."""

import base64
import re
import struct
import zlib
from collections import Counter
from functools import cache
from pathlib import Path

import lxml.html
import pytest
import resvg_py

from hejagen.pipeline import Built
from hejagen.theme.tokens import Scheme, schemes

pytestmark = pytest.mark.slow

SIDE = 24
FILE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
COVER = re.compile(r'<svg class="cover a-(\w+)[^"]*"[^>]*?view[bB]ox="([^"]*)"[^>]*>(.*?)</svg>', re.DOTALL)
USE = re.compile(r'<use href="#([\w-]+)"[^>]*>(?:</use>)?')
SYMBOL = re.compile(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


@cache
def pixels(svg: str) -> Counter[bytes]:
    """How many pixels of each colour a drawing has when it is as small as a stamp."""
    data = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=SIDE,
        height=SIDE,
        skip_system_fonts=True,
        shape_rendering="crisp_edges",
        image_rendering="optimize_speed",
    )
    start = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[start - 4 : start])
    raw, rows = zlib.decompress(data[start + 4 : start + 4 + length]), [bytearray(SIDE * 4)]
    for number in range(0, len(raw), SIDE * 4 + 1):
        rows.append(unfiltered(raw[number], raw[number + 1 : number + 1 + SIDE * 4], rows[-1]))
    return Counter(bytes(row[at : at + 4]) for row in rows[1:] for at in range(0, SIDE * 4, 4))


def unfiltered(kind: int, row: bytes, above: bytearray) -> bytearray:
    """A row of a PNG as it was before its filter (W3C PNG, section 9.2)."""
    plain = bytearray(row)
    for at, value in enumerate(row):
        a, b, c = (plain[at - 4], above[at], above[at - 4]) if at >= 4 else (0, above[at], 0)
        near = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
        plain[at] = (value + (0, a, b, (a + b) // 2, near)[kind]) & 255
    return plain


def is_a_picture(svg: str, least: int = 3) -> bool:
    """Whether no colour is nearly everywhere, and a least number of them can be seen."""
    found = pixels(svg)
    return sum(number > 1 for number in found.values()) >= least and found.most_common(1)[0][1] < 0.97 * SIDE * SIDE


def coloured(box: str, paths: str, scheme: Scheme, area: str) -> str:
    """A cover of a page as a file of its own: what the page's styles say is said by attributes."""
    palette = scheme.covers[area]
    body = re.sub(
        r'class="k(\d)( t)?"', lambda found: f'class="{found[0][7:-1]}" fill="{palette[int(found[1])]}"', paths
    )
    lines = f'fill="none" stroke="{palette[2]}" class="t"'
    body = re.sub(r'class="(?:k\d )?t"(?: fill="#\w+")?', lines, body)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><g>{body}</g></svg>'


def test_the_reader_of_pictures_sees_colours() -> None:
    """A drawing of three colours is a picture; black, empty and one colour are not."""
    white = '<path fill="#fff" d="M0 0h9v9H0z"/>'
    red = '<path fill="#f00" d="M0 0h9v4H0z"/><path fill="#00f" d="M0 0h3v3z"/>'
    assert pixels(FILE.format(white + red))[b"\xff\0\0\xff"] > 200
    assert is_a_picture(FILE.format(white + red))
    assert is_a_picture(FILE.format(white + '<path stroke="#000" d="M0 0l9 9"/>'), 2)
    for empty in ("", white, '<path d="M0 0h9v9H0z"/>', '<path d="M0 0h9v9H0z"/><path d="M1 1h2v2z"/>'):
        assert not is_a_picture(FILE.format(empty))


@pytest.mark.parametrize("edition", ["web", "offline", "single"])
def test_no_cover_is_empty(built: Built, edition: str) -> None:
    """Files in light, dark and lines, icons, and covers in pages in both schemes, with the colours of their area."""
    folder = next(path for path in built.folders if path.parts[-1] == edition or edition in path.parts)
    both = schemes(built.site.config.brand)
    seen = 0
    for file in sorted(path for path in folder.rglob("*") if path.suffix in (".svg", ".png", ".html")):
        drawings = [file.read_text("utf-8")] if file.suffix == ".svg" else []
        if file.suffix == ".png":
            link = f"data:image/png;base64,{base64.b64encode(file.read_bytes()).decode()}"
            drawings = [FILE.format(f'<image width="9" height="9" href="{link}"/>')]
        if file.suffix == ".html":
            drawings = in_page(file, both)
        for drawing in drawings:
            lines = ".lines." in file.name or 'class="t"' in drawing
            assert is_a_picture(drawing, 2 if lines else 3), f"{file.relative_to(folder)}: {drawing[:300]}"
        seen += len(drawings)
    assert seen > 100


def in_page(file: Path, both: tuple[Scheme, Scheme]) -> list[str]:
    """The covers of a page, each in both schemes. Those that a list shows by reference are put in: styles for what is
    within a cover do not see what is around the reference, so these have their own class or stay black."""
    tree = lxml.html.document_fromstring(file.read_text("utf-8"))  # quotes and ends may be left out
    html = str(lxml.html.tostring(tree, encoding="unicode"))
    symbols = dict(SYMBOL.findall(html))
    drawings = []
    for area, box, paths in COVER.findall(html):
        reference = USE.fullmatch(paths)
        shown = symbols[reference[1]] if reference else paths
        styled = reference is None or shown.startswith('<g class="cover">')
        drawings += [coloured(box, shown, scheme, area) if styled else FILE.format(shown) for scheme in both]
    return drawings
