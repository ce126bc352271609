"""Lists of words that the dictionary lacks: one in each layer, and a layer has those of the layers below too."""

from hejagen.layers.stack import Layers
from hejagen.model.site import SpellingWord
from hejagen.problems import Location, Problem

WORD_LIST = "spelling.txt"
"""The file below content/<lang>: a word on each line, below a line that begins with # and says why they are right."""


def read_word_lists(layers: Layers, folder: str) -> tuple[tuple[SpellingWord, ...], list[Problem]]:
    """Return the words of all layers, the lowest layer first, and why a list cannot be read."""
    words: list[SpellingWord] = []
    problems: list[Problem] = []
    for source in layers.all_of(f"{folder}/{WORD_LIST}"):
        text, faults = layers.text(source)
        problems.extend(faults)
        why = ""
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith("#"):
                why = line.strip("# ")
            elif word := line.strip():
                words.append(SpellingWord(word, Location(source.shown, number), why))
    return tuple(words), problems
