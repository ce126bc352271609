"""From a brand's colours to the colours that styles use."""

from hejagen.model.settings import Brand
from hejagen.theme.colour import contrast
from hejagen.theme.tokens import PAIRS, outline, schemes


def test_the_brand_passes_in_both_schemes() -> None:
    """Every pair of tokens reaches its contrast: 7:1 for text."""
    brand = Brand(deep="#2b2a6e", strong="#9f1239", glow="#ffd54a", leaf="#0b5d4b", pale="#bfe3f5")
    for scheme in schemes(brand):
        for above, below, least in PAIRS:
            assert contrast(scheme.tokens[above], scheme.tokens[below]) >= least, (above, below)


def test_what_is_drawn_in_outline_is_seen() -> None:
    """The lines of planes that are not filled have 3:1 against the ground, in every area and both schemes."""
    for colour in ("#2b2a6e", "#ffd600", "#7b2a80", "#000000", "#00a0a0"):
        for scheme in schemes(Brand(colour=colour)):
            for area, colours in scheme.covers.items():
                assert contrast(outline(colours), colours[0]) >= 3, (colour, area)
