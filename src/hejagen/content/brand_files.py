"""Read the logo and the fonts of a brand from the layers, check them, and clean them."""

from collections.abc import Iterator

from hejagen.content.pictures import clean_picture
from hejagen.content.raster import Cleaned, Refused
from hejagen.layers.stack import Layers
from hejagen.messages import say
from hejagen.model.settings import Brand, Font
from hejagen.model.site import BrandFiles, LogoPicture, Origin
from hejagen.problems import Location, Problem

FOLDER = "brand"
"""Folder of a layer that holds the files."""
HEAVY, MOST = 60_000, 1_000_000
"""Bytes above which a font gets a warning (a subset for Swedish is smaller), and most bytes of any brand file."""
LOGO_BYTES, LOGO_SIDE = 200_000, 4000
"""Most bytes of a logo, and most pixels of each side of a PNG. A photograph or a bomb is larger."""
HEIGHT = 52
"""Height of the logo in the header, in CSS pixels at the normal size of text."""
SUBSET = "pyftsubset {} --unicodes=U+0020-007E,U+00A0-017F,U+2010-2026,U+20AC --layout-features='*' --flavor=woff2"
"""A command of the package fonttools that keeps the letters of Swedish, Finnish and Sami."""


def brand_paths(brand: Brand) -> frozenset[str]:
    """Return the paths of the files that a brand names, such as brand/logo.svg."""
    names = [name for font in brand.fonts for name in (font.file, font.licence)]
    return frozenset(f"{FOLDER}/{name}" for name in (*names, *([brand.logo.file] if brand.logo else [])))


def read_brand_files(layers: Layers, brand: Brand, origin: Origin) -> tuple[BrandFiles, list[Problem]]:
    """Return the files that a brand names, by name, and the problems in them."""
    problems: list[Problem] = []
    fonts: dict[str, bytes] = {}
    picture = None
    if brand.logo:
        at = origin.at("brand", "logo", "file")
        data = _data(layers, brand.logo.file, at, problems)
        picture = _logo(data, brand, layers, at, problems) if data else None
    for number, font in enumerate(brand.fonts):
        for key, name in (("file", font.file), ("licence", font.licence)):
            at = origin.at("brand", "fonts", number, key)
            data = _data(layers, name, at, problems)
            if data:
                fonts[name] = data
                problems.extend(_font_problems(font, data, at) if key == "file" else ())
    return BrandFiles(picture, fonts), problems


def _data(layers: Layers, name: str, at: Location, problems: list[Problem]) -> bytes | None:
    sources = layers.all_of(f"{FOLDER}/{name}")
    if not sources:
        hint = say("put the file in the folder {folder} of the layer, beside site.yaml", folder=FOLDER)
        problems.append(
            Problem(at, "brand-file", say("there is no file {folder}/{name}", folder=FOLDER, name=name), hint)
        )
        return None
    data, unreadable = layers.data(sources[-1])
    problems.extend(unreadable)
    if not data and not unreadable:
        problems.append(Problem(at, "brand-file", say("{name} is empty", name=name), say("save or download it again")))
    if len(data) > MOST:
        hint = say("at most {most} kB: make it smaller", most=MOST // 1000)
        problems.append(
            Problem(at, "brand-file", say("{name} has {count} kB", name=name, count=len(data) // 1000), hint)
        )
        return None
    return data or None


def _logo(data: bytes, brand: Brand, layers: Layers, at: Location, problems: list[Problem]) -> LogoPicture | None:
    assert brand.logo
    shown = layers.all_of(f"{FOLDER}/{brand.logo.file}")[-1].shown
    try:
        cleaned = clean_logo(brand.logo.file, data)
    except Refused as refused:
        problems.append(Problem(Location(shown, refused.line), "logo-refused", refused.message, refused.hint))
        return None
    hint = say("the site shows the logo without it; save the logo as plain SVG, with all text as outlines")
    for line, what in cleaned.removed:
        problems.append(
            Problem(Location(shown, line), "logo-cleaned", say("{what} is taken out", what=what), hint, "warning")
        )
    width = max(1, round(HEIGHT * cleaned.width / cleaned.height))
    return LogoPicture(brand.logo.file, cleaned.data, brand.logo.alt, width, HEIGHT)


def clean_logo(name: str, data: bytes) -> Cleaned:
    """Return a logo that is safe to show, by its file's name and bytes. Raises Refused."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ("svg", "png"):
        raise Refused(
            say('a logo cannot be a file that ends in "{ending}"', ending=ending), say("save it as SVG, or else as PNG")
        )
    if len(data) > LOGO_BYTES:
        raise Refused(
            say("the logo has {count} kB", count=len(data) // 1000),
            say("at most {logo_bytes} kB: simplify it", logo_bytes=LOGO_BYTES // 1000),
        )
    cleaned = clean_picture(name, data)
    if ending == "png" and max(cleaned.width, cleaned.height) > LOGO_SIDE:
        raise Refused(
            say("the logo is too large"),
            say("save it again, at most {logo_side} pixels wide and high", logo_side=LOGO_SIDE),
        )
    return cleaned


def _font_problems(font: Font, data: bytes, at: Location) -> Iterator[Problem]:
    """Yield problems of a font. The header of WOFF2 has a signature and the length of the file (W3C, section 4)."""
    if data[:4] != b"wOF2" or int.from_bytes(data[8:12], "big") != len(data):
        yield Problem(
            at, "brand-file", say("{file} is not a whole WOFF2 font", file=font.file), say("download it again as woff2")
        )
    elif len(data) > HEAVY:
        message = say("{file} has {count} kB, which everyone must wait for", file=font.file, count=len(data) // 1000)
        yield Problem(
            at,
            "heavy-font",
            message,
            say("keep only the letters you need: {command}", command=SUBSET.format(font.file)),
            "warning",
        )
