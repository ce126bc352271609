"""Words of the interface: every text that templates and program ask for is in the catalogue, and nothing else."""

from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from hejagen.words.labels import message_ids
from tests.conftest import ROOT

Id = str | tuple[str, ...]
OPTIONS = {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false", "trimmed": "true"}


def asked_for(*left_out: str) -> set[Id]:
    """Every message id in templates and program, but for folders and files by name."""
    found: set[Id] = set(message_ids())
    for path in (ROOT / "layouts").rglob("*"):
        if path.suffix in (".html", ".xml", ".txt", ".webmanifest") and path.parent.name not in left_out:
            with path.open("rb") as file:
                for _, _, message, _ in babel_extract(file, ("_", "gettext", "ngettext"), [], OPTIONS):
                    parts = (message,) if isinstance(message, str) else tuple(m for m in message if isinstance(m, str))
                    found.add(parts[0] if len(parts) == 1 else parts)
    for path in (path for path in (ROOT / "src").rglob("*.py") if path.stem not in left_out):
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, {"_": None, "gettext": None, "ngettext": (1, 2)}):
                found.add(message if isinstance(message, str) else tuple(message))
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "layouts/locale").rglob("*.po")), ids=lambda path: path.parts[-3])
def test_the_catalogue_is_complete(path: Path) -> None:
    """Each text has a translation, and each translation is used."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    entries = {message.id: message.string for message in catalogue if message.id}
    assert {key for key, text in entries.items() if not text or (isinstance(text, tuple) and not all(text))} == set()
    assert asked_for() - set(entries) == set(), "not translated"
    assert set(entries) - asked_for() == set(), "not used"
