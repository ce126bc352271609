"""Anchors that templates write have a name in each language that has one."""

import re

from hejagen.languages import MAIN, language
from tests.conftest import ROOT


def test_every_anchor_of_a_template_has_its_swedish() -> None:
    """The Swedish module names each anchor that a template or the program asks for, and no other."""
    files = [*(ROOT / "layouts").rglob("*.html"), *(ROOT / "src/hejagen/rendering").glob("*.py")]
    asked = {name for file in files for name in re.findall(r"""anchor\(["']([a-z-]+)["']\)""", file.read_text("utf-8"))}
    links = (ROOT / "src/hejagen/rendering/links.py").read_text("utf-8")
    asked |= set(re.findall(r'"([a-z-]+)"\),\n', links))  # the parts of an exercise's page stand in a table
    pages = (ROOT / "src/hejagen/rendering/pages.py").read_text("utf-8")
    asked |= set(re.findall(r'_below\(own, "([a-z-]+)"', pages))
    assert asked == set(language(MAIN).anchors)


def test_no_template_names_an_anchor_in_swedish() -> None:
    """An anchor stands in a template by its English name alone."""
    swedish = set(language(MAIN).anchors.values()) - set(language(MAIN).anchors)
    pattern = re.compile(r"""\b(?:id|for|aria-labelledby|aria-describedby)="([a-z -]+)[-"{]""")
    found = {
        (path.name, name)
        for path in (ROOT / "layouts").rglob("*.html")
        for names in pattern.findall(path.read_text("utf-8"))
        for name in names.split()
    }
    assert {(path, name) for path, name in found if name.rstrip("-") in swedish} == set()
