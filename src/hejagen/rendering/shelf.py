"""Rendered pages in the store, and when one of them may be used again.

Three things decide: what every page of an edition may show, which is the key of a shelf; what belongs to the page
alone; and what it has read besides (reads.py), whose answers are compared with those of today.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from hejagen.layers.stack import Layers
from hejagen.model.site import Origin, Site
from hejagen.output import File
from hejagen.rendering.pages import Page
from hejagen.rendering.reads import Question, WatchedContext, WatchedFiles, WatchedPaths, unwatched
from hejagen.rendering.view import Rendering
from hejagen.store.folder import Store, store
from hejagen.store.key import Digests, code_version

LEFT_OUT = frozenset({(Origin, "root"), (Site, "drawings")})
"""What no key looks into: the places of values, which the sandbox keeps from templates; and drawings, which are read
from layouts/, all of whose files count."""
FACTS = attrgetter(*(entry.name for entry in fields(Page) if entry.name not in ("subject", "context")))
"""Returns what other pages may show of a page."""
LEVEL = 1
"""How hard pages are packed: a fifth of their size in a tenth of the time that they take to render."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page in the store: the digest of what belongs to it alone, what it read, the digest of that, and its bytes."""

    own: bytes
    questions: tuple[Question, ...]
    answers: bytes
    packed: bytes


@dataclass(frozen=True, slots=True)
class _Last:
    """What a shelf of the last build held, while a preview goes on: its key, its pages, and those as files by path."""

    key: str
    kept: dict[str, _Kept]
    files: dict[str, tuple[bytes, File]]
    """The packed bytes and the file of each."""


_LAST: dict[str, _Last] = {}
"""By edition."""
_DIGESTS = Digests(LEFT_OUT)
"""What the keys of pages were made with last."""


def page_digests() -> Digests:
    """Return what the keys of pages are made with. Editions that are built together share it, and a preview has that
    of the last build."""
    _DIGESTS.forget()
    return _DIGESTS


class Shelf:
    """The kept pages of one state of an edition."""

    def __init__(self, rendering: Rendering, layers: Layers, every: Iterable[Page], digests: Digests) -> None:
        self._rendering = rendering
        self._digests = digests
        self._store: Store = store()
        self._changed = False
        self._kept: dict[str, _Kept] = {}
        self._own: dict[str, bytes] = {}
        self._key = ""
        if self._store.folder is None:
            return
        edition, site = rendering.edition, rendering.site
        pages = tuple(map(FACTS, every))
        state = (code_version(), edition.name, edition.medium, str(edition.policy(site)), site, pages)
        self._key = self._digests.of((*state, layers.digest("layouts"))).hex()
        last = _LAST.get(edition.name)
        kept = last.kept if last and last.key == self._key else self._store.get_value(self._key)
        self._kept = kept if isinstance(kept, dict) else {}
        self._files = last.files if last else {}
        if self._store.resident:
            _LAST[edition.name] = _Last(self._key, self._kept, self._files)

    def get(self, page: Page, origin: Origin) -> File | None:
        """Return a page as it would be rendered, or None when that is not known. `origin` is that of the file."""
        if not self._key:
            return None
        rendering = self._rendering
        own = (page.key, rendering.compounds.get(page.path, ""), page.context)
        self._own[page.path] = self._digests.of(own)
        kept = self._kept.get(page.path)
        if kept is None or kept.own != self._own[page.path] or kept.answers != self._answers(kept.questions):
            return None
        last = self._files.get(page.path)
        if last and last[0] == kept.packed and last[1].origin == origin:
            return last[1]
        return self._noted(File(page.path, zlib.decompress(kept.packed), origin), kept.packed)

    def add(self, page: Page, file: File, questions: Iterable[Question]) -> None:
        """Keep a page that was rendered, with what it read meanwhile."""
        if self._key:
            asked, packed = tuple(sorted(questions)), zlib.compress(file.data, LEVEL)
            self._kept[page.path] = _Kept(self._own[page.path], asked, self._answers(asked), packed)
            self._noted(file, packed)
            self._changed = True

    def _noted(self, file: File, packed: bytes) -> File:
        if self._store.resident:
            self._files[file.path] = packed, file
        return file

    def save(self) -> None:
        """Put what was added into the store."""
        if self._changed:
            self._store.put_value(self._key, self._kept)

    def _answers(self, questions: Iterable[Question]) -> bytes:
        return self._digests.of(tuple(ANSWERS[kind](self._rendering, *rest) for kind, *rest in questions))


def _body(rendering: Rendering, lang: str, kind: str, name: str) -> Any:
    content = rendering.site.contents[lang]
    items: Mapping[str, Any] = {"exercise": content.exercises, "program": content.programs, "page": content.pages}[kind]
    return unwatched(items[name].body)


def _asset(rendering: Rendering, name: str) -> str | None:
    assert isinstance(rendering.paths, WatchedPaths)
    return rendering.paths.paths.get(name)


def _assets(rendering: Rendering) -> Any:
    assert isinstance(rendering.paths, WatchedPaths)
    return rendering.paths.paths


def _headline(rendering: Rendering, lang: str, text: str) -> str:
    return rendering.vocabularies[lang].headline(text)


def _context(rendering: Rendering, lang: str, key: str) -> Any:
    context = rendering.pages[lang][key].context
    assert isinstance(context, WatchedContext)
    return context.context


def _record(rendering: Rendering) -> Any:
    return unwatched(rendering.site.record)


def _offered(rendering: Rendering) -> Any:
    assert isinstance(rendering.offered, WatchedFiles)
    return tuple((file.path, file.data) for file in rendering.offered.files)


ANSWERS: Mapping[str, Callable[..., Any]] = {
    "body": _body,
    "asset": _asset,
    "assets": _assets,
    "headline": _headline,
    "context": _context,
    "record": _record,
    "offered": _offered,
}
"""What is read today where a page asked a question, by the question's kind."""
