"""What an edition is: one output of the same site. Where editions differ, the difference is a field here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hejagen.model import Site

Finish = Callable[[Site, Path, Path | None], None]
"""Adds to a written folder what is made from its files, such as the search index. Gets the site, the new folder and
the same edition's folder of the last good build, if any."""


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
    service_worker: bool
    """The pages offer to keep the site on the reader's device; `finish` writes the worker that does it."""
