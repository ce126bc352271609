"""From a brand's colours to the colours that styles use."""

from hejagen.model.settings import Brand
from hejagen.theme.colour import contrast
from hejagen.theme.tokens import PAIRS, schemes


def test_the_brand_passes_in_both_schemes() -> None:
    """Every pair of tokens reaches its contrast: 7:1 for text."""
    brand = Brand(deep="#2b2a6e", strong="#9f1239", glow="#ffd54a", leaf="#0b5d4b", pale="#bfe3f5")
    for scheme in schemes(brand):
        for above, below, least in PAIRS:
            assert contrast(scheme.tokens[above], scheme.tokens[below]) >= least, (above, below)
