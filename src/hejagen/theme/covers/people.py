"""Covers where people are close: faces, and what stands between them. Each scene gets the bodies and returns shapes
from back to front."""

import math
from collections.abc import Mapping

from hejagen.theme.covers.bodies import CAST, Cast, figures, head, heads, mask
from hejagen.theme.covers.shapes import Point, Shape, place, within

SMALL = ((14, 150, 1.1, 1), (386, 142, 1.15, -1), (200, 240, 0.64, 0))
"""Where heads are that look up at something large."""
APART = ((-16, 104, 1.45, 1), (318, 206, 0.62, -1), (396, 190, 0.7, -1))
"""The same, where one comes before the others."""


def face(cast: Cast) -> list[Shape]:
    """People who look at each other."""
    if cast.count == 1:
        return heads(cast, [(60, 34, 1.95, 1)])
    if cast.alone_first:
        return heads(cast, [(-6, 40, 1.9, 1), (296, 118, 0.95, -1), (404, 96, 1.1, -1)])
    if cast.count == 2:
        return heads(cast, [(-14, 60, 1.6, 1), (412, 40, 1.66, -1)])
    return heads(cast, [(-30, 66, 1.4, 1), (430, 52, 1.45, -1), (204, 112, 0.86, 0)])


def front(cast: Cast) -> list[Shape]:
    """Faces that look at us, from the front and the side at once."""
    if cast.count == 1:
        return heads(cast, [(206, 142, 1.4, 0)])
    if cast.alone_first:
        return heads(cast, [(128, 146, 1.3, 0), (284, 150, 0.62, 0), (362, 186, 0.56, 0)])
    if cast.count == 2:
        return heads(cast, [(116, 164, 1.12, 0), (292, 132, 1.12, 0)])
    return heads(cast, [(76, 170, 0.95, 0), (326, 160, 0.98, 0), (202, 122, 0.84, 0)])


def mirror(cast: Cast) -> list[Shape]:
    """Someone before a mirror, where the colours are others."""
    frame = ((214, 26), (372, 6), (388, 262), (226, 246))
    glass = ((226, 38), (360, 20), (374, 248), (236, 234))
    other = place(head(cast.people[0]), (392, 62), 1.34, -1, 0, CAST[1])
    more = heads(cast, [(-24, 40, 1.72, 1), (-60, 120, 1.2, 1), (120, 190, 0.9, 1)])
    shine: Shape = (0, ((246, 36), (268, 32), (242, 160), (240, 100)))
    return [(1, frame), (5, glass), *within(other, glass), *within([shine], glass), *more]


def window(cast: Cast) -> list[Shape]:
    """A window with hills and a sun."""
    glass = ((108, 26), (318, 10), (318, 216), (108, 206))
    view: list[Shape] = [
        (0, glass),
        (4, ((226, 44), (258, 36), (282, 58), (274, 92), (238, 96), (216, 72))),
        (3, ((100, 180), (168, 96), (236, 190))),
        (2, ((168, 96), (236, 190), (176, 190))),
        (3, ((190, 220), (268, 120), (330, 196), (330, 220))),
        (1, ((268, 120), (330, 196), (330, 220), (280, 220))),
        (5, ((100, 176), (330, 196), (330, 220), (100, 220))),
    ]
    bars: list[Shape] = [
        (1, ((98, 16), (328, 0), (328, 12), (98, 28))),
        (1, ((98, 204), (328, 214), (328, 228), (98, 218))),
        (1, ((98, 16), (108, 16), (108, 216), (98, 216))),
        (1, ((318, 2), (328, 0), (328, 226), (318, 226))),
        (1, ((208, 10), (217, 10), (217, 220), (208, 220))),
        (1, ((104, 112), (324, 106), (324, 115), (104, 121))),
    ]
    if cast.count == 1:
        return [*within(view, glass), *bars, *heads(cast, [(-24, 58, 1.72, 1)])]
    together = [(-52, 82, 1.42, 1), (452, 70, 1.46, -1), (206, 192, 0.8, 0)]
    return [*within(view, glass), *bars, *heads(cast, APART if cast.alone_first else together)]


def door(cast: Cast) -> list[Shape]:
    """An open door, the light that falls through it, and people on their way."""
    room: list[Shape] = [
        (5, ((-10, 236), (410, 226), (410, 310), (-10, 310))),
        (1, ((214, 22), (326, 22), (326, 246), (214, 246))),
        (3, ((224, 32), (316, 32), (316, 246), (224, 246))),
        (4, ((224, 246), (316, 246), (246, 310), (60, 310))),
        (2, ((316, 32), (388, 6), (388, 286), (316, 246))),
        (1, ((328, 52), (376, 38), (376, 132), (328, 134))),
        (4, ((324, 160), (334, 160), (334, 176), (324, 176))),
    ]
    if cast.count == 1:
        return room + figures(cast, [(190, 280, 1.9, 1)])
    if cast.alone_first:
        return room + figures(cast, [(266, 254, 1.35, 1), (64, 288, 1.55, 1), (140, 292, 1.6, 1)])
    return room + figures(cast, [(120, 284, 1.85, 1), (226, 274, 1.75, 1), (44, 292, 1.7, 1)])


_PANES: Mapping[str, tuple[tuple[Point, float, float], ...]] = {
    "1": (((86, 22), 228, 182),),
    "2": (((42, 40), 152, 156), ((206, 40), 152, 156)),
    "3": (((60, 16), 134, 98), ((206, 16), 134, 98), ((60, 126), 134, 98), ((206, 126), 134, 98)),
    "apart": (((42, 22), 186, 200), ((242, 22), 116, 94), ((242, 128), 116, 94)),
}
"""Corner, width and height of each pane."""


def screen(cast: Cast) -> list[Shape]:
    """Panes of a meeting on a screen, one face in each; a computer below."""
    panes = _PANES["apart" if cast.alone_first else str(cast.count)]
    found: list[Shape] = [(1, ((20, 4), (380, 4), (380, 238), (20, 238)))]
    for number, ((x, y), width, height) in enumerate(panes):
        box = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        who = mask(cast.people[number % len(cast.people)])
        size = min(width / 150, height / 190)
        spot = (x + width / 2, y + height * 0.52)
        found += [
            ((0, 5, 4, 5)[number], box),
            *within(place(who, spot, size, 1, 0, CAST[number % 3] if number != 2 else {}), box),
        ]
    keys: list[Shape] = [
        (3, ((60, 238), (340, 238), (392, 310), (8, 310))),
        (2, ((92, 250), (308, 250), (326, 276), (74, 276))),
    ]
    return found + keys


def speech(cast: Cast) -> list[Shape]:
    """A plane of talk for each one who is there."""
    talk: list[Shape] = [
        (3, ((60, 24), (196, 8), (208, 92), (136, 102), (100, 136), (102, 106), (68, 108))),
        (4, ((224, 34), (352, 46), (340, 124), (308, 124), (308, 156), (272, 122), (216, 116))),
        (2, ((138, 80), (262, 70), (272, 152), (222, 156), (204, 186), (190, 158), (142, 162))),
    ]
    if cast.count == 1:
        thought: list[Shape] = [
            (3, ((120, 20), (340, 4), (356, 126), (222, 136), (160, 176), (166, 140), (130, 142))),
            (2, ((120, 20), (200, 14), (166, 140), (130, 142))),
            (1, ((220, 48), (316, 40), (317, 52), (221, 60))),
            (1, ((224, 82), (298, 76), (299, 88), (225, 94))),
        ]
        return thought + heads(cast, [(-6, 112, 1.3, 1)])
    return [*talk[: cast.count], *heads(cast, APART if cast.alone_first else SMALL)]


def _ring(x: float, y: float, radius: float, sides: int) -> list[Point]:
    return [
        (x + radius * math.cos(a), y + radius * math.sin(a))
        for a in (math.pi * (2 * n + 1) / sides for n in range(sides))
    ]


def clock(cast: Cast) -> list[Shape]:
    """A clock with twelve sides, a quarter of it lit."""
    x, y = 200.0, 116.0
    inner = _ring(x, y, 94, 12)
    found: list[Shape] = [(1, tuple(_ring(x, y, 112, 12))), (3, tuple(inner)), (2, (*inner[2:9], (x, y)))]
    found.append((4, ((x, y), (x, y - 94), *inner[9:], (x + 94, y))))
    for number in range(12):
        c, s = math.cos(math.pi * number / 6), math.sin(math.pi * number / 6)
        found.append(
            (1, tuple((x + r * c - w * s, y + r * s + w * c) for r, w in ((88, -3), (88, 3), (72, 3), (72, -3))))
        )
    found += [
        (1, ((x - 7, y + 12), (x + 7, y + 12), (x + 3, y - 76), (x - 3, y - 76))),
        (1, ((x - 12, y - 7), (x - 12, y + 7), (x + 56, y + 5), (x + 56, y - 5))),
    ]
    if cast.count == 1:
        return [*found, *heads(cast, [(-6, 128, 1.3, 1)])]
    return [*found, *heads(cast, APART if cast.alone_first else SMALL)]


def lamp(cast: Cast) -> list[Shape]:
    """A lamp, and people in its light."""
    light: list[Shape] = [
        (5, ((-10, 262), (410, 254), (410, 310), (-10, 310))),
        (4, ((166, 78), (234, 78), (352, 310), (48, 310))),
        (3, ((166, 78), (200, 78), (200, 310), (48, 310))),
        (1, ((197, -10), (203, -10), (203, 34), (197, 34))),
        (1, ((182, 30), (218, 30), (244, 82), (156, 82))),
        (2, ((200, 30), (218, 30), (244, 82), (200, 82))),
    ]
    if cast.count == 1:
        return light + figures(cast, [(196, 288, 1.6, 1)])
    if cast.alone_first:
        return light + figures(cast, [(200, 284, 1.5, 1), (56, 292, 1.3, 1), (350, 290, 1.3, -1)])
    return light + figures(cast, [(116, 292, 1.5, 1), (288, 290, 1.5, -1), (200, 272, 1.3, 1)])


def meet(cast: Cast) -> list[Shape]:
    """A table before the people, with a sheet for each and a cup."""
    table: list[Shape] = [
        (3, ((20, 218), (384, 210), (440, 310), (-40, 310))),
        (2, ((206, 214), (384, 210), (440, 310), (250, 310))),
        (4, ((160, 232), (226, 228), (238, 262), (156, 268))),
        (1, ((286, 222), (306, 221), (304, 244), (289, 245))),
    ]
    if cast.count > 1:
        table.append((0, ((60, 238), (118, 234), (108, 270), (40, 274))))
    if cast.count > 2:
        table.append((4, ((318, 250), (376, 248), (398, 280), (330, 284))))
    spots = {1: [(200, 106, 1.0, 0)], 2: [(112, 112, 0.96, 0), (296, 98, 0.98, 0)]}
    row = spots.get(cast.count, [(82, 120, 0.84, 0), (322, 112, 0.86, 0), (200, 88, 0.8, 0)])
    if cast.alone_first:
        row = [(120, 98, 1.05, 0), (262, 142, 0.56, 0), (344, 138, 0.58, 0)]
    return heads(cast, row) + table
