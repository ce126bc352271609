"""Draw cubist covers from the data of an item.

The same item always gives the same picture; variation comes from the hash of its id. Covers show a motif from
several sides at once: inside a plane of light every colour changes its role.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from hejagen.model.drawing import Drawings, Point, Points, Shape
from hejagen.theme.covers.bodies import Cast, cast_of, drawn
from hejagen.theme.covers.shapes import HEIGHT, WIDTH, clip, mirrored

SWAP = {1: 4, 2: 1, 3: 2, 4: 3, 5: 0, 0: 5}
"""The new role of each colour inside a plane that light passes through."""
FRAME: Points = ((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT))


@dataclass(frozen=True, slots=True)
class CoverSpec:
    """The data that a cover is drawn from."""

    id: str
    area: str
    mode: str
    minutes: int
    participation: str
    motif: str
    drawings: Drawings = field(repr=False)


@dataclass(frozen=True, slots=True)
class Facet:
    """A plane of one colour. `role`: 0 ground, 1 dark, 2 middle, 3 light, 4 accent, 5 shaded ground."""

    role: int
    points: Points


@cache
def facets(spec: CoverSpec) -> tuple[Facet, ...]:
    """Return the planes of a cover from back to front, all within the frame of 400 by 300."""
    digest = hashlib.sha256(spec.id.encode()).digest()
    count = max(3, min(9, 2 + round(spec.minutes / 9)))
    across = {"widen": -70, "gather": 20, "switch": 26}[spec.mode]
    low = {"widen": 306, "gather": 178, "switch": 150}[spec.mode]
    motif = spec.drawings.motifs[spec.motif]
    centre = motif.horizon or (200 + across + 24 * (digest[7] / 255 - 0.5), low)
    planes, windows = GESTURES[spec.mode](count, digest, centre)
    figures = drawn(motif, cast_of(spec.participation, spec.mode, digest), spec.drawings)
    passage = [(SWAP[role], cut) for window in windows for role, points in figures if (cut := clip(points, window))]
    shapes = [*planes, *figures, *passage]
    turned = mirrored(shapes) if digest[1] & 1 else shapes
    framed = [(role, points if _in_frame(points) else clip(points, FRAME)) for role, points in turned]
    return tuple(Facet(role, points) for role, points in framed if points)


def _in_frame(points: Points) -> bool:
    return all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def _fan(count: int, digest: bytes, centre: Point) -> tuple[list[Shape], list[Points]]:
    """Return the planes and windows of widen: blades that open from a point."""
    x, y = centre
    start, end = -math.pi * (0.94 + 0.06 * digest[6] / 255), -math.pi * 0.05
    planes: list[Shape] = []
    windows: list[Points] = []
    for number in range(count):
        a, b = (start + (end - start) * (number + share) / count for share in (0, 1))
        radius = 150 + 190 * ((number * 2 + 1) % count) / count
        blade = ((x, y), _ray(x, y, a, radius), _ray(x, y, b, radius + 26))
        planes.append((3 if number == count // 2 else (5, 2, 5, 0)[number % 4], blade))
        if number == count // 2:
            windows.append(((x, y), _ray(x, y, a, 600), _ray(x, y, b, 600)))
    return planes, windows


def _ray(x: float, y: float, angle: float, length: float) -> Point:
    return x + length * math.cos(angle), y + length * math.sin(angle)


def _wedges(count: int, digest: bytes, centre: Point) -> tuple[list[Shape], list[Points]]:
    """Return the planes and windows of gather: wedges from both sides that meet in a point."""
    planes: list[Shape] = []
    left = (count + 1) // 2
    for side, number, x, low, high in ((0, left, -30, -70, 250), (1, count - left, WIDTH + 30, 10, 330)):
        for k in range(number):
            y0, y1 = (low + (high - low) * (k + share) / number for share in (0, 1))
            light = (k, side) in ((0, 0), (number - 1, 1))
            planes.append((3 if light else (5, 2)[(k + side) % 2], ((x, y0), (x, y1), centre)))
    right = max(1, count - left)
    return planes, [
        ((-30, -70), (-30, -70 + 320 / left), centre),
        ((WIDTH + 30, 330), (WIDTH + 30, 330 - 320 / right), centre),
    ]


def _doors(count: int, digest: bytes, centre: Point) -> tuple[list[Shape], list[Points]]:
    """Return the planes and windows of switch: doors that turn on an axis."""
    tilt = 60 * (digest[6] / 255 - 0.5)
    top, bottom = centre[0] - tilt, centre[0] + tilt
    turned: list[tuple[float, Shape]] = []
    for number in range(count):
        width = 215 * math.cos(math.pi * (number + 0.35) / count)
        edge = 40 * (1 - abs(width) / 215) + 6
        role = (3, 5)[number % 2] if width > 0 else (5, 2)[number % 2]
        door = ((top, -20.0), (bottom, HEIGHT + 20.0), (bottom + width, HEIGHT - 10 - edge), (top + width, 6 + edge))
        turned.append((abs(width), (role, door)))
    planes = [shape for _, shape in sorted(turned, key=lambda pair: -pair[0])]
    return planes, [((top, -20), (WIDTH + 200, -20), (WIDTH + 200, HEIGHT + 20), (bottom, HEIGHT + 20))]


GESTURES = {"widen": _fan, "gather": _wedges, "switch": _doors}


@lru_cache(maxsize=512)
def inline_svg(spec: CoverSpec, css_class: str = "", done: float = 1.0, *, split: bool = False) -> str:
    """Return a cover as SVG for a page. Colours are classes k0 to k5, which follow the colour scheme of the page.

    With `done` below 1 the rest is drawn in outline (class t). With `split` each facet is a path with the class
    of its colour, so that a script can fill it; otherwise neighbours of one colour share a path.
    """
    planes = facets(spec)
    rows = [("k0", _data(FRAME))]
    rest = "k{} t" if split else "t"
    rows += [
        (("k{}" if n < done * len(planes) else rest).format(f.role), _data(f.points)) for n, f in enumerate(planes)
    ]
    if not split and done >= 1:
        rows = list(_joined(rows))
    paths = "".join(f'<path class="{name}" d="{data}"/>' for name, data in rows)
    names = " ".join(filter(None, ("cover", f"a-{spec.area}", css_class)))
    return _svg(f'class="{names}" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice"', paths)


def _svg(attributes: str, paths: str) -> str:
    return f'<svg {attributes} aria-hidden="true">{paths}</svg>'


def _joined(rows: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    name, data = rows[0]
    for following, more in rows[1:]:
        if following == name:
            data += more
            continue
        yield name, data
        name, data = following, more
    yield name, data


def _data(points: Points) -> str:
    """Return a closed path in whole units. It goes from corner to corner by differences, which takes fewer signs."""
    (left, top), *corners = [(round(x), round(y)) for x, y in points]
    steps, at = [], (left, top)
    for x, y in corners:
        if (x, y) != at:
            steps.append(f"{x - at[0]} {y - at[1]}".replace(" -", "-"))
        at = (x, y)
    line = f"l{' '.join(steps)}".replace(" -", "-") if steps else ""  # a plane can be smaller than a unit
    return f"M{left} {top}{line}z"


def file_svg(spec: CoverSpec, colours: Mapping[int, str], outline: bool = False) -> str:
    """Return a cover as an SVG file, in the given colours by role, or as black lines on white."""
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return _file(spec, colours, size, outline)


def social_svg(spec: CoverSpec, colours: Mapping[int, str]) -> str:
    """Return the middle of a cover as an SVG file, in the proportions of social media (1200 by 630)."""
    return _file(spec, colours, f'viewBox="0 45 {WIDTH} 210"', outline=False)


def _file(spec: CoverSpec, colours: Mapping[int, str], size: str, outline: bool) -> str:
    rows = [(f'fill="{"#ffffff" if outline else colours[0]}"', _data(FRAME))]
    for facet in facets(spec):
        fill = ("#000000" if facet.role == 1 else "#ffffff") if outline else colours[facet.role]
        rows.append((f'fill="{fill}" stroke="{"#000000" if outline else fill}"', _data(facet.points)))
    width = 1.2 if outline else 0.5
    paths = "".join(f'<path {paint} d="{data}"/>' for paint, data in (rows if outline else _joined(rows)))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g stroke-width="{width}">{paths}</g></svg>\n'


@cache
def _icon(drawings: Drawings) -> tuple[str, tuple[Shape, ...]]:
    """Return the viewBox attribute of the icon, and its planes."""
    box = drawings.icon.box
    right, low = box.x + box.width, box.y + box.height
    frame = ((box.x, box.y), (right, box.y), (right, low), (box.x, low))
    figure = drawn(drawings.icon, Cast("one", "gather"), drawings)
    planes = [(role, cut) for role, points in figure if (cut := clip(points, frame))]
    return f'viewBox="{box.x:g} {box.y:g} {box.width:g} {box.height:g}"', ((0, frame), *planes)


def icon_svg(drawings: Drawings, colours: Mapping[int, str]) -> str:
    """Return the favicon, in the given colours by role. Thin edges hide the ground where two planes meet."""
    box, planes = _icon(drawings)
    rows = [(colours[role], _fine(points)) for role, points in planes]
    paths = "".join(f'<path fill="{colour}" stroke="{colour}" d="{data}"/>' for colour, data in rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} stroke-width="0.4">{paths}</svg>\n'


@cache
def logo_svg(drawings: Drawings, css_class: str = "") -> str:
    """Return the icon for the header of a page, in the colours of the brand."""
    box, planes = _icon(drawings)
    paths = "".join(f'<path class="k{role}" d="{_fine(points)}"/>' for role, points in planes)
    names = " ".join(filter(None, ("cover", "a-leadership", css_class)))
    return _svg(f'class="{names}" {box}', paths)


def _fine(points: Points) -> str:
    return "M" + "L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in points) + "Z"
