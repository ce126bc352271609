"""The bodies of the covers: heads in profile, faces seen from the front and the side at once, hands, and people who
stand."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hejagen.theme.covers.shapes import PLAIN, Point, Shape, place

CAST: tuple[Mapping[int, int], ...] = (PLAIN, {1: 4, 2: 3, 3: 2, 4: 1}, {1: 2, 2: 1, 3: 4, 4: 3})
"""The second and the third person wear other colours."""
DRESS: tuple[Mapping[int, int], ...] = (PLAIN, {4: 3, 3: 4}, {1: 4, 4: 1})
"""The same for people who stand: they keep their contrast to the ground."""

_HEAD: tuple[Shape, ...] = (
    (1, ((52, 28), (72, 15), (60, 2), (34, 0), (14, 20), (8, 48), (20, 72), (40, 60))),
    (3, ((72, 15), (77, 37), (75, 44), (95, 67), (79, 71), (66, 64), (56, 42), (52, 28))),
    (3, ((66, 64), (79, 71), (83, 78), (76, 81.5), (82, 86), (77, 91), (80, 102), (66, 111), (60, 88))),
    (2, ((56, 42), (66, 64), (60, 88), (66, 111), (44, 94), (40, 60), (52, 28))),
    (2, ((20, 72), (40, 60), (44, 94), (66, 111), (66, 140), (24, 134))),
    (4, ((24, 122), (46, 150), (40, 240), (-40, 240), (-26, 158))),
    (1, ((24, 122), (46, 150), (67, 128), (112, 160), (124, 240), (40, 240), (46, 150))),
    (1, ((57, 48), (66, 43), (75, 48), (66, 52))),
)
"""Hair, brow and nose, mouth and chin, cheek, neck, back, front, eye: a profile that looks to the right."""
_HAIR: tuple[tuple[Shape, ...], ...] = (
    (),
    ((1, ((40, 60), (20, 72), (8, 48), (-2, 92), (10, 112), (40, 104), (46, 80))),),
    ((1, ((14, 22), (-10, 14), (-22, 30), (-12, 50), (9, 46))),),
    (
        (4, ((40, 60), (52, 28), (56, 42), (50, 70), (60, 98), (66, 111), (70, 134), (20, 150), (-6, 130), (8, 48))),
        (4, ((72, 15), (60, -1), (34, -4), (10, 18), (6, 50), (40, 60), (52, 28))),
    ),
    ((1, ((60, 84), (76, 81.5), (82, 86), (79, 92), (82, 106), (68, 118), (44, 96), (48, 78))),),
)
"""Short, bob, bun, scarf, beard."""
_BEHIND_FACE = (1, 2)
"""Hair that is drawn before the shoulders and the face."""
_MASK: tuple[Shape, ...] = (
    (2, ((-18, 56), (20, 56), (24, 116), (-24, 116))),
    (4, ((-24, 100), (-84, 128), (-100, 260), (0, 260), (0, 120))),
    (1, ((24, 100), (84, 128), (100, 260), (0, 260), (0, 120))),
    (3, ((2, -68), (-46, -48), (-50, 2), (-34, 50), (-2, 76))),
    (2, ((2, -68), (48, -46), (50, 2), (34, 50), (-2, 76))),
    (4, ((2, -26), (-20, 24), (4, 30))),
    (1, ((-36, -12), (-23, -21), (-10, -12), (-23, -5))),
    (3, ((12, -14), (25, -23), (38, -14), (25, -7))),
    (1, ((-18, 44), (0, 39), (16, 44), (0, 52))),
)
"""Neck, back, front, two halves of a face, a nose from the side, two eyes, mouth: a face from two sides at once."""
_MASK_HAIR: tuple[tuple[Shape, ...], ...] = (
    ((1, (
        (-50, 4), (-60, -44), (-34, -88), (8, -98), (48, -82), (60, -40), (50, 6), (44, -40), (2, -62), (-40, -44),
    )),),
    ((1, (
        (-44, 60), (-66, 60), (-64, -48), (-32, -90), (20, -96), (62, -56), (64, 60), (46, 60), (48, -40), (4, -64),
        (-42, -40),
    )),),
    (
        (1, ((-50, 0), (-56, -48), (-22, -84), (26, -84), (58, -46), (50, 0), (42, -44), (2, -62), (-40, -44))),
        (1, ((-22, -80), (-30, -112), (0, -126), (30, -110), (24, -80))),
    ),
    ((4, (
        (-36, 52), (-72, 90), (-70, -46), (-34, -92), (28, -94), (70, -50), (74, 92), (36, 52), (46, -38), (4, -60),
        (-44, -38),
    )),),
    (
        (1, ((-50, 0), (-56, -46), (-24, -86), (30, -86), (58, -44), (50, 0), (44, -48), (-40, -50))),
        (1, ((-44, 22), (-20, 32), (20, 32), (44, 22), (32, 56), (-2, 84), (-36, 56))),
        (3, ((-14, 45), (0, 41), (14, 45), (0, 50))),
    ),
)  # fmt: skip
_TOP: tuple[tuple[Shape, ...], ...] = (
    (),
    ((1, ((2, -104), (2, -92), (-2, -76), (-14, -78), (-11, -105))),),
    ((1, ((-6, -110), (-14, -122), (-20, -112), (-11, -102))),),
    ((4, ((2, -115), (12, -110), (3, -103), (2, -84), (-14, -76), (-12, -105))),),
    (),
)
"""What the people who stand have on their heads, as the heads' own hair."""
_FIGURE: tuple[Shape, ...] = (
    (1, ((-10, -44), (3, -44), (-4, 0), (-17, 0))),
    (2, ((-1, -44), (12, -44), (17, 0), (5, 0))),
    (1, ((0, -88), (-14, -81), (-19, -38), (0, -36))),
    (4, ((0, -88), (15, -81), (19, -38), (0, -36))),
    (3, ((9, -80), (17, -78), (30, -54), (25, -49), (9, -66))),
    (3, ((0, -110), (12, -107), (17, -98), (12, -96), (10, -88), (0, -86))),
    (1, ((1, -115), (11, -112), (13, -106), (4, -104), (2, -95), (-1, -86), (-9, -90), (-11, -105))),
)
"""Two legs, back, front, arm, face, hair: someone who stands on 0,0 and looks to the right, 114 high."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The bodies of a cover: how many, whether the first stands alone before the others, who they are, and whether
    the mode opens."""

    count: int
    alone_first: bool
    people: tuple[int, ...]
    open: bool


def head(variant: int) -> list[Shape]:
    """Return a head in profile with one of five kinds of hair."""
    hair, base = list(_HAIR[variant]), list(_HEAD)
    if variant == 2:
        return hair + base
    if variant in _BEHIND_FACE:
        return base[:5] + hair + base[5:]
    return base[:7] + hair + base[7:]


def mask(variant: int) -> list[Shape]:
    """Return a face from the front and the side at once, its middle at 0,0, with one of five kinds of hair."""
    return [*_MASK, *_MASK_HAIR[variant]]


def heads(cast: Cast, spots: Sequence[tuple[float, float, float, int]]) -> list[Shape]:
    """Return heads at spots (x, y, size, way they look: 1 right, -1 left, 0 at us), those at the back first."""
    found: list[Shape] = []
    for number, (x, y, size, way) in reversed(list(enumerate(spots[: cast.count]))):
        kind = cast.people[number % len(cast.people)]
        found += place(head(kind) if way else mask(kind), (x, y), size, way or 1, 0, CAST[number % len(CAST)])
    return found


def figures(cast: Cast, spots: Sequence[tuple[float, float, float, int]]) -> list[Shape]:
    """Return people who stand at spots (x, y, size, way they look), in the order of the spots."""
    found: list[Shape] = []
    for number, (x, y, size, way) in enumerate(spots[: cast.count]):
        kind = cast.people[number % len(cast.people)]
        found += place([*_FIGURE, *_TOP[kind]], (x, y), size, way, 0, DRESS[number % len(DRESS)])
    return found


def hands(cast: Cast, spots: Sequence[tuple[float, float, float, float]]) -> list[Shape]:
    """Return open hands at spots (x and y of the wrist, size, turn), those at the back first."""
    found: list[Shape] = []
    for number, (x, y, size, turn) in reversed(list(enumerate(spots[: cast.count]))):
        found += place(hand(0.9 if cast.open else 0.3), (x, y), size, 1, turn, CAST[number % len(CAST)])
    return found


def hand(spread: float, length: float = 1) -> list[Shape]:
    """Return an open hand with its wrist at 0,0 and its fingers up. `spread` 0 = closed, 1 = wide."""
    inward = 1 - spread
    thumb = ((-28, -30), (-46, -60 + 10 * inward), (-60 + 22 * inward, -62), (-58 + 18 * inward, -42), (-20, 4))
    shapes: list[Shape] = [
        (1, ((-19, -2), (19, -2), (34, 230), (-34, 230))),
        (4, ((-21, 18), (22, 10), (25, 40), (-24, 48))),
        (2, thumb),
    ]
    for number, reach in enumerate((48, 60, 55, 40)):
        shapes.extend(_finger(number, reach * length, spread))
    return [
        *shapes,
        (3, ((-29, -42), (-6, -46), (2, 2), (-20, 4))),
        (2, ((-6, -46), (31, -38), (26, -10), (19, 2), (2, 2))),
    ]


def _finger(number: int, reach: float, spread: float) -> list[Shape]:
    angle, x, y = (number - 1.5) * 0.2 * spread, -29 + number * 15, (-42, -48, -48, -40)[number]

    def tip(across: float, along: float) -> Point:
        return (
            x + across * math.cos(angle) + along * math.sin(angle),
            y + across * math.sin(angle) - along * math.cos(angle),
        )

    light = ((x, y + 8), tip(0, reach - 3), tip(3, reach + 3), tip(7, reach + 4), (x + 8, y + 8))
    shade = ((x + 8, y + 8), tip(7, reach + 4), tip(11, reach + 2), tip(13.6, reach - 4), (x + 15, y + 8))
    return [(3, light), (2, shade)]
