"""The front matter of an exercise."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from hejagen.messages import Message, say
from hejagen.model.base import Key, Minutes, Model, Slug, Source, Text
from hejagen.model.choices import (
    ActivityForm,
    Area,
    Evidence,
    ExerciseType,
    Format,
    Law,
    LevelName,
    Mode,
    Participation,
    Place,
    ProcessStep,
    Sector,
    Status,
)


class Time(Model):
    preparation: Minutes
    """Minutes before the exercise, for the one who leads it."""
    active: Minutes
    """Minutes the exercise itself takes: the sum of its steps."""

    @property
    def total(self) -> int:
        """Preparation and exercise, in minutes."""
        return self.preparation + self.active


class TimeByRole(Model):
    leader: Minutes
    """Minutes for the one who leads, preparation included."""
    member: Minutes
    """Minutes for each of the others."""


class GroupSize(Model):
    min: Annotated[int, Field(ge=1, le=200)]
    """Fewest people."""
    max: Annotated[int, Field(ge=1, le=200)]
    """Most people."""


class LargeGroup(Model):
    possible: bool
    """Whether thirty people or more can do it together."""
    max: Annotated[int, Field(ge=1, le=500)] | None = None
    """Most people at one time, when it is possible."""


class Tested(Model):
    times: Annotated[int, Field(ge=0, le=10_000)]
    """How many times the exercise has been tried in real work."""
    where: tuple[Text, ...] = ()
    """In which kinds of work, such as hemtjänst."""


class Step(Model):
    title: Annotated[Text, Field(max_length=60)]
    """The same words as the step's heading in the text."""
    minutes: Annotated[int, Field(ge=1, le=240)]
    """Minutes for this step."""
    mode: Mode
    """The mode the group is in during the step."""
    say: Text | None = None
    """What the leader says, word for word, for the view with a clock. Without quotation marks: the page adds them."""
    watch: Text | None = None
    """What the leader keeps an eye on during the step, in one sentence."""


class IfThenPlan(Model):
    obstacle: Text
    """What may stand in the way. Lower case, no full stop."""
    cue: Text
    """When it happens, without the word "Om": the page adds it."""
    action: Text
    """What I do then, without the word "så": the page adds it."""


class RetrievalQuestion(Model):
    question: Text
    """A question that makes the reader recall something from the exercise."""
    answer: Text
    """A short answer."""
    due_weeks: Annotated[tuple[Annotated[int, Field(ge=1, le=52)], ...], Field(min_length=1)]
    """How many weeks after the exercise the question comes back."""


class FollowUp(Model):
    after_1_week: Text
    """What to do a week later."""
    after_4_weeks: Text
    """What to do four weeks later."""


class ExerciseMeta(Model):
    """Front matter of `content/<lang>/exercises/*.md`."""

    RETIRED: ClassVar[Mapping[str, Message]] = {
        "title_en": say("remove the line: the page never showed it"),
        "municipal_setting": say("remove the line, and write sector: with the work that the example is from"),
    }

    id: Slug
    """Stable address: lower-case a-z, digits and hyphens. Never changed once published."""
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}[0-9]{2,3}$")]
    """Short handle, such as EX15. A municipality's own exercises take letters of their own, such as SUN01."""
    title: Annotated[Text, Field(max_length=45)]
    """Plain words, at most 45 characters, no name of a method."""
    purpose: Annotated[Text, Field(max_length=140)]
    """What you practise and why, in one sentence of at most 140 characters."""
    trained_behaviours: Annotated[tuple[Key, ...], Field(min_length=1, max_length=2)]
    """One or two ids from behaviours.yaml."""
    standard_area: Area
    """Area of the innovation management standard."""
    process_step: ProcessStep | None = None
    """Where in the innovation work the exercise fits, if anywhere."""
    leadership_mode: Mode
    """widen, gather or switch."""
    exercise_type: ExerciseType
    """What kind of exercise it is. Chooses the motif of the cover too."""
    activity_form: ActivityForm | None = None
    """What the participants do most of the time."""
    secondary_forms: tuple[ActivityForm, ...] = ()
    """What else they do."""
    sector: Sector | None = None
    """The kind of work that the example is from."""
    place: tuple[Place, ...] = ()
    """Where it is done: rum, golv (out where the work is done), ute, telefon, skarm."""
    no_writing: bool = False
    """true = nobody has to write."""
    shift_handover: bool = False
    """true = it can be done when shifts change, in at most twenty minutes."""
    level: LevelName
    """foundation, intermediate or advanced."""
    minutes: Time
    """Honest time."""
    minutes_by_role: TimeByRole | None = None
    """Time per role, where it differs."""
    short_minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    """Minutes that the short version takes."""
    participation: Participation
    """individual, pair, team or individual_then_team."""
    group_size: GroupSize
    """How many take part."""
    large_group: LargeGroup | None = None
    """Whether thirty people or more can do it."""
    roles: tuple[Literal["facilitator", "timekeeper", "note_taker", "observer"], ...] = ()
    """Roles that somebody takes."""
    formats: Annotated[tuple[Format, ...], Field(min_length=1)]
    """Where it can be done: onsite, remote, hybrid, async."""
    materials: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What is needed. Everything must exist in a municipality."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=12)]
    """The steps: titles as in the text, minutes that add up to minutes.active."""
    if_then_plan: IfThenPlan
    """The plan that the reader makes their own."""
    retrieval_questions: Annotated[tuple[RetrievalQuestion, ...], Field(min_length=2, max_length=3)]
    """Two or three questions to recall later."""
    follow_up: FollowUp
    """After one and four weeks."""
    worksheet: Slug | None = None
    """Id of the worksheet to print, a file in content/<lang>/worksheets."""
    laws: tuple[Law, ...] = ()
    """The areas of law that the exercise touches. Each has a bullet in the section about the law."""
    law_reviewed: date | None = None
    """Date when a lawyer last read the section about the law, in quotes; null = not yet."""
    needs: tuple[Text, ...] = ()
    """What somebody who needs the exercise would say, in their own words."""
    outcome: Literal["full", "half", "failed"] | None = None
    """How the example ends. Not shown: rules ask that not every example succeeds."""
    resident_voice: bool | None = None
    """Whether a resident speaks in the example. Not shown."""
    tested: Tested | None = None
    """How much the exercise has been tried."""
    references: Annotated[tuple[Key, ...], Field(min_length=1)]
    """Ids from references.yaml."""
    evidence_strength: Evidence
    """How sure we are."""
    method_credit: Text | None = None
    """Who the method comes from, when it is a known one."""
    next_exercises: tuple[Slug, ...] = ()
    """Ids of exercises to go on with."""
    status: Status
    """draft (only a preview shows it), reviewed or tested."""
    last_reviewed: date
    """Date of the last review, in quotes: "2026-11-24"."""
    source: Source | None = None
    """In a translation: what it was translated from."""
    licence: Text
    """SPDX identifier of the licence, such as CC-BY-4.0."""
