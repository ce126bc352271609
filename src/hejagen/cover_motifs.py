"""What stands on the covers: people, hands, tables, windows, paths and things, all made of straight-edged planes."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from hejagen.cover_shapes import CAST, WIDTH, Point, Shape, hand, head, place

MOTIFS: Mapping[str, tuple[str, ...]] = {
    "observation": ("window", "door", "window"),
    "conversation": ("face", "speech"),
    "role_play": ("face", "door"),
    "ideation": ("hand", "sprout", "speech"),
    "decision": ("table", "fork"),
    "experiment": ("table", "stairs", "sprout"),
    "planning": ("path", "stairs", "meet"),
    "debrief": ("meet", "clock"),
    "reflection": ("window", "note"),
    "micro": ("note", "clock"),
}
"""Motifs by type of exercise; the hash of the id chooses."""


def motif_shapes(motif: str, participation: str, mode: str, side: int, digest: bytes) -> list[Shape]:
    """Return the shapes of a motif for so many people, mirrored when `side` is -1."""
    people = [digest[2] % 5, digest[3] % 5, digest[4] % 5]
    back, front = THINGS[motif](mode)
    if motif in ("hand", "sprout", "note"):
        figures = _hands(participation, mode)
    elif motif == "table":
        figures = _around_table(participation)
    else:
        figures = _people(participation, people, small=motif in ("path", "fork", "stairs", "clock"))
    return _mirrored([*back, *figures, *front], side)


def _mirrored(shapes: Iterable[Shape], side: int) -> list[Shape]:
    if side == 1:
        return list(shapes)
    return [(role, tuple((WIDTH - x, y) for x, y in points)) for role, points in shapes]


def _people(participation: str, people: Sequence[int], small: bool) -> list[Shape]:
    """One fills the picture; two meet; a team is three; one and then the team stands in front of the others."""
    if participation == "individual":
        return place(head(people[0]), (-20 if small else 60, 70 if small else 34), 1.6 if small else 1.95)
    if participation == "pair":
        one = place(head(people[0]), (-14, 60), 1.6)
        return one + place(head(people[1]), (412, 40), 1.66, -1, 0, CAST[1])
    if participation == "individual_then_team":
        others = place(head(people[1]), (300, 112), 0.95, -1, 0, CAST[1])
        others += place(head(people[2]), (404, 100), 1.05, -1, 0, CAST[2])
        return others + place(head(people[0]), (-6, 40), 1.9)
    third = place(head(people[2]), (156, 26), 1.05, -1, 0, CAST[2])
    one = place(head(people[0]), (-14, 66), 1.45)
    return third + one + place(head(people[1]), (412, 48), 1.52, -1, 0, CAST[1])


def _hands(participation: str, mode: str) -> list[Shape]:
    spread = 0.95 if mode == "widen" else 0.35
    if participation == "individual":
        return place(hand(spread, 1.1), (130, 236), 1.5, 1, 0.16)
    count = 2 if participation == "pair" else 3
    places = ((80, 250, -0.16, 1.3), (330, 256, 0.14, 1.25), (206, 262, 0.04, 1.05))
    if participation == "individual_then_team":
        places = ((112, 240, -0.1, 1.6), (350, 276, 0.14, 0.85), (262, 282, 0.04, 0.8))
    found: list[Shape] = []
    for number in reversed(range(count)):
        x, y, turn, scale = places[number]
        found += place(hand(spread), (x, y), scale, 1, turn, CAST[number])
    return found


def _around_table(participation: str) -> list[Shape]:
    count = {"individual": 1, "pair": 2}.get(participation, 3)
    sizes = (1.6, 0.95, 0.95) if participation == "individual_then_team" else (1.3, 1.3, 1.3)
    places: tuple[tuple[Point, float], ...] = (((34, 306), 0.8), ((396, 268), -0.95), ((318, -6), 3.5))
    return [
        shape
        for n, (at, turn) in enumerate(places[:count])
        for shape in place(hand(0.3), at, sizes[n], 1, turn, CAST[n])
    ]


Layers = tuple[list[Shape], list[Shape]]
"""What stands behind the people and what stands before them."""


def _nothing(mode: str) -> Layers:
    return [], []


def _window(mode: str) -> Layers:
    """Four panes that lean, each in a light of its own."""

    def corner(u: float, v: float) -> Point:
        return 214 + 152 * u, (34 - 22 * u) * (1 - v) + (196 + 18 * u) * v

    panes: list[Shape] = []
    for i in (0, 1):
        for j in (0, 1):
            u, v = 0.04 + 0.49 * i, 0.04 + 0.49 * j
            panes.append(
                (
                    (3, 4, 5, 3)[i * 2 + j],
                    (corner(u, v), corner(u + 0.43, v), corner(u + 0.43, v + 0.43), corner(u, v + 0.43)),
                )
            )
    return panes, []


def _door(mode: str) -> Layers:
    """An open door, the light that falls through it, and its leaf."""
    return [
        (3, ((236, 40), (330, 40), (330, 300), (236, 300))),
        (4, ((236, 300), (330, 300), (250, 300), (140, 300), (236, 196))),
        (1, ((330, 40), (392, 14), (392, 318), (330, 300))),
        (2, ((340, 60), (380, 44), (380, 156), (340, 160))),
        (4, ((338, 176), (348, 174), (348, 190), (338, 192))),
    ], []


def _speech(mode: str) -> Layers:
    """Two planes of talk that overlap between the mouths."""
    return [
        (3, ((120, 26), (262, 12), (276, 84), (188, 96), (150, 124), (154, 98), (128, 98))),
        (4, ((214, 58), (318, 70), (306, 142), (270, 140), (268, 168), (240, 138), (206, 132))),
        (2, ((214, 58), (270, 64), (276, 84), (212, 93))),
    ], []


def _meet(mode: str) -> Layers:
    """A table before the people, with two sheets on it."""
    return [], [
        (3, ((20, 236), (392, 222), (440, 310), (-40, 310))),
        (2, ((206, 229), (392, 222), (440, 310), (250, 310))),
        (4, ((150, 244), (214, 238), (226, 268), (148, 274))),
        (0, ((232, 250), (284, 244), (300, 270), (244, 276))),
    ]


def _table(mode: str) -> Layers:
    """A table from above, with two cards to choose between."""
    return [
        (3, ((84, 92), (232, 52), (338, 112), (318, 222), (160, 256), (66, 190))),
        (5, ((232, 52), (338, 112), (318, 222), (206, 150))),
        (2, ((206, 150), (318, 222), (160, 256))),
    ], [(4, ((178, 118), (226, 110), (236, 158), (186, 168))), (1, ((212, 134), (252, 130), (258, 170), (218, 176)))]


_HILLS: tuple[Shape, ...] = (
    (5, ((-10, 126), (70, 62), (150, 126))),
    (2, ((70, 62), (150, 126), (92, 126))),
    (2, ((250, 126), (338, 44), (420, 126))),
    (1, ((338, 44), (420, 126), (352, 126))),
    (1, ((-10, 126), (410, 122), (410, 310), (-10, 310))),
    (2, ((-10, 126), (180, 124), (60, 310), (-10, 310))),
)


def _path(mode: str) -> Layers:
    """A road that turns towards a house on the horizon."""
    bends = (((120, 252), 310), ((214, 300), 236), ((142, 196), 186), ((206, 236), 150), ((196, 208), 125))
    road: list[Shape] = [
        ((3, 4)[n % 2], ((a[0], ya), (a[1], ya), (b[1], yb), (b[0], yb)))
        for n, ((a, ya), (b, yb)) in enumerate(pairwise(bends))
    ]
    house: tuple[Shape, ...] = (
        (4, ((0, -58), (30, -30), (30, 0), (0, 0))),
        (3, ((0, -58), (-22, -28), (-22, 0), (0, 0))),
        (1, ((8, 0), (8, -20), (20, -20), (20, 0))),
    )
    return [*_HILLS, *road, *place(house, (202, 125), 0.8)], []


def _fork(mode: str) -> Layers:
    """A road that divides, with a signpost where it does."""
    return [
        *_HILLS,
        (3, ((176, 310), (240, 310), (222, 214), (196, 214))),
        (4, ((196, 214), (210, 214), (112, 126), (96, 126))),
        (3, ((210, 214), (222, 214), (312, 126), (294, 126))),
        (1, ((203, 214), (203, 92), (211, 92), (211, 214))),
        (4, ((211, 98), (262, 98), (274, 109), (262, 120), (211, 120))),
        (2, ((203, 126), (160, 126), (148, 136), (160, 146), (203, 146))),
    ], []


def _stairs(mode: str) -> Layers:
    """Steps that climb towards a light."""
    steps: list[Shape] = []
    for number in range(5):
        x, y = 120 + number * 52, 268 - number * 44
        steps.append(((3, 2, 3, 4, 3)[number], ((x, y), (x + 66, y - 6), (x + 66, y + 14), (x, y + 20))))
        steps.append((1 if number % 2 else 5, ((x, y + 20), (x + 66, y + 14), (x + 66, 320), (x, 320))))
    return steps, []


def _clock(mode: str) -> Layers:
    """A clock with eight sides, a quarter of it lit."""
    rim = [(268 + 104 * math.cos(a), 118 + 104 * math.sin(a)) for a in (math.pi * (2 * n + 1) / 8 for n in range(8))]
    middle = (268.0, 118.0)
    face: list[Shape] = [((3, 5, 3, 2, 5, 3, 4, 4)[n], (middle, rim[n], rim[(n + 1) % 8])) for n in range(8)]
    hands: list[Shape] = [
        (1, ((262, 122), (272, 122), (270, 40), (264, 40))),
        (1, ((266, 112), (268, 124), (330, 134), (330, 128))),
    ]
    return face + hands, []


def _sprout(mode: str) -> Layers:
    """A stem with leaves that opens above the hands."""
    return [
        (1, ((196, 240), (206, 240), (208, 60), (202, 60))),
        (4, ((204, 150), (140, 96), (120, 130), (150, 160))),
        (3, ((204, 150), (140, 96), (176, 100))),
        (4, ((205, 116), (272, 58), (296, 92), (262, 124))),
        (2, ((205, 116), (272, 58), (236, 66))),
        (3, ((205, 72), (180, 20), (206, 4), (232, 22))),
    ], []


def _note(mode: str) -> Layers:
    """A tilted sheet with lines, folded at one corner."""
    return [], [
        (3, ((176, 40), (338, 22), (362, 214), (198, 236))),
        (2, ((338, 22), (362, 214), (280, 225), (268, 30))),
        (4, ((176, 40), (216, 36), (182, 84))),
        (1, ((206, 98), (320, 84), (321, 94), (207, 108))),
        (1, ((210, 130), (326, 116), (327, 126), (211, 140))),
        (1, ((214, 162), (290, 153), (291, 163), (215, 172))),
    ]


THINGS = {
    "face": _nothing, "hand": _nothing, "window": _window, "door": _door, "speech": _speech, "meet": _meet,
    "table": _table, "path": _path, "fork": _fork, "stairs": _stairs, "clock": _clock, "sprout": _sprout, "note": _note,
}  # fmt: skip
"""What is drawn besides people and hands."""
