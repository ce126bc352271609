"""Rules about finished pages. Most faults are in a template, and the message names the page that shows the fault."""

import posixpath
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.etree import XPath

from hejagen.languages import language
from hejagen.messages import NOTHING, Message, say
from hejagen.model.document import Heading
from hejagen.model.settings import Accessibility
from hejagen.model.site import Exercise, Program, Site, TextPage
from hejagen.output import File
from hejagen.problems import Finding, Location
from hejagen.rendering.pages import Page
from hejagen.words.translate import Translator

SPACES = " \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What Python strips from a text, besides the line breaks and tabs that XPath knows."""
BASICS = {
    "lang": XPath("string(/html/@lang)", smart_strings=False),
    "title": XPath("string(//title)", smart_strings=False),
    "description": XPath("string(//meta[@name='description']/@content)", smart_strings=False),
}
MAINS = XPath("count(//main)")
PICTURES = XPath("//img[not(@alt) or not(@width) or not(@height)]")
WORDLESS = XPath(
    f"//a[@href][not(normalize-space(translate(., '{SPACES}', '')))]"
    "[not(string(@aria-label)) and not(.//img/@alt) and not(ancestor::template)]"
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
IDS = XPath("//@id", smart_strings=False)
NAMING = {
    name: XPath(f"//@{name}", smart_strings=False)
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget")
}
SCRIPTS = XPath("//script[not(@src)]")
STYLES = XPath("boolean(//style|//@style)")
HANDLERS = XPath("//*[@*[starts-with(name(), 'on')]]")
LOADING = XPath(
    "//script/@src|//img/@src|//source/@srcset|//iframe/@src|//object/@data"
    "|//link[@rel!='canonical' and @rel!='alternate']/@href",
    smart_strings=False,
)
ADDRESSES = XPath("//@href|//@src|//@srcset|//form[@method!='post']/@action", smart_strings=False)
HINT = say("the fault is in the template of this page or in a component that it uses")


class FinishedEdition(NamedTuple):
    """The files of an edition, with the site, the words and the pages that they come from."""

    site: Site
    words: Mapping[str, Translator]
    pages: tuple[Page, ...]
    files: tuple[File, ...]


@cache
def _tree(data: bytes) -> Any:
    """Return the parsed page, or None if it is empty."""
    try:
        return lxml.html.document_fromstring(data)
    except lxml.etree.ParserError:
        return None


@cache
def _ids(data: bytes) -> Counter[str]:
    """Return how often each id stands in a page."""
    return Counter(IDS(_tree(data)))


def forget() -> None:
    """Free the parsed pages: they use ten times the memory of their text."""
    _tree.cache_clear()
    _ids.cache_clear()


def _pages(files: tuple[File, ...]) -> Iterator[tuple[File, Any]]:
    """Yield the pages that come from templates, with their parsed trees.

    Downloads were checked as editions of their own. Empty pages are left out; `page_basics` reports them.
    """
    for file in files:
        if file.path.endswith(".html") and file.origin and _tree(file.data) is not None:
            yield file, _tree(file.data)


def _finding(file: File, message: Message, hint: Message = HINT) -> Finding:
    assert file.origin
    return Finding(Location(file.origin.path), say("page {path}: {message}", path=file.path, message=message), hint)


def page_basics(edition: FinishedEdition) -> Iterator[Finding]:
    """A page lacks language, title, description, main landmark or a label, or a picture lacks alt or its size."""
    for file in edition.files:
        if file.path.endswith(".html") and file.origin and _tree(file.data) is None:
            yield _finding(file, say("nothing is in it"))
    for file, tree in _pages(edition.files):
        for what, value in BASICS.items():
            if not value(tree).strip():
                yield _finding(file, say("no {what}", what=what))
        if MAINS(tree) != 1:
            yield _finding(file, say("not exactly one main"))
        for image in PICTURES(tree):
            yield _finding(file, say("a picture without alt, width or height: {picture}", picture=image.get("src")))
        for link in WORDLESS(tree):
            yield _finding(file, say("a link without words: {address}", address=link.get("href")))


def page_headings(edition: FinishedEdition) -> Iterator[Finding]:
    """A page does not have exactly one h1, or its headings skip a level."""
    for file, tree in _pages(edition.files):
        levels = [int(heading.tag[1]) for heading in tree.iter(*HEADINGS)]
        if levels.count(1) != 1:
            yield _finding(file, say("{count} headings of level one", count=levels.count(1)))
        body_levels = [int(heading.tag[1]) for main in tree.iter("main") for heading in main.iter(*HEADINGS)]
        for before, after in pairwise(body_levels):
            if after > before + 1:
                yield _finding(
                    file, say("a heading of level {after} follows one of level {before}", after=after, before=before)
                )


def _headings(page: Page) -> Mapping[str, list[Heading]]:
    """Return the headings of a page's text by anchor, in the order of the text."""
    subject = page.subject
    by_anchor: dict[str, list[Heading]] = {}
    for heading in subject.body.headings if isinstance(subject, Exercise | Program | TextPage) else ():
        by_anchor.setdefault(heading.anchor, []).append(heading)
    return by_anchor


def anchor_taken(edition: FinishedEdition) -> Iterator[Finding]:
    """A heading has the anchor of an earlier heading or of another element: links would lead to the wrong place."""
    pages = {page.path: page for page in edition.pages}
    for file, _ in _pages(edition.files):
        page, ids = pages[file.path], _ids(file.data)
        for anchor, headings in _headings(page).items():
            taken = ids[anchor] > len(headings)
            for number, heading in enumerate(headings):
                if number or taken:
                    message = say('the anchor "{anchor}" is one of the page\'s own', anchor=anchor)
                    if number:
                        message = say('the anchor "{anchor}" is that of a heading above', anchor=anchor)
                    hint = say(
                        "give it another: {marks} {title} {{#another-name}}",
                        marks="#" * heading.level,
                        title=heading.title,
                    )
                    yield Finding(
                        Location(page.origin.path, heading.line),
                        message,
                        hint,
                    )


def repeated_anchor(edition: FinishedEdition) -> Iterator[Finding]:
    """Two elements of a page have the same id, or an ARIA attribute or label names an id that does not exist."""
    pages = {page.path: page for page in edition.pages}
    for file, tree in _pages(edition.files):
        ids = _ids(file.data)
        of_the_text = _headings(pages[file.path])  # anchor_taken reports these
        for name, count in ids.items():
            if count > 1 and name not in of_the_text:
                yield _finding(file, say('the id "{name}" is used {count} times', name=name, count=count))
        for attribute, names in NAMING.items():
            for value in names(tree):
                for name in value.split():
                    if name not in ids:
                        yield _finding(
                            file, say('{attribute} names "{name}", which is not there', attribute=attribute, name=name)
                        )


def inline_code(edition: FinishedEdition) -> Iterator[Finding]:
    """A page contains inline script or style, which its security policy forbids."""
    for file, tree in _pages(edition.files):
        for script in SCRIPTS(tree):
            if not (script.get("type") or "").endswith("json"):
                yield _finding(file, say("a script in the page"))
        if STYLES(tree):
            yield _finding(file, say("a style in the page"))
        for name in {name for element in HANDLERS(tree) for name in element.attrib if name.startswith("on")}:
            yield _finding(file, say("a script in an attribute: {name}", name=name))


def other_origin(edition: FinishedEdition) -> Iterator[Finding]:
    """A page or a style loads something from another site, which would reveal the reader to that site."""
    for file, tree in _pages(edition.files):
        for address in LOADING(tree):
            if re.match(r"(?!data:)[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
                yield _finding(file, say("loads {address}", address=address))


def dead_link(edition: FinishedEdition) -> Iterator[Finding]:
    """A link, script, style or picture of a page leads to a file or an anchor that does not exist."""
    anchors = {file.path: _ids(file.data) for file, _ in _pages(edition.files)}
    paths = {file.path for file in edition.files}
    for file, tree in _pages(edition.files):
        for address in ADDRESSES(tree):
            try:
                parts = urlsplit(address)
            except ValueError:
                yield _finding(file, say("{address} is no address", address=address))
                continue
            # The 404 page may name the root, because servers show it at any depth.
            rooted = file.path.endswith("404.html") and address.startswith("/")
            if parts.scheme or address.startswith("//") or rooted:
                continue
            if message := _dead(address, file.path, unquote(parts.path), unquote(parts.fragment), paths, anchors):
                yield _finding(file, message)


def _dead(
    address: str, page: str, path: str, anchor: str, paths: set[str], anchors: Mapping[str, Container[str]]
) -> Message:
    if path.startswith("/"):
        return say("{address} is not relative", address=address)
    target = _target(posixpath.dirname(page), path) if path else page
    if target not in paths:
        return say("{address} is not there", address=address)
    if anchor and target in anchors and anchor not in anchors[target]:
        return say("{address} has no such anchor", address=address)
    return NOTHING


@lru_cache(maxsize=1 << 15)
def _target(folder: str, path: str) -> str:
    """Return the file that a relative link from a page in a folder leads to. Every page of a folder has its menu."""
    target = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith(("/", ".")) or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target


def statement_page(edition: FinishedEdition) -> Iterator[Finding]:
    """The finished accessibility page lacks a fact that the law requires, such as the actor or a known fault."""
    files = {file.path: file for file in edition.files}
    unseen = "@hidden or @popover or @aria-hidden='true' or self::template or self::script or self::style"
    for page in edition.pages:
        if page.kind.name != "accessibility" or (tree := _tree(files[page.path].data)) is None:
            continue
        page_text = " ".join("".join(tree.xpath(f"//main//text()[not(ancestor::*[{unseen}])]")).split())
        links = {*tree.xpath("//main//a/@href")}
        words = edition.words[page.lang]
        for what, fact in _facts(edition.site.config.accessibility, page.lang, words):
            text = fact if page.lang == edition.site.config.languages[0] else words.gettext(fact)
            if " ".join(text.split()) not in page_text and fact not in links:
                message = say('the statement does not tell {what}: "{fact}"', what=what, fact=fact)
                hint = say("the law asks for it: show it, or take the template of the layer below")
                yield _finding(files[page.path], message, hint)


def _facts(a: Accessibility, lang: str, words: Translator) -> Iterator[tuple[Message, str]]:
    """Yield the name and text of each fact that the page must state: see the items of `Accessibility`."""
    yield say("the actor"), a.actor
    yield say("the service"), a.service
    level = language(lang).conformance.get(a.conformance) or words.label("conformance", a.conformance)
    yield say("how far it follows the law"), level
    yield say("where to report faults"), a.email
    yield say("when one gets an answer"), a.answer_within
    yield say("who supervises"), a.complaint_url
    yield say("how it was assessed"), a.method
    yield say("when it was assessed"), words.date(a.assessed)
    yield say("when it was updated"), words.date(a.updated)
    if a.phone:
        yield say("the telephone"), a.phone
    unfit = (entry for entry in a.documents if not entry.accessible)
    for entry in (*a.faults, *unfit, *a.disproportionate, *a.outside_law):
        for key in ("what", "file", "where", "why", "alternative"):
            if fact := getattr(entry, key, None):
                yield say("a known fault ({key})", key=key), fact
