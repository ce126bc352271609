"""A logo is taken as it is, cleaned or refused."""

import pytest

from hejagen.content.brand_files import clean_logo
from hejagen.content.raster import Refused
from tests.helpers import png


def svg(body: str = "", attributes: str = 'viewBox="0 0 60 20"') -> bytes:
    """A small logo."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg()),
        ("logo.svg", b"<html/>"),
        ("logo.svg", svg("<g/>" * 60_000)),
        ("logo.gif", b"GIF89a"),
        ("logo.png", svg()),
        ("logo.png", png(2, 2)[:40]),
        ("logo.png", png(2, 2).replace(b"\0\0\0\x02", b"\0\0\0\x03", 1)),
        ("logo.png", png(5000, 1)),
    ],
)
def test_a_logo_can_be_refused(name: str, data: bytes) -> None:
    """What is not a real SVG or PNG, or too large, is not shown at all."""
    with pytest.raises(Refused):
        clean_logo(name, data)


def test_a_png_may_be_a_logo() -> None:
    """A real PNG is taken as it is, with its proportions."""
    data = png(30, 10)
    cleaned = clean_logo("Logo.PNG", data)
    assert (cleaned.data, cleaned.width, cleaned.height) == (data, 30, 10)
