"""Words are held against a dictionary and a list of our own."""

from pathlib import Path

import pytest

from hejagen.words.spelling import speller, words
from tests.conftest import EXAMPLES
from tests.helpers import layer, run

pytestmark = pytest.mark.build

MORE = ("Oumou", "räckhöjd/höjd")


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("verksamhet", True),
        ("verksammhet", False),
        ("arbetsplatsträff", True),  # a compound of words that the dictionary has
        ("räckhöjden", True),  # inflected as the word that the list names
        ("Oumous", True),
        ("oumou", False),
        ("lek-tid", True),
    ],
)
def test_words(word: str, right: bool) -> None:
    """The dictionary, its compounds and the list of words decide what is right."""
    assert speller("sv", MORE).knows(word) is right


def test_what_is_no_word() -> None:
    """Addresses, codes, abbreviations and places for values are not judged."""
    text = "Läs EX20 på https://exampel.org/lars och i sajt.yaml, sa LSS-chefen, %(nmae)s {nmae} [där](exercise:dar)."
    assert list(words(text, "sv")) == ["Läs", "på", "och", "sa", "där"]


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda folder: folder.name)
def test_example_layers_spell_well(example: Path) -> None:
    """What the example layers have written is right, or stands in their lists."""
    done = run("spelling", "--layer", str(example))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_layer_adds_words(tmp_path: Path) -> None:
    """A misspelling in the words of the interface is an error, until the layer lists the word."""
    folder = layer(tmp_path / "lager")
    catalogue = folder / "layouts/locale/sv/LC_MESSAGES/messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid "Exercises"\nmsgstr "Övnningar"\n', "utf-8")
    done = run("spelling", "--layer", str(folder))
    assert done.returncode == 1
    assert 'messages.po:1:1: error: "Övnningar" is not in the dictionary' in done.stderr
    assert '"Övningar"' in done.stderr
    (folder / "content/sv/spelling.txt").write_text("# Så säger vi här.\nÖvnningar\n", "utf-8")
    assert run("spelling", "--layer", str(folder)).returncode == 0
