"""What an edition is: one output of the same site. Where editions differ, the difference is a field here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from hejagen.layers.stack import Layers
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.problems import Problem
from hejagen.rendering.pages import Page
from hejagen.rendering.policy import Policy


@dataclass(frozen=True, slots=True)
class Medium:
    """How an edition reaches its readers. Templates know it as `edition`, and know nothing else of an edition."""

    from_disk: bool = False
    """Its pages are opened from a disk: links name the index.html of their folder."""
    one_page: bool = False
    """All pages become one."""
    service_worker: bool = False
    """Its pages offer to keep the site on the reader's device; the edition's `finish` makes the worker that does it."""


@dataclass(frozen=True, slots=True)
class Output:
    """What an edition comes to."""

    files: tuple[File, ...]
    """The files of its folder."""
    downloads: tuple[File, ...] = ()
    """Those of them that another edition may offer its readers."""
    beside: tuple[File, ...] = ()
    """Files that lie in dist/ beside its folder, and are not published with it."""


Pages = Callable[[Site, Layers, tuple[Page, ...]], tuple[tuple[Page, ...], list[Problem]]]
"""Returns the pages of an edition, and what is wrong with what they are made of. Gets the site, its layers, and the
site's pages."""
Finish = Callable[[Site, tuple[File, ...], date], Output]
"""Returns what an edition comes to: the site's files as they are, or what is made of them, such as a zip. Gets the
site, its files and the day of the build."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An output of the site."""

    name: str
    """Also the name of its folder in dist/."""
    summary: str
    """What it is, in a line of the reference."""
    policy: Callable[[Site], Policy]
    """Returns the security policy that every page carries."""
    pages: Pages
    finish: Finish
    medium: Medium = Medium()
    scripts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Scripts that only this edition has, by the name that templates use: the files that each one is joined of."""
    offers: tuple["Edition", ...] = ()
    """Editions whose downloads its pages offer. They are built before it."""
    searched: bool = True
    """Has a search index."""


def in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Return the editions in the order given, but each after those that it offers, if they are among them."""
    wanted = {edition.name: edition for edition in editions}
    ordered: dict[str, Edition] = {}

    def add(edition: Edition) -> None:
        for offered in edition.offers:
            add(offered)
        if edition.name in wanted:
            ordered.setdefault(edition.name, wanted[edition.name])

    for edition in wanted.values():
        add(edition)
    return tuple(ordered.values())
