"""What an author writes in an exercise is shown, wherever it stands."""

from dataclasses import replace

import pytest

from hejagen.content.selection import select
from hejagen.editions import EDITIONS
from hejagen.pipeline import gather, make, read
from hejagen.rendering.pages import pages
from tests.conftest import DAY, OWN
from tests.helpers import layer, starter

PLACES = {
    "before the first heading": ("## Varför\n", "MARKER\n\n## Varför\n"),
    "before the first step": ("## Gör så här\n", "## Gör så här\n\nMARKER\n"),
    "a heading in the example": ("Mindre bra: skriv", "### Annars\n\nMARKER\n\nMindre bra: skriv"),
    "before the questions": ("## Tänk efter\n", "## Tänk efter\n\nMARKER\n"),
    "after the questions": ("- Hur märker ni skillnad?\n", "- Hur märker ni skillnad?\n\nMARKER\n"),
    "a second list of questions": ("- Hur märker ni skillnad?\n", "- Hur märker ni skillnad?\n\n***\n\n- MARKER?\n"),
    "below a question": ("- Hur märker ni skillnad?\n", "- Hur märker ni skillnad?\n  - MARKER\n"),
    "the label of a question": ("- Hur märker ni skillnad?\n", "- **MARKER:** Hur märker ni skillnad?\n"),
    "a heading among the questions": (
        "- Hur märker ni skillnad?\n",
        "- Hur märker ni skillnad?\n\n### Mer\n\nMARKER\n",
    ),
    "before the adaptations": ("## Anpassa\n", "## Anpassa\n\nMARKER\n"),
    "after the adaptations": ("## Tänk på\n", "MARKER\n\n## Tänk på\n"),
    "a second paragraph of a bullet": (
        "Skriv vilket steg som räcker.\n",
        "Skriv vilket steg som räcker.\n\n  MARKER\n",
    ),
    "the text about following up": ("## Anpassa\n", "## Följ upp\n\nMARKER\n\n## Anpassa\n"),
    "the invitation": ("## Så kan det låta\n", "## Kallelse\n\nMARKER\n\n## Så kan det låta\n"),
    "the law": ("## Tänk på\n", "## Det här säger lagen\n\n- **AI:** Fråga.\n\nMARKER\n\n## Tänk på\n"),
    "the sizes": ("## Anpassa\n", "## Korta och stora grupper\n\n- **En kvart:** MARKER\n\n## Anpassa\n"),
    "the worksheet": (
        "Begränsat. Skriv vad som är visat och vad som inte är det.\n",
        "Begränsat.\n\n## Skriv ut\n\nMARKER\n",
    ),
}
"""A place in the text, and the change that writes there."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page of an exercise for each place, all in one layer."""
    exercises = {}
    for number, change in enumerate(PLACES.values()):
        changes = dict([change]) | {"id: prov": f"id: prov-{number}", "code: NY01": f"code: NY{number:02}"}
        changes["title: Prov"] = f"title: Prov {number}"
        exercises[f"prov-{number}"] = starter("exercises", changes)
    folder = layer(tmp_path_factory.mktemp("layer"), **exercises)
    loaded = read((OWN, folder), DAY)
    loaded = replace(loaded, site=select(loaded.site, (), tuple(exercises)))
    every = pages(loaded.site)
    made = make(loaded, every, gather(loaded, every), EDITIONS["web"]).files
    files = {file.path: file.data.decode() for file in made if file.path.endswith(".html")}
    return {place: files[f"ovningar/prov-{number}/index.html"] for number, place in enumerate(PLACES)}


@pytest.mark.parametrize("place", PLACES)
def test_text_is_shown(shown: dict[str, str], place: str) -> None:
    """What stands outside the lists and headings that the page arranges is shown too."""
    assert "MARKER" in shown[place]
