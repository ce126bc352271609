"""SVG files from outside, read so that nothing in them can hurt: no entities, no other encodings, no network."""

import re
from typing import Any

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
PLAIN_XML = re.compile(
    rb"(\xef\xbb\xbf)?\s*<(?!\?xml\s[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii|iso-8859-1))", re.IGNORECASE
)
"""How XML begins in which no DOCTYPE can hide behind another encoding."""


class Refused(Exception):
    """A picture that cannot be used: why, what to do, and the line."""

    def __init__(self, message: str, hint: str, line: int = 1) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


def parse_svg(data: bytes) -> Any:
    """Return the root of an SVG file, an lxml element without comments. Raises Refused."""
    if not PLAIN_XML.match(data):
        raise Refused("the SVG is not saved in UTF-8", "save it again as SVG")
    if found := re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        line = data[: found.start()].count(b"\n") + 1
        raise Refused("the SVG has a DOCTYPE", "remove that line; an SVG needs none", line)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(f"the SVG cannot be read: {error.msg}", "save it again as SVG", error.lineno or 1) from None
    if root.tag != f"{{{SVG}}}svg":
        raise Refused("the file is not an SVG", "save it as SVG in a drawing program")
    return root
