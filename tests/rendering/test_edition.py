"""Editions and their order."""

from itertools import permutations

from hejagen.editions import EDITIONS
from hejagen.rendering.edition import in_order


def test_what_is_offered_is_built_first() -> None:
    """In whatever order editions are asked for, each comes after those that it offers."""
    for asked in permutations(EDITIONS.values()):
        ordered = in_order(asked)
        assert sorted(e.name for e in ordered) == sorted(EDITIONS)
        for edition in asked:
            assert all(ordered.index(offered) < ordered.index(edition) for offered in edition.offers)


def test_nothing_is_built_that_nobody_asked_for() -> None:
    """The hosted site alone is built alone, though it would offer others, and only once."""
    web = EDITIONS["web"]
    assert in_order((web, web)) == (web,)
