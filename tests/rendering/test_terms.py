"""Words of the glossary are explained by the component `term`, where a text first uses them."""

from pathlib import Path

import pytest

from hejagen.editions import EDITIONS
from hejagen.output import File
from hejagen.pipeline import gather, make, read
from hejagen.rendering.pages import pages
from tests.conftest import DAY, OWN
from tests.helpers import layer, problems_of

pytestmark = pytest.mark.build

TERM = "layouts/components/term/term.html"
DFN = '{% macro term(word, id, definition, link) %}<dfn title="{{ definition }}">{{ word }}</dfn>{% endmacro %}'


def files_of(folder: Path) -> tuple[File, ...]:
    """The pages of the hosted site with a layer."""
    loaded = read((OWN, folder), DAY)
    every = pages(loaded.site)
    made = make(loaded, every, gather(loaded, every), EDITIONS["web"])
    return tuple(file for file in made.files if file.path.endswith(".html"))


def written(folder: Path, text: str) -> Path:
    """A layer with a component `term` of its own."""
    file = layer(folder) / TERM
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return folder


def test_a_layer_may_explain_words_in_its_own_way(tmp_path: Path) -> None:
    """Its component is the one source of the markup: no page has the base's, and none the parser's mark."""
    text = "".join(file.data.decode() for file in files_of(written(tmp_path, DFN)))
    assert text.count("<dfn title=") > 10
    assert 'class="term"' not in text and "heja-term" not in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% macro ord(word) %}{{ word }}{% endmacro %}", f"{TERM}:1 template-missing"),
        ("{% macro term(word, id, definition, link) %}\n{{ ordet }}{% endmacro %}", f"{TERM}:2 template-variable"),
    ],
    ids=["another macro", "an unknown value"],
)
def test_a_fault_in_it_is_told_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    """A component without its macro, or that asks for what is not there, stops the build with file and line."""
    errors = {f"{p.at.path}:{p.at.line} {p.rule}" for p in problems_of(written(tmp_path, text)) if p.level == "error"}
    assert [error.removeprefix(f"{tmp_path}/") for error in errors] == [expected]
