"""Pages that have passed the rules for finished pages before, kept in the store with their outlines."""

from collections.abc import Mapping

from hejagen.checks.edition import FinishedEdition
from hejagen.checks.outline import Outline
from hejagen.model.site import Exercise, Program, TextPage
from hejagen.output import File, per_file
from hejagen.rendering.pages import Page
from hejagen.store.folder import store
from hejagen.store.key import code_version, digest

LOOKED_AT = frozenset(("accessibility",))
"""Kinds of pages that are held against the settings of the site as well, and so are looked at each time."""


class Passed:
    """The pages of an edition in which no rule that looks at one page alone would find a fault.

    What such rules look at is the key of a page: its bytes, and what is known of its kind, language and headings.
    """

    def __init__(self, edition: FinishedEdition) -> None:
        self.outlines: dict[str, Outline] = {}
        """The outline of each of them, by path."""
        layers = [layer.name for layer in edition.layers.layers]
        self._entry = digest(("passed", code_version(), edition.name, edition.site.config.id, layers)).hex()
        self._keys: dict[str, bytes] = {}
        if store().folder is None:
            return
        known = store().get_value(self._entry)
        self._known: Mapping[bytes, Outline] = known if isinstance(known, dict) else {}
        for path, (page, file) in edition.finished.items():
            if page.kind.name not in LOOKED_AT:
                self._keys[path] = _key(page, file)
                if outline := self._known.get(self._keys[path]):
                    self.outlines[path] = outline

    def keep(self, passed: Mapping[str, Outline]) -> None:
        """Put the outlines of all pages that pass today into the store, by path."""
        entries = {self._keys[path]: outline for path, outline in passed.items() if path in self._keys}
        if self._keys and entries.keys() != self._known.keys():
            store().put_value(self._entry, entries)


def _key(page: Page, file: File) -> bytes:
    subject = page.subject
    headings = subject.body.headings if isinstance(subject, Exercise | Program | TextPage) else ()
    anchors = tuple(heading.anchor for heading in headings)
    return digest((_digest(file), page.key, page.kind.name, page.lang, anchors))


@per_file
def _digest(file: File) -> bytes:
    return digest((file.path, file.data))
