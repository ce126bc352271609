"""The editions, one small module each. A new edition is a module and a line in this table. Read web.py first."""

from collections.abc import Mapping

from hejagen.editions import gallery, offline, single, web
from hejagen.rendering.edition import Edition

EDITIONS: Mapping[str, Edition] = {
    edition.name: edition for edition in (offline.EDITION, single.EDITION, web.EDITION, gallery.EDITION)
}
DEFAULT: tuple[Edition, ...] = (offline.EDITION, single.EDITION, web.EDITION)
"""The editions that are built when the command names none."""
