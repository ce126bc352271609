"""Colours as numbers: contrast, mixtures, and shades that are light or dark enough.

A colour is text such as #2b2a6e, so that what is measured is what the browser gets: 8 bits a channel. Only this module
uses coloraide, which takes a fifth of a second to load: what is worked out once is kept in the store."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coloraide import Color

STEPS = 9
"""Steps of a binary search for lightness: finer than 8 bits can show."""
LIGHTEST, DARKEST = 1.0, 0.0


def _color(*colour: Any) -> "Color":
    """Return a colour of the library, which is loaded when one is asked for."""
    from coloraide import Color

    return Color(*colour)


@lru_cache(maxsize=65_536)
def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines contrast ratio."""
    return float(_color(first).contrast(second, method="wcag21"))


def mix(first: str, share: float, second: str) -> str:
    """Return `share` (0 to 1) of the first colour mixed with the second in Oklab."""
    return str(_color(second).mix(first, share, space="oklab").convert("srgb").to_string(hex=True, fit="clip"))


def oklch(colour: str) -> tuple[float, float, float]:
    """Return a colour's lightness (0 to 1), chroma (0 to about 0.4) and hue (degrees; 0 for a grey) in OKLCH."""
    lightness, chroma, hue = (float(part) for part in _color(colour).convert("oklch").coords())
    return lightness, chroma, 0.0 if hue != hue else hue


@lru_cache(maxsize=65_536)
def shade(lightness: float, chroma: float, hue: float) -> str:
    """Return an OKLCH colour as sRGB. Out of gamut, the hue stays and the chroma shrinks to what a screen can show."""
    colour = _color("oklch", [lightness, chroma, hue]).convert("srgb")
    return str(colour.fit("srgb", method="oklch-chroma").to_string(hex=True))


def difference(first: str, second: str) -> float:
    """Return how different two colours look: their distance in Oklab. About 0.02 is just noticeable."""
    return float(_color(first).delta_e(second, method="ok"))


def reach(colour: str, grounds: Sequence[tuple[str, float]], *, darker: bool) -> str:
    """Return the shade nearest to a colour, of the same hue, that has enough contrast to each of the grounds.

    `grounds` holds colours, each with the contrast ratio that it needs. When no shade is enough, return black or white.
    """
    if all(contrast(colour, ground) >= least for ground, least in grounds):
        return colour
    lightness, chroma, hue = oklch(colour)
    good, bad = (DARKEST if darker else LIGHTEST), lightness
    for _ in range(STEPS):
        middle = (good + bad) / 2
        candidate = shade(middle, chroma, hue)
        if all(contrast(candidate, ground) >= least for ground, least in grounds):
            good = middle
        else:
            bad = middle
    return shade(good, chroma, hue)


def clear_of(hue: float, start: float, end: float) -> float:
    """Return a hue moved out of an arc of the colour circle, to the nearer end of the arc, if it lies inside."""
    hue %= 360
    if not start < hue < end:
        return hue
    return start if hue - start < end - hue else end


def turned(first: float, second: float) -> float:
    """Return the angle between two hues, 0 to 180 degrees."""
    apart = abs(first - second) % 360
    return min(apart, 360 - apart)
