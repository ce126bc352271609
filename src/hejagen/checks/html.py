"""Rules about finished pages: what every page has, its anchors, its links, and what it may load."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from hejagen.checks.edition import Fault, FinishedEdition
from hejagen.checks.outline import Target, addressed, target_of
from hejagen.languages import language
from hejagen.messages import Message, say
from hejagen.model.document import Heading
from hejagen.model.settings import SiteFile
from hejagen.model.site import Exercise, Program, TextPage
from hejagen.problems import Finding, Location
from hejagen.rendering.pages import Page
from hejagen.words.translate import Translator

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NAMING = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "popovertarget")
"""Attributes that name ids of the same page."""
LOADING = {"script": "src", "img": "src", "source": "srcset", "iframe": "src", "object": "data", "link": "href"}
"""What a page loads by itself, by element."""
NOT_LOADED = ("canonical", "alternate")
"""Kinds of link elements that only tell."""
OTHER_ORIGIN = re.compile(r"(?!data:)[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def page_basics(edition: FinishedEdition) -> Iterator[Fault]:
    """A page lacks language, title, description or main landmark, or a picture lacks alt or its size."""
    for page, _, markup in edition.read:
        if not markup.tags:
            yield Fault(page, -1, say("nothing is in it"))
            continue
        html = next(iter(markup.all("html")), -1)
        if html < 0 or not markup.tags[html].get("lang").strip():
            yield Fault(page, html, say("no {what}", what="lang"), lost="lang=")
        titles = [title for title in markup.all("title") if not markup.inside(title, "svg")]
        if not any(markup.text(title) for title in titles):
            yield Fault(page, titles[0] if titles else html, say("no {what}", what="title"), lost="<title")
        descriptions = [meta for meta in markup.all("meta") if markup.tags[meta].get("name") == "description"]
        if not any(markup.tags[meta].get("content").strip() for meta in descriptions):
            at = descriptions[0] if descriptions else html
            yield Fault(page, at, say("no {what}", what="description"), lost='name="description"')
        mains = markup.all("main")
        if len(mains) != 1:
            at = mains[-1] if mains else next(iter(markup.all("body")), -1)
            yield Fault(page, at, say("not exactly one main"), lost="<main")
        for picture in markup.all("img"):
            tag = markup.tags[picture]
            if "alt" not in tag.attributes or not tag.get("width") or not tag.get("height"):
                message = say("a picture without alt, width or height: {picture}", picture=tag.get("src"))
                yield Fault(page, picture, message)


def page_headings(edition: FinishedEdition) -> Iterator[Fault]:
    """A page does not have exactly one h1, or its headings skip a level."""
    for page, _, markup in edition.read:
        headings = sorted(markup.all(*HEADINGS))
        first = [number for number in headings if markup.tags[number].name == "h1"]
        if markup.tags and len(first) != 1:
            at = first[-1] if first else next(iter(markup.all("main")), -1)
            yield Fault(page, at, say("{count} headings of level one", count=len(first)), lost="<h1")
        levels = [(number, int(markup.tags[number].name[1])) for number in headings]
        for (_, before), (number, after) in pairwise(levels):
            if after > before + 1:
                message = say("a heading of level {after} follows one of level {before}", after=after, before=before)
                yield Fault(page, number, message)


def _headings(page: Page) -> Mapping[str, list[Heading]]:
    """Return the headings of a page's text by anchor, in the order of the text."""
    subject = page.subject
    by_anchor: dict[str, list[Heading]] = {}
    for heading in subject.body.headings if isinstance(subject, Exercise | Program | TextPage) else ():
        by_anchor.setdefault(heading.anchor, []).append(heading)
    return by_anchor


def anchor_taken(edition: FinishedEdition) -> Iterator[Finding]:
    """A heading has the anchor of an earlier heading or of another element: links would lead to the wrong place."""
    for page, _, markup in edition.read:
        ids = markup.ids
        for anchor, headings in _headings(page).items():
            taken = len(ids.get(anchor, ())) > len(headings)
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
                    yield Finding(Location(page.origin.path, heading.line), message, hint)


def repeated_anchor(edition: FinishedEdition) -> Iterator[Fault]:
    """Two elements of a page have the same id, or an ARIA attribute or label names an id that does not exist."""
    for page, _, markup in edition.read:
        ids, of_the_text = markup.ids, _headings(page)  # anchor_taken reports those of the text
        for name, elements in ids.items():
            if len(elements) > 1 and name not in of_the_text:
                message = say('the id "{name}" is used {count} times', name=name, count=len(elements))
                yield Fault(page, elements[-1], message, others=tuple(elements[:-1]))
        for attribute in NAMING:
            for number in markup.all(f"@{attribute}"):
                for name in markup.tags[number].get(attribute).split():
                    if name not in ids:
                        message = say('{attribute} names "{name}", which is not there', attribute=attribute, name=name)
                        yield Fault(page, number, message, lost=f'id="{name}"')


def inline_code(edition: FinishedEdition) -> Iterator[Fault]:
    """A page contains inline script or style, which its security policy forbids."""
    for page, _, markup in edition.read:
        for script in markup.all("script"):
            tag = markup.tags[script]
            if "src" not in tag.attributes and not tag.get("type").endswith("json"):
                yield Fault(page, script, say("a script in the page"))
        for style in markup.all("style", "@style"):
            yield Fault(page, style, say("a style in the page"))
        for key in markup.index:
            if key.startswith("@on"):
                for number in markup.all(key):
                    yield Fault(page, number, say("a script in an attribute: {name}", name=key[1:]))
        for number in markup.all("a"):
            if markup.tags[number].get("href").strip().lower().startswith("javascript:"):
                yield Fault(page, number, say("a script for an address"), say("use a button and a script of its own"))


def other_origin(edition: FinishedEdition) -> Iterator[Fault]:
    """A page or a style loads something from another site, which would reveal the reader to that site."""
    for page, _, markup in edition.read:
        for name, attribute in LOADING.items():
            for number in markup.all(name):
                tag = markup.tags[number]
                address = tag.get(attribute)
                if OTHER_ORIGIN.match(address) and tag.get("rel") not in NOT_LOADED:
                    yield Fault(page, number, say("loads {address}", address=address))


def dead_link(edition: FinishedEdition) -> Iterator[Fault]:
    """A link, script, style or picture of a page leads to a file or an anchor that does not exist."""
    outlines = edition.outlines
    paths = {file.path for file in edition.files}
    # Of an empty page `page-basics` tells, and nobody need be told that links into it lead nowhere.
    anchors = {path: outline.anchors for path, outline in outlines.items() if outline.anchors is not None}
    targets = frozenset[Target]().union(*(outline.targets for outline in outlines.values()))
    dead = {
        (path, anchor)
        for path, anchor in targets
        if path not in paths or (anchor and path in anchors and anchor not in anchors[path])
    }
    for path in [path for path, outline in outlines.items() if not dead.isdisjoint(outline.targets)]:
        markup = edition.markup(path)
        for number, attribute in addressed(markup):
            address = markup.tags[number].attributes[attribute]
            target = target_of(address, path)
            if target in dead:
                message = _dead(address, target[0] in paths)
                lost = f'id="{address.partition("#")[2] or address}"'
                yield Fault(edition.finished[path][0], number, message, lost=lost)


def _dead(address: str, is_file: bool) -> Message:
    """Return what is wrong with an address that leads nowhere, or to a file that lacks the anchor."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return say("{address} is no address", address=address)
    if unquote(parts.path).startswith("/"):
        return say("{address} is not relative", address=address)
    if not is_file:
        return say("{address} is not there", address=address)
    return say("{address} has no such anchor", address=address)


def statement_page(edition: FinishedEdition) -> Iterator[Fault]:
    """The finished accessibility page lacks a fact that the law requires, such as the actor or a known fault."""
    for page, _, markup in edition.read:
        if page.kind.name != "accessibility" or not markup.all("main"):
            continue
        main = markup.all("main")[0]
        page_text = markup.shown(main)
        links = {markup.tags[link].get("href") for link in markup.all("a") if markup.inside(link, "main")}
        words = edition.words[page.lang]
        for what, fact in _facts(edition.site.config, page.lang, words):
            text = fact if page.lang == edition.site.config.languages[0] else words.gettext(fact)
            if " ".join(text.split()) not in page_text and fact not in links:
                message = say('the statement does not tell {what}: "{fact}"', what=what, fact=fact)
                hint = say("the law asks for it: show it, or take the template of the layer below")
                yield Fault(page, main, message, hint, lost="{{")


def _facts(config: SiteFile, lang: str, words: Translator) -> Iterator[tuple[Message, str]]:
    """Yield the name and text of each fact that the page must state: see the items of `Accessibility`."""
    a = config.accessibility
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
    if phone := a.phone or config.publisher.phone:
        yield say("the telephone"), phone
    unfit = (entry for entry in a.documents if not entry.accessible)
    for entry in (*a.faults, *unfit, *a.disproportionate, *a.outside_law):
        for key in ("what", "file", "where", "why", "alternative"):
            if fact := getattr(entry, key, None):
                yield say("a known fault ({key})", key=key), fact
