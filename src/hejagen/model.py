"""What the content is. Front matter and YAML are described here once, as Pydantic models: the checks of form, the JSON
Schemas that editors load and the reference pages all come from these classes. No files, no tools."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hejagen.markdown import Document
from hejagen.problems import Location

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Minutes = Annotated[int, Field(ge=0, le=480)]
Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"<>]+$")]

Area = Literal["context", "leadership", "planning", "support", "operation", "evaluation", "improvement"]
Mode = Literal["widen", "gather", "switch"]
ExerciseType = Literal[
    "observation", "conversation", "role_play", "ideation", "decision",
    "experiment", "planning", "debrief", "reflection", "micro",
]  # fmt: skip
Participation = Literal["individual", "pair", "team", "individual_then_team"]
Format = Literal["onsite", "remote", "hybrid", "async"]
LevelName = Literal["foundation", "intermediate", "advanced"]
Evidence = Literal["strong", "moderate", "limited", "conceptual", "practice"]
Status = Literal["draft", "reviewed", "tested"]
ProcessStep = Literal[
    "identify_opportunities", "create_concepts", "validate_concepts", "develop_solutions", "deploy_solutions"
]
Motif = Literal["path", "meet", "face", "table", "hand", "window"]
ItemRole = Literal["start", "repeat", "apply", "review"]
PageTemplate = Literal[
    "page", "home", "exercises", "programs", "behaviours", "areas", "search", "training",
    "accessibility", "glossary", "feedback", "not-found",
]  # fmt: skip


class Model(BaseModel):
    """A frozen mapping in a YAML file. Unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


# --- Exercises -----------------------------------------------------------------------------------------------------


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


# --- Programs ------------------------------------------------------------------------------------------------------


class CoverChoice(Model):
    area: Area
    """Area that gives the colours."""
    mode: Mode
    """Mode that gives the gesture."""
    motif: Motif
    """What is drawn."""


class SequenceItem(Model):
    week: Annotated[int, Field(ge=1, le=60)]
    """Week of the program, from 1."""
    exercise: Slug
    """Id of the exercise."""
    role: ItemRole
    """start = first time, repeat = again on something new, apply = on an own case, review = look back."""


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
    retrospective: bool
    """Ask how it was before, too."""
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


class ProgramMeta(Model):
    """A file in `content/<lang>/programs/*.yaml`."""

    id: Slug
    """Stable address."""
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}[0-9]{2,3}$")]
    """Short handle, such as P01."""
    title: Annotated[Text, Field(max_length=45)]
    """Plain words, at most 45 characters."""
    title_en: Text
    """English title, for reuse."""
    goal: Annotated[Text, Field(max_length=200)]
    """Where you are going, said as behaviour."""
    introduction: Text
    """Markdown: what happens and why."""
    target_group: Text
    """For whom."""
    participation: Participation
    """individual, pair, team or individual_then_team."""
    weeks: Annotated[int, Field(ge=1, le=60)]
    """Number of weeks."""
    focal_behaviours: Annotated[tuple[Key, ...], Field(min_length=1, max_length=5)]
    """Ids from behaviours.yaml."""
    spacing_note: Text
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
    """draft, reviewed or tested."""
    last_reviewed: date
    """Date of the last review, in quotes."""
    licence: Text
    """SPDX identifier of the licence."""


# --- Pages and the files that list things --------------------------------------------------------------------------


class Need(Model):
    question: Annotated[Text, Field(max_length=80)]
    """What a manager would say."""
    exercise: Slug
    """The exercise that answers it."""


class PageMeta(Model):
    """Front matter of `content/<lang>/pages/*.md`."""

    id: Slug
    """Address of the page; `index` is the start page."""
    title: Annotated[Text, Field(max_length=60)]
    """The page's heading."""
    summary: Annotated[Text, Field(max_length=160)]
    """One sentence for lists, search and social media."""
    template: PageTemplate = "page"
    """What kind of page it is."""
    menu: Literal["about", "help"] | None = None
    """Column in the footer."""
    order: int = 50
    """Place within the column, lowest first."""
    last_reviewed: date
    """Date of the last review, in quotes."""
    needs: tuple[Need, ...] = ()
    """Start page only: what the reader may need right now."""
    unsure: Slug | None = None
    """Start page only: the exercise for those who are unsure."""


class AreaMeta(Model):
    id: Area
    """Id."""
    clause: int
    """Clause of SS-EN ISO 56002 that inspired the area. The label is our own."""
    label: Text
    """Name shown."""
    label_en: Text
    """English name."""


class ModeMeta(Model):
    id: Mode
    """Id."""
    label: Text
    """Name shown."""
    explain: Text
    """One sentence."""
    field_term: Text
    """Term in the research literature, in English."""


class BehaviourMeta(Model):
    id: Key
    """Id, also the address with hyphens."""
    code: Text
    """Short handle, such as B01."""
    standard_area: Area
    """Area of the standard."""
    leadership_mode: Mode
    """widen, gather or switch."""
    label: Text
    """Name shown."""
    label_en: Text
    """English name."""
    definition: Text
    """What the behaviour is."""
    looks_like: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What can be seen when somebody does it."""
    warning_sign: Text
    """What can be seen when it is missing."""
    references: tuple[Key, ...]
    """Ids from references.yaml."""
    evidence: Text
    """How sure we are."""


class BehavioursFile(Model):
    """`content/<lang>/behaviours.yaml`: the areas, the modes and the behaviours."""

    standard_areas: tuple[AreaMeta, ...]
    """The seven areas."""
    leadership_modes: tuple[ModeMeta, ...]
    """The three modes."""
    behaviours: tuple[BehaviourMeta, ...]
    """The behaviours."""


class ReferenceMeta(Model):
    id: Key
    """Id."""
    authors: Text
    """As written in a list of references."""
    year: int
    """Year of publication."""
    title: Text
    """Title of the work."""
    source: Text
    """Journal, publisher or organisation."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    """Language of the title, for screen readers."""
    doi: Text | None = None
    """Digital object identifier, only when it has been seen to be right."""
    url: WebAddress | None = None
    """Where to read it, when there is no DOI."""
    topic: Key
    """Subject."""
    evidence: Evidence
    """What the work can carry."""
    note: Text
    """What it shows and how strong it is, in one sentence."""


class ReferencesFile(Model):
    """`content/<lang>/references.yaml`."""

    references: tuple[ReferenceMeta, ...]
    """The works referred to."""


class Term(Model):
    id: Slug
    """Id, also the anchor in the glossary."""
    term: Text
    """The term."""
    forms: tuple[Text, ...] = ()
    """Other forms in running text."""
    definition: Annotated[Text, Field(max_length=240)]
    """One or two plain sentences."""
    term_en: Text
    """English term."""
    link: bool = True
    """Explain where first used. false = the word is an everyday word too."""


class GlossaryFile(Model):
    """`content/<lang>/glossary.yaml`."""

    terms: tuple[Term, ...]
    """The terms, in any order."""


class ScaleStep(Model):
    value: int | None
    """Number of the answer; null = no occasion."""
    label: Text
    """Words shown."""


class AssessmentItem(Model):
    id: Key
    """Id."""
    behaviour: Key
    """Id from behaviours.yaml."""
    text: Text
    """The statement, in the first person."""
    team_text: Text
    """The statement for a team."""


class Retrospective(Model):
    question: Text
    """How was it before?"""
    why: Text
    """Why we ask."""


class AssessmentFile(Model):
    """`content/<lang>/self-assessment.yaml`: the words of the self-assessment. Own items, not validated."""

    id: Slug
    """Id."""
    version: Text
    """Version of the items."""
    title: Text
    """Name shown."""
    introduction: Text
    """How to answer."""
    team_introduction: Text
    """How to answer as a team."""
    scale: tuple[ScaleStep, ...]
    """The answers."""
    retrospective: Retrospective
    """The question about before."""
    items: tuple[AssessmentItem, ...]
    """One statement for each behaviour."""
    next_step: Text
    """What to do with the answers."""
    limits: tuple[Text, ...]
    """What the answers cannot say."""
    references: tuple[Key, ...]
    """Ids from references.yaml."""


# --- site.yaml -----------------------------------------------------------------------------------------------------


class Publisher(Model):
    name: Text
    """Who publishes this site."""
    email: Email
    """Address for questions."""
    phone: Text | None = None
    """Telephone, with hours if any."""
    url: WebAddress | None = None
    """The publisher's own site."""


class Brand(Model):
    deep: Hex
    """Main colour: at least 7:1 on paper and under white."""
    strong: Hex
    """Strong accent."""
    glow: Hex
    """Bright plane: ink on it at least 7:1."""
    leaf: Hex
    """Second dark colour."""
    pale: Hex
    """Light plane, and the colour of links in the dark scheme."""


class Mailto(Model):
    kind: Literal["mailto"]
    """The reader's own mail program."""
    address: Email
    """Where the message goes."""


class Form(Model):
    kind: Literal["form"]
    """A form that is sent to a server."""
    action: Text
    """Address that the form is sent to: of this site, or one named with https."""
    address: Email
    """Where to write when the form fails."""
    hidden: Mapping[Key, str] = Field(default_factory=dict)
    """Fixed fields that the service asks for."""


class Link(Model):
    kind: Literal["link"]
    """A municipal e-service."""
    url: WebAddress
    """Address of the service."""
    label: Text
    """Name of the service."""
    address: Email
    """Where to write instead."""


class Fault(Model):
    what: Text
    """What does not work."""
    where: Text
    """Where."""
    why: Text
    """Why."""
    criterion: Annotated[str, StringConstraints(pattern=r"^[1-4]\.[0-9]\.[0-9]{1,2}$")]
    """Number of the WCAG criterion, such as "1.4.10"."""
    alternative: Text | None = None
    """What to use instead."""
    done: date | None = None
    """When it will be mended."""


class Exempted(Model):
    what: Text
    """Which content."""
    why: Text
    """Why."""


class Accessibility(Model):
    """The eleven items of an accessibility statement under DOS-lagen (2018:1937), as listed by Digg."""

    actor: Text
    """1. Name of the public actor."""
    service: Text
    """2. Name of the digital service."""
    conformance: Literal["full", "partial", "none"]
    """3. helt, delvis or inte förenlig."""
    faults: tuple[Fault, ...]
    """4. What is not accessible, why, and what to use instead. [] = none known."""
    assessed: date
    """5. Date of the assessment."""
    updated: date
    """6. Date of the last change of the statement."""
    method: Text
    """7. How it was assessed, in a sentence."""
    email: Email
    """8. Where to report faults and ask for content in another form."""
    phone: Text | None = None
    """8. Telephone."""
    answer_within: Text
    """8. When one gets an answer, such as "två arbetsdagar"."""
    complaint_url: WebAddress
    """9. Digg's function for complaints."""
    disproportionate: tuple[Exempted, ...]
    """10. Content exempted as unduly burdensome (12 §). [] = none."""
    outside_law: tuple[Exempted, ...]
    """11. Content outside the law (9 §). [] = none."""


class SiteFile(Model):
    """`site.yaml` of a layer; merged key by key, the top layer wins."""

    id: Slug
    """Prefix of what is saved in the reader's browser. Never changed once published."""
    name: Annotated[Text, Field(max_length=40)]
    """Name of the site."""
    tagline: Text
    """One line in the footer."""
    languages: Annotated[tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], ...], Field(min_length=1)]
    """Language folders under content/, the first is the main one."""
    url: WebAddress | None = None
    """Where the site is published, for sitemap, feed and social media. All other links are relative."""
    publisher: Publisher
    """Who stands behind the site."""
    brand: Brand
    """Five colours; everything else is derived."""
    feedback: Annotated[Mailto | Form | Link, Field(discriminator="kind")]
    """How readers answer."""
    accessibility: Accessibility
    """The accessibility statement."""
    licence: Text
    """SPDX identifier of the content's licence."""
    licence_url: WebAddress
    """The licence's own page."""
    hide: tuple[Slug, ...] = ()
    """Ids of exercises, programs and pages of the layers below that this layer does not show."""


# --- What loading makes of them ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that something was read from: its path, its layer's name and where each value stands."""

    path: str
    layer: str
    marks: Mapping[tuple[str | int, ...], Location] = field(default_factory=dict)

    def at(self, *path: str | int) -> Location:
        """The place of the value at a path such as ("steps", 2, "minutes"), or the nearest place that is known."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Location(self.path))


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise: its front matter and its text, parsed once. `sections` maps keys such as "why" to sections."""

    meta: ExerciseMeta
    body: Document
    origin: Origin


@dataclass(frozen=True, slots=True)
class Program:
    """A program: its YAML and its introduction."""

    meta: ProgramMeta
    body: Document
    origin: Origin


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of text, or a list page with an introduction."""

    meta: PageMeta
    body: Document
    origin: Origin


@dataclass(frozen=True, slots=True)
class Content:
    """Everything written in one language, sorted by id."""

    lang: str
    exercises: Mapping[str, Exercise]
    programs: Mapping[str, Program]
    pages: Mapping[str, TextPage]
    areas: Mapping[str, AreaMeta]
    modes: Mapping[str, ModeMeta]
    behaviours: Mapping[str, BehaviourMeta]
    references: Mapping[str, ReferenceMeta]
    terms: Mapping[str, Term]
    assessment: AssessmentFile
    images: frozenset[str]
    """Names of the pictures in content/<lang>/images."""
    origins: Mapping[str, Origin]
    """Origins of the files that list things, by file name."""


@dataclass(frozen=True, slots=True)
class Site:
    """The whole content of all layers, frozen."""

    config: SiteFile
    config_origin: Origin
    contents: Mapping[str, Content]
    """By language."""
