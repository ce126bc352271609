"""Covers with a road, a bridge, a boat, stairs, a map or a table: where people are small or only their hands show. Each
scene gets the bodies and returns shapes from back to front. Nobody stands in the way."""

from collections.abc import Sequence
from itertools import pairwise

from hejagen.theme.covers.bodies import Cast, figures, hands
from hejagen.theme.covers.shapes import Shape, place

_HILLS: tuple[Shape, ...] = (
    (5, ((-10, 132), (76, 66), (160, 132))),
    (2, ((76, 66), (160, 132), (98, 132))),
    (2, ((246, 132), (338, 50), (420, 132))),
    (1, ((338, 50), (420, 132), (352, 132))),
    (5, ((-10, 130), (410, 126), (410, 310), (-10, 310))),
    (2, ((-10, 132), (170, 128), (40, 310), (-10, 310))),
    (2, ((410, 128), (270, 128), (380, 310), (410, 310))),
)
_HOUSE: tuple[Shape, ...] = (
    (4, ((0, -58), (30, -30), (30, 0), (0, 0))),
    (3, ((0, -58), (-22, -28), (-22, 0), (0, 0))),
    (1, ((8, 0), (8, -20), (20, -20), (20, 0))),
)


_BESIDE = ((66, 288, 1.5, 1), (340, 286, 1.5, -1), (110, 262, 1.25, 1))


def path(cast: Cast) -> list[Shape]:
    """A road that turns towards a house, and people beside it."""
    bends = (((128, 268), 310), ((206, 312), 240), ((138, 202), 190), ((202, 240), 156), ((194, 210), 128))
    road: list[Shape] = [
        ((3, 4)[n % 2], ((a[0], ya), (a[1], ya), (b[1], yb), (b[0], yb)))
        for n, ((a, ya), (b, yb)) in enumerate(pairwise(bends))
    ]
    people = figures(cast, [(64, 282, 1.5, 1), (352, 276, 1.45, -1), (110, 230, 1.0, 1)])
    if cast.alone_first:
        people = figures(cast, [(72, 290, 1.75, 1), (318, 214, 0.9, -1), (352, 222, 0.95, -1)])
    return [*_HILLS, *road, *place(_HOUSE, (202, 130), 0.9), *people]


def fork(cast: Cast) -> list[Shape]:
    """A road that divides, with a signpost where it does."""
    return [
        *_HILLS,
        (3, ((160, 310), (240, 310), (222, 224), (188, 224))),
        (4, ((188, 224), (206, 224), (112, 130), (92, 130))),
        (3, ((206, 224), (222, 224), (318, 128), (296, 128))),
        (1, ((201, 232), (201, 62), (211, 62), (211, 232))),
        (4, ((211, 68), (276, 68), (294, 82), (276, 96), (211, 96))),
        (3, ((201, 102), (138, 102), (120, 116), (138, 130), (201, 130))),
        *figures(cast, [(66, 290, 1.7, 1), (322, 262, 1.0, -1), (364, 266, 1.0, -1)] if cast.alone_first else _BESIDE),
    ]


def stairs(cast: Cast) -> list[Shape]:
    """Steps that climb towards a flag."""
    steps: list[Shape] = []
    for number in range(6):
        x, y = 20 + number * 66, 276 - number * 31
        steps.append(((3, 4)[number % 2], ((x, y), (x + 78, y - 6), (x + 78, y + 10), (x, y + 16))))
        steps.append((1 if number % 2 else 2, ((x, y + 16), (x + 78, y + 10), (x + 78, 320), (x, 320))))
    flag: list[Shape] = [
        (1, ((378, 120), (378, 8), (384, 8), (384, 120))),
        (4, ((378, 10), (330, 24), (344, 36), (328, 52), (378, 50))),
    ]
    spots = {1: [2], 2: [1, 3]}.get(cast.count, [3, 0, 1] if cast.alone_first else [0, 2, 4])
    return [*steps, *flag, *figures(cast, [(58 + n * 66, 276 - n * 31, 1.15, 1) for n in spots])]


def bridge(cast: Cast) -> list[Shape]:
    """A bridge between two cliffs."""
    land: list[Shape] = [
        (5, ((-10, 250), (410, 244), (410, 310), (-10, 310))),
        (4, ((60, 274), (340, 266), (360, 276), (80, 286))),
        (1, ((-10, 176), (104, 180), (80, 310), (-10, 310))),
        (2, ((-10, 176), (104, 180), (40, 230))),
        (1, ((410, 168), (296, 178), (322, 310), (410, 310))),
        (2, ((410, 168), (296, 178), (370, 224))),
        (2, ((92, 182), (308, 180), (308, 204), (262, 210), (200, 190), (138, 212), (92, 206))),
        (3, ((84, 172), (316, 170), (316, 184), (84, 186))),
    ]
    if cast.count == 1:
        return land + figures(cast, [(204, 172, 1.35, 1)])
    if cast.alone_first:
        return land + figures(cast, [(196, 172, 1.3, 1), (340, 168, 1.15, -1), (376, 166, 1.15, -1)])
    return land + figures(cast, [(122, 172, 1.2, 1), (284, 171, 1.2, -1), (206, 171, 1.15, 1)])


def boat(cast: Cast) -> list[Shape]:
    """A boat with a sail; those who sail it look the same way."""
    sail: list[Shape] = [
        (1, ((196, 4), (203, 4), (203, 226), (196, 226))),
        (3, ((206, 12), (206, 190), (340, 190))),
        (4, ((206, 12), (206, 190), (258, 190))),
        (4, ((192, 28), (192, 166), (128, 166))),
    ]
    crew = {1: [(130, 262, 1.2, 1)], 2: [(108, 258, 1.2, 1), (262, 258, 1.2, 1)]}
    spots = crew.get(cast.count, [(88, 256, 1.2, 1), (160, 262, 1.2, 1), (262, 258, 1.2, 1)])
    if cast.alone_first:
        spots = [(286, 256, 1.35, 1), (92, 256, 1.05, 1), (146, 260, 1.05, 1)]
    hull: list[Shape] = [
        (1, ((34, 206), (366, 200), (318, 264), (84, 264))),
        (2, ((34, 206), (366, 200), (350, 222), (48, 226))),
    ]
    sea: list[Shape] = [
        (5, ((-10, 252), (130, 242), (260, 256), (410, 240), (410, 310), (-10, 310))),
        (2, ((-10, 272), (90, 258), (220, 282), (320, 262), (410, 276), (410, 310), (-10, 310))),
    ]
    return [*sail, *figures(cast, spots), *hull, *sea]


Spot = tuple[float, float, float, float]


def _spots(cast: Cast, alone: Spot, others: Sequence[Spot]) -> Sequence[Spot]:
    """Where hands are: one, two or three; one that comes first is larger than those that follow."""
    if cast.count == 1:
        return [alone]
    if cast.alone_first:
        return [alone, *((x, y, size * 0.72, turn) for x, y, size, turn in others[1:])]
    return others


def hand(cast: Cast) -> list[Shape]:
    """Open hands; two give each other something."""
    gift: list[Shape] = [
        (4, ((176, 96), (206, 80), (236, 96), (206, 112))),
        (3, ((176, 96), (206, 112), (206, 150), (176, 134))),
        (1, ((236, 96), (206, 112), (206, 150), (236, 134))),
    ]
    if cast.count == 1:
        return hands(cast, [(204, 206, 1.75, 0.12)])
    if cast.alone_first:
        return hands(cast, [(126, 226, 1.6, -0.1), (296, 268, 0.9, 0.06), (364, 262, 0.9, 0.2)])
    if cast.count == 2:
        return [*gift, *hands(cast, [(104, 252, 1.45, 0.42), (312, 262, 1.45, -0.38)])]
    return hands(cast, [(70, 250, 1.3, -0.16), (334, 256, 1.25, 0.14), (204, 204, 1.3, 0.02)])


def table(cast: Cast) -> list[Shape]:
    """A table from above, with two cards to choose between, and a cup."""
    spots = [(36, 306, 1.25, 0.85), (388, 290, 1.25, -0.9), (326, -8, 1.2, 3.6)]
    if cast.alone_first:
        spots = [(30, 316, 1.6, 0.8), (392, 268, 0.95, -0.95), (330, -12, 0.95, 3.6)]
    return [
        (3, ((84, 92), (232, 44), (346, 106), (326, 226), (164, 262), (62, 190))),
        (5, ((232, 44), (346, 106), (326, 226), (206, 150))),
        (2, ((206, 150), (326, 226), (164, 262))),
        (4, ((250, 92), (268, 84), (284, 94), (282, 112), (264, 120), (250, 110))),
        (1, ((258, 96), (268, 92), (276, 98), (274, 108), (264, 112), (257, 106))),
        *hands(cast, spots[: cast.count]),
        (4, ((150, 112), (198, 104), (208, 152), (158, 162))),
        (1, ((196, 146), (236, 142), (242, 182), (202, 188))),
    ]


def notes(cast: Cast) -> list[Shape]:
    """Notes on a wall, and hands that put them there."""
    spread = 1.0 if cast.open else 0.82
    found: list[Shape] = []
    for number in range(8):
        column, line = number % 4, number // 4
        x, y = 200 + (column - 1.5) * 88 * spread, 60 + (line - 0.5) * 76 * spread + (6, -8, 4, -2)[column]
        tilt = (-5, 4, -3, 6, 4, -6, 5, -3)[number]
        corners = (
            (x - 34, y - 28 + tilt),
            (x + 34, y - 28 - tilt),
            (x + 34 + tilt / 2, y + 30 - tilt),
            (x - 34, y + 30 + tilt),
        )
        role = (3, 4, 3, 2, 4, 3, 2, 3)[number]
        found.append((role, corners))
        if role == 3:
            found.append((1, ((x - 22, y - 8), (x + 20, y - 10), (x + 20, y - 4), (x - 22, y - 2))))
            found.append((1, ((x - 22, y + 8), (x + 8, y + 6), (x + 8, y + 12), (x - 22, y + 14))))
    spots = (
        [(206, 270, 1.25, 0.1)]
        if cast.count == 1
        else [(94, 276, 1.05, -0.12), (318, 272, 1.1, 0.14), (206, 284, 0.95, 0.0)]
    )
    if cast.alone_first:
        spots = [(110, 260, 1.4, -0.05), (276, 290, 0.8, 0.08), (348, 286, 0.8, 0.2)]
    return found + hands(cast, spots)


def plan(cast: Cast) -> list[Shape]:
    """A folded map with a way through it and a flag at its end."""
    folds = ((36, 60), (118, 36), (200, 60), (282, 36), (364, 60))
    sheets: list[Shape] = [
        ((3, 0, 3, 5)[n], ((a, ya), (b, yb), (b, yb + 168), (a, ya + 168)))
        for n, ((a, ya), (b, yb)) in enumerate(pairwise(folds))
    ]
    way = ((64, 190), (112, 150), (168, 176), (214, 116), (270, 138), (318, 84))
    line: list[Shape] = [(1, ((x, y), (u, v), (u, v + 9), (x, y + 9))) for (x, y), (u, v) in pairwise(way)]
    marks: list[Shape] = [
        (2, ((236, 60), (282, 46), (282, 96), (250, 100))),
        (2, ((118, 180), (180, 196), (160, 216), (118, 204))),
        (1, ((316, 90), (316, 22), (321, 22), (321, 90))),
        (4, ((321, 24), (362, 36), (321, 52))),
        (4, ((56, 186), (66, 178), (76, 188), (66, 200))),
    ]
    spots = [(66, 298, 1.05, 0.2), (336, 296, 1.1, -0.2), (206, 302, 0.95, 0.0)]
    return [*sheets, *line, *marks, *hands(cast, _spots(cast, (92, 296, 1.25, 0.24), spots))]


def blocks(cast: Cast) -> list[Shape]:
    """Blocks that become something, and the hands that build."""
    cube: tuple[Shape, ...] = (
        (3, ((0, -26), (34, -8), (0, 10), (-34, -8))),
        (4, ((-34, -8), (0, 10), (0, 52), (-34, 34))),
        (1, ((34, -8), (0, 10), (0, 52), (34, 34))),
    )
    other = {3: 2, 4: 3, 1: 1}
    found: list[Shape] = []
    for number, (x, y) in enumerate(((166, 118), (234, 118), (132, 160), (268, 160), (200, 160), (200, 66))):
        found += place(cube, (x, y + 34), 1.0, 1, 0, other if number % 2 else {})
    spots = [(58, 268, 1.15, 0.6), (346, 262, 1.15, -0.6), (318, -6, 0.95, 3.7)]
    return found + hands(cast, _spots(cast, (62, 268, 1.4, 0.7), spots))


def sprout(cast: Cast) -> list[Shape]:
    """A stem with leaves that opens above the hands."""
    plant: list[Shape] = [
        (1, ((196, 236), (206, 236), (209, 60), (202, 60))),
        (4, ((204, 160), (132, 100), (110, 138), (146, 172))),
        (3, ((204, 160), (132, 100), (172, 106))),
        (4, ((205, 122), (280, 56), (306, 94), (266, 132))),
        (2, ((205, 122), (280, 56), (238, 66))),
        (3, ((205, 76), (176, 18), (206, -4), (236, 20))),
        (4, ((205, 76), (206, -4), (236, 20))),
    ]
    pot: list[Shape] = [
        (2, ((164, 220), (240, 216), (228, 292), (176, 294))),
        (1, ((158, 212), (246, 208), (246, 226), (158, 230))),
    ]
    spots = [(64, 280, 1.15, 0.34), (340, 280, 1.15, -0.36), (352, 104, 0.85, -1.3)]
    return [*plant, *pot, *hands(cast, _spots(cast, (82, 284, 1.35, 0.4), spots))]


_PIECE: tuple[Shape, ...] = (
    (
        3,
        (
            (0, 0), (76, -4), (76, 22), (92, 18), (92, 46), (76, 44), (76, 70), (50, 72), (52, 88), (24, 90), (28, 73),
            (0, 74),
        ),
    ),
)  # fmt: skip


def puzzle(cast: Cast) -> list[Shape]:
    """Four pieces that fit; one is on its way."""
    laid = ((206, 40, 2), (124, 118, 4), (206, 118, 3), (122, 40, 3), (262, 22, 1) if cast.open else (272, 136, 1))
    pieces = [shape for x, y, role in laid for shape in place(_PIECE, (x, y), 1, 1, 0, {3: role})]
    spots = [(70, 296, 1.1, 0.4), (352, 286, 1.1, -0.4), (84, 4, 0.95, 2.6)]
    return [*pieces, *hands(cast, _spots(cast, (330, 296, 1.35, -0.3), spots))]


def note(cast: Cast) -> list[Shape]:
    """A sheet with lines, folded at one corner, and who writes on it."""
    sheet: list[Shape] = [
        (3, ((156, 24), (336, 8), (360, 234), (182, 254))),
        (2, ((336, 8), (360, 234), (272, 244), (258, 14))),
        (4, ((156, 24), (200, 20), (162, 74))),
        (1, ((186, 92), (308, 80), (309, 91), (187, 103))),
        (1, ((190, 128), (318, 116), (319, 127), (191, 139))),
        (1, ((194, 164), (262, 158), (263, 169), (195, 175))),
    ]
    pen: list[Shape] = [(4, ((258, 150), (266, 158), (214, 226), (200, 232), (206, 216)))]
    spots = [(98, 280, 1.15, 0.5), (372, 280, 1.05, -0.5), (80, 60, 0.9, 1.4)]
    return [*sheet, *hands(cast, _spots(cast, (108, 284, 1.4, 0.6), spots)), *pen]
