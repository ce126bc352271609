"""Pages, and the files that list things: areas, modes, behaviours, references, terms, self-assessment."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from hejagen.messages import Message, say
from hejagen.model.base import CoverChoice, Key, Model, Slug, Source, Text, WebAddress
from hejagen.model.choices import Area, Evidence, Mode, Participation
from hejagen.model.page_kinds import PageTemplate


class Need(Model):
    question: Annotated[Text, Field(max_length=80)]
    """What a manager would say."""
    exercise: Slug
    """The exercise that answers it."""
    hint: Annotated[Text, Field(max_length=60)] | None = None
    """A few words about the exercise, in place of how long it takes."""


class Way(Model):
    title: Annotated[Text, Field(max_length=60)]
    """What it is called."""
    text: Annotated[Text, Field(max_length=200)]
    """A sentence or two."""
    link: Annotated[str, StringConstraints(pattern=r"^(exercise|program|page):[a-z0-9-]+(\?[a-z0-9=&-]+)?$")]
    """Where it leads: exercise:, program: or page: and the id. Choices in a list may follow, such as
    page:ovningar?time=15."""
    words: Annotated[Text, Field(max_length=60)]
    """Words of the link. My training has them for the first way only."""
    cover: Slug | None = None
    """Id of the exercise or program whose cover it has, if it is not what the link leads to."""


class PageCover(CoverChoice):
    participation: Participation = "team"
    """How many people there are on it."""


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
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    """Language of the title and the text when it is another than the folder's, such as se; the menus around it stay.
    Only for the template page."""
    menu: Literal["lead", "topics", "help", "about"] | None = None
    """Group in the menu. All but lead are in the footer too."""
    order: int = 50
    """Place within the group, lowest first."""
    cover: PageCover | None = None
    """The picture beside the heading, if the page has one."""
    last_reviewed: date
    """Date of the last review, in quotes."""
    needs: tuple[Need, ...] = ()
    """Start page only: what the reader may need right now."""
    unsure: Slug | None = None
    """Start page only: the exercise for those who are unsure."""
    unsure_text: Annotated[Text, Field(max_length=300)] | None = None
    """Start page only: what is said of that exercise, after its title."""
    facts: tuple[Annotated[Text, Field(max_length=60)], ...] = ()
    """Start page only: facts in a line below the introduction."""
    ways: tuple[Way, ...] = ()
    """Start page and My training only: ways to begin."""
    source: Source | None = None
    """In a translation: what it was translated from."""


class AreaMeta(Model):
    id: Area
    """Id."""
    clause: int
    """Clause of SS-EN ISO 56002 that inspired the area. The label is our own."""
    label: Text
    """Name shown."""
    label_en: Text = ""
    """English name: a note for editors, which no page shows."""
    about: Annotated[tuple[Annotated[Text, Field(max_length=500)], ...], Field(max_length=4)] = ()
    """What the area is about, a paragraph in each item."""


class ModeMeta(Model):
    id: Mode
    """Id."""
    label: Text
    """Name shown."""
    explain: Text
    """One sentence."""
    field_term: Text = ""
    """Term in the research literature, in English: a note for editors, which no page shows."""


class Utterance(Model):
    """Something that somebody could say at work."""

    where: Annotated[Text, Field(max_length=60)]
    """Who says it, and in what kind of workplace."""
    says: Annotated[Text, Field(max_length=200)]
    """The words, without quotation marks around them."""


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
    label_en: Text = ""
    """English name: a note for editors, which no page shows."""
    definition: Text
    """What the behaviour is."""
    looks_like: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What can be seen when somebody does it."""
    sounds_like: Annotated[tuple[Utterance, ...], Field(max_length=4)] = ()
    """What can be heard when somebody does it, in workplaces that differ."""
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
    source: Source | None = None
    """In a translation: what it was translated from."""


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
    """Subject: a note for editors, which no page shows."""
    evidence: Evidence
    """What the work can carry."""
    note: Text
    """For readers: what was studied and what it can carry, in one or two plain sentences."""


class ReferencesFile(Model):
    """`content/<lang>/references.yaml`."""

    references: tuple[ReferenceMeta, ...]
    """The works referred to."""
    source: Source | None = None
    """In a translation: what it was translated from."""


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
    source: Source | None = None
    """In a translation: what it was translated from."""


class ScaleOption(Model):
    id: Key
    """Id, saved with the reader's answers; it never changes once published."""
    value: Annotated[int, Field(ge=0, le=9)] | None
    """Place on the scale, from 0; null = no answer that has a place, such as no occasion."""
    label: Text
    """Words shown."""


class AnswerScale(Model):
    id: Key
    """Id, named by the items that are answered on it."""
    title: Text
    """Heading of its items."""
    ask: Text
    """The question that all its items answer."""
    team_ask: Text
    """The question to a team."""
    options: Annotated[tuple[ScaleOption, ...], Field(min_length=2, max_length=9)]
    """The answers in the order shown. Those without a place on the scale come last."""


class AssessmentItem(Model):
    id: Key
    """Id, saved with the reader's answers; it never changes once published."""
    behaviour: Key
    """Id from behaviours.yaml."""
    scale: Key
    """Id of the scale that it is answered on."""
    text: Text
    """The statement, in the first person."""
    team_text: Text
    """The statement for a team."""


class Retrospective(Model):
    question: Text
    """How was it before?"""
    why: Text
    """Why we ask, and what is wrong with the answer."""
    evidence: Text
    """What research says of the question, with its source."""


class TeamUse(Model):
    conversation: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The steps of a conversation without numbers."""
    small_group: Text
    """What those do who are fewer than six."""


class AssessmentFile(Model):
    """`content/<lang>/self-assessment.yaml`: the words of the self-assessment. Own items, not validated."""

    RETIRED: ClassVar[Mapping[str, Message]] = dict.fromkeys(
        ("introduction", "team_introduction"), say("remove it: the page shows its own text, in content/<lang>/pages")
    )

    id: Slug
    """Id, saved with the reader's answers."""
    version: Annotated[Text, Field(max_length=20)]
    """Version of the items, saved with the reader's answers."""
    title: Text
    """Name shown."""
    scales: Annotated[tuple[AnswerScale, ...], Field(min_length=1)]
    """The scales, in the order in which their items are asked."""
    items: Annotated[tuple[AssessmentItem, ...], Field(min_length=1)]
    """One statement for each behaviour."""
    retrospective: Retrospective
    """The question about before."""
    team: TeamUse
    """How a group uses it together."""
    next_step: Text
    """What to do with the answers."""
    limits: tuple[Text, ...]
    """What the answers cannot say."""
    references: tuple[Key, ...]
    """Ids from references.yaml."""
    source: Source | None = None
    """In a translation: what it was translated from."""

    @property
    def places(self) -> dict[str, dict[str, int | None]]:
        """The place of each option on its scale, by item and by option; None for those without a place."""
        scales = {scale.id: {option.id: option.value for option in scale.options} for scale in self.scales}
        return {item.id: scales[item.scale] for item in self.items}
