"""Swedish compounds are split, so that a search for *ledning* finds *innovationsledning*. The vocabulary is the site's
own words and a short list; nothing is fetched."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[a-zåäöéèü]+")
LONG_WORD = re.compile(r"[A-Za-zÅÄÖåäöÉéÈèÜü]{14,}")
SHORT_WORD = re.compile(r"\b([A-Za-zÅÄÖåäö]{1,2}) (?=\S)")
ENDINGS = ("ernas", "ornas", "arnas", "erna", "orna", "arna", "ens", "ets", "er", "or", "ar", "en", "et", "n", "t", "s")
SHORTEST_PART, SHORTEST_COMPOUND = 4, 9
COMMON = (
    "arbete", "beslut", "chef", "frågor", "grupp", "idé", "kommun", "ledning", "lärande", "möte", "plan", "samtal",
    "styrning", "tid", "utveckling", "verksamhet", "övning", "process", "program", "rapport", "redogörelse",
    "stöd", "tjänst",
)  # fmt: skip
"""Words that end many compounds in the field, in case the site's texts do not use them alone."""


def stem(word: str) -> str:
    """Return a word without its inflection, if at least four letters remain."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_PART:
            return word[: -len(ending)]
    return word


class Vocabulary:
    """The words of all texts of a site."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted = Counter(word for text in texts for word in WORD.findall(text.lower()))
        counted.update(COMMON)
        self._words = frozenset(counted)
        self._stems = frozenset(stem(word) for word in counted if len(word) >= SHORTEST_PART)
        self._starts = Counter(word[:end] for word in counted for end in range(SHORTEST_PART, len(word) + 1))
        self._split = lru_cache(maxsize=None)(self._split_word)

    def parts(self, text: str) -> tuple[str, ...]:
        """Return the last parts of the compounds in a text, sorted: "innovationsledning" gives "ledning"."""
        words = {word for word in WORD.findall(text.lower()) if len(word) >= SHORTEST_COMPOUND}
        return tuple(sorted({part for word in words if (part := self._split(word))}))

    def headline(self, text: str) -> str:
        """Return a heading that breaks well: a soft hyphen before the last part of a long compound, and no line that
        ends with a word of one or two letters."""
        return SHORT_WORD.sub("\\1\u00a0", LONG_WORD.sub(lambda found: self._hyphenated(found[0]), text))

    def _hyphenated(self, word: str) -> str:
        last = self._split(word.lower())
        return f"{word[: -len(last)]}\u00ad{word[-len(last) :]}" if last else word

    def _split_word(self, word: str) -> str:
        for cut in range(3, len(word) - SHORTEST_PART + 1):
            first, last = word[:cut], word[cut:]
            if self._is_word(last) and self._can_begin(first):
                return last
        return ""

    def _is_word(self, last: str) -> bool:
        return last in self._words or stem(last) in self._stems

    def _can_begin(self, first: str) -> bool:
        """A known word, with or without the s or vowel that joins compounds, or the start of two other words."""
        joined = first[:-1] if first[-1] in "soeu" else ""
        return any(
            len(w) >= 3 and (w in self._words or self._starts[w] > 2) for w in (first, joined, first + "a", first + "e")
        )
