"""Rules about colours."""

from collections.abc import Iterator

from hejagen.brand import PAIRS, contrast, schemes
from hejagen.checks.finding import Finding
from hejagen.model import Site

SHARED = {"plane": "deep", "hi": "glow", "tint": "pale", "sun": "glow", "warn": "strong", "time-gather": "strong"}
SOURCES = {
    "light": {**SHARED, "link": "deep", "btn": "deep", "time-widen": "deep", "time-switch": "leaf"},
    "dark": {**SHARED, "link": "pale", "btn": "glow", "time-widen": "pale", "time-switch": "glow"},
}
"""The brand key that each token is made from, so that a message points at its line."""


def brand_contrast(site: Site) -> Iterator[Finding]:
    """Two colours of the brand that stand on one another are too alike to read."""
    for name, scheme in zip(("light", "dark"), schemes(site.config.brand), strict=True):
        for above, below, least in PAIRS:
            found = contrast(scheme.tokens[above], scheme.tokens[below])
            if found < least:
                key = SOURCES[name].get(below) or SOURCES[name].get(above, "deep")
                message = (
                    f"{above} on {below}: contrast {found:.1f}:1 in the {name} scheme, at least {least:g}:1 is needed"
                )
                yield Finding(site.config_origin.at("brand", key), message, "choose a darker or a lighter colour")
