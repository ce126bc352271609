"""Tells which words a dictionary has. Hunspell and its Swedish dictionary are installed only to check the spelling."""

import re
import sysconfig
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from hejagen.errors import HejagenError
from hejagen.languages import language
from hejagen.messages import say

ADDRESS = re.compile(
    r"\]\(([^()]|\([^()]*\))*+\)|(https?://|www\.)\S+|(?<!\S)\S*[@\d]\S*|%\(\w+\)s|\{\w+\}|<[^<>]+>|</?\w+"
    r"|(?<![\w./])[\w./]*_\w+|--\w+|(?<!\S)\S+\.(md|yaml|html|csv|json|txt|ics|zip|py|po|svg|png|example|se|org)\b"
)
"""What is no word, although it has letters: addresses, codes, names of files, placeholders."""


class Speller:
    """The words of a language's dictionary, and some more. A compound of words that it has is right too."""

    def __init__(self, lang: str, more: tuple[str, ...] = ()) -> None:
        """`more` are words that the dictionary lacks; one may name, after /, a word that it is inflected as.

        Raises HejagenError when hunspell or the dictionary is not installed.
        """
        folder = Path(sysconfig.get_path("data"), "share", "hunspell")
        name = language(lang).dictionary
        try:
            from hunspell import Hunspell
        except ImportError:
            raise _not_installed() from None
        if not (folder / f"{name}.dic").exists():
            raise _not_installed()
        self._dictionary = Hunspell(name, hunspell_data_dir=str(folder))
        self._names = {line for line in more if line[:1].isupper()}
        for line in more:
            word, _, like = line.partition("/")
            if like:
                self._dictionary.add_with_affix(word, like)
            else:
                self._dictionary.add(word)

    def knows(self, word: str) -> bool:
        """Tell whether a word is right. Of a name in the list, the genitive is right too."""
        return bool(self._dictionary.spell(word)) or (word.endswith("s") and word[:-1] in self._names)

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return words that may be meant. It takes seconds for a long compound."""
        return tuple(self._dictionary.suggest(word))[:3]


@lru_cache(maxsize=4)
def speller(lang: str, more: tuple[str, ...]) -> Speller:
    """Return the speller of a language. To read a dictionary takes a second."""
    return Speller(lang, more)


def _not_installed() -> HejagenError:
    return HejagenError(
        say("The spelling needs hunspell and its Swedish dictionary."),
        say("Run python3 build.py spelling, or: pip install chunspell hunspell-sv"),
    )


def words(text: str, lang: str) -> Iterator[str]:
    """Yield the words of a text that a dictionary can judge: no addresses, codes or abbreviations such as LSS."""
    for match in _word(lang).finditer(ADDRESS.sub(" ", text.replace("\u00ad", ""))):
        if match[0][1:] == match[0][1:].lower():
            yield match[0]


@cache
def _word(lang: str) -> re.Pattern[str]:
    letters = language(lang).letters
    letters = f"A-Za-z{letters}{letters.upper()}àáíóúñçøæßğıšžńćčŠÁ"
    return re.compile(f"(?<![{letters}])[{letters}]{{2,}}(?:-[{letters}]{{2,}})*")
