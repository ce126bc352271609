"""The documentation says what is true."""

import re
from pathlib import Path

import pytest

from hejagen.cli import main
from hejagen.reference import reference_files
from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]


@pytest.mark.parametrize("name", sorted(reference_files(main)))
def test_the_reference_is_fresh(name: str) -> None:
    """Rules, commands, keys and schemas in docs/reference are those of the program (`hejagen reference --write`)."""
    assert (DOCS / "reference" / name).read_text("utf-8") == reference_files(main)[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link and picture is there."""
    for target in re.findall(r"\]\(([^)#\s]+)", re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.S)):
        if "://" not in target and not target.startswith(("mailto:", "exercise:", "page:", "program:")):
            assert (page.parent / target).exists(), target


def test_every_yaml_file_names_its_schema() -> None:
    """Editors complete and check while one types: the first line names a schema that exists."""
    for path in [ROOT / "site.yaml", *(ROOT / "content").rglob("*.yaml"), *(ROOT / "content").rglob("*.md")]:
        lines = path.read_text("utf-8").splitlines()
        first = lines[1] if path.suffix == ".md" else lines[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
        assert found and (path.parent / found[1]).is_file(), path


def test_the_readme_shows_the_two_commands() -> None:
    """Building and testing, as anyone would type them."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert "python3 build.py\n" in text and "python3 build.py test" in text
