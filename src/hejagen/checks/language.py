"""Rules about plain language, for languages that have a writing guide. They only warn, and a person decides."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from hejagen.checks.links import documents
from hejagen.languages import MAIN, language
from hejagen.languages.language import PlainLanguage
from hejagen.messages import say, untranslated
from hejagen.model.document import Document
from hejagen.model.site import Origin, Site
from hejagen.problems import Finding, Location
from hejagen.reading.markdown import parse
from hejagen.reading.yaml_reader import read_yaml

LONG_WORD = 6
"""Most letters of a word that is not long, in the formula of LIX."""
REPEATED_WORDS = 9
"""Fewest words of a sentence that should stand in one text alone. Shorter ones are often terms or set phrases."""
SENTENCE_END = re.compile(r"(?<=[.!?:])[”\"’)]*\s+")
"""What divides sentences."""
STOPS = re.compile(r"[.!?:]+")
"""What ends a part of a text that LIX counts as a sentence."""
LETTER = re.compile(r"\w")


def _measured(site: Site) -> Iterator[tuple[Document, Origin, PlainLanguage, int]]:
    """Yield the texts in languages with a writing guide, each with its file, the guide and the highest allowed LIX."""
    for content in site.contents.values():
        for items in (content.exercises, content.programs, content.pages):
            for item in items.values():
                if guide := language(item.body.lang).plain:
                    most = guide.lix_exercise if items is content.exercises else guide.lix_text
                    yield item.body, item.origin, guide, most


@cache
def word_pattern(lang: str) -> re.Pattern[str]:
    """Return a pattern that matches each word of a text. A word may contain, or be, a hyphen or a dash."""
    letters = language(lang).letters
    letters = f"0-9A-Za-z{letters}{letters.upper()}"
    return re.compile(f"[{letters}–-]*[{letters}]")


@lru_cache(maxsize=4096)
def readability(passages: tuple[str, ...], lang: str) -> float:
    """Return LIX: words per sentence plus the percentage of words longer than six letters.

    Source: C.-H. Björnsson, Läsbarhet (1968). Each heading and bullet counts as a sentence.
    """
    text = "\n".join(passage if passage[-1:] in ".!?:" else passage + "." for passage in passages if passage)
    words = [word for word in word_pattern(lang).findall(text) if word.strip("–-")]
    parts = [part for part in STOPS.split(text) if LETTER.search(part)]
    if not words or not parts:
        return 0.0
    return len(words) / len(parts) + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)


def lix(site: Site) -> Iterator[Finding]:
    """A text is harder to read than the writing guide allows: LIX over 32 in an exercise, over 36 elsewhere."""
    for document, origin, _, most in _measured(site):
        measured = round(readability(tuple(text for _, text in document.passages), document.lang))
        if measured > most:
            hint = say("write shorter sentences and shorter words")
            yield Finding(
                origin.at(), say("LIX {measured}, at most {most}", measured=measured, most=most), hint, "warning"
            )


def sentences(document: Document) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield each sentence of a text: its line, the sentence, and its words in small letters."""
    for line, text in document.passages:
        for sentence, words in _divided(text, document.lang):
            yield line, sentence, words


@lru_cache(maxsize=1 << 15)
def _divided(text: str, lang: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sentences of a passage with their words. Several rules ask for them, in each build of a preview."""
    words = word_pattern(lang).findall
    return tuple((part, tuple(word.lower() for word in words(part))) for part in SENTENCE_END.split(text))


def long_sentence(site: Site) -> Iterator[Finding]:
    """A sentence has more words than the writing guide allows, which is twenty-five."""
    for document, origin, guide, _ in _measured(site):
        for line, sentence, words in sentences(document):
            if len(words) > guide.sentence:
                message = say("{count} words in a sentence: {sentence}…", count=len(words), sentence=sentence[:50])
                yield Finding(Location(origin.path, line), message, say("make two of it"), "warning")


def word_choice(site: Site) -> Iterator[Finding]:
    """A text uses a word that the writing guide advises against."""
    for document, origin, guide, _ in _measured(site):
        pattern = _words_pattern(tuple(guide.avoid))
        for line, text in document.passages:
            for word in _avoided(text, pattern):
                if instead := guide.avoid.get(word.lower()):  # İ and ı match i, but are other letters
                    message = say('the word "{word}"', word=word)
                    yield Finding(Location(origin.path, line), message, untranslated(instead), "warning")


@lru_cache(maxsize=64)
def _words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=1 << 15)
def _avoided(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return the words of a passage that a pattern matches. A preview asks it of the same passages each time."""
    return tuple(match[0] for match in pattern.finditer(text))


def repeated_sentence(site: Site) -> Iterator[Finding]:
    """Two texts have a sentence in common that is longer than eight words."""
    first: dict[tuple[str, tuple[str, ...]], Location] = {}
    for document, origin, _, _ in _measured(site):
        repeated: dict[str, list[tuple[int, str, Location]]] = {}
        for line, sentence, words in sentences(document):
            if len(words) < REPEATED_WORDS:
                continue
            place = first.setdefault((document.lang, words), Location(origin.path, line))
            if place.path != origin.path:
                repeated.setdefault(place.path, []).append((line, sentence, place))
        for (line, sentence, place), *others in repeated.values():
            message = say('the same sentence as in {place}: "{sentence}…"', place=place, sentence=sentence[:50])
            if others:
                message = say("{message}, and {more} more", message=message, more=len(others))
            yield Finding(Location(origin.path, line), message, say("say it in another way in one of them"), "warning")


@cache
def _samples() -> frozenset[str]:
    """Return the sample texts of `hejagen new` that authors must replace. Headings are left out."""
    asks = re.compile(language(MAIN).starter_asks)
    samples: set[str] = set()
    for name in ("exercise.md", "page.md", "program.yaml"):
        text = files("hejagen").joinpath(f"start/starters/{name}").read_text("utf-8")
        body = text.split("\n---\n")[-1] if name.endswith(".md") else read_yaml(text, name).data["introduction"]
        samples |= {words for _, words in parse(body, MAIN).passages if asks.search(words)}
    return frozenset(samples)


def sample_text(site: Site) -> Iterator[Finding]:
    """A text still contains sample text from `hejagen new`."""
    for _, document, origin in documents(site):
        left = [(line, text) for line, text in document.passages if text in _samples()]
        for line, text in left[:1]:
            message = say('the starting text is left: "{text}"', text=text)
            if more := len(left) - 1:
                message = say('the starting text is left: "{text}", and {more} more', text=text, more=more)
            hint = say("write your own text, or take it out")
            yield Finding(
                Location(origin.path, line),
                message,
                hint,
                "warning",
            )
