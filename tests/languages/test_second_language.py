"""A site in a language that the base does not have: its words are needed, or it is told which are missing."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, STATEMENT
from tests.helpers import change, layer, problems_of, starter

pytestmark = pytest.mark.build
CATALOGUE = "layouts/locale/fi/LC_MESSAGES/messages.po"


def said(folder: Path) -> list[str]:
    """The messages about the words of the interface."""
    problems = problems_of(folder)
    return [str(problem.message) for problem in problems if "messages.po" in f"{problem.at.path} {problem.message}"]


def test_a_language_without_words_is_refused(tmp_path: Path) -> None:
    """Its pages would be in English, with "You practise (plural)" among the words."""
    (tmp_path / "content/fi/pages").mkdir(parents=True)
    (tmp_path / "content/fi/pages/provsida.md").write_text(starter("pages", {}), "utf-8")
    layer(tmp_path, STATEMENT + "languages: [sv, fi]\n")
    assert said(tmp_path) == [f"there is no file {CATALOGUE}: all words of the site's own would be English"]


def test_words_that_are_missing_are_counted(tmp_path: Path) -> None:
    """Once for the language, as after an upgrade of the base."""
    folder = shutil.copytree(ROOT / "layers/hallvaara", tmp_path / "hallvaara")
    assert said(folder) == []
    change(folder / CATALOGUE, '\nmsgid "Exercises"\n', '\nmsgid "All exercises of before"\n')
    change(folder / CATALOGUE, '\nmsgid "Choose an exercise"\n', '\nmsgid "Choose"\n')
    assert '2 texts of the interface have no words in fi, such as "Choose an exercise"' in said(folder)
