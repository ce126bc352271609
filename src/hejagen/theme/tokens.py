"""Five brand colours become every colour of the site, light and dark: tokens for styles, palettes for covers.

Colours are mixed here, so that styles need no colour functions that older browsers lack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hejagen.model.settings import Brand, Font
from hejagen.store.folder import remembered
from hejagen.theme.colour import contrast, mix
from hejagen.theme.palette import CONTROL, CREAM, DUSK, INK, NIGHT, PAPER, TEXT, TINT, Five, clay, five

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("fg", "bg", TEXT),
    ("fg-2", "bg", TEXT),
    ("link", "bg", TEXT),
    ("fg", "tint", TEXT),
    ("fg-2", "tint", TEXT),
    ("link", "tint", TEXT),
    ("on-plane", "plane", TEXT),
    ("on-sun", "sun", TEXT),
    ("sun-btn", "on-sun", TEXT),
    ("on-btn", "btn", TEXT),
    ("ink", "hi", TEXT),
    ("btn", "bg", CONTROL),
    ("warn", "bg", CONTROL),
    ("line", "bg", CONTROL),
    ("ring", "bg", CONTROL),
    ("line", "tint", CONTROL),
    ("ring", "tint", CONTROL),
    ("ring-2", "ring", CONTROL),
    ("hi", "plane", CONTROL),
    ("on-time", "time-widen", TEXT),
    ("on-time", "time-gather", TEXT),
    ("on-time", "time-switch", TEXT),
)
"""Foreground and background tokens, and the contrast ratio that each pair must reach."""

USES = {"all": ("body", "head"), "body": ("body",), "head": ("head",)}
"""The font families of the styles that a brand's font replaces, by its `use`."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one scheme: tokens by name, and six cover colours for each area."""

    tokens: Mapping[str, str]
    covers: Mapping[str, tuple[str, ...]]


def schemes(brand: Brand) -> tuple[Scheme, Scheme]:
    """Return the light and the dark scheme of a brand."""
    return schemes_of(five(brand))


@lru_cache(maxsize=1024)
@remembered
def schemes_of(colours: Five) -> tuple[Scheme, Scheme]:
    """Return the light and the dark scheme of five colours."""
    return _light(colours), _dark(colours)


def _light(b: Five) -> Scheme:
    earth = clay(b.strong)
    tokens = {
        **_fixed(b, earth),
        "bg": PAPER, "fg": INK, "fg-2": "#46445a", "link": b.deep, "line": "#777487", "rule": INK,
        "plane": b.deep, "on-plane": PAPER, "hi": b.glow, "tint": mix(b.pale, TINT, PAPER),
        "sun": b.glow, "on-sun": INK, "sun-btn": PAPER, "btn": b.deep, "on-btn": PAPER, "warn": b.strong,
        "ring": INK, "ring-2": PAPER,
        "time-widen": b.deep, "time-gather": b.strong, "time-switch": b.leaf, "on-time": PAPER,
    }  # fmt: skip
    base = (b.pale, b.deep, mix(b.deep, 0.55, b.pale), PAPER, b.glow, mix(b.deep, 0.14, b.pale))
    covers = {
        "context": base,
        "leadership": (b.glow, b.deep, b.strong, "#fff3d2", earth, mix(b.strong, 0.14, b.glow)),
        "planning": (earth, b.strong, mix(b.strong, 0.6, earth), "#fff4e8", b.pale, mix(b.strong, 0.17, earth)),
        "support": (
            b.leaf,
            mix(b.leaf, 0.4, NIGHT),
            mix(b.leaf, 0.5, b.pale),
            "#f6f4de",
            b.glow,
            mix(b.leaf, 0.82, NIGHT),
        ),
        "operation": (b.deep, NIGHT, mix(b.deep, 0.45, b.pale), b.pale, earth, mix(b.deep, 0.82, b.pale)),
        "evaluation": (
            mix(b.leaf, 0.24, PAPER),
            b.leaf,
            mix(b.leaf, 0.62, PAPER),
            PAPER,
            earth,
            mix(b.leaf, 0.36, PAPER),
        ),
        "improvement": (
            b.strong,
            mix(b.strong, 0.4, NIGHT),
            mix(b.strong, 0.5, earth),
            "#ffeede",
            b.glow,
            mix(b.strong, 0.8, NIGHT),
        ),
    }
    return Scheme(tokens, covers)


def _dark(b: Five) -> Scheme:
    light, earth = _light(b), clay(b.strong)
    tokens = {
        **_fixed(b, earth),
        "bg": DUSK, "fg": CREAM, "fg-2": "#cbc8d6", "link": b.pale, "line": "#8d8aa0", "rule": CREAM,
        "plane": mix(b.deep, 0.82, DUSK), "on-plane": PAPER, "hi": b.glow, "tint": "#22212f",
        "sun": mix(b.glow, 0.12, DUSK), "on-sun": b.glow, "sun-btn": INK, "btn": b.glow, "on-btn": INK,
        "warn": mix(b.strong, 0.55, "#ffffff"), "ring": CREAM, "ring-2": DUSK,
        "time-widen": b.pale, "time-gather": earth, "time-switch": b.glow, "on-time": INK,
    }  # fmt: skip
    covers = {
        **light.covers,
        "context": (
            mix(b.deep, 0.62, DUSK), b.pale, mix(b.deep, 0.45, b.pale), "#f3f1ea", b.glow, mix(b.deep, 0.88, b.pale),
        ),
        "leadership": (mix(b.strong, 0.38, DUSK), b.glow, b.strong, "#fff3d2", earth, mix(b.strong, 0.6, DUSK)),
        "planning": (
            mix(b.strong, 0.3, "#1b1a33"), b.strong, mix(b.strong, 0.6, earth), "#fbe6d8", b.pale,
            mix(b.strong, 0.48, "#1b1a33"),
        ),
        "evaluation": (
            mix(b.leaf, 0.42, DUSK), mix(b.leaf, 0.45, "#ffffff"), b.leaf, "#eef3e6", earth, mix(b.leaf, 0.7, DUSK),
        ),
    }  # fmt: skip
    return Scheme(tokens, covers)


def _fixed(b: Five, earth: str) -> dict[str, str]:
    five = {"deep": b.deep, "strong": b.strong, "glow": b.glow, "leaf": b.leaf, "pale": b.pale}
    return {**five, "paper": PAPER, "ink": INK, "night": NIGHT, "clay": earth}


def stylesheet(brand: Brand, files: Mapping[str, str]) -> str:
    """Return the brand's fonts and its colours as custom properties: light, and dark on screens that prefer it.

    `files` maps the names of the font files to their paths relative to the stylesheet.
    """
    light, dark = schemes(brand)
    changed = {area: colours for area, colours in dark.covers.items() if colours != light.covers[area]}
    day = f":root {{ color-scheme: light dark; {_properties(light.tokens)} }}\n{_covers(light.covers)}"
    night = f":root {{ {_properties(dark.tokens)} }}\n{_covers(changed)}"
    colours = f"@layer tokens {{\n{day}@media screen and (prefers-color-scheme: dark) {{\n{night}}}\n}}\n"
    return "".join(_faces(brand.fonts, files)) + colours


def _faces(fonts: tuple[Font, ...], files: Mapping[str, str]) -> Iterator[str]:
    for font in fonts:
        yield (
            f'/*! Licence of {font.family}: {files[font.licence]} */\n@font-face {{ font-family: "{font.family}"; '
            f'src: url("{files[font.file]}") format("woff2"); font-weight: {font.weight}; '
            f"font-style: {font.style}; font-display: {font.display}; }}\n"
        )
    chosen = {place: font.family for font in fonts for place in USES[font.use]}
    if chosen:
        rows = {f"font-{place}": f'"{family}", var(--system-{place})' for place, family in chosen.items()}
        yield f"@layer tokens {{ :root {{ {_properties(rows)} }} }}\n"


def _properties(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())


def outline(colours: tuple[str, ...]) -> str:
    """Return the colour for the lines of planes that are not filled: the calmest one that is seen on the ground."""
    lines = [colours[role] for role in (2, 1, 3, 4)]
    seen = (colour for colour in lines if contrast(colour, colours[0]) >= CONTROL)
    return next(seen, max(lines, key=lambda colour: contrast(colour, colours[0])))


@remembered
def _covers(covers: Mapping[str, tuple[str, ...]]) -> str:
    rows = (
        f".a-{area} {{ {' '.join(f'--k{role}: {colour};' for role, colour in enumerate(colours))} "
        f"--kt: {outline(colours)}; }}\n"
        for area, colours in covers.items()
    )
    return "".join(rows)
