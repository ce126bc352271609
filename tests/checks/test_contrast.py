"""Colours that are too alike are told, with one that is not."""

from hejagen.checks.contrast import nearest
from hejagen.model.settings import Brand
from hejagen.theme.colour import contrast, oklch
from hejagen.theme.palette import five
from hejagen.theme.tokens import PAIRS, schemes

BASE = {"deep": "#2b2a6e", "strong": "#9f1239", "glow": "#ffd54a", "leaf": "#0b5d4b", "pale": "#bfe3f5"}


def failing(brand: Brand) -> list[str]:
    """The pairs of a brand that are too alike."""
    return [
        f"{above} on {below}"
        for scheme in schemes(brand)
        for above, below, least in PAIRS
        if contrast(scheme.tokens[above], scheme.tokens[below]) < least
    ]


def test_the_nearest_shade_passes() -> None:
    """What the hint proposes for a colour passes, and a shade nearer to it would not."""
    colours = five(Brand(**{**BASE, "deep": "#9a9aee"}))
    better = nearest(colours, "deep")
    assert better and failing(Brand(**{**BASE, "deep": better})) == []
    lightness = oklch(better)[0]
    assert 0.3 < lightness < oklch("#9a9aee")[0]
