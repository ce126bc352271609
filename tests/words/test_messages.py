"""Messages of the program: each is in the catalogue of each language, and is chosen and shown in the right one."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from hejagen.commands.main import main
from hejagen.commands.ui import help_message
from hejagen.messages import ENGLISH, SPOKEN, Message, say, say_number, told, untranslated
from hejagen.words.messages import language_for, speaker, system_language
from tests.conftest import EXAMPLES, ROOT
from tests.helpers import run

SOURCE = ROOT / "src" / "hejagen"
CATALOGUES = {path.parts[-3]: path for path in (SOURCE / "words" / "locale").rglob("*.po")}
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def said() -> set[str | tuple[str, ...]]:
    """Every message in the program, by its English text; of those that count, both forms."""
    calls = {"say": None, "say_number": (1, 2)}
    messages = {row[2] for row in extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=calls)}
    return messages | {help_message(text).msgid for text in help_texts(main)}


def help_texts(command: click.Command) -> Iterator[str]:
    """The help texts of a command, its options and the commands below it."""
    options = (getattr(parameter, "help", None) for parameter in command.params)
    yield from (text for text in (command.help, *options) if text)
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from help_texts(below)


def placeholders(text: str) -> set[str]:
    """The names of the values in a message."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name and name.isidentifier()}
    except ValueError:  # a text about a brace, which has no values
        return set()


def forms(texts: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The texts of an entry of a catalogue."""
    return (texts,) if isinstance(texts, str) else tuple(texts)


def test_each_language_has_a_catalogue() -> None:
    """English stands in the program itself."""
    assert {"en", *CATALOGUES} == set(SPOKEN)


@pytest.mark.parametrize("lang", sorted(CATALOGUES))
def test_the_catalogue_is_complete(lang: str) -> None:
    """Each message has a translation, and each translation is used."""
    with CATALOGUES[lang].open("rb") as file:
        entries = {message.id: message.string for message in read_po(file) if message.id}
    assert {key for key, text in entries.items() if not all(forms(text))} == set()
    assert said() - set(entries) == set(), "not translated"
    assert set(entries) - said() == set(), "not used"


@pytest.mark.parametrize("lang", sorted(CATALOGUES))
def test_placeholders_agree(lang: str) -> None:
    """A translation has the values of the English text, no others."""
    with CATALOGUES[lang].open("rb") as file:
        entries = [message for message in read_po(file) if message.id]
    for entry in entries:
        for english, translated in zip(forms(entry.id), forms(entry.string), strict=True):
            assert placeholders(translated) == placeholders(english), english


def test_a_message_is_its_english_text() -> None:
    """Whoever compares, sorts or joins messages has English ones."""
    message = say("there is no text in content/{lang}", lang="fi")
    assert message == "there is no text in content/fi"
    assert pickle.loads(pickle.dumps(message)).values == {"lang": "fi"}
    assert told(message, ENGLISH) == message


def test_messages_in_messages_are_translated() -> None:
    """So are those that count; words of the author's are not."""
    words = speaker("sv")
    assert told(say("{message} {hint}", message=say("Stopped."), hint="Stopped."), words) == "Stoppat. Stopped."
    counts = [told(say_number("{number} warning", "{number} warnings", number), words) for number in (1, 2)]
    assert counts == ["1 varning", "2 varningar"]
    assert told(untranslated("a {b}"), words) == "a {b}"
    assert told(Message(""), words) == ""


def test_the_language_is_that_of_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else that of the system; one without messages is passed over."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert language_for(EXAMPLES[:1]) == "sv"
    assert language_for(()) == "en"
    assert language_for((tmp_path,)) == "en"
    monkeypatch.setenv("LANGUAGE", "nb:sv:en")
    assert system_language() == "sv"


@pytest.mark.parametrize(("lang", "words"), [("sv", "fel: ett kolon för mycket"), ("en", "error: a colon too many")])
def test_a_command_speaks_the_language_that_it_is_told(lang: str, words: str, tmp_path: Path) -> None:
    """So does its last line."""
    (tmp_path / "site.yaml").write_text("name: a: b\n", "utf-8")
    done = run("--lang", lang, "check", folder=tmp_path)
    assert words in done.stderr
    assert {"sv": "Inte byggt: 1 fel.", "en": "Not built: 1 error."}[lang] in done.stderr


@pytest.mark.parametrize(("lang", "words"), [("sv", "Bygg sajten."), ("en", "Build the site.")])
def test_help_is_in_the_language_of_messages(lang: str, words: str) -> None:
    """In the list of commands and for each of them."""
    assert words in run("--lang", lang, "--help").stdout
    assert words in run("--lang", lang, "build", "--help").stdout
