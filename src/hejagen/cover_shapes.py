"""The parts of the covers: how planes are cut and placed, and the heads and hands that are made of them."""

import math
from collections.abc import Iterable, Mapping, Sequence

Point = tuple[float, float]
Shape = tuple[int, tuple[Point, ...]]
"""A colour role and the corners of a plane."""

WIDTH, HEIGHT = 400, 300
PLAIN: Mapping[int, int] = {}
CAST: tuple[Mapping[int, int], ...] = (PLAIN, {1: 4, 2: 3, 3: 2, 4: 1}, {1: 2, 2: 1, 3: 4, 4: 3})
"""The second and the third person wear other colours."""

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


def clip(points: Sequence[Point], window: Sequence[Point]) -> tuple[Point, ...]:
    """Return the part of a polygon inside a convex window (Sutherland and Hodgman, 1974), or () when there is none."""
    corners = list(window) if _area(window) > 0 else list(window)[::-1]
    found = list(points)
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        found = _cut(found, a, b)
        if len(found) < 3:
            return ()
    return tuple(found)


def _area(points: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, (*points[1:], points[0]), strict=True))


def _cut(points: list[Point], a: Point, b: Point) -> list[Point]:
    kept: list[Point] = []
    for p, q in zip(points, points[1:] + points[:1], strict=True):
        sp, sq = ((b[0] - a[0]) * (r[1] - a[1]) - (b[1] - a[1]) * (r[0] - a[0]) for r in (p, q))
        if sp >= 0:
            kept.append(p)
        if sp * sq < 0:
            share = sp / (sp - sq)
            kept.append((p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share))
    return kept


def place(
    shapes: Iterable[Shape], at: Point, scale: float, flip: int = 1, turn: float = 0, roles: Mapping[int, int] = PLAIN
) -> list[Shape]:
    """Return shapes moved, scaled, mirrored (flip -1), turned (radians) and recoloured."""
    c, s = math.cos(turn), math.sin(turn)
    return [
        (
            roles.get(role, role),
            tuple((at[0] + flip * scale * (x * c - y * s), at[1] + scale * (x * s + y * c)) for x, y in points),
        )
        for role, points in shapes
    ]


def head(variant: int) -> list[Shape]:
    """Return a head in profile with one of five kinds of hair."""
    hair, base = list(_HAIR[variant]), list(_HEAD)
    if variant == 2:
        return hair + base
    if variant in _BEHIND_FACE:
        return base[:5] + hair + base[5:]
    return base[:7] + hair + base[7:]


def hand(spread: float, length: float = 1) -> list[Shape]:
    """Return an open hand with its wrist at 0,0 and its fingers up. `spread` 0 = closed, 1 = wide."""
    shapes: list[Shape] = [
        (1, ((-19, -2), (19, -2), (30, 160), (-30, 160))),
        (4, ((-21, 18), (22, 10), (25, 40), (-24, 48))),
        (
            2,
            (
                (-28, -30),
                (-46, -60 + 10 * (1 - spread)),
                (-60 + 22 * (1 - spread), -62),
                (-58 + 18 * (1 - spread), -42),
                (-20, 4),
            ),
        ),
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

    light = ((x, y + 8), tip(0, reach - 5), tip(6, reach + 5), (x + 8, y + 8))
    shade = ((x + 8, y + 8), tip(6, reach + 5), tip(13.6, reach - 2), (x + 15, y + 8))
    return [(3, light), (2, shade)]
