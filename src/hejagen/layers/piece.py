"""Pieces: the files of content as layers leave them, and the steps by which layers change them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from hejagen.layers.patch import Patched
from hejagen.layers.stack import Layers, Source
from hejagen.messages import say
from hejagen.model.node import Path
from hejagen.problems import Location, Problem
from hejagen.reading.yaml_reader import Reading, read_yaml

Verb = Literal["adds", "replaces", "merges", "hides", "holds", "patches"]
TEXTS: Mapping[str, str] = {"exercises": ".md", "programs": ".yaml", "pages": ".md", "worksheets": ".yaml"}
"""Folders of a language with one file for each thing, and how the files end."""
LISTS: Mapping[str, tuple[str, str]] = {
    "behaviours": ("behaviours.yaml", "behaviours"),
    "areas": ("behaviours.yaml", "standard_areas"),
    "modes": ("behaviours.yaml", "leadership_modes"),
    "references": ("references.yaml", "references"),
    "glossary": ("glossary.yaml", "terms"),
    "self-assessment": ("self-assessment.yaml", "items"),
    "guide": ("guide.yaml", "needs"),
}
"""Kinds of entries that stand in a list: the file, and the list's key in it."""

SLUG = re.compile("[a-z0-9-]+")
FENCE = re.compile(r"^---[ \t]*(\n|\Z)", re.MULTILINE)
"""The line above and below the front matter. Nobody sees the spaces that may follow."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An exercise, program, page or file that lists things, as the layers so far leave it. `key` is such as
    `exercises/fredagsraden`; outside the main language the language stands first."""

    key: str
    source: Source
    reading: Reading = field(default_factory=Reading)
    body: str = ""
    offset: int = 0
    """Lines before the body."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What a layer does with one thing: what lay below, and the layer's file or its change.

    `order` is the path of what says so in the layer's site.yaml, such as ("hide", 2); () when a file does it.
    """

    layer: str
    verb: Verb
    key: str
    at: Location
    order: Path = ()
    below: Piece | None = None
    piece: Piece | None = None
    patched: Patched | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """What a layer's site.yaml hides or patches that is not there: its key as in a step, and the problem."""

    layer: str
    verb: Verb
    key: str
    problem: Problem


def read_piece(layers: Layers, source: Source, kind: str) -> Piece:
    """Return a file of content: its YAML, and the text below it. Its key is made of the id inside it, or else of its
    name."""
    text, problems = layers.text(source)
    if problems:
        return Piece(f"{kind}/{_stem(source)}".lstrip("/"), source, Reading(), problems=tuple(problems))
    return _piece(text, source, kind)


@lru_cache(maxsize=4096)
def _piece(text: str, source: Source, kind: str) -> Piece:
    """Return the piece of a text. A preview, and the sites of a fleet, have the same ones over and over."""
    body, offset = "", 0
    if source.path.endswith(".md"):
        front, body, offset = split(text)
        if front is None:
            hint = say("start the file with a line ---, then the facts, then a line ---")
            problem = Problem(Location(source.shown), "front-matter", say("the facts at the top are missing"), hint)
            return Piece(f"{kind}/{_stem(source)}", source, Reading(), problems=(problem,))
        reading = read_yaml(front, source.shown, offset=1)
    else:
        reading = read_yaml(text, source.shown)
    node = reading.root.get("id") if reading.root else None
    inside = node.value if node else None
    listed = source.path.count("/") == 2
    # The key names files of the record too: what is no id cannot lead out of its folder.
    name = inside if isinstance(inside, str) and not listed and SLUG.fullmatch(inside) else _stem(source)
    return Piece(f"{kind}/{name}".lstrip("/"), source, reading, body, offset)


def _stem(source: Source) -> str:
    return source.path.rpartition("/")[2].rpartition(".")[0]


def split(text: str) -> tuple[str | None, str, int]:
    """Return a Markdown file's front matter (None if it has none), its body and the number of lines before the body."""
    opening = FENCE.match(text)
    closing = FENCE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None, text, 0
    front = text[opening.end() : closing.start()]
    return front, text[closing.end() :], front.count("\n") + 2
