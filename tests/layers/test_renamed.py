"""A layer that calls a component by an old name is told the new one, and never loses its change in silence."""

from pathlib import Path

import pytest

from hejagen.layers.renamed import RENAMED, renamed_components
from hejagen.layers.stack import stack
from tests.helpers import COMPONENTS, layer

Told = list[tuple[str, str, str]]


def told(folder: Path, files: dict[str, str]) -> Told:
    """Place, level and message of what is said of a layer with these files in layouts/."""
    for path, text in files.items():
        file = layer(folder) / "layouts" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    found = sorted(renamed_components(stack((folder,))))
    places = (str(problem.at).partition("layouts/")[2] for problem in found)
    return [(place, problem.level, problem.message) for place, problem in zip(places, found, strict=True)]


def test_the_new_names_are_there() -> None:
    """Each new name is a component of the base, and no old one is."""
    names = {path.name for path in COMPONENTS.iterdir()}
    assert set(RENAMED.values()) <= names and not names & set(RENAMED)


SAY = '{% from "components/say/say.html" import say %}{{ say("Ja.", "") }}'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"components/way/way.css": ".way { padding: 0; }"}, [("components/way/way.css:1:1", "error")]),
        ({"pages/page.html": f"\n{SAY}"}, [("pages/page.html:2:10", "error")]),
        (
            {"pages/page.html": SAY, "components/say/say.html": "{% macro say(good, bad) %}{{ good }}{% endmacro %}"},
            [("components/say/say.html:1:1", "warning")],
        ),
        ({"styles/pages.css": ".a,\n.week__bar { padding: 0; }"}, [("styles/pages.css:2:2", "error")]),
        (
            {"styles/pages.css": ".week { padding: 0; }", "pages/page.html": '<p class="meta week">Ja.</p>'},
            [("pages/page.html:1:16", "warning"), ("styles/pages.css:1:2", "warning")],
        ),
        ({"pages/page.html": '<ol class="weeks"></ol>'}, [("pages/page.html:1:12", "error")]),
        ({"scripts/own.js": 'document.querySelector("heja-note");'}, [("scripts/own.js:1:25", "error")]),
    ],
    ids=["folder", "import", "folder and import", "style", "style and template", "template", "script"],
)  # fmt: skip
def test_an_old_name_is_told(tmp_path: Path, files: dict[str, str], expected: list[tuple[str, str]]) -> None:
    """An old name that nothing answers to is an error; one that the layer itself answers to is a warning."""
    found = told(tmp_path / "kommun", files)
    assert [(place, level) for place, level, _ in found] == expected
    assert all("is called" in message for *_, message in found)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("styles/own.css", "/* .wall */ .note, .copy, .wall-paper, .my-week, .program:hover { padding: 0; }"),
        ("pages/page.html", '{# components/say/say.html #}<p class="program wallet" id="week">say facts wall</p>'),
        ("scripts/own.js", "const mode = week.note; copy(done.facts); /* heja-note */"),
        ("components/notes/notes.css", ".notes { padding: 0; }"),
    ],
)
def test_words_that_are_no_old_name_are_left_alone(tmp_path: Path, path: str, text: str) -> None:
    """Words in texts, comments and scripts, longer names, and classes that no component had say nothing."""
    assert told(tmp_path / "kommun", {path: text}) == []


def test_the_new_name_stands_in_the_hint(tmp_path: Path) -> None:
    """What to write is in the hint, with the part of a class."""
    layer(tmp_path)
    (tmp_path / "layouts/styles").mkdir(parents=True)
    (tmp_path / "layouts/styles/pages.css").write_text(".picks__arrow { display: none; }")
    (problem,) = renamed_components(stack((tmp_path,)))
    assert problem.hint.startswith("write needs-list__arrow,")
