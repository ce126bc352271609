"""Translations: what they are made from, and what the base has in English."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from babel.messages.pofile import read_po

from hejagen.content.translations import changed_sources, source_hash
from hejagen.editions import EDITIONS
from hejagen.editions.disk import disk_pages
from hejagen.layers.stack import stack
from hejagen.layers.survey import survey
from hejagen.pipeline import Loaded, Shared, gather, make, read
from hejagen.rendering.pages import Page, counterpart, original, pages
from tests.conftest import DAY, ROOT
from tests.helpers import change, exercise, layer

pytestmark = pytest.mark.build

SWEDISH = re.compile(r"(?i)\b(och|inte|är|att|för|som|på|övning(ar)?|alla|välj|skriv|gör|spara|vecka|läs)\b")
"""Words that no English text has, but for those that are marked as Swedish."""
SHOWN = ("alt", "aria-label", "content", "placeholder", "title", "value")
"""Attributes whose words readers meet. Those for scripts are looked at too: they begin with data-."""
NAMES = re.compile(r"\S*[-/:]\S*")
"""Ids and addresses, which are the same in all languages."""
MARKED = "ancestor-or-self::*[@lang][1]/@lang"


@cache
def loaded() -> Loaded:
    """The base, read once."""
    return read((ROOT,), DAY)


@cache
def shared() -> Shared:
    """The templates, styles, scripts and catalogues of all languages."""
    return gather(loaded(), pages(loaded().site))


@cache
def english() -> dict[str, lxml.html.HtmlElement]:
    """The finished pages in English, by path. No others are made."""
    site = loaded()
    own = tuple(page for page in pages(site.site) if page.lang == "en")
    files = make(site, own, shared(), replace(EDITIONS["web"], pages=lambda site, layers, every: (every, []))).files
    return {file.path: lxml.html.document_fromstring(file.data) for file in files if file.path.endswith(".html")}


def said(lang: str) -> dict[str, str]:
    """The catalogue of a language: what the interface says, by the English of the program."""
    with (ROOT / f"layouts/locale/{lang}/LC_MESSAGES/messages.po").open("rb") as file:
        return {entry.id: entry.string for entry in read_po(file) if isinstance(entry.id, str) and entry.id}


def words(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Every text of a page that is marked as English, and every attribute that is shown or that scripts show."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.xpath(MARKED) != ["en"] or element.tag in ("script", "style"):
            continue
        yield element.text or ""
        yield from (value for name, value in element.attrib.items() if name in SHOWN or name.startswith("data-"))
    for element in tree.iter():
        around = element.getparent()
        if around is not None and element.tail and around.xpath(MARKED) == ["en"]:
            yield element.tail


def test_no_swedish_word_is_left_on_an_english_page() -> None:
    """What stands on a page in English is in English, unless it is marked as Swedish; with the words for scripts."""
    interface = {text for text in said("sv").values() if text} - said("sv").keys() - set(said("en").values())
    left: dict[str, set[str]] = {}
    for path, tree in english().items():
        for text in words(tree):
            swedish = {match[0] for match in SWEDISH.finditer(NAMES.sub(" ", text))} | ({text.strip()} & interface)
            left.setdefault(path, set()).update(swedish)
    assert {path: swedish for path, swedish in left.items() if swedish} == {}


def test_nothing_in_the_english_catalogue_for_scripts_is_swedish() -> None:
    """Min träning and the search show titles and questions from a file of their own."""
    scripts = {file.path: file.data.decode() for file in shared().assets.files if ".en." in file.path}
    addresses = re.compile(r'"(path|run_path|follow_up_path)":"[^"]*"|"[a-z0-9_-]+"')
    texts = {path: addresses.sub("", text) for path, text in scripts.items()}
    assert len(texts) == 2
    assert {path: match[0] for path, text in texts.items() if (match := SWEDISH.search(text))} == {}


def test_twelve_exercises_and_two_programs() -> None:
    """Each exercise of an English program is in English, and has the facts of the Swedish one."""
    swedish, translated = loaded().site.contents["sv"], loaded().site.contents["en"]
    assert (len(translated.exercises), len(translated.programs)) == (12, 2)
    for name, item in translated.exercises.items():
        own, theirs = item.meta, swedish.exercises[name].meta
        assert own.source and own.source.hash
        for fact in ("code", "minutes", "short_minutes", "group_size", "trained_behaviours", "laws", "references"):
            assert getattr(own, fact) == getattr(theirs, fact), (name, fact)
        assert [step.minutes for step in own.steps] == [step.minutes for step in theirs.steps], name
    for name, program in translated.programs.items():
        assert program.meta.load == swedish.programs[name].meta.load


def test_a_page_leads_to_its_translation() -> None:
    """A page with an address of its own in each language is known by what it is translated from."""
    by_lang: dict[str, dict[str, Page]] = {"sv": {}, "en": {}}
    for page in pages(loaded().site):
        by_lang[page.lang] |= {original(page): page, page.key: page}
    pairs = {"page:om": "page:about", "page:ovningar": "page:exercises", "page:integritet": "page:privacy"}
    for swedish, translated in pairs.items():
        there = counterpart(by_lang["sv"][swedish], by_lang["en"])
        back = counterpart(by_lang["en"][translated], by_lang["sv"])
        assert (there and there.key, back and back.key) == (translated, swedish)
    assert counterpart(by_lang["sv"]["page:utan-nat"], by_lang["en"]) is None


def test_a_language_can_be_online_only() -> None:
    """Copies for a disk leave out the pages of a language that is online only, and never the main one."""
    site = loaded()
    every = pages(site.site)
    shown, _ = disk_pages(site.site, site.survey.layers, every)
    assert {page.lang for page in shown} == {"sv"}
    for left_out, langs in (((), {"sv", "en"}), (("sv",), {"sv", "en"}), (("fi",), {"sv", "en"})):
        config = site.site.config.model_copy(update={"online_only": left_out})
        shown, _ = disk_pages(replace(site.site, config=config), site.survey.layers, every)
        assert {page.lang for page in shown} == langs


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("title: Prov\n", "title: Något annat\n", True),
        ("status: reviewed", "status: tested", False),
        ('last_reviewed: "2026-11-24"', 'last_reviewed: "2026-11-25"', False),
    ],
)
def test_the_hash_tells_what_a_reader_would_see(tmp_path: Path, old: str, new: str, changes: bool) -> None:
    """A new word changes the hash of a text. A new date of review does not, and a translation is not told of it."""
    own = layer(tmp_path / "own", prov=exercise("prov", "Prov"))

    def hashed() -> str:
        pieces = survey(stack((own,))).overlays["sv"].texts["exercises"]
        return next(source_hash(piece) for piece in pieces if piece.key == "exercises/prov")

    before = hashed()
    change(own / "content/sv/exercises/prov.md", old, new)
    assert (hashed() != before) is changes


def test_a_layer_has_the_languages_that_it_names(tmp_path: Path) -> None:
    """A layer without `languages` has the main one alone; one that names English has the base's, and nothing to tell.

    What it changes in Swedish is its own, and no reason to change the base's English.
    """
    plain = survey(stack((layer(tmp_path / "plain", "name: Prov\n"),)))
    assert plain.settings.languages == ("sv",)
    own = layer(tmp_path / "own", "languages: [sv, en]\n")
    (own / "content/sv/pages").mkdir(parents=True)
    text = (ROOT / "content/sv/pages/om.md").read_text("utf-8")
    (own / "content/sv/pages/om.md").write_text(text.replace("Om HEJA", "Om oss"), "utf-8")
    both = survey(stack((own,)))
    assert both.settings.languages == ("sv", "en")
    assert list(changed_sources(both)) == list(changed_sources(loaded().survey))
