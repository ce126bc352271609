"""The exercises of the base keep to the writing guide as a collection."""

from hejagen.checks import COLLECTION_CHECKS, Checks, run_on_site
from hejagen.pipeline import read
from tests.conftest import DAY, OWN


def test_the_base_keeps_its_own_rules() -> None:
    """None of the rules about the collection has anything to say of the base."""
    assert run_on_site(Checks(COLLECTION_CHECKS), read((OWN,), DAY).site) == []
