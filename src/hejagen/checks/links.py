"""Rules about links, pictures and headings in Markdown."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from hejagen.languages import language
from hejagen.messages import Message, say
from hejagen.model.document import Document, Link
from hejagen.model.node import Node
from hejagen.model.site import Content, Origin, Site
from hejagen.problems import NOUNS, Finding, Location, did_you_mean
from hejagen.reading.markdown import KINDS, file_of, marks_in

OUTSIDE = ("https://", "http://", "mailto:", "tel:")
HOST = re.compile(r"https?://\w[\w.-]*(:[0-9]{1,5})?([/?#]|$)")
TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")


def documents(site: Site) -> Iterator[tuple[Content, Document, Origin]]:
    """Yield every text with the content of its language and its file."""
    for content in site.contents.values():
        for items in (content.exercises, content.programs, content.pages):
            for item in items.values():
                yield content, item.body, item.origin


def place(origin: Origin, link: Link) -> Location:
    """Return the location of a link."""
    return Location(origin.path, link.line, link.column)


def broken_link(site: Site) -> Iterator[Finding]:
    """A link in a text leads to a page, exercise, anchor or other thing that does not exist."""
    for content, document, origin in documents(site):
        for link in document.links:
            if link.target.startswith(("https://", "http://")) and not HOST.match(link.target):
                yield Finding(
                    place(origin, link),
                    say('"{target}" is no address', target=link.target),
                    say("copy it anew from the browser"),
                )
            elif not link.target.startswith(OUTSIDE):
                for message, hint in _fault(content, document, link.target):
                    yield Finding(place(origin, link), message, hint)


def _fault(content: Content, document: Document, target: str) -> Iterator[tuple[Message, Message]]:
    key, _, anchor = target.partition("#")
    kind, colon, name = key.partition(":")
    if not key:
        yield from _anchor_fault(anchor, document)
    elif file := file_of(key):
        if file not in content.files:
            hint = say("put it in content/{lang}/files", lang=content.lang)
            yield say('there is no file "{file}" for download', file=file), hint
    elif not colon or kind not in KINDS:
        hint = (
            did_you_mean(kind, [f"{k}:" for k in KINDS], say("write"))
            if colon
            else say("write page:, exercise: or program: and the id")
        )
        yield say('"{target}" leads nowhere', target=target), hint
    else:
        table = _tables(content)[kind]
        if name not in table:
            yield (
                say('there is no {what} "{name}"', what=NOUNS[kind], name=name),
                did_you_mean(name, tuple(table), say("there are")),
            )
        elif anchor and hasattr(table[name], "body"):
            yield from _anchor_fault(anchor, table[name].body)


def _anchor_fault(anchor: str, document: Document) -> Iterator[tuple[Message, Message]]:
    anchors = [heading.anchor for heading in document.headings]
    if anchor not in anchors:
        message = say('there is no heading with the anchor "{anchor}"', anchor=anchor)
        yield message, did_you_mean(anchor, anchors, say("there are"))


def _tables(content: Content) -> Mapping[str, Mapping[str, Any]]:
    return {
        "exercise": content.exercises,
        "program": content.programs,
        "page": content.pages,
        "behaviour": content.behaviours,
        "area": content.areas,
        "term": content.terms,
    }


def empty_link(site: Site) -> Iterator[Finding]:
    """A link has no words, and screen readers cannot say where it leads."""
    for _, document, origin in documents(site):
        for link in document.links:
            if not link.text:
                yield Finding(
                    place(origin, link), say("a link without words"), say("write between [ and ] where it leads")
                )


def vague_link(site: Site) -> Iterator[Finding]:
    """The words of a link mean nothing out of context, such as "här"."""
    for _, document, origin in documents(site):
        vague = language(document.lang).vague_links | language("en").vague_links
        for link in document.links:
            if link.text.lower().strip(" .!") in vague:
                hint = say("let the words say where it leads")
                yield Finding(
                    place(origin, link), say('the link text "{text}" says nothing by itself', text=link.text), hint
                )


def missing_image(site: Site) -> Iterator[Finding]:
    """A picture does not exist, or comes from another site."""
    for content, document, origin in documents(site):
        for image in document.images:
            name = image.target.removeprefix("../").removeprefix("images/")
            if image.target not in (f"images/{name}", f"../images/{name}") or name not in content.images:
                hint = say(
                    "put the file in content/{lang}/images/ and write ![words](images/name.svg)", lang=content.lang
                )
                if close := get_close_matches(name, content.images, n=1):
                    hint = say('did you mean "images/{close}"?', close=close[0])
                yield Finding(place(origin, image), say('there is no picture "{target}"', target=image.target), hint)


def missing_alt(site: Site) -> Iterator[Finding]:
    """A picture has no text for readers who do not see it."""
    for _, document, origin in documents(site):
        for image in document.images:
            if not image.text.strip():
                yield Finding(
                    place(origin, image), say("a picture without words"), say("write between [ and ] what it tells")
                )


def raw_markdown(site: Site) -> Iterator[Finding]:
    """A text shows signs of Markdown that readers do not understand, or a line became a heading by what is below it."""
    for _, document, origin in documents(site):
        for mark in document.marks:
            message = say('readers see "{mark}": nothing is made of it here', mark=mark.text)
            hint = say("write it in another way; docs/reference/content.md says what a text may hold")
            if mark.text in ("---", "==="):
                message = say("the line above {mark} becomes a heading", mark=mark.text)
                hint = say("put an empty line between, or write ## before a heading")
            yield Finding(place(origin, mark), message, hint, "warning")
    for content in site.contents.values():
        for items in (content.exercises, content.programs, content.pages, content.worksheets):
            for item in items.values():
                yield from _marks_in_facts(item.origin)
        for origin in content.origins.values():
            yield from _marks_in_facts(origin)


def _marks_in_facts(origin: Origin) -> Iterator[Finding]:
    for at, mark in _marks_below(origin.root) if origin.root else ():
        message = say('readers see "{mark}": the facts are shown as they are written', mark=mark)
        yield Finding(at, message, say("write it in words"), "warning")


@lru_cache(maxsize=4096)
def _marks_below(root: Node) -> tuple[tuple[Location, str], ...]:
    """Return the first mark in each text of a file, and where that text stands. Most files are those of the last build
    of a preview."""
    return tuple(
        (root.place(*path), marks_in(node.value)[0])
        for path, node in root.walk()
        if isinstance(node.value, str) and path and path[0] != "introduction" and marks_in(node.value)
    )


def html_not_allowed(site: Site) -> Iterator[Finding]:
    """A text contains HTML. The components of the site do the same and are accessible."""
    for _, document, origin in documents(site):
        opened: set[str] = set()
        for raw in document.raw_html:
            tag = TAG.match(raw.text)
            if tag and tag[1] and tag[2].lower() in opened:
                continue  # the end tag of an element that has a finding already
            opened.add(tag[2].lower() if tag else "")
            yield Finding(
                place(origin, raw),
                say("HTML is not allowed: {text}", text=raw.text[:40]),
                say("use Markdown, or remove it"),
            )


def heading_order(site: Site) -> Iterator[Finding]:
    """Headings in a text skip a level, or use # (the title is the page's only heading of level one)."""
    for _, document, origin in documents(site):
        level = 1
        for heading in document.headings:
            at = Location(origin.path, heading.line)
            if heading.level == 1:
                yield Finding(
                    at,
                    say('"{title}" is a heading with one #', title=heading.title),
                    say("write ##: the title comes from the front matter"),
                )
            elif heading.level > level + 1:
                yield Finding(
                    at,
                    say("the heading jumps from level {before} to {after}", before=level, after=heading.level),
                    say("write {value}", value="#" * (level + 1)),
                )
            level = max(heading.level, 2)
