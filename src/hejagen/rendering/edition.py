"""What an edition is: one output of the same site. Where editions differ, the difference is a field here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hejagen.layers.stack import Layers
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.problems import Problem
from hejagen.rendering.pages import Page
from hejagen.rendering.policy import Policy

Finish = Callable[[Site, tuple[File, ...], date], tuple[File, ...]]
"""Gives the files to write: those of the site, with what is made from them, such as a file of headers or a zip. Gets
the site, its files and the day of the build."""

OwnPages = Callable[[Site, Layers], tuple[tuple[Page, ...], list[Problem]]]
"""Makes an edition's pages, and tells what is wrong with what they are made of."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An output. `folder` is its place in dist/."""

    name: str
    folder: str
    policy: Callable[[Site], Policy]
    """The Content-Security-Policy that every page carries."""
    finish: Finish
    from_disk: bool = False
    """Opened from a disk: links name the index.html of their folder, the start page is START.html, and what only
    servers and robots read is left out."""
    one_page: bool = False
    """All pages become one."""
    scripts: tuple[str, ...] = ()
    """Scripts that only this edition has."""
    texts: tuple[str, ...] = ()
    """Files from layouts/files that only this edition has."""
    downloads: Callable[[Site], tuple[str, ...]] = lambda site: ()
    """Paths of its files that editions built after it may offer for download."""
    offers_downloads: bool = False
    """Offers them."""
    beside: Callable[[Site], tuple[File, ...]] = lambda site: ()
    """Files that stand in dist/ beside its folder, and are not published with it."""
    default: bool = True
    """Whether it is built when nobody names an edition."""
    own_pages: OwnPages | None = None
    """What makes its pages, when they are not the site's."""
    service_worker: bool = False
    """Its pages offer to keep the site on the reader's device; `finish` makes the worker that does it."""
    searched: bool = True
    """Has a search index."""
