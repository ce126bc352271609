"""Markdown texts and what becomes of them: in tests/markdown, title, input and output between lines of dots."""

from time import process_time

import pytest

from hejagen.content.load import MAX_TEXT
from hejagen.model.document import Glossary
from hejagen.reading.markdown import parse
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "markdown"
CASES = [
    (path.stem, *block.split("\n.\n")[:3])
    for path in sorted(FOLDER.glob("*.md"))
    for block in path.read_text("utf-8").split("\n\n---\n\n")
]
GLOSSARY = Glossary({"stoppgräns": "stoppgrans", "stoppgränsen": "stoppgrans"})


@pytest.mark.parametrize(("file", "title", "source", "expected"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES])
def test_output(file: str, title: str, source: str, expected: str) -> None:
    """A text becomes the HTML that its case says."""
    assert parse(source, "sv", glossary=GLOSSARY).html == expected.strip("\n").removesuffix("\n.")


def test_lines_and_columns() -> None:
    """Headings, links and pictures know where they stand in their file."""
    document = parse("Text.\n\n## Rubrik\n\nSe [om](page:om)\noch ![bild](images/a.png).\n", "sv", offset=10)
    assert document.headings[0].line == 13
    assert (document.links[0].line, document.links[0].column) == (15, 9)
    assert (document.images[0].line, document.images[0].column) == (16, 13)


def test_sections_hold_what_is_under_them() -> None:
    """A section has its blocks, its labelled bullets and its subsections, and a key from its title."""
    document = parse(
        "Före.\n\n## Anpassa\n\n- **Hybrid:** Alla skriver.\n\n### Under\n\nMer.\n", "sv", keys={"Anpassa": "adapt"}
    )
    (section,) = document.sections
    assert section.key == "adapt"
    assert [(item.label, item.text) for item in section.items] == [("Hybrid", "Alla skriver.")]
    assert [sub.title for sub in section.subsections] == ["Under"]
    assert document.intro_html == "<p>Före.</p>"


def test_equal_titles_get_different_anchors() -> None:
    """Two headings with the same words can both be linked to."""
    assert [h.anchor for h in parse("## Tid\n\n## Tid\n", "sv").headings] == ["tid", "tid-2"]


def test_parsing_is_pure() -> None:
    """The same text gives an equal document, whatever was parsed in between."""
    first = parse("## A\n\nstoppgräns", "sv", glossary=GLOSSARY)
    parse("annat", "sv")
    assert parse("## A\n\nstoppgräns", "sv", glossary=GLOSSARY) == first


def test_plain_text_keeps_the_words_that_are_explained() -> None:
    """A word of the glossary stands in the plain text of its block and bullet as it does in the source."""
    text = "## Steg\n\nSkriv också en stoppgräns: när?\n\n- **Hybrid:** Sätt ~~en~~ `stoppgräns` och en stoppgräns.\n"
    (section,) = parse(text, "sv", glossary=GLOSSARY).sections
    assert section.blocks[0].text == "Skriv också en stoppgräns: när?"
    assert "<heja-term" in section.blocks[0].html
    assert section.items[0].text == "Sätt ~~en~~ stoppgräns och en stoppgräns."


HOSTILE = {
    "brackets": "[" * 19_000 + "\n",
    "links": "[a](b)",
    "short lines": "[a](b)\n",
    "pictures": "![a",
    "stars": "a*",
    "bars": "_a",
    "quotes": ">",
    "blocks": "> a\n\n",
    "headings": "## a\n\n",
    "spaces": "### a" + " " * 19_000 + "b\n\n",
    "anchors": "## {#a\n\n",
    "tables": "|a|b|\n|-|-|\n",
    "entities": "&amp;",
    "backslashes": "\\`",
    "lists": "- a\n\n",
    "terms": "stoppgräns ",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.slow
def test_no_text_takes_long(name: str) -> None:
    """As long a text as is read, made to take time, is parsed in seconds and not in minutes; most take one."""
    text = (HOSTILE[name] * MAX_TEXT)[:MAX_TEXT]
    start = process_time()
    parse(text, "sv", glossary=GLOSSARY)
    assert process_time() - start < 15
