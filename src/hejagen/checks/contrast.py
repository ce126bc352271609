"""Rules about colours."""

import re
from collections.abc import Iterator
from dataclasses import replace

from hejagen.messages import Message, say
from hejagen.model.settings import Brand
from hejagen.model.site import Origin, Site
from hejagen.problems import Finding, Location
from hejagen.store.folder import remembered
from hejagen.theme.colour import DARKEST, LIGHTEST, STEPS, contrast, oklch, shade
from hejagen.theme.palette import CONTROL, PAPER, Five, five
from hejagen.theme.tokens import PAIRS, Scheme, schemes_of

SHARED = {"plane": "deep", "hi": "glow", "sun": "glow", "warn": "strong", "time-gather": "strong"}
SOURCES = {
    "light": {**SHARED, "link": "deep", "btn": "deep", "tint": "pale", "time-widen": "deep", "time-switch": "leaf"},
    "dark": {**SHARED, "link": "pale", "btn": "glow", "on-sun": "glow", "time-widen": "pale", "time-switch": "glow"},
}
"""The brand key that each token comes from. Messages point at its line."""
PAINT = re.compile(r'(?:fill|stroke|stop-color)="([^"]+)"')
"""The colours that an SVG sets."""
DARK = ("deep", "strong", "leaf")
"""The keys that must be dark; the others must be light."""
SCHEME_WORDS = {"light": say("light"), "dark": say("dark")}


def brand_contrast(site: Site) -> Iterator[Finding]:
    """A colour of the brand has too little contrast against the colour behind it."""
    brand, origin = site.config.brand, site.config_origin
    colours = five(brand)
    pairs_by_role: dict[str, Message] = {}
    for name, above, below, ratio, least in _failing(colours):
        sources = [SOURCES[name][token] for token in (above, below) if token in SOURCES[name]] or ["deep"]
        role = next((role for role in sources if _place(brand, origin, role).path == origin.path), sources[0])
        values = {"above": above, "below": below, "ratio": f"{ratio:.1f}", "least": f"{least:g}"}
        pair = say("{above} on {below} {ratio}:1, not {least}:1 ({scheme})", **values, scheme=SCHEME_WORDS[name])
        before = pairs_by_role.get(role)
        pairs_by_role[role] = say("{before}; {pair}", before=before, pair=pair) if before else pair
    for role, pairs in pairs_by_role.items():
        better = nearest(colours, role)
        hint = (
            say('write {role}: "{better}", the nearest shade that passes', role=role, better=better)
            if better
            else say("change another colour too")
        )
        yield Finding(
            _place(brand, origin, role),
            say("{role} has too little contrast: {pairs}", role=role, pairs=pairs),
            hint,
        )


def _place(brand: Brand, origin: Origin, role: str) -> Location:
    return origin.at("brand", role if getattr(brand, role) else "colour")


@remembered
def _failing(colours: Five) -> tuple[tuple[str, str, str, float, float], ...]:
    return tuple(
        (name, above, below, ratio, least)
        for name, scheme in zip(("light", "dark"), schemes_of(colours), strict=True)
        for above, below, least in PAIRS
        if (ratio := contrast(scheme.tokens[above], scheme.tokens[below])) < least
    )


def logo_contrast(site: Site) -> Iterator[Finding]:
    """No colour of an SVG logo has enough contrast on white paper. PNG logos are not measured."""
    logo = site.brand_files.logo
    if logo is None or not logo.name.lower().endswith(".svg"):
        return
    ratios = [ratio for ratio in map(_on_paper, set(PAINT.findall(logo.data.decode()))) if ratio]
    if ratios and max(ratios) < CONTROL:
        message = say(
            "no colour of the logo has more than {ratios:.1f}:1 on white paper; it needs {control:g}:1",
            ratios=max(ratios),
            control=CONTROL,
        )
        hint = say("use the version of the logo for light grounds")
        yield Finding(site.config_origin.at("brand", "logo", "file"), message, hint, "warning")


@remembered
def _on_paper(colour: str) -> float:
    """Return the contrast of a colour on paper; 0 for a value that is not a colour, such as none or url(#a)."""
    try:
        return contrast(colour, PAPER)
    except ValueError:
        return 0


def nearest(colours: Five, role: str) -> str | None:
    """Return the nearest shade of one of the five colours that makes all its pairs pass, or None."""
    lightness, chroma, hue = oklch(getattr(colours, role))
    good, bad = (DARKEST if role in DARK else LIGHTEST), lightness
    if not _passes(colours, role, shade(good, chroma, hue)):
        return None
    for _ in range(STEPS):
        middle = (good + bad) / 2
        if _passes(colours, role, shade(middle, chroma, hue)):
            good = middle
        else:
            bad = middle
    return shade(good, chroma, hue)


def _passes(colours: Five, role: str, tried: str) -> bool:
    changed: tuple[Scheme, Scheme] = schemes_of(replace(colours, **{role: tried}))
    return all(
        contrast(scheme.tokens[above], scheme.tokens[below]) >= least
        for name, scheme in zip(("light", "dark"), changed, strict=True)
        for above, below, least in PAIRS
        if role in (SOURCES[name].get(above), SOURCES[name].get(below))
    )
