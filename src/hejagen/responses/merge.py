"""Counts of many readers become one summary that points nobody out. In what order they come does not matter."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hejagen.errors import HejagenError
from hejagen.messages import say
from hejagen.responses.counts import ROUNDS, Counts, Practice

FEWEST = 6
"""People below which nothing is shown: of a whole group, of an exercise, and of an item."""


@dataclass(frozen=True, slots=True)
class Done:
    """How many people have done an exercise, or practised in a week; how many times, and how many returns."""

    people: int
    done: int
    returned: int


@dataclass(frozen=True, slots=True)
class Item:
    """How many people gave each place on the scale, in a round; and why that is hidden, or ""."""

    instrument: str
    round: str
    item: str
    places: Mapping[int, int]
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of the group. What fewer than six have done is None."""

    people: int
    exercises: Mapping[str, Done | None]
    weeks: Mapping[str, Done | None]
    items: tuple[Item, ...]


def merge(responses: Iterable[Counts]) -> Summary:
    """Return the summary of a group. Raises HejagenError when it is smaller than six."""
    group = list(responses)
    if len(group) < FEWEST:
        hint = say("Ask more people, or talk about it without numbers.")
        raise HejagenError(
            say("There are {count} files to count, and at least {fewest} are needed.", count=len(group), fewest=FEWEST),
            hint,
        )
    exercises = _practised([counts.exercises for counts in group])
    weeks = _practised([counts.weeks for counts in group])
    return Summary(len(group), exercises, weeks, _items(group))


def _practised(people: list[Mapping[str, Practice]]) -> dict[str, Done | None]:
    rows: dict[str, list[Practice]] = {}
    for person in people:
        for name, practice in person.items():
            if practice.done or practice.returned:
                rows.setdefault(name, []).append(practice)
    return {name: _sum(rows[name]) for name in sorted(rows)}


def _sum(rows: list[Practice]) -> Done | None:
    if len(rows) < FEWEST:
        return None
    return Done(len(rows), sum(row.done for row in rows), sum(row.returned for row in rows))


def _items(group: list[Counts]) -> tuple[Item, ...]:
    answers: dict[tuple[str, int, str], Counter[int]] = {}
    for counts in group:
        for name, items in (counts.answers or {}).items():
            for item, place in items.items():
                key = (f"{counts.instrument} {counts.version}", ROUNDS.index(name), item)
                answers.setdefault(key, Counter()).update([] if place is None else [place])
    return tuple(_item(*key, answers[key]) for key in sorted(answers))


def _item(instrument: str, number: int, item: str, places: Counter[int]) -> Item:
    reason = "fewer than six had an occasion" if places.total() < FEWEST else ""
    if not reason and len(places) < 2:
        reason = "all answered alike"
    shown = {} if reason else dict(sorted(places.items()))
    return Item(instrument, ROUNDS[number], item, shown, reason)
