"""Styles, scripts and pictures become files, in the brand's colours."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from hejagen.content.drawings import read_drawings
from hejagen.editions import EDITIONS
from hejagen.layers.stack import stack
from hejagen.model.settings import Brand
from hejagen.pipeline import build
from hejagen.rendering.edition import Output
from hejagen.theme import assets
from hejagen.theme.covers import draw as cover
from hejagen.theme.css import small
from hejagen.theme.tokens import schemes
from tests.conftest import DAY, OWN
from tests.helpers import ONE, png

pytestmark = pytest.mark.build


def size(data: bytes) -> tuple[int, int]:
    """Width and height in the header of a PNG."""
    return struct.unpack(">II", data[16:24])


def test_a_drawing_becomes_a_png() -> None:
    """The same drawing gives the same bytes, in the size that is asked for; another drawing gives others."""
    drawings, _ = read_drawings(stack(()))
    colours = ("#000000", "#ffffff", "#ffd600", "#808080", "#ff00ff", "#2b2a6e", "#9f1239")
    palettes = [schemes(Brand(colour=colour))[0].covers["context"] for colour in colours]
    drawn = [cover.icon_svg(drawings, dict(enumerate(palette))) for palette in palettes]
    pictures = [assets.png(svg, 90, 90) for svg in drawn]
    assets.png.cache_clear()
    assert pictures == [assets.png(svg, 90, 90) for svg in drawn]
    assert {size(picture) for picture in pictures} == {(90, 90)} and len(set(pictures)) == len(set(drawn)) > 4


def test_browsers_get_styles_without_comments() -> None:
    """Comments and indentation are left out; texts in quotes and comments that must stay are not."""
    style = '/*! Licence */\n.a {\n  content: "/* a */"; /* b */\n}\n/* c\n d */\n'
    assert small(style) == '/*! Licence */\n.a {\ncontent: "/* a */"; \n}\n'


def svg(body: str = "", attributes: str = 'viewBox="0 0 60 20"') -> bytes:
    """A small logo."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()


def test_everything_follows_the_brand(tmp_path: Path) -> None:
    """Logo, fonts with their licence, theme colours, icons, manifest and the social image are in the site."""
    own = tmp_path / "sundvik"
    (own / "brand").mkdir(parents=True)
    font = b"wOF2" + bytes(4) + (64).to_bytes(4, "big") + bytes(52)
    (own / "brand" / "sans.woff2").write_bytes(font)
    (own / "brand" / "OFL.txt").write_text("Anyone may use it.\n")
    (own / "brand" / "logo.svg").write_bytes(svg('<path d="M0 0h60v20z"/>'))
    (own / "site.yaml").write_text(
        'url: https://sundvik.example/heja/\nbrand:\n  colour: "#7b2a80"\n'
        "  logo: {file: logo.svg, alt: Sundviks kommun}\n"
        '  fonts: [{file: sans.woff2, family: Sans S, weight: "100 900", use: head, licence: OFL.txt}]\n'
    )
    web = build(
        (OWN, own),
        tmp_path / "dist",
        (replace(EDITIONS["web"], finish=lambda site, files, built: Output(files)),),
        DAY,
        exercises=ONE,
    ).folders[0]
    page, css = (web / "om" / "index.html").read_text("utf-8"), next((web / "assets").glob("site.*.css")).read_text()
    assert 'alt="Sundviks kommun" width="156" height="52"' in page
    light, dark = schemes(Brand(colour="#7b2a80"))
    assert f'media="(prefers-color-scheme: light)" content="{light.tokens["plane"]}"' in page
    assert f'media="(prefers-color-scheme: dark)" content="{dark.tokens["plane"]}"' in page
    assert '"theme_color":"#7b2a80"' in (web / "site.webmanifest").read_text()
    (name,) = (file.name for file in (web / "assets/brand").glob("sans.*.woff2"))
    assert f'url("brand/{name}")' in css and '--font-head: "Sans S", var(--system-head)' in css
    assert '--font-body: "Sans S"' not in css and "font-display: swap" in css
    assert list((web / "assets/brand").glob("OFL.*.txt"))
    (social,) = (web / "assets").glob("social.*.png")
    assert f'content="https://sundvik.example/heja/assets/{social.name}"' in page
    assert size(social.read_bytes()) == (1200, 630)
    (icon,) = (web / "assets").glob("icon.*.png")
    assert f'href="../assets/{icon.name}"' in page and size(icon.read_bytes()) == (180, 180)


def test_the_one_page_carries_the_logo(tmp_path: Path) -> None:
    """The page with everything has the logo in itself, and leaves heavy fonts behind."""
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "logo.png").write_bytes(png(30, 10))
    (tmp_path / "site.yaml").write_text("brand: {logo: {file: logo.png, alt: Sundviks kommun}}\n", "utf-8")
    folder = build((OWN, tmp_path), tmp_path / "dist", (EDITIONS["single"],), DAY, exercises=ONE).folders[0]
    (page,) = folder.glob("*.html")
    text = page.read_text("utf-8")
    assert 'src="data:image/png;base64,' in text and "@font-face" not in text
