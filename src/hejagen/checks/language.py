"""Rules about plain Swedish, from the writing guide. They warn; a person decides."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from hejagen.model.document import Document
from hejagen.model.site import Content, Origin, Site
from hejagen.problems import Finding, Location
from hejagen.reading.markdown import parse
from hejagen.reading.yaml_reader import read_yaml

LIX_EXERCISE, LIX_TEXT = 32, 36
MAX_SENTENCE = 20
LONG_WORD = 6
AVOID = {
    "man": "skriv du, ni eller vem som gör det",
    "implementera": "skriv inför eller börja använda",
    "facilitera": "skriv led samtalet",
    "adressera": "skriv ta itu med",
    "säkerställa": "skriv se till att",
    "säkerställ": "skriv se till att",
    "möjliggöra": "skriv gör det lättare att",
    "lyfta": "skriv ta upp eller säg",
    "landa": "skriv komma fram till",
    "verka för": "skriv vem som gör vad",
    "jobba med": "skriv vad ni gör",
    "ta höjd för": "skriv räkna med",
}
"""Words to avoid in Swedish, with what to write instead."""
ASKS = re.compile(r"\b[Ss]kriv\b.*\.$")
"""What a starting text asks for; its headings and the words that may stay do not ask."""
WORDS = re.compile(r"[0-9A-Za-zÅÄÖåäöÉéÜü–-]*[0-9A-Za-zÅÄÖåäöÉéÜü]")


def _swedish(site: Site) -> Iterator[tuple[Content, Document, Origin, int]]:
    content = site.contents.get("sv")
    if content is None:
        return
    for exercise in content.exercises.values():
        yield content, exercise.body, exercise.origin, LIX_EXERCISE
    for program in content.programs.values():
        yield content, program.body, program.origin, LIX_TEXT
    for page in content.pages.values():
        if page.meta.language in (None, "sv"):
            yield content, page.body, page.origin, LIX_TEXT


def readability(passages: tuple[str, ...]) -> float:
    """Return LIX: words per sentence plus the percentage of words longer than six letters.

    Source: C.-H. Björnsson, Läsbarhet (1968). Headings and bullets count as sentences of their own.
    """
    text = "\n".join(passage if passage[-1:] in ".!?:" else passage + "." for passage in passages if passage)
    words = [word for word in WORDS.findall(text) if word.strip("–-")]
    sentences = [part for part in re.split(r"[.!?:]+", text) if re.search(r"\w", part)]
    if not words or not sentences:
        return 0.0
    return len(words) / len(sentences) + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)


def lix(site: Site) -> Iterator[Finding]:
    """A text is harder to read than the writing guide allows: LIX over 32 in an exercise, over 36 elsewhere."""
    for _, document, origin, most in _swedish(site):
        found = readability(tuple(text for _, text in document.passages))
        if found > most:
            hint = "write shorter sentences and shorter words"
            yield Finding(origin.at(), f"LIX {found:.0f}, at most {most}", hint, "warning")


def long_sentence(site: Site) -> Iterator[Finding]:
    """A sentence has more than twenty words."""
    for _, document, origin, _ in _swedish(site):
        for line, text in document.passages:
            for sentence in re.split(r"(?<=[.!?:])[”\"’)]*\s+", text):
                count = len(WORDS.findall(sentence))
                if count > MAX_SENTENCE:
                    message = f"{count} words in a sentence: {sentence[:50]}…"
                    yield Finding(Location(origin.path, line), message, "make two of it", "warning")


def word_choice(site: Site) -> Iterator[Finding]:
    """A word that the writing guide asks us to avoid."""
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, AVOID))})(?![\w-])", re.IGNORECASE)
    for _, document, origin, _ in _swedish(site):
        for line, text in document.passages:
            for found in pattern.finditer(text):
                yield Finding(Location(origin.path, line), f'the word "{found[0]}"', AVOID[found[0].lower()], "warning")


@cache
def _samples() -> frozenset[str]:
    """What the files that `new` starts ask their author to write."""
    found: set[str] = set()
    for name in ("exercise.md", "page.md", "program.yaml"):
        text = files("hejagen").joinpath(f"start/starters/{name}").read_text("utf-8")
        body = text.split("\n---\n")[-1] if name.endswith(".md") else read_yaml(text, name).data["introduction"]
        found |= {words for _, words in parse(body).passages if ASKS.search(words)}
    return frozenset(found)


def sample_text(site: Site) -> Iterator[Finding]:
    """A text is still as `hejagen new` wrote it."""
    for _, document, origin, _ in _swedish(site):
        left = [(line, text) for line, text in document.passages if text in _samples()]
        for line, text in left[:1]:
            more = f", and {len(left) - 1} more" if left[1:] else ""
            hint = "write your own text, or take it out"
            yield Finding(Location(origin.path, line), f'the starting text is left: "{text}"{more}', hint, "warning")
