"""Read the size and orientation of raster pictures, and remove the place where they were taken."""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from hejagen.messages import Message, say

MAX_PIXELS = 40_000_000
"""Most pixels of a picture. A browser uses four bytes of memory for each, however small the file is."""
KINDS: Mapping[str, re.Pattern[bytes]] = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
"""The first bytes of each kind of file."""
ENDINGS: Mapping[str, str] = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp"}
CAMERA = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4})(?=II\*\0|MM\0\*)", re.DOTALL)
"""The marker before Exif data in JPEG, PNG and WebP. Exif data has the format of TIFF 6.0."""
ORIENTATION, POSITION, VERSION = 0x0112, 0x8825, 0
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Bytes of a value of each type (TIFF 6.0, section 2)."""
MOST_NOTES, MOST_ENTRIES, MOST_BYTES = 20, 200, 4000
"""Most blocks of Exif data in a file, entries in a block, and bytes of a value that are read."""
WRITTEN = re.compile(rb"(exif:GPS(?!Version)\w{1,40}\s{0,9}(?:=\s{0,9}[\"']|>))([^\"'<]{1,400})")
"""A position in XMP, as an attribute or as an element."""


class Refused(Exception):
    """Raised for a picture that cannot be used. Holds the reason, what to do, and the line."""

    def __init__(self, message: Message, hint: Message, line: int = 1) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture that is safe to show: its bytes, its size in pixels, and the removed parts with their lines."""

    data: bytes
    width: float
    height: float
    removed: tuple[tuple[int, str], ...] = ()


def clean_raster(ending: str, data: bytes) -> Cleaned:
    """Return a picture without the place where it was taken, and its displayed size.

    `ending` is the ending of its name. Raises Refused for a picture of another kind, and for one that is broken or too
    large.
    """
    import imagesize  # takes a tenth of a second, and most sites have no such picture

    kind = ENDINGS[ending]
    if not KINDS[kind].match(data):
        other = next((ending for ending, name in ENDINGS.items() if KINDS[name].match(data)), "")
        hint = say("let its name end in {other}", other=other) if other else say("save it anew from a picture program")
        raise Refused(
            say("the name ends in {ending}, but the file is no {kind} picture", ending=ending, kind=kind.upper()), hint
        )
    try:
        width, height = imagesize.get(BytesIO(data), exif_rotation=False)
    except (ValueError, struct.error, IndexError):
        width = height = 0
    if data[12:16] == b"VP8 ":  # two bits of each say how a player should enlarge it (RFC 6386, section 9.1)
        width, height = width & 0x3FFF, height & 0x3FFF
    if width < 1 or height < 1 or (kind == "png" and not _whole(data)):
        raise Refused(
            say("the file is no whole {kind} picture", kind=kind.upper()), say("save it anew from a picture program")
        )
    if width * height > MAX_PIXELS:
        most = MAX_PIXELS // 1_000_000
        raise Refused(
            say(
                "the picture has {width} times {height} pixels, in all at most {most} million",
                width=width,
                height=height,
                most=most,
            ),
            say("make it smaller"),
        )
    if _orientation(data) in (5, 6, 7, 8):  # browsers show it lying on its side
        width, height = height, width
    without = _without_position(data)
    removed = () if without == data else ((1, say("the place where it was taken")),)
    return Cleaned(without, width, height, removed)


def _chunks(data: bytes | bytearray) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name of each part of a PNG, where its contents begin and where they end (W3C PNG, section 5.3)."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield bytes(data[at + 4 : at + 8]), at + 8, at + 8 + length
        at += 12 + length


def _whole(data: bytes) -> bool:
    """Return whether a PNG is complete and its critical chunks have the right checksums."""
    end = b""
    for end, start, stop in _chunks(data):
        if end[:1].isupper() and zlib.crc32(data[start - 4 : stop]) != int.from_bytes(data[stop : stop + 4], "big"):
            return False
    return end == b"IEND"


def _notes(data: bytes | bytearray) -> Iterator[tuple[str, int, int, int, int, int]]:
    """Yield each Exif entry: byte order, start of the Exif data, tag, type, count and place of the value."""
    for marker in islice(CAMERA.finditer(data), MOST_NOTES):
        start = marker.end()
        order = "<" if data[start : start + 1] == b"I" else ">"
        if start + 8 <= len(data):
            (first,) = struct.unpack_from(order + "I", data, start + 4)
            for entry in _directory(data, order, start + first):
                yield order, start, *entry


def _directory(data: bytes | bytearray, order: str, at: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield tag, type, count and place of the value of each entry in a directory of TIFF."""
    if at + 2 > len(data):
        return
    (number,) = struct.unpack_from(order + "H", data, at)
    for start in range(at + 2, min(at + 2 + 12 * min(number, MOST_ENTRIES), len(data) - 11), 12):
        yield *struct.unpack_from(order + "HHI", data, start), start + 8


def _orientation(data: bytes) -> int:
    """Return the orientation of a picture, 1 to 8 (Exif 2.3, section 4.6.4); 1 when it states none."""
    entries = (entry for entry in _notes(data) if entry[2] == ORIENTATION and entry[3:5] == (3, 1))
    for order, _, _, _, _, place in entries:
        return int(struct.unpack_from(order + "H", data, place)[0])
    return 1


def _without_position(data: bytes) -> bytes:
    """Return a picture without the place where it was taken. All other bytes keep their places."""
    changed = bytearray(WRITTEN.sub(lambda match: match[1] + b" " * len(match[2]), data))
    for order, start, tag, _, _, place in list(_notes(data)):
        if tag == POSITION:
            at = start + struct.unpack_from(order + "I", data, place)[0]
            entries = list(_directory(data, order, at))
            for _, kind, count, value in entries:
                size = SIZES.get(kind, 1) * count
                if 4 < size <= MOST_BYTES:
                    value = start + struct.unpack_from(order + "I", data, value)[0]
                    _blank(changed, value, size)
            if any(tag != VERSION for tag, _, _, _ in entries):
                _blank(changed, at, 2 + 12 * len(entries))
    if changed != data and KINDS["png"].match(data):
        for name, begin, stop in _chunks(bytes(changed)):
            if not name[:1].isupper():
                changed[stop : stop + 4] = zlib.crc32(changed[begin - 4 : stop]).to_bytes(4, "big")
    return bytes(changed)


def _blank(data: bytearray, at: int, size: int) -> None:
    stop = min(at + size, len(data))
    data[at:stop] = bytes(max(0, stop - at))
