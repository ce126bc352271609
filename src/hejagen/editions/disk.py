"""What the editions that are opened from a disk have in common: which pages they have, and where one begins."""

from dataclasses import replace

from hejagen.layers.stack import Layers
from hejagen.model.site import Site
from hejagen.problems import Problem
from hejagen.rendering.pages import Page

START = "START.html"
"""The start page, which must stand out among the folders. Its name is ASCII: old unpackers spoil others."""


def disk_pages(site: Site, layers: Layers, every: tuple[Page, ...]) -> tuple[tuple[Page, ...], list[Problem]]:
    """Return the pages of the site without those that only a server shows; the start page is called START.html."""
    shown = (page for page in every if not page.kind.served)
    return tuple(replace(page, path=START) if page.path == "index.html" else page for page in shown), []
