"""The guide on the start page: four choices, and the rules that lead from them to an exercise."""

from typing import Annotated

from pydantic import Field

from hejagen.model.base import Key, Model, Slug, Source, Text
from hejagen.model.choices import Format, Place


class GuideChoice(Model):
    id: Slug
    """Id, also in addresses."""
    label: Text
    """Words that go on with the sentence: "we have", "we are", "we meet", "and what rubs is that"."""


class TimeChoice(GuideChoice):
    minutes: Annotated[int, Field(ge=1, le=480)]
    """Most minutes that the exercise takes, without what is prepared before."""


class PeopleChoice(GuideChoice):
    min: Annotated[int, Field(ge=1, le=200)]
    """Fewest people. The exercise must fit every number from here to max."""
    max: Annotated[int, Field(ge=1, le=200)]
    """Most people."""


class PlaceChoice(GuideChoice):
    formats: Annotated[tuple[Format, ...], Field(min_length=1)]
    """The exercise has one of these."""
    place: tuple[Place, ...] = ()
    """And, where it says where it is done, one of these. Empty = anywhere."""


class NeedChoice(GuideChoice):
    exercises: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Ids of exercises that answer it, the best first."""
    behaviours: tuple[Key, ...] = ()
    """Ids of behaviours: exercises that train them come next."""


class OpenChoices(Model):
    time: Text
    """When the time is left open."""
    people: Text
    """When the number of people is left open."""
    place: Text
    """When the place is left open."""
    need: Text
    """When nothing special rubs."""


class GuideFile(Model):
    """`content/<lang>/guide.yaml`: what the guide on the start page asks, and how it chooses. Without it there is no
    guide. An answer always fits time and people; then come the place, the need, and the order of `first`."""

    id: Slug
    """Address of the page that lists the answers, for those who have no script."""
    title: Annotated[Text, Field(max_length=60)]
    """Heading of the guide on the start page."""
    page_title: Annotated[Text, Field(max_length=60)]
    """Heading of the page that lists the answers."""
    summary: Annotated[Text, Field(max_length=160)]
    """One sentence for search."""
    open: OpenChoices
    """Words of the choices that are left open."""
    times: Annotated[tuple[TimeChoice, ...], Field(min_length=1)]
    """How long it may take."""
    people: Annotated[tuple[PeopleChoice, ...], Field(min_length=1)]
    """How many take part."""
    places: Annotated[tuple[PlaceChoice, ...], Field(min_length=1)]
    """Where they meet."""
    needs: Annotated[tuple[NeedChoice, ...], Field(min_length=1)]
    """What rubs."""
    first: tuple[Slug, ...] = ()
    """Ids of exercises that are good to begin with, the best first: they decide where nothing else does."""
    source: Source | None = None
    """In a translation: what it was translated from."""
    in_any_group: tuple[Slug, ...] = ()
    """Ids of exercises that one person does while the others are in a meeting as usual. They fit any number of people,
    when no other exercise does."""
