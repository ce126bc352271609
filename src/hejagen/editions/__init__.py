"""The editions, one small module each. A new edition is a module and a line in this table. It is the order of building:
what can be downloaded comes before the site that offers it. Read web.py first."""

from collections.abc import Mapping

from hejagen.editions import gallery, offline, single, web
from hejagen.rendering.edition import Edition

EDITIONS: Mapping[str, Edition] = {
    edition.name: edition for edition in (offline.EDITION, single.EDITION, web.EDITION, gallery.EDITION)
}
DEFAULT: tuple[Edition, ...] = tuple(edition for edition in EDITIONS.values() if edition.default)
"""What is built when nobody names an edition."""
