"""The filter of exercises works without script, by a rule of style for each choice."""

from pathlib import Path

import lxml.html


def test_every_choice_has_a_rule(site: Path) -> None:
    """For each choice of the form, the style hides the cards that do not fit it."""
    page = lxml.html.parse(site / "ovningar/index.html")
    style = next(site.glob("assets/site.*.css")).read_text("utf-8")
    choices = [(option.getparent().get("name"), option.get("value")) for option in page.iterfind(".//select/option")]
    card = ".card-grid__item:not([data-near], "
    rules = [
        f'heja-filter:has([name="{name}"] [value="{value}"]:checked) {card}[data-{name}~="{value}"])'
        for name, value in choices
        if value
    ]
    assert len(rules) > 20
    assert [rule for rule in rules if rule not in style] == []
