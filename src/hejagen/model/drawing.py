"""Drawings of planes: what the SVG files of layouts/covers hold, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Point = tuple[float, float]
Points = tuple[Point, ...]
"""The corners of a plane or a window, in order."""
Shape = tuple[int, Points]
"""A plane: its role (0 ground, 1 dark, 2 middle, 3 light, 4 accent, 5 shaded ground) and its corners."""
Matrix = tuple[float, float, float, float, float, float]
"""How points are moved: the six numbers of `matrix()` in SVG."""
PLACE: Matrix = (1, 0, 0, 1, 0, 0)
"""Moves nothing."""
COMPANY = ("one", "two", "three", "first")
"""Who is in a cover: one, a pair, a team, or one who comes first and then a team."""
MODES = ("widen", "gather", "switch")
HAIR = ("short", "bob", "bun", "scarf", "beard")
BODIES: Mapping[str, tuple[str, ...]] = {"head": HAIR, "mask": HAIR, "figure": HAIR, "hand": ("open", "closed")}
"""The kinds of bodies and their variants. Each has a file, such as people/head-short.svg."""


def moved(points: Iterable[Point], matrix: Matrix) -> Points:
    """Return points moved by a matrix (SVG 2, section 8.5)."""
    a, b, c, d, e, f = matrix
    return tuple((a * x + c * y + e, b * x + d * y + f) for x, y in points)


def combined(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that moves as `inner` does and then as `outer` does."""
    a, b, c, d, e, f = outer
    k, m, n, o, p, q = inner
    return a * k + c * m, b * k + d * m, a * n + c * o, b * n + d * o, a * p + c * q + e, b * p + d * q + f


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its upper left corner, its width and its height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Body:
    """A place for a body. Who stands there is settled for each cover: `person` and `colours` are 0, 1 or 2."""

    kind: str
    person: int
    colours: int
    frame: Box
    """What the body's own file fills."""
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Part:
    """A plane or a body of a drawing, when it is drawn, and the convex windows through which it is seen."""

    what: Shape | Body
    company: frozenset[str]
    modes: frozenset[str]
    windows: tuple[Points, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """What an SVG file draws, from back to front. Two drawings are the same only if they are one object."""

    box: Box
    parts: tuple[Part, ...]
    horizon: Point | None = None
    """Where the gesture of a cover begins, if the motif has a place for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawings:
    """All that covers are drawn from."""

    motifs: Mapping[str, Drawing]
    bodies: Mapping[str, Drawing]
    """By kind and variant, such as "head-short"."""
    icon: Drawing
    suits: Mapping[str, tuple[str, ...]]
    """Motifs by type of exercise, the best first."""
    remote: tuple[str, ...]
    """Motifs that suit what is not done on site better than these."""
    leans: Mapping[str, frozenset[str]]
    """Motifs that say what a mode is, by mode."""
