"""What only scripts show and many parts of a page have alike stands once in it: a script puts it where it belongs.

Hidden elements are of no use without script. So whoever has none misses nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from sys import intern
from typing import Any, NamedTuple

import lxml.html

from hejagen.editions.terse import terse

PLACE = "data-as"
"""The attribute of the element that stands for others. It tells which."""
EMPTY = f"<template {PLACE}></template>"
"""What stands for hidden elements until it is known which are alike."""
COST = 32
"""Bytes of the element that stands for others."""
PREFIX = "~-"
"""What the ids of a part begin with where it is not known which part it is. The script knows it."""
AROUND = re.compile("p|div|span|ul|li|heja-[a-z-]+")
"""Elements that show nothing themselves."""


class Split(NamedTuple):
    """The HTML of a page, or of a part of one, cut where hidden elements stand."""

    shown: tuple[bytes, ...]
    """What stands before, between and after them, in UTF-8, which takes half the memory of a string."""
    hidden: tuple[str, ...]
    """They themselves, with ids that begin with PREFIX."""
    ids: str
    """What the ids of the part begin with."""


def split(tree: Any, element: Any, doctype: str = "") -> Split:
    """Return the HTML of a tree, cut where hidden elements stand in one of its elements. The tree is used up.

    The element says in `data-ids` what its ids begin with.
    """
    ids = element.get("data-ids", "")
    runs = list(_runs(element))
    hidden = tuple(intern(_shape(run, ids)) for run in runs)
    for run in runs:
        run[0].addprevious(lxml.html.Element("template", {PLACE: ""}))
        for silent in run:
            silent.drop_tree()  # which leaves the text after it
    html = lxml.html.tostring(tree, encoding="unicode", doctype=doctype or None, with_tail=False)
    return Split(tuple(part.encode() for part in terse(html).split(EMPTY)), hidden, ids)


def share_hidden(parts: Mapping[str, Split]) -> tuple[dict[str, bytes], str]:
    """Return the HTML of parts by name in UTF-8 without the hidden elements that are alike, and a script with these.

    The script must run before layouts/editions/alike.js does.
    """
    uses = Counter(shape for part in parts.values() for shape in part.hidden)
    numbers: dict[str, int] = {}

    def place(shape: str, ids: str) -> str:
        if (uses[shape] - 1) * (len(shape) - COST) > COST:
            return EMPTY.replace(PLACE, f"{PLACE}={numbers.setdefault(shape, len(numbers))}")
        return shape.replace(PREFIX, ids)

    htmls: dict[str, bytes] = {}
    for name, part in parts.items():
        hidden = (place(shape, part.ids).encode() for shape in part.hidden)
        htmls[name] = b"".join(text for pair in zip(part.shown, [*hidden, b""], strict=True) for text in pair)
    text = json.dumps([*numbers], ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</script", r"<\/script").replace("<!--", r"<\!--")
    return htmls, f"(window.heja??={{}}).alike={text};\n"


def _runs(element: Any) -> Iterator[list[Any]]:
    """Yield the longest rows of neighbours that show nothing without script, in the order of the page."""
    run: list[Any] = []
    for child in element:
        silent = _silent(child)
        if silent:
            run.append(child)
        if run and (not silent or _text(child.tail)):
            yield run
            run = []
        if not silent:
            yield from _runs(child)
    if run:
        yield run


def _silent(element: Any) -> bool:
    if "hidden" in element.attrib or element.tag == "template":
        return True
    if not AROUND.fullmatch(str(element.tag)) or _text(element.text) or any(_text(child.tail) for child in element):
        return False
    return all(map(_silent, element)) if len(element) else "data-role" in element.attrib


def _text(text: str | None) -> bool:
    return bool(text and text.strip())


def _shape(run: list[Any], ids: str) -> str:
    html = "".join(str(lxml.html.tostring(element, encoding="unicode", with_tail=False)) for element in run)
    return terse(re.sub(rf"(?<=[\" #]){re.escape(ids)}", PREFIX, html) if ids else html)
