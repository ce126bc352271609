"""Rules about finished pages. What they find is a fault of a template, told with the page that shows it."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import lxml.html

from hejagen.languages import language
from hejagen.model.document import Heading
from hejagen.model.settings import Accessibility
from hejagen.model.site import Exercise, Program, Site, TextPage
from hejagen.output import File
from hejagen.problems import Finding, Location
from hejagen.rendering.pages import Page
from hejagen.words.translate import Translator

HINT = "the fault is in the template of this page or in a component that it uses"


class Made(NamedTuple):
    """What an edition was made of, and what it came to."""

    site: Site
    words: Mapping[str, Translator]
    pages: tuple[Page, ...]
    files: tuple[File, ...]


@cache
def _tree(data: bytes) -> Any:
    """The page's elements, or None when there is nothing in it."""
    try:
        return lxml.html.document_fromstring(data)
    except lxml.etree.ParserError:
        return None


def forget() -> None:
    """Let go of the pages' elements, which take ten times the room of their text."""
    _tree.cache_clear()


def _pages(files: tuple[File, ...]) -> Iterator[tuple[File, Any]]:
    """The pages that templates have made; what is offered for download was checked when it was made. Of those in which
    nothing is, `page_basics` tells."""
    for file in files:
        if file.path.endswith(".html") and file.origin and _tree(file.data) is not None:
            yield file, _tree(file.data)


def _found(file: File, message: str, hint: str = HINT) -> Finding:
    assert file.origin
    return Finding(Location(file.origin.path), f"page {file.path}: {message}", hint)


def page_basics(made: Made) -> Iterator[Finding]:
    """A page lacks language, title, description, main landmark or a label, or a picture lacks alt or its size."""
    for file in made.files:
        if file.path.endswith(".html") and file.origin and _tree(file.data) is None:
            yield _found(file, "nothing is in it")
    for file, tree in _pages(made.files):
        for what, path in (
            ("lang", "/html/@lang"),
            ("title", "//title/text()"),
            ("description", "//meta[@name='description']/@content"),
        ):
            if not "".join(tree.xpath(path)).strip():
                yield _found(file, f"no {what}")
        if len(tree.xpath("//main")) != 1:
            yield _found(file, "not exactly one main")
        for image in tree.xpath("//img[not(@alt) or not(@width) or not(@height)]"):
            yield _found(file, f"a picture without alt, width or height: {image.get('src')}")
        for link in tree.xpath("//a[@href and not(ancestor::template)]"):
            if not (link.text_content().strip() or link.get("aria-label") or link.xpath(".//img/@alt")):
                yield _found(file, f"a link without words: {link.get('href')}")


def page_headings(made: Made) -> Iterator[Finding]:
    """A page has not exactly one h1, or its headings skip a level."""
    for file, tree in _pages(made.files):
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        if levels.count(1) != 1:
            yield _found(file, f"{levels.count(1)} headings of level one")
        body = tree.xpath("//main//h1|//main//h2|//main//h3|//main//h4|//main//h5|//main//h6")
        own = [int(heading.tag[1]) for heading in body]
        for before, after in pairwise(own):
            if after > before + 1:
                yield _found(file, f"a heading of level {after} follows one of level {before}")


def _headings(page: Page) -> Mapping[str, list[Heading]]:
    """The headings of a page's text by anchor, in the order of the text."""
    subject = page.subject
    by_anchor: dict[str, list[Heading]] = {}
    for heading in subject.body.headings if isinstance(subject, Exercise | Program | TextPage) else ():
        by_anchor.setdefault(heading.anchor, []).append(heading)
    return by_anchor


def anchor_taken(made: Made) -> Iterator[Finding]:
    """A heading has the anchor of a heading above, or one that the page has itself: links would lead astray."""
    pages = {page.path: page for page in made.pages}
    for file, tree in _pages(made.files):
        page, ids = pages[file.path], Counter(tree.xpath("//@id"))
        for anchor, headings in _headings(page).items():
            taken = ids[anchor] > len(headings)
            for number, heading in enumerate(headings):
                if number or taken:
                    whose = "that of a heading above" if number else "one of the page's own"
                    hint = f"give it another: {'#' * heading.level} {heading.title} {{#another-name}}"
                    yield Finding(Location(page.origin.path, heading.line), f'the anchor "{anchor}" is {whose}', hint)


def repeated_anchor(made: Made) -> Iterator[Finding]:
    """Two elements of a page have the same id, or an ARIA attribute or label names an id that is not there."""
    pages = {page.path: page for page in made.pages}
    for file, tree in _pages(made.files):
        ids = Counter(tree.xpath("//@id"))
        of_the_text = _headings(pages[file.path])  # anchor_taken tells of these
        for name, count in ids.items():
            if count > 1 and name not in of_the_text:
                yield _found(file, f'the id "{name}" is used {count} times')
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"):
            for value in tree.xpath(f"//@{attribute}"):
                for name in value.split():
                    if name not in ids:
                        yield _found(file, f'{attribute} names "{name}", which is not there')


def inline_code(made: Made) -> Iterator[Finding]:
    """A page has script or style in itself, which its own security policy forbids."""
    for file, tree in _pages(made.files):
        for script in tree.xpath("//script[not(@src)]"):
            if not (script.get("type") or "").endswith("json"):
                yield _found(file, "a script in the page")
        if tree.xpath("//style|//@style"):
            yield _found(file, "a style in the page")
        for name in {name for element in tree.iter() for name in element.attrib if name.startswith("on")}:
            yield _found(file, f"a script in an attribute: {name}")


def other_origin(made: Made) -> Iterator[Finding]:
    """A page or a style loads something from another site, which would tell that site who reads."""
    loading = (
        "//script/@src|//img/@src|//source/@srcset|//iframe/@src|//object/@data"
        "|//link[@rel!='canonical' and @rel!='alternate']/@href"
    )
    for file, tree in _pages(made.files):
        for address in tree.xpath(loading):
            if re.match(r"(?!data:)[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
                yield _found(file, f"loads {address}")


def dead_link(made: Made) -> Iterator[Finding]:
    """A link, script, style or picture of a page leads to a file or an anchor of the site that is not there."""
    anchors = {file.path: frozenset(tree.xpath("//@id")) for file, tree in _pages(made.files)}
    paths = {file.path for file in made.files}
    for file, tree in _pages(made.files):
        for address in tree.xpath("//@href|//@src|//@srcset|//form[@method!='post']/@action"):
            try:
                parts = urlsplit(address)
            except ValueError:
                yield _found(file, f"{address} is no address")
                continue
            # The 404 page may name the root, because servers show it at any depth.
            rooted = file.path.endswith("404.html") and address.startswith("/")
            if parts.scheme or address.startswith("//") or rooted:
                continue
            if message := _dead(file.path, unquote(parts.path), unquote(parts.fragment), paths, anchors):
                yield _found(file, f"{address} {message}")


def _dead(page: str, path: str, anchor: str, paths: set[str], anchors: dict[str, frozenset[str]]) -> str:
    if path.startswith("/"):
        return "is not relative"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    if path.endswith(("/", ".")) or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in paths:
        return "is not there"
    if anchor and target in anchors and anchor not in anchors[target]:
        return "has no such anchor"
    return ""


def statement_page(made: Made) -> Iterator[Finding]:
    """The finished accessibility page leaves out a fact that the law asks for, such as who answers or a fault."""
    files = {file.path: file for file in made.files}
    unseen = "@hidden or @popover or @aria-hidden='true' or self::template or self::script or self::style"
    for page in made.pages:
        if page.kind.name != "accessibility" or (tree := _tree(files[page.path].data)) is None:
            continue
        said = " ".join("".join(tree.xpath(f"//main//text()[not(ancestor::*[{unseen}])]")).split())
        links = {*tree.xpath("//main//a/@href")}
        words = made.words[page.lang]
        for what, fact in _facts(made.site.config.accessibility, page.lang, words):
            told = fact if page.lang == made.site.config.languages[0] else words.gettext(fact)
            if " ".join(told.split()) not in said and fact not in links:
                message = f'the statement does not tell {what}: "{fact}"'
                hint = "the law asks for it: show it, or take the template of the layer below"
                yield _found(files[page.path], message, hint)


def _facts(a: Accessibility, lang: str, words: Translator) -> Iterator[tuple[str, str]]:
    """What the page must tell, with what each one is called: see the items of `Accessibility`."""
    yield "the actor", a.actor
    yield "the service", a.service
    level = language(lang).conformance.get(a.conformance) or words.label("conformance", a.conformance)
    yield "how far it follows the law", level
    yield "where to report faults", a.email
    yield "when one gets an answer", a.answer_within
    yield "who supervises", a.complaint_url
    yield "how it was assessed", a.method
    yield "when it was assessed", words.date(a.assessed)
    yield "when it was updated", words.date(a.updated)
    if a.phone:
        yield "the telephone", a.phone
    unfit = (entry for entry in a.documents if not entry.accessible)
    for entry in (*a.faults, *unfit, *a.disproportionate, *a.outside_law):
        for key in ("what", "file", "where", "why", "alternative"):
            if fact := getattr(entry, key, None):
                yield f"a known fault ({key})", fact
