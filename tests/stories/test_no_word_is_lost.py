"""No word that an author writes is lost: all of them are on a page, or a message says which are not."""

import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest

from hejagen.checks import Checks
from hejagen.editions import EDITIONS
from hejagen.layers.piece import split
from hejagen.model.node import Node
from hejagen.model.node import Path as Way
from hejagen.pipeline import gather, make, published, read
from hejagen.problems import as_text
from hejagen.reading.yaml_reader import read_yaml, span
from hejagen.rendering.pages import pages
from tests.conftest import DAY, OWN, ROOT

pytestmark = [pytest.mark.build, pytest.mark.slow]

NOTES: Mapping[str, str] = {
    "label_en": "a note for editors, as its description says",
    "field_term": "a note for editors, as its description says",
    "forms": "forms of a word, which texts are searched for",
    "words": "My training has a button for the first way only, as its description says",
}
"""Keys whose words no page need show, and why."""
WORD = re.compile(r"(?<![\w\]()/:.@#{=-])[a-zåäö]{4,}(?![\w\]@/:#}=-])")
MARKED = re.compile(r"zq\d+")


class Marks:
    """Words that nobody writes, each with the place where it was put."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}
        self._numbers = count()

    def put(self, text: str, place: str) -> str:
        """A text whose last word is a mark, if it has a word that may be one."""
        words = [*WORD.finditer(text)]
        if not words:
            return text
        mark = f"zq{next(self._numbers)}"
        self.places[mark] = place
        return text[: words[-1].start()] + mark + text[words[-1].end() :]


def values(node: Node, way: Way = ()) -> Iterator[tuple[Way, str]]:
    """Each text in a tree of values, with the way to it."""
    inside = dict(enumerate(node.value)) if isinstance(node.value, tuple | list) else node.children
    for key, value in inside.items():
        yield from values(value, (*way, key))
    if isinstance(node.value, str):
        yield way, node.value


def marked_yaml(text: str, name: str, marks: Marks) -> str:
    """A YAML text with a mark in each value of several words."""
    root = read_yaml(text, name).root
    assert root
    places = {span(text, way): way for way, value in values(root) if " " in value and not {*NOTES} & {*way}}
    for (start, end), way in sorted((place, way) for place, way in places.items() if place)[::-1]:
        text = text[:start] + marks.put(text[start:end], f"{name}: {way}") + text[end:]
    return text


def marked_text(text: str, name: str, marks: Marks) -> str:
    """A Markdown text with a mark in each value of its facts, and in each line below that is no heading."""
    front, body, _ = split(text)
    assert front
    lines = [line if line.startswith("#") else marks.put(line, f"{name}: {line}") for line in body.split("\n")]
    return f"---\n{marked_yaml(front, name, marks)}---" + "\n".join(lines)


def test_every_word_is_on_a_page(tmp_path: Path) -> None:
    """A mark in each line of all texts, and in each value of several words, is found in what is built."""
    marks = Marks()
    for file in sorted((ROOT / "content/sv").rglob("*")):
        if file.suffix in (".md", ".yaml"):
            path = file.relative_to(ROOT)
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            put = marked_text if file.suffix == ".md" else marked_yaml
            (tmp_path / path).write_text(put(file.read_text("utf-8"), str(path), marks), "utf-8")
    loaded = published(read((OWN, tmp_path), DAY, Checks(())))
    every = pages(loaded.site)
    shared = gather(loaded, every)
    made = make(loaded, every, shared, EDITIONS["web"])
    shown = b"".join(file.data for file in (*made.files, *shared.assets.files)).decode("utf-8", "replace")
    told = "".join(as_text(problem) for problem in (*loaded.warnings, *made.warnings))
    seen = {*MARKED.findall(shown.replace("\u00ad", "").lower()), *MARKED.findall(told)}
    assert len(marks.places) > 4000
    assert {place for mark, place in marks.places.items() if mark not in seen} == set()
