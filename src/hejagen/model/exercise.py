"""The front matter of an exercise."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hejagen.model.base import (
    Area,
    Evidence,
    ExerciseType,
    Format,
    Key,
    LevelName,
    Minutes,
    Mode,
    Model,
    Participation,
    ProcessStep,
    Slug,
    Status,
    Text,
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


class Step(Model):
    title: Annotated[Text, Field(max_length=60)]
    """The same words as the step's heading in the text."""
    minutes: Annotated[int, Field(ge=1, le=240)]
    """Minutes for this step."""
    mode: Mode
    """The mode the group is in during the step."""


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

    id: Slug
    """Stable address: lower-case a-z, digits and hyphens. Never changed once published."""
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}[0-9]{2,3}$")]
    """Short handle, such as EX15. A municipality's own exercises take letters of their own, such as SUN01."""
    title: Annotated[Text, Field(max_length=45)]
    """Plain words, at most 45 characters, no name of a method."""
    title_en: Text
    """English title, for reuse."""
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
    level: LevelName
    """foundation, intermediate or advanced."""
    minutes: Time
    """Honest time."""
    minutes_by_role: TimeByRole | None = None
    """Time per role, where it differs."""
    participation: Participation
    """individual, pair, team or individual_then_team."""
    group_size: GroupSize
    """How many take part."""
    roles: tuple[Literal["facilitator", "timekeeper", "note_taker", "observer"], ...] = ()
    """Roles that somebody takes."""
    formats: Annotated[tuple[Format, ...], Field(min_length=1)]
    """Where it can be done: onsite, remote, hybrid, async."""
    municipal_setting: Text
    """Where the example comes from."""
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
    references: Annotated[tuple[Key, ...], Field(min_length=1)]
    """Ids from references.yaml."""
    evidence_strength: Evidence
    """How sure we are."""
    method_credit: Text | None = None
    """Who the method comes from, when it is a known one."""
    next_exercises: tuple[Slug, ...] = ()
    """Ids of exercises to go on with."""
    status: Status
    """draft, reviewed or tested."""
    last_reviewed: date
    """Date of the last review, in quotes: "2026-11-24"."""
    licence: Text
    """SPDX identifier of the licence, such as CC-BY-4.0."""
