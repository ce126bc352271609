"""The editions, one small module each. A new edition is a module and a line in this table."""

from collections.abc import Mapping

from hejagen.edition import Edition
from hejagen.editions import gallery, web

EDITIONS: Mapping[str, Edition] = {edition.name: edition for edition in (web.EDITION, gallery.EDITION)}
DEFAULT: tuple[Edition, ...] = tuple(edition for edition in EDITIONS.values() if edition.default)
"""What is built when nobody names an edition."""
