"""Flat polygons become a PNG, for the few readers of pictures that know no SVG: social media, home screens."""

import math
import zlib
from collections.abc import Iterable
from itertools import pairwise

from hejagen.cover_shapes import Point

Polygon = tuple[str, tuple[Point, ...]]
"""A colour such as #2b2a6e, and the corners."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def draw(polygons: Iterable[Polygon], width: int, height: int, scale: float, top: float = 0) -> bytes:
    """Return a PNG (8-bit RGB) of polygons, the last on top. `scale`: pixels per unit; `top`: units cut off above.

    Rows are filled between the edges that cross their middle, by the even-odd rule. The first and last pixel of a span
    are mixed by how much of them it covers, so that steep edges look smooth. Spans are half a pixel longer at both
    ends, so that no ground shines through where two polygons meet.
    """
    rows = [bytearray(width * 3) for _ in range(height)]
    for colour, points in polygons:
        rgb = bytes.fromhex(colour[1:])
        corners = [(x * scale, (y - top) * scale) for x, y in points]
        for number, crossings in _crossings(corners, height).items():
            crossings.sort()
            for start, end in zip(crossings[::2], crossings[1::2], strict=True):
                _span(rows[number], max(0.0, start - 0.5), min(float(width), end + 0.5), rgb)
    return png(width, height, b"".join(b"\0" + row for row in rows))


def _crossings(corners: list[Point], height: int) -> dict[int, list[float]]:
    found: dict[int, list[float]] = {}
    for (x0, y0), (x1, y1) in pairwise([*corners, corners[0]]):
        low, high = sorted((y0, y1))
        for number in range(max(0, math.ceil(low - 0.5)), min(height, math.ceil(high - 0.5))):
            found.setdefault(number, []).append(x0 + (number + 0.5 - y0) * (x1 - x0) / (y1 - y0))
    return found


def _span(row: bytearray, start: float, end: float, rgb: bytes) -> None:
    first, last = math.ceil(start), math.floor(end)
    if last > first:
        row[first * 3 : last * 3] = rgb * (last - first)
    for pixel, share in ((first - 1, first - start), (last, end - last)):
        if share > 0.02 and start < end and 0 <= pixel * 3 < len(row):
            for channel, wanted in enumerate(rgb, pixel * 3):
                row[channel] += round((wanted - row[channel]) * min(1, share))


def png(width: int, height: int, data: bytes) -> bytes:
    """Return a PNG of rows of RGB, each after its filter byte (PNG specification, sections 5 and 11)."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(data, 6)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
