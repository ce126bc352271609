"""Rules about languages: a page is in the language that it says, and so are the names that are heard on it."""

import re
from collections.abc import Iterator

from hejagen.checks.edition import Fault, FinishedEdition
from hejagen.checks.markup import Markup
from hejagen.languages import TOLD_APART, language
from hejagen.messages import say

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 400
"""Words of a page that are looked at."""
ENOUGH = 12
"""Common words that tell a language. Fewer may be a quotation or a name."""
TIMES = 3
"""How many times as many of them another language must have."""
SPOKEN = ("aria-label", "alt", "title", "placeholder", "aria-roledescription", "aria-description", "aria-valuetext")
"""Attributes that are read aloud."""


def _hits(words: list[str], lang: str) -> int:
    common = language(lang).common_words
    return sum(word in common for word in words)


def page_tongue(edition: FinishedEdition) -> Iterator[Fault]:
    """The words of a page are in another language than its lang says, and would be read aloud with the wrong voice."""
    for page, _, markup in edition.read:
        html, main = next(iter(markup.all("html")), -1), next(iter(markup.all("main")), -1)
        if html < 0 or main < 0:
            continue
        lang = _lang(markup, main)
        if fault := _other(_sample(markup, main), lang):
            message = say('lang="{lang}", but the words are those of {other}', lang=lang, other=fault)
            at = main if "lang" in markup.tags[main].attributes else html
            hint = say("translate the words, or write lang={lang}", lang=fault)
            yield Fault(page, at, message, hint, lost="lang=")


def _sample(markup: Markup, main: int) -> list[str]:
    """Return words of the page's own language: those of parts in another are held by `part-tongue`."""
    words: list[str] = []
    parts = [range(markup.first[part], markup.last[part]) for part in markup.all("@lang") if part > main]
    for at in range(markup.first[main], markup.last[main]):
        if any(at in part for part in parts):
            continue
        words += WORD.findall(markup.texts[at].lower())
        if len(words) > SAMPLE:
            break
    return words


def _lang(markup: Markup, number: int) -> str:
    around = (markup.tags[n].get("lang") for n in (number, *markup.up(number)))
    return next((lang for lang in around if lang), "").partition("-")[0].lower()


def _other(words: list[str], lang: str) -> str:
    """Return the language that words are in, if it is plainly another than `lang`; else ""."""
    here = _hits(words, lang)
    for other in TOLD_APART:
        if other != lang and _hits(words, other) >= max(ENOUGH, TIMES * here):
            return other
    return ""


def part_tongue(edition: FinishedEdition) -> Iterator[Fault]:
    """A part of a page is marked as another language than its words are."""
    for page, _, markup in edition.read:
        for number in markup.all("@lang"):
            tag = markup.tags[number]
            if tag.name in ("html", "body", "main") or markup.unheard(number):
                continue
            lang, words = tag.get("lang").partition("-")[0].lower(), WORD.findall(markup.text(number).lower())
            for other in TOLD_APART:
                hits = _hits(words, other) if other != lang else 0
                if hits >= 3 and language(lang).common_words and not _hits(words, lang):
                    message = say('lang="{lang}", but the words are those of {other}', lang=lang, other=other)
                    yield Fault(page, number, message, say("write lang={lang}", lang=other), words=markup.text(number))


def foreign_name(edition: FinishedEdition) -> Iterator[Fault]:
    """What a screen reader says of a control or picture is English on a page in another language."""
    for page, _, markup in edition.read:
        seen: dict[str, bool] = {}
        for attribute in (*SPOKEN, "button", "summary", "label", "legend"):
            key = f"@{attribute}" if attribute in SPOKEN else attribute
            for number in markup.all(key):
                said = markup.tags[number].get(attribute) if attribute in SPOKEN else markup.heard(number)
                if said not in seen:
                    seen[said] = _english(said)
                if seen[said] and _lang(markup, number) not in ("en", ""):
                    lang = _lang(markup, number)
                    message = say('English in the mouth of a page in {lang}: "{words}"', lang=lang, words=said)
                    yield Fault(page, number, message, say("write it in the language of the page"), words=said)


def _english(said: str) -> bool:
    """Tell whether all words of a name are English, and one of them is none of another language's interface."""
    words = WORD.findall(said.lower())
    known = language("en")
    return (
        bool(words)
        and all(w in known.interface_words or w in known.common_words for w in words)
        and any(w in known.interface_words for w in words)
    )
