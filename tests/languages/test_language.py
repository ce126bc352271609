"""What the program knows of a language lies in that language's module, and nowhere else."""

import ast
import re
from pathlib import Path

import pytest

from hejagen.languages import MAIN, language
from hejagen.languages.language import Language
from hejagen.urls import slugify
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "hejagen"
MODULES = sorted(path.stem for path in (SOURCE / "languages").glob("??.py"))
EXPLAINED = "å and ä become a, ö becomes o"
"""What messages to editors say of file names: these letters are spoken of, not used."""


def strings(path: Path) -> list[str]:
    """The strings of a module, without its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in remarks)
    return [node.value for node in constants if isinstance(node.value, str)]


def test_no_other_module_is_in_swedish() -> None:
    """No string of the program outside the languages has a Swedish letter, or names the language; the languages of
    messages stand in one place."""
    paths = [path for path in SOURCE.rglob("*.py") if path.parent.name != "languages"]
    swedish = re.compile("[åäöÅÄÖ]|^sv$")
    left = {path.name: text for path in paths for text in strings(path) if swedish.search(text.replace(EXPLAINED, ""))}
    assert left == {"messages.py": "sv"}


def test_an_unknown_language_has_no_rules() -> None:
    """A language without a module is not measured, split or sorted, and has plain ASCII names."""
    assert language("xx") == Language()
    assert Language().plain is None and Language().compounds is None and Language().letters == ""


@pytest.mark.parametrize("code", MODULES)
def test_a_module_fits_together(code: str) -> None:
    """Names are ASCII, letters are single and small, and there are four marks of quotation."""
    described = language(code)
    names = (described.zip_name, described.one_page_name, described.read_me, described.nameless)
    assert all(name.isascii() for name in (*names, *described.addresses.values(), *described.collation.values()))
    assert len(described.quotes) == 4 and len(described.adaptations) in (0, 3)
    assert described.letters == described.letters.lower() and all(len(letter) == 1 for letter in described.addresses)
    assert set(described.conformance) in (set(), {"full", "partial", "none"})
    assert all(text == text.lower() for text in (*described.if_then, *described.vague_links))


def test_the_base_can_begin_a_layer() -> None:
    """The language of the base has what `new` says, and the others have no need to."""
    assert [code for code in MODULES if language(code).new_layer] == [MAIN]


def test_the_guide_shows_a_whole_module() -> None:
    """The example in docs/how-to/add-a-language.md is a module that works."""
    guide = (ROOT / "docs/how-to/add-a-language.md").read_text("utf-8")
    module: dict[str, object] = {}
    exec(guide.partition("```python\n")[2].partition("```")[0], module)
    danish = module["LANGUAGE"]
    assert isinstance(danish, Language) and slugify("Grøn ænd på å", danish.addresses) == "groen-aend-paa-aa"
