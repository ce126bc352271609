"""What only scripts show and many parts of a page have alike stands once in it: a script puts it where it belongs.

Hidden elements are of no use without script. So whoever has none misses nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import lxml.html

HIDDEN = ".//*[@hidden][not(ancestor::*[@hidden])]"
PLACE = "data-alike"
"""The attribute of the element that stands for a hidden one. It tells which."""
COST = 35
"""Bytes of the element that stands for another."""
PREFIX = "~-"
"""What the ids of a part begin with where it is not known which part it is. The script knows it."""


def share_hidden(parts: Iterable[Any]) -> str:
    """Move hidden elements that are alike out of the parts, and return them as HTML.

    A part says in `data-ids` what its ids begin with.
    """
    places = [(element, _shape(element, part.get("data-ids"))) for part in parts for element in part.xpath(HIDDEN)]
    uses = Counter(shape for _, shape in places)
    numbers: dict[str, int] = {}
    for element, shape in places:
        if uses[shape] > 1 and (uses[shape] - 1) * (len(shape) - COST) > COST:
            place = lxml.html.Element("template", {PLACE: str(numbers.setdefault(shape, len(numbers)))})
            place.tail = element.tail
            element.getparent().replace(element, place)
    return "".join(f"<template>{shape}</template>" for shape in numbers)


def _shape(element: Any, prefix: str) -> str:
    html = str(lxml.html.tostring(element, encoding="unicode", with_tail=False))
    return re.sub(rf"(?<=[\" #]){re.escape(prefix)}", PREFIX, html)
