"""Files of layers are opened here and nowhere else: regular files inside their layer, decoded if they are text."""

import os
import re
import stat
import unicodedata
from functools import lru_cache
from pathlib import Path

from hejagen.messages import NOTHING, Message, say
from hejagen.problems import Location, Problem

MAX_LINE = 20_000
"""Characters in a line; a whole exercise has about 4,000."""
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Characters that nobody sees and that do harm: controls, zero-width spaces that come along when something is pasted
from a chat, marks that change the direction of writing, and what XML does not allow. Soft hyphens, no-break spaces and
the joiners that emoji and some languages need are text."""
DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?|.*\.")
"""Names of devices in Windows, with any suffix, and names that Windows would shorten."""


def status(file: Path) -> os.stat_result:
    """Return the status of a file, following links; all zeros when the system does not give it."""
    try:
        return file.stat()
    except (OSError, ValueError):
        return os.stat_result([0] * 10)


def name_fault(path: str) -> Message:
    """Return what is wrong with a file's path, or nothing."""
    if not path.isascii() or any(c in path for c in ' <>:"|?*\\%#') or INVISIBLE.search(path):
        return say("the file's name works badly on the web")
    fits = not any(map(DEVICE.fullmatch, path.split("/")))
    return NOTHING if fits else say("the file's name cannot be used in Windows")


def no_file(shown: str) -> Problem:
    """Return the problem that something is not a regular file."""
    message = say("it is no file, but a pipe, a device or the like")
    return Problem(Location(shown), "unreadable-file", message, say("put a file here, or remove it"))


def open_file(file: Path, folder: Path, shown: str, most: int) -> tuple[bytes, list[Problem]]:
    """Return the bytes of a file in a layer's folder, or b"" and the problem.

    `folder` has no links in its path, `shown` is the file's name in messages, `most` the number of bytes that it may
    have.
    """
    at = Location(shown)
    try:
        if not os.path.realpath(file).startswith(f"{folder}{os.sep}"):
            return b"", [
                Problem(at, "path-outside", say("a link that leads out of the layer"), say("put the file itself here"))
            ]
        info = file.stat()
        if not stat.S_ISREG(info.st_mode):
            return b"", [no_file(shown)]  # reading a pipe or a device might never end
        if info.st_size > most:
            message = say("the file is larger than {most} kB", most=most // 1000)
            return b"", [Problem(at, "file-too-large", message, say("split it, or remove what does not belong here"))]
        return file.read_bytes(), []
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or say("its links lead round in a circle")
        return b"", [
            Problem(
                at, "unreadable-file", say("cannot read the file: {reason}", reason=reason), say("check its rights")
            )
        ]


def decode(data: bytes, shown: str) -> tuple[str, list[Problem]]:
    """Return the text of a file with Unix line endings, or "" and the problem.

    Letters that are written with a separate accent, as macOS does in file names, become one character (NFC, Unicode
    Standard Annex 15): a word is the same word however it was typed.
    """
    text, problems = _decoded(data, shown)
    return text, list(problems)


@lru_cache(maxsize=4096)
def _decoded(data: bytes, shown: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode what a preview, and the sites of a fleet, read over and over."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        hint = say("save it as text in UTF-8")
        return "", (Problem(Location(shown), "not-text", say("the file is not plain text in UTF-8"), hint),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        hint = say("save the file as UTF-8 (in Windows: Save as, Encoding: UTF-8)")
        return "", (
            Problem(Location(shown, line, column), "wrong-encoding", say("a character that is not UTF-8"), hint),
        )
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    for number, row in enumerate(text.split("\n"), 1):
        if len(row) > MAX_LINE:
            message = say("the line has more than {max_line} characters", max_line=MAX_LINE)
            return "", (Problem(Location(shown, number), "line-too-long", message, say("split it into paragraphs")),)
        if character := INVISIBLE.search(row):
            message = say("an invisible character, U+{character:04X}", character=ord(character[0]))
            hint = say("delete it and write the words around it anew")
            return "", (Problem(Location(shown, number, character.start() + 1), "not-text", message, hint),)
    return text, ()
