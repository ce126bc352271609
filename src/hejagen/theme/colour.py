"""Colours as numbers: contrast, mixtures, and shades that are light or dark enough. Only this module knows coloraide.
A colour is text such as #2b2a6e: what is measured is what the browser gets, 8 bits a channel."""

from collections.abc import Sequence
from functools import lru_cache

from coloraide import Color

STEPS = 9
"""Halvings of a search for lightness: finer than 8 bits can show."""
LIGHTEST, DARKEST = 1.0, 0.0


@lru_cache(maxsize=65_536)
def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines contrast ratio."""
    return float(Color(first).contrast(second, method="wcag21"))


def mix(first: str, share: float, second: str) -> str:
    """Return `share` (0 to 1) of the first colour mixed with the second in Oklab."""
    return str(Color(second).mix(first, share, space="oklab").convert("srgb").to_string(hex=True, fit="clip"))


def oklch(colour: str) -> tuple[float, float, float]:
    """Return a colour's lightness (0 to 1), chroma (0 to about 0.4) and hue (degrees; 0 for a grey) in OKLCH."""
    lightness, chroma, hue = (float(part) for part in Color(colour).convert("oklch").coords())
    return lightness, chroma, 0.0 if hue != hue else hue


@lru_cache(maxsize=65_536)
def shade(lightness: float, chroma: float, hue: float) -> str:
    """Return a colour of OKLCH. What a screen cannot show gets as much chroma as it can, with the same hue."""
    made = Color("oklch", [lightness, chroma, hue]).convert("srgb")
    return str(made.fit("srgb", method="oklch-chroma").to_string(hex=True))


def difference(first: str, second: str) -> float:
    """Return how unlike two colours look: their distance in Oklab, about 0.02 when one just sees it."""
    return float(Color(first).delta_e(second, method="ok"))


def reach(colour: str, grounds: Sequence[tuple[str, float]], *, darker: bool) -> str:
    """Return the shade nearest to a colour, of the same hue, that has the wanted contrast to each of the grounds.

    `grounds` holds colours with the contrast that each one asks for. When no shade is enough, it is black or white.
    """
    if all(contrast(colour, ground) >= least for ground, least in grounds):
        return colour
    lightness, chroma, hue = oklch(colour)
    good, bad = (DARKEST if darker else LIGHTEST), lightness
    for _ in range(STEPS):
        middle = (good + bad) / 2
        made = shade(middle, chroma, hue)
        if all(contrast(made, ground) >= least for ground, least in grounds):
            good = middle
        else:
            bad = middle
    return shade(good, chroma, hue)


def clear_of(hue: float, start: float, end: float) -> float:
    """Return a hue that lies outside an arc of the colour circle: the hue itself, or the nearer end of the arc."""
    hue %= 360
    if not start < hue < end:
        return hue
    return start if hue - start < end - hue else end


def turned(first: float, second: float) -> float:
    """Return the angle between two hues, 0 to 180 degrees."""
    apart = abs(first - second) % 360
    return min(apart, 360 - apart)
