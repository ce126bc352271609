"""Rules about the names in templates of layers: a block or a file whose name is misspelt does nothing."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hejagen.layers.stack import Layers, Source
from hejagen.messages import say
from hejagen.problems import Finding, Location, did_you_mean

FOLDER = "layouts/"
COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)", re.S)
TAG = re.compile(r"\{%[-+]?\s*(extends|block|endblock)\b\s*(?:[\"']([^\"'{}]+)[\"']|(\w+))?")
"""What extends a template, and where blocks begin and end. A template can be extended by an expression, too."""


class _Block(NamedTuple):
    name: str
    start: int
    outermost: bool


def unknown_block(layers: Layers) -> Iterator[Finding]:
    """A block of a layer's template is in none of the templates that it extends, so it is never shown."""
    for source, text in _upper(layers):
        blocks, extends = _read(text)
        below = _blocks_below(layers, source, extends)
        for block in blocks:
            if below and block.outermost and block.name not in below:
                at = _at(source, text, block.start)
                message = say(
                    'there is no block "{name}" in the template below: nothing of it is shown', name=block.name
                )
                yield Finding(at, message, did_you_mean(block.name, tuple(sorted(below)), say("there are")))


def unused_template(layers: Layers) -> Iterator[Finding]:
    """A template of a layer takes the place of none below, and no template names it, so it does nothing."""
    texts = [layers.text(source)[0] for source in layers.find("layouts", ".html").values()]
    names = [path.removeprefix(FOLDER) for path in layers.find("layouts", ".html")]
    for source, _ in _upper(layers):
        name = source.path.removeprefix(FOLDER)
        shown = len(layers.all_of(source.path)) > 1 or layers.all_of(source.path.removesuffix(".html") + ".yaml")
        if not shown and not any(name in text for text in texts):
            message = say("nothing uses this template")
            others = tuple(other for other in names if other != name)
            yield Finding(Location(source.shown), message, did_you_mean(name, others, say("there are")), "warning")


def _upper(layers: Layers) -> Iterator[tuple[Source, str]]:
    """Yield the templates of all layers but the lowest, with their texts; not those that cannot be read."""
    for layer in layers.layers[1:]:
        for path, source in layers.files[layer.name].items():
            if path.startswith(FOLDER) and path.endswith(".html"):
                text, problems = layers.text(source)
                if not problems:
                    yield source, text


def _read(text: str) -> tuple[list[_Block], str | None]:
    """Return the blocks of a template, and what it extends: "" when that is not written out, None for nothing."""
    bare = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    blocks: list[_Block] = []
    extends, depth = None, 0
    for tag in TAG.finditer(bare):
        if tag[1] == "extends":
            extends = tag[2] or ""
        elif tag[1] == "endblock":
            depth -= 1
        else:
            blocks.append(_Block(tag[3] or "", tag.start(), depth == 0))
            depth += 1
    return blocks, extends


def _blocks_below(layers: Layers, source: Source, extends: str | None) -> frozenset[str]:
    """Return the names of the blocks of all templates that a template extends; none when they cannot be told."""
    names: set[str] = set()
    visited = {source.file}
    while extends:
        versions = layers.all_of(FOLDER + extends.removeprefix("!"))
        if extends.startswith("!") and source in versions:
            versions = versions[: versions.index(source)]
        if not versions or versions[-1].file in visited:
            return frozenset()
        source = versions[-1]
        visited.add(source.file)
        blocks, extends = _read(layers.text(source)[0])
        names.update(block.name for block in blocks)
    return frozenset(names) if extends is None else frozenset()


def _at(source: Source, text: str, start: int) -> Location:
    line = text.count("\n", 0, start) + 1
    return Location(source.shown, line, start - text.rfind("\n", 0, start))
