"""Split compounds in languages that have them, so that a search for *ledning* finds *innovationsledning*.

The vocabulary is the words of the site and a short list of the language. Nothing is downloaded."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from hejagen.languages import language

SHORTEST_PART, SHORTEST_COMPOUND, LONG_WORD = 4, 9, 14
"""Letters of the shortest last part and compound to split, and of the shortest word that may break in a heading."""
LONGEST = 60
"""Letters of the longest word. What is longer is none, and its beginnings alone would fill the memory."""


@lru_cache(maxsize=4096)
def _words(word: re.Pattern[str], text: str) -> frozenset[str]:
    """Return the words of a text in small letters. A preview asks for those of all texts, in each build."""
    return frozenset(found for found in word.findall(text.lower()) if len(found) <= LONGEST)


def vocabulary(texts: Iterable[str], lang: str) -> "Vocabulary":
    """Return the vocabulary of the texts of a site in one language. Texts with the same words have the same one."""
    word = _word_of(lang)
    return _vocabulary(frozenset().union(*(_words(word, text) for text in texts)), lang)


@lru_cache(maxsize=8)
def _vocabulary(words: frozenset[str], lang: str) -> "Vocabulary":
    return Vocabulary(words, lang)


@cache
def _word_of(lang: str) -> re.Pattern[str]:
    return re.compile(f"[a-z{language(lang).letters}]+")


class Vocabulary:
    """The words of a language, and which of them are compounds. Where it has none, nothing is split."""

    def __init__(self, words: frozenset[str], lang: str) -> None:
        letters, self._compounds = language(lang).letters, language(lang).compounds
        both = f"A-Za-z{letters}{letters.upper()}"
        self._word = _word_of(lang)
        self._long_word = re.compile(f"[{both}]{{{LONG_WORD},}}")
        self._short_word = re.compile(rf"\b([{both}]{{1,2}}) (?=\S)")
        self._words = words.union(self._compounds.common if self._compounds else ())
        self._stems = frozenset(self._stem(word) for word in self._words if len(word) >= SHORTEST_PART)
        self._starts = Counter(word[:end] for word in self._words for end in range(SHORTEST_PART, len(word) + 1))
        self._split = lru_cache(maxsize=None)(self._split_word)
        self.parts = lru_cache(maxsize=4096)(self._parts)
        """Returns the last parts of the compounds in a text, sorted: "innovationsledning" gives "ledning"."""

    def _parts(self, text: str) -> tuple[str, ...]:
        words = (word for word in _words(self._word, text) if len(word) >= SHORTEST_COMPOUND)
        return tuple(sorted({part for word in words if (part := self._split(word))}))

    def headline(self, text: str) -> str:
        """Return a heading with good line breaks.

        A long compound gets a soft hyphen before its last part, and no line ends with a word of one or two letters.
        """
        return self._short_word.sub("\\1\u00a0", self._long_word.sub(lambda word: self._hyphenated(word[0]), text))

    def _hyphenated(self, word: str) -> str:
        last = self._split(word.lower())
        return f"{word[: -len(last)]}\u00ad{word[-len(last) :]}" if last else word

    def _split_word(self, word: str) -> str:
        """Return the last part of a compound, or "" for a word that is not a compound."""
        for cut in range(3, len(word) - SHORTEST_PART + 1) if self._compounds and len(word) <= LONGEST else ():
            first, last = word[:cut], word[cut:]
            if self._is_word(last) and self._can_begin(first):
                return last
        return ""

    def _is_word(self, last: str) -> bool:
        return last in self._words or self._stem(last) in self._stems

    def _can_begin(self, first: str) -> bool:
        """Tell whether a compound can begin with this.

        It must be a known word, with or without the letter that joins compounds or that the word lost there, or the
        start of two other words.
        """
        assert self._compounds
        joined = first[:-1] if first[-1] in self._compounds.joints else ""
        whole = (first + letter for letter in self._compounds.lost)
        return any(len(w) >= 3 and (w in self._words or self._starts[w] > 2) for w in (first, joined, *whole))

    def _stem(self, word: str) -> str:
        """Return a word without its inflection, if at least four letters remain."""
        for ending in self._compounds.endings if self._compounds else ():
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_PART:
                return word[: -len(ending)]
        return word
