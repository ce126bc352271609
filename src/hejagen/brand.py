"""Five brand colours become every colour of the site, light and dark: tokens for styles, palettes for covers.
All mixing is done here, so that the styles need no colour functions that an older browser lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from coloraide import Color

from hejagen.model import Brand

PAPER, INK, NIGHT, DUSK, CREAM = "#fffdf7", "#1c1a2b", "#14132e", "#14131f", "#f6f2e6"
"""The neutral colours, the same for every brand."""
TEXT, CONTROL = 7.0, 3.0
"""Smallest contrast for text (WCAG 2.2, 1.4.6, AAA) and for borders and focus (1.4.11, AA)."""

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("fg", "bg", TEXT),
    ("fg-2", "bg", TEXT),
    ("link", "bg", TEXT),
    ("fg", "tint", TEXT),
    ("on-plane", "plane", TEXT),
    ("on-sun", "sun", TEXT),
    ("on-btn", "btn", TEXT),
    ("warn", "bg", CONTROL),
    ("line", "bg", CONTROL),
    ("ring", "bg", CONTROL),
    ("hi", "plane", CONTROL),
    ("on-time", "time-widen", TEXT),
    ("on-time", "time-gather", TEXT),
    ("on-time", "time-switch", TEXT),
)
"""Tokens that stand on one another, and the contrast that each pair must reach."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one scheme: tokens by name, and for each area six colours for its covers."""

    tokens: Mapping[str, str]
    covers: Mapping[str, tuple[str, ...]]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines contrast ratio."""
    return float(Color(first).contrast(second, method="wcag21"))


def mix(first: str, share: float, second: str) -> str:
    """Return `share` (0 to 1) of the first colour mixed with the second in Oklab, as #rrggbb."""
    return str(Color(second).mix(first, share, space="oklab").convert("srgb").to_string(hex=True, fit="clip"))


def _clay(strong: str) -> str:
    """A light, calm relative of the strong colour: half the chroma, a little warmer, lightness .82."""
    colour = Color(strong).convert("oklch")
    chroma, hue = float(colour["chroma"]) * 0.5, float(colour["hue"])
    made = Color("oklch", [0.82, chroma, 0 if hue != hue else hue + 24])
    return str(made.convert("srgb").fit("srgb", method="oklch-chroma").to_string(hex=True))


@cache
def schemes(brand: Brand) -> tuple[Scheme, Scheme]:
    """Return the light and the dark scheme of a brand."""
    return _light(brand), _dark(brand)


def _light(b: Brand) -> Scheme:
    clay = _clay(b.strong)
    tokens = {
        **_fixed(b, clay),
        "bg": PAPER, "fg": INK, "fg-2": "#46445a", "link": b.deep, "line": "#777487", "rule": INK,
        "plane": b.deep, "on-plane": PAPER, "hi": b.glow, "tint": mix(b.pale, 0.45, PAPER),
        "sun": b.glow, "on-sun": INK, "sun-btn": PAPER, "btn": b.deep, "on-btn": PAPER, "warn": b.strong,
        "ring": INK, "ring-2": PAPER,
        "time-widen": b.deep, "time-gather": b.strong, "time-switch": b.leaf, "on-time": PAPER,
    }  # fmt: skip
    base = (b.pale, b.deep, mix(b.deep, 0.55, b.pale), PAPER, b.glow, mix(b.deep, 0.14, b.pale))
    covers = {
        "context": base,
        "leadership": (b.glow, b.deep, b.strong, "#fff3d2", clay, mix(b.strong, 0.14, b.glow)),
        "planning": (clay, b.strong, mix(b.strong, 0.6, clay), "#fff4e8", b.pale, mix(b.strong, 0.17, clay)),
        "support": (
            b.leaf,
            mix(b.leaf, 0.4, NIGHT),
            mix(b.leaf, 0.5, b.pale),
            "#f6f4de",
            b.glow,
            mix(b.leaf, 0.82, NIGHT),
        ),
        "operation": (b.deep, NIGHT, mix(b.deep, 0.45, b.pale), b.pale, clay, mix(b.deep, 0.82, b.pale)),
        "evaluation": (
            mix(b.leaf, 0.24, PAPER),
            b.leaf,
            mix(b.leaf, 0.62, PAPER),
            PAPER,
            clay,
            mix(b.leaf, 0.36, PAPER),
        ),
        "improvement": (
            b.strong,
            mix(b.strong, 0.4, NIGHT),
            mix(b.strong, 0.5, clay),
            "#ffeede",
            b.glow,
            mix(b.strong, 0.8, NIGHT),
        ),
    }
    return Scheme(tokens, covers)


def _dark(b: Brand) -> Scheme:
    light, clay = _light(b), _clay(b.strong)
    tokens = {
        **_fixed(b, clay),
        "bg": DUSK, "fg": CREAM, "fg-2": "#cbc8d6", "link": b.pale, "line": "#8d8aa0", "rule": CREAM,
        "plane": mix(b.deep, 0.82, DUSK), "on-plane": PAPER, "hi": b.glow, "tint": "#22212f",
        "sun": mix(b.glow, 0.12, DUSK), "on-sun": b.glow, "sun-btn": INK, "btn": b.glow, "on-btn": INK,
        "warn": mix(b.strong, 0.55, "#ffffff"), "ring": CREAM, "ring-2": DUSK,
        "time-widen": b.pale, "time-gather": clay, "time-switch": b.glow, "on-time": INK,
    }  # fmt: skip
    covers = {
        **light.covers,
        "context": (
            mix(b.deep, 0.62, DUSK), b.pale, mix(b.deep, 0.45, b.pale), "#f3f1ea", b.glow, mix(b.deep, 0.88, b.pale),
        ),
        "leadership": (mix(b.strong, 0.38, DUSK), b.glow, b.strong, "#fff3d2", clay, mix(b.strong, 0.6, DUSK)),
        "planning": (
            mix(b.strong, 0.3, "#1b1a33"), b.strong, mix(b.strong, 0.6, clay), "#fbe6d8", b.pale,
            mix(b.strong, 0.48, "#1b1a33"),
        ),
        "evaluation": (
            mix(b.leaf, 0.42, DUSK), mix(b.leaf, 0.45, "#ffffff"), b.leaf, "#eef3e6", clay, mix(b.leaf, 0.7, DUSK),
        ),
    }  # fmt: skip
    return Scheme(tokens, covers)


def _fixed(b: Brand, clay: str) -> dict[str, str]:
    five = {"deep": b.deep, "strong": b.strong, "glow": b.glow, "leaf": b.leaf, "pale": b.pale}
    return {**five, "paper": PAPER, "ink": INK, "night": NIGHT, "clay": clay}


def stylesheet(brand: Brand) -> str:
    """Return the brand's colours as custom properties: light, and dark on screens that ask for it."""
    light, dark = schemes(brand)
    changed = {area: colours for area, colours in dark.covers.items() if colours != light.covers[area]}
    day = f":root {{ color-scheme: light dark; {_properties(light.tokens)} }}\n{_covers(light.covers)}"
    night = f":root {{ {_properties(dark.tokens)} }}\n{_covers(changed)}"
    return f"@layer tokens {{\n{day}@media screen and (prefers-color-scheme: dark) {{\n{night}}}\n}}\n"


def _properties(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())


def _covers(covers: Mapping[str, tuple[str, ...]]) -> str:
    rows = (
        f".a-{area} {{ {' '.join(f'--k{role}: {colour};' for role, colour in enumerate(colours))} }}\n"
        for area, colours in covers.items()
    )
    return "".join(rows)
