"""How the guide on the start page chooses. layouts/scripts/guide.js does the same in the browser; a test holds the two
against each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import get_args

from hejagen.model.choices import LevelName
from hejagen.model.exercise import ExerciseMeta
from hejagen.model.guide import GuideFile, NeedChoice, PeopleChoice, PlaceChoice, TimeChoice
from hejagen.model.site import Content, Exercise

LEVELS = get_args(LevelName)
"""Levels, the easiest first."""
Rank = tuple[int | bool | str, ...]
"""How well an exercise answers: less is better."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody has chosen. None = left open."""

    time: TimeChoice | None = None
    people: PeopleChoice | None = None
    place: PlaceChoice | None = None
    need: NeedChoice | None = None

    @property
    def words(self) -> str:
        """The choices in the words of the guide."""
        chosen = (self.time, self.people, self.place, self.need)
        return ", ".join(entry.label for entry in chosen if entry)


def choices(guide: GuideFile) -> Iterator[Choice]:
    """Yield every combination of choices, those that are left open too."""
    for chosen in product(*((None, *entries) for entries in (guide.times, guide.people, guide.places, guide.needs))):
        yield Choice(*chosen)


def recommend(content: Content, guide: GuideFile, choice: Choice) -> tuple[Exercise, ...]:
    """Return the exercises that fit time and people, the best answer first."""
    ranked = ((rank(exercise.meta, guide, choice), exercise) for exercise in content.exercises.values())
    fitting = [(order, exercise) for order, exercise in ranked if order is not None]
    return tuple(exercise for _, exercise in sorted(fitting, key=lambda pair: pair[0]))


def answers(content: Content, guide: GuideFile, need: NeedChoice) -> tuple[Exercise, ...]:
    """Return the exercises that answer a need, for any time, people and place, the best first."""
    return tuple(
        e for e in recommend(content, guide, Choice(need=need)) if _place_of(e.meta, need) <= len(need.exercises)
    )


def rank(meta: ExerciseMeta, guide: GuideFile, choice: Choice) -> Rank | None:
    """Return how well an exercise answers a choice; None when it does not fit the time or the people.

    In order: what a whole group does, the place, the need, the order of `first`, the whole exercise before its short
    way, the easier, the less to prepare, the fuller use of the time, the id.
    """
    active = meta.minutes.active
    short = meta.short_minutes or active
    most = choice.time.minutes if choice.time else active
    together = choice.people is None or _fits(meta, choice.people)
    if min(active, short) > most or not (together or meta.id in guide.in_any_group):
        return None
    is_short = active > most
    return (
        not together,
        not _meets(meta, choice.place),
        _place_of(meta, choice.need),
        guide.first.index(meta.id) if meta.id in guide.first else len(guide.first),
        is_short,
        LEVELS.index(meta.level),
        meta.minutes.preparation,
        most - (short if is_short else active),
        meta.id,
    )


def _fits(meta: ExerciseMeta, people: PeopleChoice) -> bool:
    large = meta.large_group
    most = max(meta.group_size.max, (large.max or 0) if large and large.possible else 0)
    return meta.group_size.min <= people.min and people.max <= most


def _meets(meta: ExerciseMeta, place: PlaceChoice | None) -> bool:
    if place is None:
        return True
    somewhere = not place.place or not meta.place or bool({*meta.place} & {*place.place})
    return somewhere and bool({*meta.formats} & {*place.formats})


def _place_of(meta: ExerciseMeta, need: NeedChoice | None) -> int:
    """Where an exercise stands among the answers to a need, from 0: those named, those that train one of its
    behaviours, all others."""
    if need is None:
        return 0
    if meta.id in need.exercises:
        return need.exercises.index(meta.id)
    return len(need.exercises) + (not {*meta.trained_behaviours} & {*need.behaviours})
