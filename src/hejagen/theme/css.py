"""Styles: what would break the others, as all are joined, or tell another site who reads; and what is left out."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hejagen.messages import Message, say
from hejagen.problems import Location, Problem

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
"""A comment, or one that never ends: were that no match, each of many would be looked for to the end of the file."""
STRING = re.compile(r""""(?:\\(?:.|\Z)|[^"\\\n])*+(?:"|(?=\n)|\Z)|'(?:\\(?:.|\Z)|[^'\\\n])*+(?:'|(?=\n)|\Z)""", re.S)
"""A text in quotes. One without an end goes on to the end of its line (CSS Syntax, 4.3.5)."""
LEFT_OUT = re.compile(rf"({STRING.pattern})|/\*(?!!).*?(?:\*/|\Z)", re.S)
"""A comment that need not stay, or a text in quotes, which may look like one."""
INDENTATION = re.compile(r"\n\s+")
CLOSED = re.compile(r""""(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'""", re.S)
"""A text in quotes that has its end."""
SIGN = re.compile(r"\\[^\n]?|[{}()\[\]]")
"""A bracket, or a backslash with what it stands before."""
CLOSERS = {"}": "{", ")": "(", "]": "["}
ELSEWHERE = re.compile(
    r"@import\b[^;]*|url\(\s*[\"']?\s*(?!data:)(?:[a-z][a-z0-9+.-]*:|//)[^\s\"')]*|(?<!=)[\"'](?:https?:)?//[^\s\"']*",
    re.IGNORECASE,
)
"""What a style fetches: by @import, by url() and by a bare text, as in image-set(). After = stands what links are told
by."""
TAKE_AWAY = say("take it away, or write what it belongs to")


@lru_cache(maxsize=256)
def style_faults(text: str, path: str) -> tuple[Problem, ...]:
    """Return the problems of one style: rules `style-syntax`, the first one, and `other-origin`."""
    return tuple(_faults(text, path))


def _faults(text: str, path: str) -> Iterator[Problem]:
    css = COMMENT.sub(lambda comment: _blank(comment) if comment[0].endswith("*/") else comment[0], text)
    for address in ELSEWHERE.finditer(css):
        hint = say("put the file in the layer, and name nothing from other sites")
        yield Problem(
            _at(path, css, address.start()),
            "other-origin",
            say("the style loads {address}", address=address[0].strip("\"'")),
            hint,
        )
    for place, message, hint in _first_fault(css):
        yield Problem(_at(path, css, place), "style-syntax", message, hint)


def _first_fault(css: str) -> Iterator[tuple[int, Message, Message]]:
    bare = STRING.sub(_blank, css)
    if (start := bare.find("/*")) >= 0:
        yield start, say("a comment without its end"), say("write */ after it")
        return
    for text in STRING.finditer(css):
        if not CLOSED.fullmatch(text[0]):
            message = say("a {sign} without its end", sign=text[0][0])
            yield text.start(), message, say("write it again at the end of the text, on the same line")
            return
    opened: list[re.Match[str]] = []
    for sign in SIGN.finditer(bare):
        if sign[0] in CLOSERS.values():
            opened.append(sign)
        elif sign[0] in CLOSERS and opened and opened[-1][0] == CLOSERS[sign[0]]:
            opened.pop()
        elif sign[0] == "}" and opened:
            break
        elif sign[0] in CLOSERS:
            yield sign.start(), say("a {sign} that closes nothing", sign=sign[0]), TAKE_AWAY
            return
        elif sign[0] == "\\":
            yield sign.start(), say("a {sign} with nothing after it", sign=sign[0]), TAKE_AWAY
            return
    if opened:
        message = say("a {sign} that is not closed", sign=opened[-1][0])
        yield opened[-1].start(), message, say("write what closes it")


@lru_cache(maxsize=16)
def small(style: str) -> str:
    """Return a style without comments and indentation, which browsers do not need. Those that begin with /*! stay."""
    return INDENTATION.sub("\n", LEFT_OUT.sub(lambda found: found[1] or "", style))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _at(path: str, text: str, place: int) -> Location:
    before = text[:place]
    return Location(path, before.count("\n") + 1, place - before.rfind("\n"))
