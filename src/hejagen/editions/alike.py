"""What only scripts show and many parts of a page have alike stands once in it: a script puts it where it belongs.

Hidden elements are of no use without script. So whoever has none misses nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html

from hejagen.editions.terse import terse

PLACE = "data-as"
"""The attribute of the element that stands for others. It tells which."""
COST = 32
"""Bytes of the element that stands for others."""
PREFIX = "~-"
"""What the ids of a part begin with where it is not known which part it is. The script knows it."""
AROUND = re.compile("p|div|span|ul|li|heja-[a-z-]+")
"""Elements that show nothing themselves."""


def share_hidden(parts: Iterable[Any]) -> str:
    """Move hidden elements that are alike out of the parts of a page, or out of pages, and return them as a script.

    A part says in `data-ids` what its ids begin with. The script must run before layouts/editions/alike.js does.
    """
    runs = [(run, _shape(run, part.get("data-ids", ""))) for part in parts for run in _runs(part)]
    uses = Counter(shape for _, shape in runs)
    numbers: dict[str, int] = {}
    for run, shape in runs:
        if (uses[shape] - 1) * (len(shape) - COST) > COST:
            place = lxml.html.Element("template", {PLACE: str(numbers.setdefault(shape, len(numbers)))})
            run[0].addprevious(place)
            for element in run:
                element.drop_tree()  # which leaves the text after it
    text = json.dumps([terse(shape) for shape in numbers], ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</script", r"<\/script").replace("<!--", r"<\!--")
    return f"(window.heja??={{}}).alike={text};\n"


def _runs(element: Any) -> Iterator[list[Any]]:
    """Yield the longest rows of neighbours that show nothing without script."""
    run: list[Any] = []
    for child in element:
        if _silent(child):
            run.append(child)
        else:
            yield from _runs(child)
        if run and (not _silent(child) or _text(child.tail)):
            yield run
            run = []
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


def _shape(run: list[Any], prefix: str) -> str:
    html = "".join(str(lxml.html.tostring(element, encoding="unicode", with_tail=False)) for element in run)
    return re.sub(rf"(?<=[\" #]){re.escape(prefix)}", PREFIX, html) if prefix else html
