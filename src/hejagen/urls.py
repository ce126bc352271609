"""Addresses inside the site. All are relative, so that the site works under any sub-path and from a folder."""

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

NO_LETTERS: Mapping[str, str] = MappingProxyType({})


@lru_cache(maxsize=1 << 15)
def relative(start: str, target: str, *, index_links: bool = False) -> str:
    """Return the link from the file `start` to the file `target`, both paths from the site's root.

    `target` may end in `#anchor` or `?query`. A folder's `index.html` is left out unless `index_links`, which copies
    opened from a disk need.
    """
    path, tail = re.match(r"([^?#]*)(.*)", target, re.S).groups()  # type: ignore[union-attr]
    if path == start and tail.startswith("#"):
        return tail
    link = _between(start.rpartition("/")[0], path)
    if not index_links and posixpath.basename(link) == "index.html":
        link = link[: -len("index.html")] or "./"
    return link + tail


@lru_cache(maxsize=1 << 15)
def _between(folder: str, path: str) -> str:
    """Return the way from a folder to a file. Pages have thousands of links: `posixpath.relpath` would ask the system
    for the folder of this process at each one."""
    here, there = folder.split("/") if folder else [], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])


def root_of(path: str) -> str:
    """Return the prefix of a link from the file `path` to the site's root: "" or "../" repeated."""
    return "../" * path.count("/")


def slugify(text: str, letters: Mapping[str, str] = NO_LETTERS) -> str:
    """Return an ASCII address for a text: lower case, hyphens between words.

    `letters` says how small letters beyond a to z are written; what is not there parts words as a space does.
    """
    words = re.findall(
        r"[a-z0-9]+", text.lower().translate({ord(letter): written for letter, written in letters.items()})
    )
    return "-".join(words)
