"""A fault of a page is told at the line of the file that caused it, once, with the pages that it touches."""

import re
from pathlib import Path

import pytest

from hejagen.problems import as_text
from tests.conftest import ROOT
from tests.helpers import problems_of

pytestmark = pytest.mark.build

FOOTER = "layouts/components/footer/footer.html"


def written(folder: Path, path: str, text: str) -> int:
    """Write a file of a layer whose text has ¤ at the start of the line at fault, and return that line's number."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace("¤", ""), "utf-8")
    return text[: text.index("¤")].count("\n") + 1


def test_one_line_in_a_footer_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that a component of a layer puts on every page gives one message, which names its line and the pages."""
    base = (ROOT / FOOTER).read_text("utf-8")
    end = base.index("</footer>")
    line = written(tmp_path, FOOTER, f'{base[:end]}¤<p id="main">Ett till</p>\n{base[end:]}')
    monkeypatch.chdir(tmp_path)
    (problem,) = (problem for problem in problems_of(tmp_path, "repeated-anchor") if problem.level == "error")
    assert (problem.at.path, problem.at.line, problem.rule) == (FOOTER, line, "repeated-anchor")
    assert re.search(r'the id "main" is used 2 times, on \d\d+ pages: ', as_text(problem))


def test_what_a_template_no_longer_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a layer took out of a template is told at the line where the template of the base has it."""
    base = (ROOT / "layouts/base.html").read_text("utf-8")
    line = written(tmp_path, "layouts/base.html", base.replace('<meta name="description"', '¤<meta name="x"'))
    monkeypatch.chdir(tmp_path)
    (problem,) = (problem for problem in problems_of(tmp_path, "page-basics") if problem.level == "error")
    assert (problem.at.path, problem.at.line) == ("layouts/base.html", line)
