"""Clip and mirror the planes of covers."""

from collections.abc import Iterable, Sequence

from hejagen.model.drawing import Point, Points, Shape

WIDTH, HEIGHT = 400, 300


def clip(points: Sequence[Point], window: Sequence[Point]) -> Points:
    """Return the part of a polygon inside a convex window (Sutherland and Hodgman, 1974), or () when there is none."""
    corners = list(window) if _area(window) > 0 else list(window)[::-1]
    inside = list(points)
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        inside = _cut(inside, a, b)
        if len(inside) < 3:
            return ()
    return tuple(inside)


def _area(points: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, (*points[1:], points[0]), strict=True))


def _cut(points: list[Point], a: Point, b: Point) -> list[Point]:
    ax, ay = a
    dx, dy = b[0] - ax, b[1] - ay
    sides = [dx * (y - ay) - dy * (x - ax) for x, y in points]
    if min(sides) >= 0:
        return points
    if max(sides) < 0:
        return []
    inside: list[Point] = []
    p, sp = points[-1], sides[-1]
    for q, sq in zip(points, sides, strict=True):
        if sp * sq < 0:
            share = sp / (sp - sq)
            inside.append((p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share))
        if sq >= 0:
            inside.append(q)
        p, sp = q, sq
    return inside


def mirrored(shapes: Iterable[Shape]) -> list[Shape]:
    """Return shapes with left and right exchanged."""
    return [(role, tuple((WIDTH - x, y) for x, y in points)) for role, points in shapes]
