"""SVG files from outside: what stays, what is taken out, and what is refused."""

import base64
import struct
import time

import pytest

from hejagen.content.raster import Refused
from hejagen.content.svg import clean_svg
from tests.helpers import SVG, png

BOX = 'viewBox="0 0 60 20"'
PICTURE = "data:image/png;base64," + base64.b64encode(png(3, 2)).decode()
LARGE = "data:image/gif;base64," + base64.b64encode(b"GIF89a" + struct.pack("<HH", 4000, 4000) + bytes(9)).decode()
MASKED = '<g mask="url(#m0)"/>'


def svg(body: str = "", attributes: str = BOX) -> bytes:
    """A small file."""
    return SVG.format(attributes, body).encode()


def left(body: str) -> str:
    """What is left of a file of which nothing is taken out."""
    cleaned = clean_svg(svg(body))
    assert cleaned.removed == ()
    return cleaned.data.decode().partition(">")[2].removesuffix("</svg>")


@pytest.mark.parametrize(
    "body",
    [
        '<path d="M0 0h5" stroke-dasharray="2 1" transform="scale(2)"/>',
        '<text x="1" y="2" font-size="12" text-anchor="middle">Ett <tspan dy="3">steg</tspan> till</text>',
        '<linearGradient id="g"><stop offset="0" stop-color="#abc"/></linearGradient><path fill="url(#g)"/>',
        '<defs><g id="a"><path d="M0 0h5"/></g></defs><use xlink:href="#a" x="3"/><use href="#a"/>',
        '<rect id="r" width="9" height="9"/><clipPath id="c"><use href="#r"/></clipPath><g clip-path="url(#c)"/>',
        '<marker id="m" orient="auto" refX="3"><path d="M0 0l3 3"/></marker><line x2="9" marker-end="url(#m)"/>',
        '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><circle r="3" filter="url(#f)"/>',
        f'<image width="3" height="2" href="{PICTURE}"/>',
        '<g display="none"/><g visibility="hidden"/>',
    ],
)
def test_what_draws_stays_as_it_is(body: str) -> None:
    """Shapes, text, gradients, clips, arrowheads, blur, repeats and pictures in the file itself are not touched."""
    assert left(body.replace("xlink:href", "href")) == body.replace("xlink:href", "href")
    left(body)


@pytest.mark.parametrize(
    ("style", "attributes"),
    [
        ('<path style="fill:url(#g);stroke: #abc"/>', 'fill="url(#g)" stroke="#abc"'),
        ('<path fill="red" style="fill:blue !important"/>', 'fill="blue"'),
        ("<style>.cls-1{fill:#fff}</style><path class='cls-1 other' fill='red'/>", 'fill="#fff"'),
        ("<style>/* { */ path.a , #x { fill : #fff; } </style><path class='a'/>", 'fill="#fff"'),
        ("<style>path{fill:a}.b{fill:b}#c{fill:c}</style><path id='c' class='b' style='fill:d'/>", 'id="c" fill="d"'),
        ("<style>#c{fill:c}.b{fill:b}path{fill:a}</style><path id='c' class='b'/>", 'id="c" fill="c"'),
        ("<style>.z{fill:z}.a{fill:a}</style><path class='a z'/>", 'fill="a"'),
        ("<style><![CDATA[*{fill:a}]]></style><path/>", 'fill="a"'),
        ("<text style=\"font: italic 700 10px/1.2 'DejaVu Sans', serif; x: 1\"/>",
         "font-style=\"italic\" font-weight=\"700\" font-size=\"10px\" font-family=\"'DejaVu Sans', serif\""),
        ('<path style="display:none;-inkscape-font-specification:x"/>', 'display="none"'),
    ],
)  # fmt: skip
def test_styles_become_attributes(style: str, attributes: str) -> None:
    """Our pages allow no styles. What a style says stands in the element, by the order in which styles count."""
    drawn = left(style)
    assert drawn in (f"<path {attributes}/>", f"<text {attributes}/>")


def test_notes_of_drawing_programs_go_without_a_word() -> None:
    """What is in namespaces of other programs, comments and metadata are dropped: nobody sees that they are gone."""
    namespaces = 'xmlns:i="http://www.inkscape.org/namespaces/inkscape" xmlns:s="http://sodipodi.sourceforge.net/x.dtd"'
    body = f'<g {namespaces} i:label="a" class="b" data-x="1" aria-label="c"><s:namedview/><metadata/><!-- a --></g>'
    assert left(body) == "<g/>"


@pytest.mark.parametrize(
    "evil",
    [
        "<script>x()</script>",
        "<script href='https://example.org/x.js'/>",
        "<style>@import 'https://example.org/x.css';</style>",
        "<style>path{fill:url(https://example.org/#x)}</style><path/>",
        "<style>@font-face{src:url(https://example.org/x)}</style>",
        "<style>g path{fill:red}</style>",
        "<style>@media screen{path{fill:red}}</style>",
        '<g onclick="x()"/>',
        '<g ONCLICK="x()"/>',
        '<a href="javascript:x()"><path/></a>',
        '<a xlink:href="https://example.org/"><path/></a>',
        "<foreignObject><p/></foreignObject>",
        '<image href="https://example.org/x.png"/>',
        '<image xlink:href="//example.org/x.png"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
        '<image href="data:image/png;base64,PHN2Zy8+"/>',
        '<image href="data:text/html,x()"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<use href="data:image/svg+xml,x#a"/>',
        '<path fill="url(https://example.org/#x)"/>',
        '<path style="fill:url(https://example.org/#x)"/>',
        "<path style=\"fill:url( 'https://example.org/#x')\"/>",
        '<path fill="\\75 rl(https://example.org)"/>',
        '<animate attributeName="href" to="javascript:x()"/>',
        '<set attributeName="onclick" to="x()"/>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">x()</h:script>',
        '<script xmlns="">x()</script>',
        '<filter><feImage href="https://example.org/x.png"/></filter>',
        "<iframe/>",
        '<path unknown="x()"/>',
    ],
)
def test_what_runs_or_fetches_is_taken_out(evil: str) -> None:
    """What is not on the lists is gone, and told with its line."""
    cleaned = clean_svg(svg("\n" + evil))
    body = cleaned.data.decode().partition(">")[2].lower()
    for trace in ("x()", "example.org", "script", "style", "href", "animate", "<set", "data:", "foreign", "onclick"):
        assert trace not in body
    assert cleaned.removed and {line for line, _ in cleaned.removed} == {2}
    assert clean_svg(cleaned.data).removed == () and clean_svg(cleaned.data).data == cleaned.data


def test_what_a_link_leads_from_is_kept() -> None:
    """A link goes, and what is drawn in it stays."""
    assert b'<a><path d="M0 0"/></a>' in clean_svg(svg('<a href="https://example.org"><path d="M0 0"/></a>')).data


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(),
        b"<!doctype svg>" + svg(),
        svg("&a;"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg>' + svg().decode()).encode("utf-16"),
        ('<?xml version="1.0" encoding="cp037"?><!DOCTYPE svg>' + svg().decode()).encode("cp037"),
        b'<?xml version="1.0" encoding="utf-7"?>' + svg(),
        svg(attributes='width="60"'),
        svg(attributes='viewBox="0 0 0 0"'),
        svg(attributes='viewBox="0 0 1e9 1"'),
        svg(attributes='viewBox="0 0 nan 1"'),
        svg(attributes=f'width="{"0" * 500_000}x" height="9"'),
        svg()[:-3],
        b"<html/>",
        b"",
        b"\0\xff",
        svg("<g/>" * 300_000),
        svg("<g>" * 5_000 + "</g>" * 5_000),
        svg('<g id="a"><use href="#a"/></g>'),
        svg('<pattern id="a"><path fill="url(#a)"/></pattern><path fill="url(#a)"/>'),
        svg("".join(f'<g id="a{n}">{f"""<use href="#a{n + 1}"/>""" * 10}</g>' for n in range(12))),
        svg("".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(5_000)) + '<use href="#a0"/>'),
        svg('<g id="a">' + "<path/>" * 2_000 + "</g>" + '<use href="#a"/>' * 2_000),
        svg(
            "".join(f'<mask id="m{n}">{f"""<g mask="url(#m{n + 1})"/>""" * 9}</mask>' for n in range(9))
            + '<g mask="url(#m0)"/>'
        ),
    ],
)
def test_what_cannot_be_shown_is_refused_at_once(data: bytes) -> None:
    """Entities, other encodings, no size, too many elements, and what repeats itself without end."""
    start = time.process_time()
    with pytest.raises(Refused):
        clean_svg(data)
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    "body",
    [
        "<a>" * 200 + "<b/>" * 30_000 + "</a>" * 200,
        "<style>" + "/*" * 200_000 + "</style>",
        "<style>" + "a" * 400_000 + "</style>",
        "<style>" + "path{fill:red}" * 5_000 + "</style>" + "<path/>" * 5_000,
        '<path class="' + "a b c " * 100_000 + '"/><style>.a{fill:red}</style>',
        '<path style="' + "fill:red;" * 50_000 + '"/>',
        '<path fill="' + "url(" * 100_000 + '"/>',
        '<path fill="url(' + " " * 400_000 + '"/>',
    ],
)
def test_what_is_large_is_cleaned_at_once(body: str) -> None:
    """Many elements, rules and values take time in proportion to the size of the file."""
    start = time.process_time()
    clean_svg(svg(body))
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("attributes", "size", "box"),
    [
        ('viewBox="0 0 60 20"', (60, 20), "0 0 60 20"),
        ('width="30px" height="20"', (30, 20), "0 0 30 20"),
        ('width="100%" height="100%" viewBox="0 0 29.4, 20"', (29.4, 20), "0 0 29.4, 20"),
        ('width="21mm" height="7mm" viewBox="0 0 210 70"', (210, 70), "0 0 210 70"),
        ('width="30" height="10" viewBox="0 0 60 20"', (30, 10), "0 0 60 20"),
    ],
)
def test_a_picture_has_a_size_and_can_be_scaled(attributes: str, size: tuple[float, float], box: str) -> None:
    """Width and height in pixels count; else those of the viewBox. A file without a viewBox gets one."""
    cleaned = clean_svg(svg(attributes=attributes))
    assert (cleaned.width, cleaned.height) == size and f'viewBox="{box}"' in cleaned.data.decode()
