"""Rules about colours."""

from collections.abc import Iterator

from hejagen.brand import PAIRS, contrast, schemes
from hejagen.checks.finding import Finding
from hejagen.model import Site


def brand_contrast(site: Site) -> Iterator[Finding]:
    """Two colours of the brand that stand on one another are too alike to read."""
    for name, scheme in zip(("light", "dark"), schemes(site.config.brand), strict=True):
        for above, below, least in PAIRS:
            found = contrast(scheme.tokens[above], scheme.tokens[below])
            if found < least:
                key = _source(scheme.tokens[above], scheme.tokens[below], site)
                message = f"{above} on {below} has contrast {found:.1f}:1 in the {name} scheme, at least {least:g}:1 is needed"
                yield Finding(site.config_origin.at("brand", key), message, "choose a darker or a lighter colour")


def _source(first: str, second: str, site: Site) -> str:
    """Return the brand key that a failing pair comes from, so that the message points at its line."""
    brand = site.config.brand.model_dump()
    return next((key for key, value in brand.items() if value.lower() in (first.lower(), second.lower())), "deep")
