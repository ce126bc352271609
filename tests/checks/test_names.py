"""Rules about names: what they cost on a long page."""

import time
from types import SimpleNamespace
from typing import Any

from hejagen.checks.markup import read
from hejagen.checks.names import joined_words


def seconds(sections: int) -> float:
    """Seconds of work that a page of so many sections takes, the least of three."""
    edition: Any = SimpleNamespace(read=[(None, None, read("<h2>R</h2><p><b>a</b> c</p>" * sections))])
    taken = []
    for _ in range(3):
        start = time.process_time()
        assert not list(joined_words(edition))
        taken.append(time.process_time() - start)
    return min(taken)


def test_a_long_page_takes_as_much_more_as_it_is_longer() -> None:
    """Words that touch are looked for in time that grows with the page, not with its square: six times, not 36."""
    assert seconds(3000) < 18 * seconds(500)
