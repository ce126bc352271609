"""The page that tells what the layers of a fleet change."""

from pathlib import Path

from hejagen.fleet.order import Change, Order, Outcome
from hejagen.fleet.report import changed
from tests.conftest import DAY


def test_a_layer_that_many_stand_on_counts_once() -> None:
    """A region's change is the region's, however many municipalities stand on it."""
    order = Order(Path("x"), Path("x"), ("web",), DAY)
    region = Change("region", "hides", "pages/workshop", "site.yaml:2:1")
    own = Change("kommun", "patches", "exercises/fredagsraden#title", "site.yaml:3:1")
    more = Change("kommun", "patches", "exercises/fredagsraden#purpose", "site.yaml:4:1")
    rows = changed([Outcome(order, changes=(region, own, more)), Outcome(order, changes=(region,))])
    assert [(row.key, row.count, dict(row.layers)) for row in rows] == [
        ("exercises/fredagsraden", 1, {"patches": ("kommun",)}),
        ("pages/workshop", 1, {"hides": ("region",)}),
    ]
