"""What rules about finished pages look at, and from which line of which file each fault comes.

A rule yields faults of elements. Only when there are any, their pages are rendered once more with marks that tell which
template wrote each element. A fault that one line causes on many pages is told once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from hejagen.checks.markup import Markup, read
from hejagen.checks.outline import Outline
from hejagen.layers.stack import Layers, Source
from hejagen.messages import NOTHING, Message, say
from hejagen.model.document import Document
from hejagen.model.site import Exercise, Program, Site, TextPage
from hejagen.output import File
from hejagen.problems import Level, Location, Problem
from hejagen.rendering.pages import Page
from hejagen.rendering.trace import MARK, Tracer
from hejagen.words.translate import Translator

NAMED = 3
"""Pages that a message names when a fault is on many."""
WHOLE = frozenset(("html", "head", "body", "main"))
"""Elements that stand for the page when something is missing in it."""
LETTERS = re.compile(r"\W+")


@dataclass(frozen=True)
class FinishedEdition:
    """The files of an edition, with the site, the layers, the words and the pages that they come from."""

    name: str
    site: Site
    layers: Layers
    words: Mapping[str, Translator]
    pages: tuple[Page, ...]
    files: tuple[File, ...]
    trace: Tracer
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    """The outlines of all pages, by path: for rules that compare pages."""

    @cached_property
    def finished(self) -> Mapping[str, tuple[Page, File]]:
        """The pages that come from templates, with their files, by path.

        Downloads were checked as editions of their own.
        """
        pages = {page.path: page for page in self.pages}
        return {
            file.path: (pages[file.path], file) for file in self.files if file.path.endswith(".html") and file.origin
        }

    def alone(self, path: str) -> "FinishedEdition":
        """Return an edition of one page only: for rules that look at each page alone."""
        page, file = self.finished[path]
        return replace(self, pages=(page,), files=(file,))

    @cached_property
    def read(self) -> tuple[tuple[Page, File, Markup], ...]:
        """The pages, their files, and what is in them."""
        return tuple((page, file, self.markup(path)) for path, (page, file) in self.finished.items())

    def markup(self, path: str) -> Markup:
        """Return what is in a page."""
        if path not in self._markup:
            self._markup[path] = read(self.finished[path][1].data.decode())
        return self._markup[path]

    @cached_property
    def _markup(self) -> dict[str, Markup]:
        return {}


class Fault(NamedTuple):
    """What a rule about finished pages yields: a fault of an element of a page, -1 for the page as a whole.

    `lost` is what a template should write and none did, such as "<main"; `words` those that are at fault, as the page
    has them. They tell which file to blame.
    """

    page: Page
    element: int
    message: Message
    hint: Message = NOTHING
    level: Level = "error"
    lost: str = ""
    words: str = ""
    others: tuple[int, ...] = ()
    """Elements that cause the fault together with this one."""


class _Place(NamedTuple):
    """A place in a file of a layer; `by` names the template of the base that shows what is written there."""

    at: Location
    by: str = ""
    written: bool = False
    """Whether an author wrote it there: other faults in that place have other causes."""


def located(faults: Iterable[tuple[str, Fault]], edition: FinishedEdition) -> Iterator[Problem]:
    """Yield the problems that faults come to, each with the place of its cause, and once with all its pages.

    `faults` come with the names of their rules.
    """
    origins: dict[str, _Origins] = {}
    causes: dict[tuple[object, ...], list[Fault]] = {}
    places: dict[tuple[object, ...], _Place] = {}
    said: dict[tuple[object, ...], list[Message]] = {}
    for rule, fault in faults:
        if fault.page.path not in origins:
            origins[fault.page.path] = _Origins(edition, fault.page)
        place = origins[fault.page.path].of(fault)
        # What differs between pages, such as an address, is said once; what differs within one page, each.
        of_page = said.setdefault((rule, place.at, fault.message.msgid, fault.page.path), [])
        if fault.message not in of_page:
            of_page.append(fault.message)
        cause = fault.message if place.written else (fault.message.msgid, of_page.index(fault.message))
        key: tuple[object, ...] = (rule, place.at, fault.level, cause)
        causes.setdefault(key, []).append(fault)
        places[key] = place
    for key, of_one_cause in causes.items():
        first = of_one_cause[0]
        message = _with_pages(first.message, [*dict.fromkeys(fault.page.path for fault in of_one_cause)])
        if by := places[key].by:
            message = say("{message} (shown by {template} of the base)", message=message, template=by)
        yield Problem(places[key].at, str(key[0]), message, first.hint, first.level)


def _with_pages(message: Message, paths: list[str]) -> Message:
    if len(paths) == 1:
        return say("page {path}: {message}", path=paths[0], message=message)
    more = len(paths) - NAMED
    listed = ", ".join(paths[:NAMED]) + (" …" if more > 0 else "")
    return say("{message}, on {count} pages: {pages}", message=message, count=len(paths), pages=listed)


class _Origins:
    """The templates of a page's elements."""

    def __init__(self, edition: FinishedEdition, page: Page) -> None:
        self.edition, self.page = edition, page
        self.file, self.markup = edition.finished[page.path][1], edition.markup(page.path)
        self.above = [layer.name for layer in edition.layers.layers[1:]]
        self.marks: list[tuple[Source, Location] | None] = [None] * len(self.markup.tags)
        try:
            traced = edition.trace(page)
        except Exception:  # what the page's own rendering did not raise; then only the page is known
            return
        tags = read(traced.page).tags
        if [tag.name for tag in tags] == [tag.name for tag in self.markup.tags]:
            self.marks = [_mark(tag.get(MARK), traced.templates) for tag in tags]

    def of(self, fault: Fault) -> _Place:
        """Return the place that caused a fault."""
        if not self.markup.tags and self.file.origin:  # its template has written nothing
            return _Place(self.file.origin.at())
        around = [fault.element, *self.markup.up(fault.element)] if fault.element >= 0 else []
        if around and any(self.marks) and not self.marks[fault.element] and (written := self._written(fault)):
            return _Place(written, written=True)
        source, at = next((mark for number in around if (mark := self.marks[number])), (None, None))
        for other in (mark for number in fault.others if (mark := self.marks[number])):
            if not source or (source.layer not in self.above and other[0].layer in self.above):
                source, at = other
        whole = fault.element < 0 or self.markup.tags[fault.element].name in WHOLE
        if fault.lost and (whole or not source or source.layer not in self.above) and (lost := self._lost(fault.lost)):
            return _Place(lost)
        if source and at and (source.layer in self.above or not self.above):
            return _Place(at)
        if fault.words and (said := self._said(fault.words)):
            return _Place(said, written=True)
        if not self.above:
            return _Place(at or self._of_the_page(), written=not at)
        by = source.path + f":{at.line}" if source and at else ""
        origin = self.page.origin
        return _Place(origin.at() if origin.layer in self.above else self.edition.site.config_origin.at(), by)

    def _of_the_page(self) -> Location:
        return self.page.origin.at()

    def _lost(self, text: str) -> Location | None:
        """Return the line of the highest template of the page that does not write a text that the one below it does."""
        used = dict.fromkeys(mark[0] for mark in self.marks if mark)
        order = [layer.name for layer in self.edition.layers.layers]
        for source in sorted(used, key=lambda source: -order.index(source.layer)):
            same = self.edition.layers.all_of(source.path)
            below = [other for other in same if order.index(other.layer) < order.index(source.layer)]
            if not below:
                continue
            before, after = (self.edition.layers.text(file)[0].splitlines() for file in (below[-1], source))
            if sum(text in line for line in before) > sum(text in line for line in after):
                return Location(source.shown, _line_that_lost(text, before, after))
        return None

    def _written(self, fault: Fault) -> Location | None:
        """Return the line of the author's text that an element comes from."""
        subject = self.page.subject
        if not isinstance(subject, Exercise | Program | TextPage):
            return None
        tag, words = self.markup.tags[fault.element], fault.words or self.markup.text(fault.element)
        if line := _line_in(subject.body, tag.get("href") or tag.get("src"), _letters(words)):
            return Location(subject.origin.path, *line)
        return None

    def _said(self, words: str) -> Location | None:
        """Return the place of words in the page's own file or in a catalogue of a layer above the base."""
        for path, node in self.page.origin.root.walk() if self.page.origin.root else ():
            if path and isinstance(node.value, str) and _letters(node.value) == _letters(words):
                return node.at
        for name in reversed(self.above):
            for catalogue, source in self.edition.layers.files[name].items():
                if catalogue.endswith(".po"):
                    for number, line in enumerate(self.edition.layers.text(source)[0].splitlines(), 1):
                        if line.startswith(("msgstr", '"')) and _letters(words) in _letters(line):
                            return Location(source.shown, number)
        return None


def _mark(value: str, templates: tuple[Source, ...]) -> tuple[Source, Location] | None:
    if not value:
        return None
    number, line, column = map(int, value.split(":"))
    return templates[number], Location(templates[number].shown, line, column)


def _letters(text: str) -> str:
    return LETTERS.sub(" ", text).strip().lower()


def _line_in(document: Document, target: str, words: str) -> tuple[int, int] | None:
    """Return the line and column of a link, a picture, a heading or a passage of a text."""
    for link in (*document.links, *document.images):
        if target and _letters(link.text) == words:
            return link.line, link.column
    for line, text in document.passages:
        if words and (words in _letters(text) or (len(text) > 1 and _letters(text) in words)):
            return line, 1
    return None


def _line_that_lost(text: str, before: list[str], after: list[str]) -> int:
    """Return the number of the line in `after` where `before` has a text that `after` lacks."""
    wanted = [number for number, line in enumerate(before) if text in line]
    for kind, first, last, number, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind in ("replace", "delete") and any(first <= line < last for line in wanted):
            return min(number + 1, len(after) or 1)
    return 1
