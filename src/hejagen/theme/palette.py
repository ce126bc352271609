"""One colour becomes the five colours of a brand: the hue stays, the lightness is adjusted, companions are chosen."""

from dataclasses import dataclass
from functools import lru_cache

from hejagen.model.settings import ROLES, Brand
from hejagen.store.folder import remembered
from hejagen.theme.colour import clear_of, mix, oklch, reach, shade, turned

PAPER, INK, NIGHT, DUSK, CREAM = "#fffdf7", "#1c1a2b", "#14132e", "#14131f", "#f6f2e6"
"""The neutral colours, the same for every brand."""
TEXT, CONTROL = 7.0, 3.0
"""Smallest contrast for text (WCAG 2.2, 1.4.6, AAA) and for borders and focus (1.4.11, AA)."""
TINT = 0.45
"""How much of the pale colour there is in the light scheme's tinted ground."""

GREY = 0.03
"""Chroma below which a colour is treated as grey."""
BRIGHT, NEON = (0.72, 0.07), 0.19
"""Lightness and chroma of a colour bright enough to be the bright plane; chroma above which a plane is too loud."""
HOUSE = "#2b2a6e"
"""Blueberry: the main colour of a brand that sets none."""
HOUSE_HUE, WARM_HUE = 278.7, 13.7
"""Hues of the base layer's blueberry, used for greys, and of its lingonberry, which pulls accents to the warm side."""
SUN = (0.886, 0.157, 91.7)
"""Butter: the bright plane of a brand whose colour is not bright."""
STRONG, LEAF, PALE = (0.455, 0.171, 95.0), (0.428, 0.079, -106.0), (0.896, 0.045, -49.0)
"""Hues of the base layer's blueberry, used for greys, and of its lingonberry, which pulls accents to the warm side."""
COOL = (0.4, 0.13)
"""Lightness and chroma of an accent that is blue or violet."""
OLIVE, KHAKI, MUD = (45.0, 150.0), (52.0, 145.0), (68.0, 135.0)
"""Ranges of hues that look dirty: dark and strong, dark and calm, or darkened from a bright colour."""
EARTH = (20.0, 75.0)
"""Range of hues in which a light, calm colour looks like clay. Outside, it looks like lavender or mint."""


@dataclass(frozen=True, slots=True)
class Five:
    """The five colours of a brand, as the model describes them."""

    deep: str
    strong: str
    glow: str
    leaf: str
    pale: str


def five(brand: Brand) -> Five:
    """Return the brand's five colours: those set by hand as they are, the others derived from `colour`."""
    chosen = {role: value.lower() for role in ROLES if (value := getattr(brand, role))}
    if len(chosen) == len(ROLES):
        return Five(**chosen)
    derived = _derived((brand.colour or HOUSE).lower())
    return Five(**{role: chosen.get(role) or getattr(derived, role) for role in ROLES})


@lru_cache(maxsize=4096)
@remembered
def _derived(colour: str) -> Five:
    lightness, chroma, hue = oklch(colour)
    grey = chroma < GREY
    hue = HOUSE_HUE if grey else hue
    vivid = min(1.1, max(0.8, chroma / 0.115))
    way, accent = min((_accent(hue, way) for way in (1, -1)), key=lambda candidate: candidate[2])[:2]
    pale = shade(PALE[0], PALE[1] * vivid, clear_of(hue + way * PALE[2], 80, 130))
    pale = reach(pale, [(DUSK, TEXT), (INK, TEXT)], darker=False)
    grounds = [(PAPER, TEXT), (mix(pale, TINT, PAPER), TEXT)]
    # A strong red is pleasant; a strong violet or blue beside another main colour looks like neon.
    light, strength = (STRONG if turned(accent, WARM_HUE) < 60 else COOL)[:2]
    sun = _sun(colour, lightness, chroma, hue, grey)
    deep = reach(_main(colour, lightness, chroma, hue, grey), grounds, darker=True)
    leaf_hue = clear_of(hue + way * LEAF[2], *KHAKI)
    leaf_chroma = LEAF[1] if leaf_hue > OLIVE[0] + 10 else 0.1
    return Five(
        deep=deep,
        strong=reach(shade(light, strength * vivid, accent), grounds, darker=True),
        glow=reach(sun, [(INK, TEXT), (mix(sun, 0.12, DUSK), TEXT + 0.2), (deep, CONTROL)], darker=False),
        leaf=reach(shade(LEAF[0], leaf_chroma * vivid, leaf_hue), grounds, darker=True),
        pale=pale,
    )


def _accent(hue: float, way: int) -> tuple[int, float, float]:
    """Return a direction from the main hue, the accent's hue there, and how far it is from the ideal one."""
    ideal = hue + way * STRONG[2]
    accent = clear_of(ideal, *OLIVE)
    return way, accent, turned(accent, ideal) + 0.3 * turned(accent, WARM_HUE)


def _main(colour: str, lightness: float, chroma: float, hue: float, grey: bool) -> str:
    """Return the main colour before it is darkened.

    Black becomes a little lighter. A bright yellow moves towards brown or green, because a dark yellow looks like mud.
    """
    if grey:
        return shade(max(lightness, 0.3), chroma, hue)
    if lightness > 0.6:
        return shade(lightness, min(chroma, 0.17), clear_of(hue, *MUD))
    return colour if lightness >= 0.26 else shade(0.26, chroma, hue)


def _sun(colour: str, lightness: float, chroma: float, hue: float, grey: bool) -> str:
    if lightness >= BRIGHT[0] and chroma >= BRIGHT[1]:
        return colour if chroma <= NEON else shade(lightness, NEON, hue)
    near = not grey and turned(hue, SUN[2]) < 30
    return shade(SUN[0], SUN[1], hue if near else SUN[2])


def clay(strong: str) -> str:
    """Return a light, calm relative of the strong colour: half the chroma, a little warmer, always an earth."""
    _, chroma, hue = oklch(strong)
    warm = (hue + 24) % 360
    if not EARTH[0] <= warm <= EARTH[1]:
        warm = min(EARTH, key=lambda end: turned(end, warm))
    return shade(0.82, min(0.1, max(0.05, chroma * 0.5)), warm)
