"""What loading makes of the files: exercises, programs and pages with their texts and origins, and the whole Site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hejagen.model.document import Document
from hejagen.model.drawing import Drawings
from hejagen.model.exercise import ExerciseMeta
from hejagen.model.guide import GuideFile
from hejagen.model.listing import AreaMeta, AssessmentFile, BehaviourMeta, ModeMeta, PageMeta, ReferenceMeta, Term
from hejagen.model.node import Node
from hejagen.model.program import ProgramMeta
from hejagen.model.settings import CheckRun, SiteFile, Trial
from hejagen.model.worksheet import WorksheetMeta
from hejagen.problems import Location


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that something was read from: its path, its layer's name and where each value stands."""

    path: str
    layer: str
    root: Node | None = None

    def at(self, *path: str | int) -> Location:
        """The place of the value at a path such as ("steps", 2, "minutes"), or the nearest place that is known."""
        return self.root.place(*path) if self.root else Location(self.path)


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
class Worksheet:
    """A worksheet: its YAML and where it was read from."""

    meta: WorksheetMeta
    origin: Origin


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of text, or a list page with an introduction."""

    meta: PageMeta
    body: Document
    origin: Origin


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that texts show: the bytes of its file, and its size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SpellingWord:
    """A word that dictionaries lack, its place in the list, and the line above it that says why it is right."""

    word: str
    """A word may name, after /, another that it is inflected as: räckhöjd/höjd."""
    at: Location
    why: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything written in one language, sorted by id."""

    lang: str
    exercises: Mapping[str, Exercise]
    programs: Mapping[str, Program]
    worksheets: Mapping[str, Worksheet]
    pages: Mapping[str, TextPage]
    areas: Mapping[str, AreaMeta]
    modes: Mapping[str, ModeMeta]
    behaviours: Mapping[str, BehaviourMeta]
    references: Mapping[str, ReferenceMeta]
    terms: Mapping[str, Term]
    assessment: AssessmentFile
    guide: GuideFile | None
    """What the guide on the start page asks, and how it chooses, if there is one."""
    headings: Mapping[str, str]
    """The fixed headings of an exercise in this language, by key."""
    laws: Mapping[str, str]
    """The names of the areas of law in this language, by id."""
    images: Mapping[str, Picture]
    """The pictures in content/<lang>/images, by name."""
    files: frozenset[str]
    """Names of the files for download in content/<lang>/files."""
    origins: Mapping[str, Origin]
    """Origins of the files that list things, by file name."""
    spelling: tuple[SpellingWord, ...]
    """The words of content/<lang>/spelling.txt in all layers, the lowest first."""
    hidden: Mapping[str, Location]
    """What layers hide or hold back, by key such as `exercises/fredagsraden`, and where they say so."""


@dataclass(frozen=True, slots=True)
class LogoPicture:
    """A logo that is safe to show: the file's name, its bytes, its words and its size in CSS pixels."""

    name: str
    data: bytes
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BrandFiles:
    """The brand's own files: the logo, if any, and fonts with their licences by name."""

    logo: LogoPicture | None = None
    fonts: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """What was found at the last check of accessibility of the top layer, with the place of each value.

    Of `every` run, only those count that were made on the `content` as it is now, and only if the file is as the
    program wrote it.
    """

    every: tuple[CheckRun, ...]
    origin: Origin
    content: str
    """The hash of all that the pages are made from today."""
    sealed: bool
    """Whether the file is as the program wrote it."""

    @property
    def checks(self) -> tuple[CheckRun, ...]:
        """The runs that say something about the site as it is now."""
        return tuple(run for run in self.every if self.sealed and run.content == self.content)

    @property
    def newest(self) -> CheckRun:
        """The last run of all."""
        return max(self.every, key=lambda run: run.date)

    def passed(self, part: str) -> bool:
        """Whether a part of the check was made on all pages of the site as it is now, and nothing was found."""
        return any(run.passed for run in self.checks if run.part == part)


@dataclass(frozen=True, slots=True)
class Base:
    """The base layer's settings, seen from layers on top: `path` is its site.yaml, `own` the top layer's."""

    config: SiteFile
    path: str
    own: str


@dataclass(frozen=True, slots=True)
class Site:
    """The whole content of all layers, frozen."""

    config: SiteFile
    config_origin: Origin
    contents: Mapping[str, Content]
    """By language."""
    today: date
    """The day of the build."""
    brand_files: BrandFiles
    record: Record | None
    """What the last check of the top layer found, if it was recorded."""
    base: Base | None
    """What lies under the layers; None for the base layer by itself."""
    drawings: Drawings
    """What covers and the icon are drawn from."""

    @property
    def trials(self) -> tuple[Trial, ...]:
        """What people have tried by hand on this site. What they tried on a layer below counts there only."""
        place = self.config_origin.at("accessibility", "trials").path
        return self.config.accessibility.trials if self.base is None or place == self.base.own else ()
