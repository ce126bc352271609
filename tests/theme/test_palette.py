"""From one colour to every colour."""

import itertools
import random

import pytest

from hejagen.content.drawings import read_drawings
from hejagen.layers.stack import stack
from hejagen.model.settings import ROLES, Brand
from hejagen.theme.colour import contrast, difference, oklch, turned
from hejagen.theme.palette import EARTH, GREY, PAPER, clay, five
from hejagen.theme.tokens import PAIRS, schemes

EXTREMES = (
    "#000000", "#010101", "#ffffff", "#fefefe", "#ffff00", "#ffd600", "#808080", "#777777", "#39ff14", "#ff00ff",
    "#00ffff", "#00ff00", "#ff0000", "#0000ff", "#2b2a6e", "#9f1239",
)  # fmt: skip
RANDOM = tuple(f"#{random.Random(seed).randrange(1 << 24):06x}" for seed in range(200))
DRAWINGS, _ = read_drawings(stack(()))
assert DRAWINGS
BASE = {"deep": "#2b2a6e", "strong": "#9f1239", "glow": "#ffd54a", "leaf": "#0b5d4b", "pale": "#bfe3f5"}


def failing(brand: Brand) -> list[str]:
    """The pairs of a brand that are too alike."""
    return [
        f"{above} on {below}"
        for scheme in schemes(brand)
        for above, below, least in PAIRS
        if contrast(scheme.tokens[above], scheme.tokens[below]) < least
    ]


@pytest.mark.parametrize("colour", (*EXTREMES, *RANDOM))
def test_any_colour_makes_a_scheme_that_passes(colour: str) -> None:
    """From any colour, every pair of tokens reaches its contrast in both schemes: 7:1 for text, 3:1 for controls."""
    assert failing(Brand(colour=colour)) == []


@pytest.mark.parametrize("colour", (*EXTREMES, *RANDOM))
def test_companions_are_unlike(colour: str) -> None:
    """The dark colours of a cover differ at a glance, so that no cover is one dark lump."""
    made = five(Brand(colour=colour))
    for one, other in itertools.combinations((made.deep, made.strong, made.leaf), 2):
        assert difference(one, other) > 0.055, (one, other)
    assert difference(made.glow, made.pale) > 0.055


@pytest.mark.parametrize("colour", (*EXTREMES, *RANDOM))
def test_clay_is_an_earth(colour: str) -> None:
    """The calm relative of the accent is warm, never lavender or mint."""
    made = oklch(clay(five(Brand(colour=colour)).strong))
    assert EARTH[0] - 3 < made[2] < EARTH[1] + 3
    assert contrast("#1c1a2b", clay(made_of := five(Brand(colour=colour)).strong)) >= 7, made_of


def test_the_hue_is_kept() -> None:
    """A brand's dark main colour stays as it is; a lighter one gets darker in the same hue."""
    assert five(Brand(colour="#003b73")).deep == "#003b73"
    for colour in ("#c8102e", "#00843d", "#00a7b5", "#e4572e", "#a33ea1"):
        deep = five(Brand(colour=colour)).deep
        assert contrast(deep, PAPER) >= 7
        assert turned(oklch(deep)[2], oklch(colour)[2]) < 6, colour


def test_a_grey_brand_stays_grey() -> None:
    """A colour without hue gives a main colour without hue, and the house's companions."""
    assert oklch(five(Brand(colour="#6e6e6e")).deep)[1] < GREY


def test_five_set_by_hand_are_not_touched() -> None:
    """The base layer's own colours are used as they are; on top of a colour, some may be set by hand."""
    made = five(Brand(**BASE))
    assert {role: getattr(made, role) for role in ROLES} == BASE
    mixed = five(Brand(colour="#00843d", glow="#ffe08a"))
    assert mixed.glow == "#ffe08a" and mixed.deep == five(Brand(colour="#00843d")).deep
