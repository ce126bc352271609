"""The filter of exercises works by style alone: for each choice, a rule hides the exercises that do not fit it."""

from collections.abc import Mapping
from typing import get_args

from hejagen.model.choices import Area, Format, LevelName, Mode

THRESHOLDS = (10, 15, 20, 30, 45, 60)
"""Choices of time, in minutes."""
PEOPLE = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30)
"""Choices of how many take part."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "people": tuple(map(str, PEOPLE)),
    "time": tuple(map(str, THRESHOLDS)),
    "where": get_args(Format),
    "area": get_args(Area),
    "mode": get_args(Mode),
    "level": get_args(LevelName),
}
"""The values of each field of the filter, by the field's name in the form and in the data- attributes of a card."""
SELECTOR = '  heja-filter:has([name="{0}"] [value="{1}"]:checked) .card-grid__item:not([data-near], [data-{0}~="{1}"])'


def filter_style() -> str:
    """Return the style that hides the cards that do not fit. It stands behind the filter's own style."""
    rules = (",\n".join(SELECTOR.format(name, value) for value in values) for name, values in CHOICES.items())
    return "@layer utilities {\n" + "".join(f"{rule} {{ display: none; }}\n" for rule in rules) + "}\n"
