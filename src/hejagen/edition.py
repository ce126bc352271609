"""What an edition is: one output of the same site. Where editions differ, the difference is a field here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hejagen.layers import Layers
from hejagen.model import Site
from hejagen.pages import Page
from hejagen.problems import Problem

Finish = Callable[[Site, Path, Path | None], None]
"""Adds to a written folder what is made from its files, such as the search index. Gets the site, the new folder and
the same edition's folder of the last good build, if any."""

OwnPages = Callable[[Site, Layers], tuple[tuple[Page, ...], list[Problem]]]
"""Makes an edition's pages, and tells what is wrong with what they are made of."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An output. `folder` is its place in dist/."""

    name: str
    folder: str
    index_links: bool
    """Links to folders name their index.html, as copies opened from a disk need."""
    policy: Callable[[Site], str]
    """The Content-Security-Policy that every page carries."""
    finish: Finish
    default: bool = True
    """Whether it is built when nobody names an edition."""
    own_pages: OwnPages | None = None
    """What makes its pages, when they are not the site's."""
