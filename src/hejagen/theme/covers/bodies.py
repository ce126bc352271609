"""Turn drawings into planes, and choose the people in a cover and their colours."""

from collections.abc import Mapping
from dataclasses import dataclass

from hejagen.model.drawing import BODIES, Body, Box, Drawing, Drawings, Matrix, Shape, combined, moved
from hejagen.theme.covers.shapes import clip

PLAIN: Mapping[int, int] = {}
HEADS: tuple[Mapping[int, int], ...] = (PLAIN, {1: 4, 2: 3, 3: 2, 4: 1}, {1: 2, 2: 1, 3: 4, 4: 3})
"""The colours of the first, the second and the third person."""
FIGURES: tuple[Mapping[int, int], ...] = (PLAIN, {4: 3, 3: 4}, {1: 4, 4: 1})
"""The same for standing people, who keep their contrast with the ground."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people in a cover. Company and mode decide what is drawn; `people` holds the variants of three people."""

    company: str
    mode: str
    people: tuple[int, int, int] = (0, 1, 2)


def cast_of(participation: str, mode: str, digest: bytes) -> Cast:
    """Return one person for an individual, two for a pair, three for a team. The digest chooses their variants."""
    company = {"individual": "one", "pair": "two", "individual_then_team": "first"}.get(participation, "three")
    first = digest[2] % 5
    others = [number for number in range(5) if number != first]
    second = others[digest[3] % 4]
    third = [number for number in others if number != second][digest[4] % 3]
    return Cast(company, mode, (first, second, third))


def drawn(drawing: Drawing, cast: Cast, drawings: Drawings) -> list[Shape]:
    """Return the planes of a drawing from back to front, with the cast in place of its bodies."""
    planes: list[Shape] = []
    for part in drawing.parts:
        if cast.company not in part.company or cast.mode not in part.modes:
            continue
        shapes = _person(part.what, cast, drawings) if isinstance(part.what, Body) else [part.what]
        for window in part.windows:
            shapes = [(role, cut) for role, points in shapes if (cut := clip(points, window))]
        planes.extend(shapes)
    return planes


def _person(body: Body, cast: Cast, drawings: Drawings) -> list[Shape]:
    variant = (cast.mode != "widen") if body.kind == "hand" else cast.people[body.person]
    figure = drawings.bodies[f"{body.kind}-{BODIES[body.kind][variant]}"]
    matrix = combined(body.matrix, _fitted(figure.box, body.frame))
    roles = (FIGURES if body.kind == "figure" else HEADS)[body.colours]
    shapes = [part.what for part in figure.parts if not isinstance(part.what, Body)]
    return [(roles.get(role, role), moved(points, matrix)) for role, points in shapes]


def _fitted(box: Box, frame: Box) -> Matrix:
    """Return the matrix that centres a picture in a frame as large as fits (SVG 2, section 8.11, xMidYMid meet)."""
    size = min(frame.width / box.width, frame.height / box.height)
    x = frame.x + (frame.width - size * box.width) / 2 - size * box.x
    y = frame.y + (frame.height - size * box.height) / 2 - size * box.y
    return size, 0, 0, size, x, y
