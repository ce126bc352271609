"""A program."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from hejagen.messages import Message, say
from hejagen.model.base import CoverChoice, Key, Minutes, Model, Slug, Source, Text
from hejagen.model.choices import ItemRole, Participation, Status


class SequenceItem(Model):
    week: Annotated[int, Field(ge=1, le=60)]
    """Week of the program, from 1."""
    exercise: Slug
    """Id of the exercise."""
    role: ItemRole
    """start = first time, repeat = again on something new, apply = on an own case, review = look back."""
    note: Text | None = None
    """Why it lies just here, in one sentence."""
    times: Annotated[int, Field(ge=1, le=14)] = 1
    """How many times it is done that week."""
    short: bool = False
    """true = the short version is done."""
    minutes: Minutes | None = None
    """Minutes in all that week for the one who leads, where they are not those of the exercise."""


class RetrievalCheck(Model):
    week: Annotated[int, Field(ge=1, le=60)]
    """Week of the program."""
    question: Text
    """A question that makes the reader recall something."""
    answer: Text
    """A short answer."""


class SelfAssessmentPlan(Model):
    before_week: Annotated[int, Field(ge=0, le=60)]
    """Week of the first self-assessment; 0 = before the start."""
    after_week: Annotated[int, Field(ge=1, le=60)]
    """Week of the second."""
    later_weeks_after_end: Annotated[int, Field(ge=1, le=52)]
    """Weeks after the end for the third."""
    retrospective: bool | Literal["optional"]
    """Ask how it was before, too. optional = only those who want to answer."""
    team_version: bool
    """The team answers together."""


class ProgramFollowUp(Model):
    weeks_after_end: Annotated[int, Field(ge=1, le=52)]
    """Weeks after the program's end."""
    minutes: Minutes
    """Minutes it takes."""
    question: Text
    """What to ask or do."""


class Touchpoint(Model):
    when: Literal["before", "mid", "after"]
    """Before the start, halfway or at the end."""
    question: Text
    """What to talk with your own manager about."""
    minutes: Minutes = 0
    """Minutes it takes."""
    optional: bool = False
    """true = the talk is voluntary."""


class Load(Model):
    """Minutes of the whole program for the one who leads."""

    exercises: Annotated[int, Field(ge=0, le=20_000)]
    """The exercises of the sequence."""
    retrieval: Annotated[int, Field(ge=0, le=20_000)] = 0
    """The questions to recall."""
    follow_ups: Annotated[int, Field(ge=0, le=20_000)] = 0
    """Following up exercises and the program."""
    partner: Annotated[int, Field(ge=0, le=20_000)] = 0
    """Talks with a colleague who practises too."""
    manager_talks: Annotated[int, Field(ge=0, le=20_000)] = 0
    """Talks with your own manager."""
    own_check: Annotated[int, Field(ge=0, le=20_000)] = 0
    """The self-assessment."""
    total: Annotated[int, Field(ge=0, le=50_000)]
    """The sum of the others."""
    per_week: Annotated[int, Field(ge=0, le=2_000)]
    """The total divided by the weeks, rounded."""


class ProgramMeta(Model):
    """A file in `content/<lang>/programs/*.yaml`."""

    RETIRED: ClassVar[Mapping[str, Message]] = {"title_en": say("remove the line: the page never showed it")}

    id: Slug
    """Stable address."""
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}[0-9]{2,3}$")]
    """Short handle, such as P01."""
    title: Annotated[Text, Field(max_length=45)]
    """Plain words, at most 45 characters."""
    goal: Annotated[Text, Field(max_length=200)]
    """Where you are going, said as behaviour."""
    introduction: Annotated[Text, Field(max_length=20_000)]
    """Markdown: what happens and why."""
    target_group: Text
    """For whom."""
    participation: Participation
    """individual, pair, team or individual_then_team."""
    weeks: Annotated[int, Field(ge=1, le=60)]
    """Number of weeks."""
    focal_behaviours: Annotated[tuple[Key, ...], Field(min_length=1, max_length=5)]
    """Ids from behaviours.yaml."""
    rhythm: Literal["weekly", "shift", "apt", "long"] | None = None
    """weekly, shift (nothing asks that everybody is there), apt (a workplace meeting a month) or long."""
    load: Load | None = None
    """Honest time of the whole program."""
    load_text: Text | None = None
    """The time in a sentence or two, with the same figures."""
    spacing_note: Text | None = None
    """Why the sessions lie as they do."""
    cover: CoverChoice
    """The program's picture."""
    sequence: Annotated[tuple[SequenceItem, ...], Field(min_length=1)]
    """Exercises week by week. Minutes come from the exercise."""
    retrieval_checks: tuple[RetrievalCheck, ...] = ()
    """Questions to recall, five minutes each."""
    self_assessment: SelfAssessmentPlan
    """When to do the self-assessment."""
    follow_ups: tuple[ProgramFollowUp, ...] = ()
    """After the end."""
    manager_touchpoints: tuple[Touchpoint, ...] = ()
    """Talks with your own manager."""
    peer_support: Text
    """How a colleague helps."""
    references: tuple[Key, ...] = ()
    """Ids from references.yaml."""
    status: Status
    """draft (only a preview shows it), reviewed or tested."""
    last_reviewed: date
    """Date of the last review, in quotes."""
    source: Source | None = None
    """In a translation: what it was translated from."""
    licence: Text
    """SPDX identifier of the licence."""
