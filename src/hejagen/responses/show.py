"""A summary as a table for a terminal, and as a picture."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from hejagen.responses.merge import FEWEST, Done, Item, Summary

ROW, SQUARE, GAP, LEFT, PLACE = 28, 12, 3, 330, 150
"""Pixels: height of a row, side and distance of squares, width of names, and width of a place on the scale."""
MOST = 8
"""Squares in a row before a number says the rest."""


def table(summary: Summary) -> str:
    """Return the summary as text, in aligned columns."""
    parts = [f"{summary.people} people\n"]
    for title, rows in (("Exercise", summary.exercises), ("Week", summary.weeks)):
        if rows:
            parts.append(_columns([(title, "people", "times", "returns"), *_practised(rows)]))
    if summary.items:
        last = max((place for item in summary.items for place in item.places), default=0)
        head = ("Statement", "round", *(str(place) for place in range(last + 1)))
        parts.append(_columns([head, *(_answers(item, last) for item in summary.items)]))
    return "\n".join(parts)


def _practised(rows: Mapping[str, Done | None]) -> Iterator[tuple[str, ...]]:
    for name, done in rows.items():
        shown = (str(done.people), str(done.done), str(done.returned)) if done else (f"<{FEWEST}", "–", "–")
        yield (name, *shown)


def _answers(item: Item, last: int) -> tuple[str, ...]:
    if item.hidden:
        return (item.item, item.round, item.hidden)
    return (item.item, item.round, *(str(item.places.get(place, 0)) for place in range(last + 1)))


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    widths: dict[int, int] = {}
    for row in rows:
        for number, cell in enumerate(row):
            if number < 2 or len(row) == len(rows[0]):
                widths[number] = max(widths.get(number, 0), len(cell))
    lines = ["  ".join(cell.ljust(widths.get(number, 0)) for number, cell in enumerate(row)).rstrip() for row in rows]
    return "\n".join(lines) + "\n"


def picture(summary: Summary) -> str:
    """Return the summary as an SVG that can stand in a page as it is: no style, no script, no ids, and told apart by
    form and not by colour, so that it can be printed in black and white."""
    rows = [*_exercise_rows(summary), *_item_rows(summary)]
    height = ROW * (len(rows) + 1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1100 {height}" role="img" font-family="sans-serif" '
        f'font-size="14" fill="#000"><title>{summary.people} people</title>',
        f'<rect width="1100" height="{height}" fill="#fff"/>',
    ]
    for number, row in enumerate(rows):
        y = ROW * (number + 1)
        lines.append(f'<g transform="translate(0 {y})">{row}</g>')
    return "\n".join([*lines, "</svg>\n"])


def _text(x: int, words: str) -> str:
    return f'<text x="{x}" y="0">{escape(words)}</text>'


def _squares(x: int, count: int) -> str:
    drawn = "".join(
        f'<path d="M{x + step * (SQUARE + GAP)} {1 - SQUARE}h{SQUARE}v{SQUARE}h-{SQUARE}z"/>'
        for step in range(min(count, MOST))
    )
    words = f"{MOST}+ ({count})" if count > MOST else str(count)
    return drawn + _text(x + min(count, MOST) * (SQUARE + GAP) + 3, words)


def _exercise_rows(summary: Summary) -> Iterator[str]:
    for name, done in summary.exercises.items():
        words = f"{done.people} people, {done.done} times, {done.returned} returns" if done else f"fewer than {FEWEST}"
        yield _text(8, name) + _text(LEFT, words)


def _item_rows(summary: Summary) -> Iterator[str]:
    last = max((place for item in summary.items for place in item.places), default=0)
    for item in summary.items:
        name = _text(8, f"{item.item}, {item.round}")
        if item.hidden:
            yield name + _text(LEFT, item.hidden)
        else:
            places = range(last + 1)
            yield name + "".join(_squares(LEFT + place * PLACE, item.places.get(place, 0)) for place in places)
