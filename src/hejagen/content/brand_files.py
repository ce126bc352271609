"""Read the logo and the fonts of a brand from the layers, check them, and clean them."""

from collections.abc import Iterator

from hejagen.content.pictures import clean_picture
from hejagen.content.raster import Cleaned, Refused
from hejagen.layers.stack import Layers
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
        hint = f"put the file in the folder {FOLDER} of the layer, beside site.yaml"
        problems.append(Problem(at, "brand-file", f"there is no file {FOLDER}/{name}", hint))
        return None
    data, unreadable = layers.data(sources[-1])
    problems.extend(unreadable)
    if not data and not unreadable:
        problems.append(Problem(at, "brand-file", f"{name} is empty", "save or download it again"))
    if len(data) > MOST:
        hint = "at most 1000 kB: make it smaller"
        problems.append(Problem(at, "brand-file", f"{name} has {len(data) // 1000} kB", hint))
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
    hint = "the site shows the logo without it; save the logo as plain SVG, with all text as outlines"
    for line, what in cleaned.removed:
        problems.append(Problem(Location(shown, line), "logo-cleaned", f"{what} is taken out", hint, "warning"))
    width = max(1, round(HEIGHT * cleaned.width / cleaned.height))
    return LogoPicture(brand.logo.file, cleaned.data, brand.logo.alt, width, HEIGHT)


def clean_logo(name: str, data: bytes) -> Cleaned:
    """Return a logo that is safe to show, by its file's name and bytes. Raises Refused."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ("svg", "png"):
        raise Refused(f'a logo cannot be a file that ends in "{ending}"', "save it as SVG, or else as PNG")
    if len(data) > LOGO_BYTES:
        raise Refused(f"the logo has {len(data) // 1000} kB", f"at most {LOGO_BYTES // 1000} kB: simplify it")
    cleaned = clean_picture(name, data)
    if ending == "png" and max(cleaned.width, cleaned.height) > LOGO_SIDE:
        raise Refused("the logo is too large", f"save it again, at most {LOGO_SIDE} pixels wide and high")
    return cleaned


def _font_problems(font: Font, data: bytes, at: Location) -> Iterator[Problem]:
    """Yield problems of a font. The header of WOFF2 has a signature and the length of the file (W3C, section 4)."""
    if data[:4] != b"wOF2" or int.from_bytes(data[8:12], "big") != len(data):
        yield Problem(at, "brand-file", f"{font.file} is not a whole WOFF2 font", "download it again as woff2")
    elif len(data) > HEAVY:
        message = f"{font.file} has {len(data) // 1000} kB, which everyone must wait for"
        yield Problem(
            at, "heavy-font", message, f"keep only the letters you need: {SUBSET.format(font.file)}", "warning"
        )
