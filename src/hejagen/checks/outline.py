"""The outline of a finished page: what rules that compare pages need to know of it."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from hejagen.checks.markup import Markup

ADDRESSES = ("href", "src", "srcset", "action")
"""Attributes with the address of something in the site, or elsewhere."""
Target = tuple[str, str]
"""The path of a file of the site, and an anchor in it or ""."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The title of a page, its anchors, and where it leads; an empty page, of which `page-basics` tells, has no
    anchors that count: None."""

    title: str
    anchors: frozenset[str] | None
    targets: frozenset[Target]


def outline_of(markup: Markup, path: str) -> Outline:
    """Return the outline of a page with a path."""
    title = title_of(markup)
    addresses = {markup.tags[number].attributes[attribute] for number, attribute in addressed(markup)}
    return Outline(
        markup.text(title) if title >= 0 else "",
        frozenset(markup.ids) if markup.tags else None,
        frozenset(target for address in addresses if (target := target_of(address, path))),
    )


def title_of(markup: Markup) -> int:
    """Return the element that is the title of a page, -1 if there is none."""
    return next((number for number in markup.all("title") if not markup.inside(number, "svg")), -1)


def addressed(markup: Markup) -> Iterator[tuple[int, str]]:
    """Yield each element that has an address, and the attribute that it stands in. Servers alone know where a form is
    sent."""
    for attribute in ADDRESSES:
        for number in markup.all(f"@{attribute}"):
            if attribute != "action" or markup.tags[number].get("method") != "post":
                yield number, attribute


def target_of(address: str, page: str) -> Target | None:
    """Return where an address on a page leads, None if out of the site.

    What is no address or not relative leads to a file of its own name, which never exists.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, ""
    # The 404 page may name the root, because servers show it at any depth.
    rooted = page.endswith("404.html") and address.startswith("/")
    if parts.scheme or address.startswith("//") or rooted:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        return address, ""
    return _file(posixpath.dirname(page), path) if path else page, unquote(parts.fragment)


@lru_cache(maxsize=1 << 15)
def _file(folder: str, path: str) -> str:
    """Return the file that a relative link from a page in a folder leads to. Every page of a folder has its menu."""
    target = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith(("/", ".")) or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target
