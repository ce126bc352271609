"""Styles: what would break the others, as all are joined, or tell another site who reads; and what is left out."""

import re
from collections.abc import Iterator

from hejagen.messages import say
from hejagen.problems import Location, Problem

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
"""A comment, or one that never ends: were that no match, each of many would be looked for to the end of the file."""
STRING = re.compile(r""""(?:\\(?:.|\Z)|[^"\\\n])*+(?:"|(?=\n)|\Z)|'(?:\\(?:.|\Z)|[^'\\\n])*+(?:'|(?=\n)|\Z)""", re.S)
"""A text in quotes. One without an end goes on to the end of its line (CSS Syntax, 4.3.5)."""
LEFT_OUT = re.compile(rf"({STRING.pattern})|/\*(?!!).*?(?:\*/|\Z)", re.S)
"""A comment that need not stay, or a text in quotes, which may look like one."""
INDENTATION = re.compile(r"\n\s+")
ELSEWHERE = re.compile(r"@import\b[^;]*|url\(\s*[\"']?\s*(?!data:)(?:[a-z][a-z0-9+.-]*:|//)[^\s\"')]*", re.IGNORECASE)


def style_faults(text: str, path: str) -> Iterator[Problem]:
    """Yield the problems of one style: rules `style-syntax` and `other-origin`."""
    css = COMMENT.sub(lambda comment: _blank(comment) if comment[0].endswith("*/") else comment[0], text)
    for address in ELSEWHERE.finditer(css):
        hint = say("put the file in the layer, and name nothing from other sites")
        yield Problem(
            _at(path, css, address.start()), "other-origin", say("the style loads {address}", address=address[0]), hint
        )
    bare = STRING.sub(_blank, css)
    if (start := bare.find("/*")) >= 0:
        yield Problem(
            _at(path, bare, start), "style-syntax", say("a comment without its end"), say("write */ after it")
        )
        return
    opened: list[int] = []
    for brace in re.finditer(r"[{}]", bare):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
        else:
            at = _at(path, bare, brace.start())
            yield Problem(
                at, "style-syntax", say("a } that closes nothing"), say("take it away, or write the { before it")
            )
    if opened:
        yield Problem(
            _at(path, bare, opened[-1]), "style-syntax", say("a { that is not closed"), say("write } after the rule")
        )


def small(style: str) -> str:
    """Return a style without comments and indentation, which browsers do not need. Those that begin with /*! stay."""
    return INDENTATION.sub("\n", LEFT_OUT.sub(lambda found: found[1] or "", style))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _at(path: str, text: str, place: int) -> Location:
    before = text[:place]
    return Location(path, before.count("\n") + 1, place - before.rfind("\n"))
