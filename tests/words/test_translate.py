"""Words of the interface: every text that templates and program ask for is in the catalogue, and nothing else."""

from datetime import date
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hejagen.words.translate import Translator
from tests.conftest import ROOT
from tests.helpers import asked_for


@pytest.mark.parametrize("path", sorted((ROOT / "layouts/locale").rglob("*.po")), ids=lambda path: path.parts[-3])
def test_the_catalogue_is_complete(path: Path) -> None:
    """Each text has a translation, and each translation is used.

    English, which the texts are in, has only those that it says in another way, and sentences of site.yaml, which
    may be rewritten before they are translated anew.
    """
    with path.open("rb") as file:
        catalogue = read_po(file)
    entries = {message.id: message.string for message in catalogue if message.id}
    assert {key for key, text in entries.items() if not text or (isinstance(text, tuple) and not all(text))} == set()
    if path.parts[-3] != "en":
        assert asked_for() - set(entries) == set(), "not translated"
        assert set(entries) - asked_for() == set(), "not used"


@pytest.mark.parametrize(("lang", "words"), [("sv", "28 november 2026"), ("en", "28 November 2026")])
def test_a_date_is_written_as_where_the_language_is_spoken(lang: str, words: str) -> None:
    """English has the day first, as in Britain, which its module names."""
    assert Translator(lang, NullTranslations()).date(date(2026, 11, 28)) == words
