"""From one colour to every colour, and what a brand brings in files."""

import itertools
import random
import struct
from dataclasses import replace
from pathlib import Path

import pytest
import resvg_py

from hejagen.checks.contrast import nearest
from hejagen.content.brand_files import clean_logo
from hejagen.content.drawings import read_drawings
from hejagen.content.raster import Refused
from hejagen.editions import EDITIONS
from hejagen.layers.stack import stack
from hejagen.layers.survey import survey
from hejagen.model.settings import ROLES, Brand
from hejagen.pipeline import build
from hejagen.rendering.edition import Output
from hejagen.theme import assets
from hejagen.theme.colour import contrast, difference, oklch, turned
from hejagen.theme.covers import draw as cover
from hejagen.theme.palette import EARTH, GREY, PAPER, clay, five
from hejagen.theme.tokens import PAIRS, schemes
from tests.conftest import DAY, OWN

EXTREMES = (
    "#000000", "#010101", "#ffffff", "#fefefe", "#ffff00", "#ffd600", "#808080", "#777777", "#39ff14", "#ff00ff",
    "#00ffff", "#00ff00", "#ff0000", "#0000ff", "#2b2a6e", "#9f1239",
)  # fmt: skip
RANDOM = tuple(f"#{random.Random(seed).randrange(1 << 24):06x}" for seed in range(200))
DRAWINGS, _ = read_drawings(stack(()))
assert DRAWINGS
BASE = {"deep": "#2b2a6e", "strong": "#9f1239", "glow": "#ffd54a", "leaf": "#0b5d4b", "pale": "#bfe3f5"}


def failing(brand: Brand) -> list[str]:
    """The pairs of a brand that are too alike."""
    return [
        f"{above} on {below}"
        for scheme in schemes(brand)
        for above, below, least in PAIRS
        if contrast(scheme.tokens[above], scheme.tokens[below]) < least
    ]


@pytest.mark.parametrize("colour", (*EXTREMES, *RANDOM))
def test_any_colour_makes_a_scheme_that_passes(colour: str) -> None:
    """From any colour, every pair of tokens reaches its contrast in both schemes: 7:1 for text, 3:1 for controls."""
    assert failing(Brand(colour=colour)) == []


@pytest.mark.parametrize("colour", (*EXTREMES, *RANDOM))
def test_companions_are_unlike(colour: str) -> None:
    """The dark colours of a cover differ at a glance, so that no cover is one dark lump."""
    made = five(Brand(colour=colour))
    for one, other in itertools.combinations((made.deep, made.strong, made.leaf), 2):
        assert difference(one, other) > 0.055, (one, other)
    assert difference(made.glow, made.pale) > 0.055


@pytest.mark.parametrize("colour", (*EXTREMES, *RANDOM))
def test_clay_is_an_earth(colour: str) -> None:
    """The calm relative of the accent is warm, never lavender or mint."""
    made = oklch(clay(five(Brand(colour=colour)).strong))
    assert EARTH[0] - 3 < made[2] < EARTH[1] + 3
    assert contrast("#1c1a2b", clay(made_of := five(Brand(colour=colour)).strong)) >= 7, made_of


def test_the_hue_is_kept() -> None:
    """A brand's dark main colour stays as it is; a lighter one gets darker in the same hue."""
    assert five(Brand(colour="#003b73")).deep == "#003b73"
    for colour in ("#c8102e", "#00843d", "#00a7b5", "#e4572e", "#a33ea1"):
        deep = five(Brand(colour=colour)).deep
        assert contrast(deep, PAPER) >= 7
        assert turned(oklch(deep)[2], oklch(colour)[2]) < 6, colour


def test_a_grey_brand_stays_grey() -> None:
    """A colour without hue gives a main colour without hue, and the house's companions."""
    assert oklch(five(Brand(colour="#6e6e6e")).deep)[1] < GREY


def test_five_set_by_hand_are_not_touched() -> None:
    """The base layer's own colours are used as they are; on top of a colour, some may be set by hand."""
    made = five(Brand(**BASE))
    assert {role: getattr(made, role) for role in ROLES} == BASE
    mixed = five(Brand(colour="#00843d", glow="#ffe08a"))
    assert mixed.glow == "#ffe08a" and mixed.deep == five(Brand(colour="#00843d")).deep


def test_the_nearest_shade_passes() -> None:
    """What the hint proposes for a colour passes, and a shade nearer to it would not."""
    colours = five(Brand(**{**BASE, "deep": "#9a9aee"}))
    better = nearest(colours, "deep")
    assert better and failing(Brand(**{**BASE, "deep": better})) == []
    lightness = oklch(better)[0]
    assert 0.3 < lightness < oklch("#9a9aee")[0]


def settings(tmp_path: Path, *texts: str) -> tuple[Brand, object]:
    """The brand, and the origin of site.yaml, of layers on top of the base."""
    folders = []
    for number, text in enumerate(texts):
        folders.append(tmp_path / str(number))
        folders[-1].mkdir()
        (folders[-1] / "site.yaml").write_text(text, "utf-8")
    surveyed = survey(stack(tuple(folders)))
    return surveyed.settings.brand, surveyed.origin


def test_one_colour_starts_anew(tmp_path: Path) -> None:
    """A layer with a colour does not inherit what is set by hand below it; layers on top of it may set some again."""
    brand, origin = settings(
        tmp_path, 'brand: {leaf: "#123524", colour: "#9f1239"}\n', 'brand: {glow: "#ffe08a"}\nname: Ovan\n'
    )
    assert (brand.colour, brand.leaf, brand.glow, brand.deep) == ("#9f1239", "#123524", "#ffe08a", None)
    assert str(origin.at("brand", "colour")).endswith("0/site.yaml:1:34")  # type: ignore[attr-defined]


def test_without_a_colour_the_five_are_inherited(tmp_path: Path) -> None:
    """A layer that sets one of the five by hand keeps the other four."""
    brand, _ = settings(tmp_path, 'brand: {deep: "#123a5c"}\n')
    assert brand.colour is None and brand.strong == BASE["strong"]


def png(width: int, height: int) -> bytes:
    """A small PNG, all of one colour."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"/>'
    return resvg_py.svg_to_bytes(svg_string=drawing, width=width, height=height, skip_system_fonts=True)


def size(data: bytes) -> tuple[int, int]:
    """Width and height in the header of a PNG."""
    return struct.unpack(">II", data[16:24])


def test_a_drawing_becomes_a_png() -> None:
    """The same drawing gives the same bytes, in the size that is asked for; another drawing gives others."""
    palettes = [schemes(Brand(colour=colour))[0].covers["context"] for colour in EXTREMES]
    drawn = [cover.icon_svg(DRAWINGS, dict(enumerate(palette))) for palette in palettes]
    pictures = [assets.png(svg, 90, 90) for svg in drawn]
    assets.png.cache_clear()
    assert pictures == [assets.png(svg, 90, 90) for svg in drawn]
    assert {size(picture) for picture in pictures} == {(90, 90)} and len(set(pictures)) == len(set(drawn)) > 8


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
        (OWN, own), tmp_path / "dist", (replace(EDITIONS["web"], finish=lambda site, files, built: Output(files)),), DAY
    ).folders[0]
    page, css = (web / "om" / "index.html").read_text("utf-8"), next((web / "assets").glob("site.*.css")).read_text()
    assert 'alt="Sundviks kommun" width="156" height="52"' in page
    light, dark = schemes(Brand(colour="#7b2a80"))
    assert f'media="(prefers-color-scheme: light)" content="{light.tokens["plane"]}"' in page
    assert f'media="(prefers-color-scheme: dark)" content="{dark.tokens["plane"]}"' in page
    assert '"theme_color": "#7b2a80"' in (web / "site.webmanifest").read_text()
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
    folder = build((OWN, tmp_path), tmp_path / "dist", (EDITIONS["single"],), DAY).folders[0]
    (page,) = folder.glob("*.html")
    text = page.read_text("utf-8")
    assert 'class="header__own" src="data:image/png;base64,' in text and "@font-face" not in text
