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

MOST = 30_000
"""Digests that are remembered from one build to the next; a build of the base makes 17,000."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page in the store: the digest of what belongs to it alone, what it read, the digest of that, and its bytes."""

    own: bytes
    questions: tuple[Question, ...]
    answers: bytes
    packed: bytes


_DIGESTS = [Digests(LEFT_OUT)]
"""What the keys of pages were made with last."""


def page_digests() -> Digests:
    """Return what the keys of pages are made with: editions that are built together share it, and the builds of a
    preview while it is small."""
    if len(_DIGESTS[0]) > MOST:
        _DIGESTS[0] = Digests(LEFT_OUT)
    return _DIGESTS[0]


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
        kept = self._store.get_value(self._key)
        self._kept = kept if isinstance(kept, dict) else {}

    def get(self, page: Page) -> bytes | None:
        """Return a page as it would be rendered, or None when that is not known."""
        if not self._key:
            return None
        rendering = self._rendering
        own = (page.key, rendering.compounds.get(page.path, ""), page.context)
        self._own[page.path] = self._digests.of(own)
        kept = self._kept.get(page.path)
        if kept is None or kept.own != self._own[page.path] or kept.answers != self._answers(kept.questions):
            return None
        return zlib.decompress(kept.packed)

    def add(self, page: Page, data: bytes, questions: Iterable[Question]) -> None:
        """Keep a page that was rendered, with what it read meanwhile."""
        if self._key:
            asked = tuple(sorted(questions))
            self._kept[page.path] = _Kept(self._own[page.path], asked, self._answers(asked), zlib.compress(data, LEVEL))
            self._changed = True

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
