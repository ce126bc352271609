"""Rules about spelling, for languages that have a dictionary. Only the command `spelling` runs them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from hejagen.languages import language
from hejagen.layers.stack import Layers
from hejagen.messages import say
from hejagen.model.node import Node
from hejagen.model.site import Content, Origin, Site
from hejagen.problems import Finding, Location
from hejagen.words.spelling import speller, words
from hejagen.words.translate import translations

FOREIGN = re.compile("authors|method_credit|field_term|[a-z]+_en")
"""Keys of names, and of words in English."""
NO_PROSE = re.compile(r"[a-z0-9_:?&=#-]*")
"""What ids, choices and links to content look like."""
MOST_SUGGESTIONS = 5
"""Words for which hunspell is asked what may be meant: for a long compound that takes it two seconds."""


def misspelling(site: Site) -> Iterator[Finding]:
    """A word is neither in the dictionary nor in the list of words of the project, content/<lang>/spelling.txt."""
    for content in site.contents.values():
        yield from _misspelt(content, _texts(site, content))


def misspelling_in_catalogues(content: Content, layers: Layers) -> Iterator[Finding]:
    """Yield the misspellings in the words of the interface, in the catalogues of all layers."""
    yield from _misspelt(content, translations(layers, content.lang))


def _misspelt(content: Content, texts: Iterator[tuple[Location, str]]) -> Iterator[Finding]:
    if not language(content.lang).dictionary:
        return
    dictionary = speller(content.lang, tuple(entry.word for entry in content.spelling))
    places: dict[str, list[Location]] = {}
    for at, text in texts:
        for word in words(text, content.lang):
            places.setdefault(word, []).append(at)
    wrong = {word: at for word, at in places.items() if not dictionary.knows(word)}
    for number, (word, (at, *others)) in enumerate(sorted(wrong.items(), key=lambda item: item[1][0])):
        message = say('"{word}" is not in the dictionary', word=word)
        if others:
            message = say('"{word}" is not in the dictionary, here and {more} times more', word=word, more=len(others))
        close = dictionary.suggestions(word) if number < MOST_SUGGESTIONS else ()
        hint = say("if it is right, write it in content/{lang}/spelling.txt", lang=content.lang)
        if close:
            hint = say('"{words}"? {hint}', words='", "'.join(close), hint=hint)
        yield Finding(at, message, hint)


def _texts(site: Site, content: Content) -> Iterator[tuple[Location, str]]:
    """Yield what is written in the language of the content: each passage of Markdown and each value in YAML."""
    origins: list[Origin] = [*content.origins.values()]
    if content is next(iter(site.contents.values())):
        origins.append(site.config_origin)
    for items in (content.exercises, content.pages):
        for item in items.values():
            if item.body.lang == content.lang:
                origins.append(item.origin)
                yield from ((Location(item.origin.path, line), text) for line, text in item.body.passages)
    origins += [item.origin for items in (content.programs, content.worksheets) for item in items.values()]
    for origin in origins:
        if origin.root:
            yield from _values(origin.root, of_references=origin is content.origins.get("references.yaml"))


def _values(root: Node, *, of_references: bool) -> Iterator[tuple[Location, str]]:
    """Yield the texts in YAML with the lines that they stand on. Of a reference, only the note is in our words."""
    for path, node in root.walk():
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if not isinstance(node.value, str) or NO_PROSE.fullmatch(node.value) or FOREIGN.fullmatch(key):
            continue
        if of_references and key != "note":
            continue
        for number, line in enumerate(node.value.split("\n")):
            at = node.at
            yield Location(at.path, at.line + number, 1) if at.block else at, line


def word_list(site: Site) -> Iterator[Finding]:
    """The list of words has a word twice, without a reason above it, or not in the order of the alphabet."""
    for content in site.contents.values():
        order = str.maketrans(dict(language(content.lang).collation))
        seen: dict[str, Location] = {}
        for entry in content.spelling:
            if not entry.why:
                hint = say("write a line above it that begins with # and says why these words are right")
                yield Finding(entry.at, say('nothing says why "{word}" is right', word=entry.word), hint, "warning")
            if entry.word in seen:
                message = say('"{word}" stands in {place} too', word=entry.word, place=seen[entry.word])
                yield Finding(entry.at, message, say("take one of them away"), "warning")
            seen.setdefault(entry.word, entry.at)
        for before, entry in pairwise(content.spelling):
            same_group = (before.why, before.at.path) == (entry.why, entry.at.path)
            if same_group and entry.word.lower().translate(order) < before.word.lower().translate(order):
                message = say('"{word}" stands after "{before}"', word=entry.word, before=before.word)
                yield Finding(entry.at, message, say("sort the words below each line with #"), "warning")
