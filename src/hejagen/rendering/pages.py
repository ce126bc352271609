"""A Site becomes Pages: which addresses exist, which template each one uses and the values it gets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from hejagen.content.weeks import item_key, weeks
from hejagen.languages import language
from hejagen.model.choices import ItemRole
from hejagen.model.guide import GuideFile
from hejagen.model.listing import AreaMeta, BehaviourMeta
from hejagen.model.page_kinds import FILE, PAGE_KINDS, PageKind
from hejagen.model.site import Content, Exercise, Origin, Program, Site, TextPage
from hejagen.model.worksheet import WorksheetMeta
from hejagen.theme.covers.choose import covers
from hejagen.theme.covers.draw import CoverSpec

Subject = Exercise | Program | TextPage | BehaviourMeta | AreaMeta
SUBJECTS: Mapping[type[Subject], str] = {
    Exercise: "exercise",
    Program: "program",
    TextPage: "text",
    BehaviourMeta: "behaviour",
    AreaMeta: "area",
}
"""What templates call the subject of a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `key` names it in links: "exercise:fredagsraden", "page:om", "file:feed.atom"."""

    key: str
    path: str
    template: str
    title: str
    summary: str
    lang: str
    origin: Origin
    parent: str | None = None
    changed: str = ""
    """Date of the last review, ISO format, or empty."""
    cover: CoverSpec | None = None
    kind: PageKind = FILE
    """What holds for all pages of its template."""
    subject: Subject | None = None
    """What the page is about. Its template gets it by the name in SUBJECTS."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """Values for its template besides."""
    text_lang: str = ""
    """Language of title and text, if it is another than that of the interface."""

    @property
    def language(self) -> str:
        """The language that the page is written in."""
        return self.text_lang or self.lang

    @property
    def section(self) -> str:
        """The entry of the main menu that the page lies below, or its own kind."""
        return self.kind.section or self.kind.name


@dataclass(frozen=True, slots=True)
class Place:
    """Where an exercise stands in a program: the week, the item's key and the exercises before and after."""

    program: Program
    week: int
    key: str
    role: ItemRole
    previous: Exercise | None
    next: Exercise | None


def pages(site: Site) -> tuple[Page, ...]:
    """Return every page of every language, list pages first. The first language lies at the root."""
    found: list[Page] = []
    drawn = covers(site)
    for number, content in enumerate(site.contents.values()):
        own = _language_pages(content, "" if number == 0 else f"{content.lang}/")
        found.extend(replace(page, cover=drawn.get(page.key)) for page in own)
    return tuple(found)


def _language_pages(content: Content, prefix: str) -> Iterator[Page]:
    bases = {page.meta.template: page for page in content.pages.values()}
    for page in content.pages.values():
        yield _text_page(content, page, prefix)
    places = _places(content)
    for exercise in content.exercises.values():
        own = _exercise_page(content, exercise, tuple(places.get(exercise.meta.id, ())), prefix, bases["exercises"])
        yield own
        if sheet := content.worksheets.get(exercise.meta.worksheet or ""):
            yield _worksheet_page(own, sheet.meta)
    for program in content.programs.values():
        yield _program_page(content, program, prefix, bases["programs"])
    if content.guide:
        yield _guide_page(content, content.guide, prefix, bases["exercises"])
    yield from _behaviour_pages(content, prefix, bases["behaviours"])
    yield from _area_pages(content, prefix, bases["areas"])


def _text_page(content: Content, page: TextPage, prefix: str) -> Page:
    meta = page.meta
    kind = PAGE_KINDS[meta.template]
    path = {"index": "index.html", "404": "404.html"}.get(meta.id, f"{meta.id}/index.html")
    return Page(
        key=f"page:{meta.id}",
        path=prefix + path,
        template=f"pages/{kind.name}.html",
        title=meta.title,
        summary=meta.summary,
        lang=content.lang,
        origin=page.origin,
        parent=_home(content) if kind.below_home else None,
        text_lang=meta.language or "",
        changed=meta.last_reviewed.isoformat(),
        kind=kind,
        subject=page,
    )


def _home(content: Content) -> str:
    return next(f"page:{page.meta.id}" for page in content.pages.values() if page.meta.template == "home")


def page_of(content: Content, template: str) -> str:
    """Return the key of the page with a template that only one page has, such as "training"."""
    return next(f"page:{page.meta.id}" for page in content.pages.values() if page.meta.template == template)


def original(page: Page) -> str:
    """Return the key of the text that a page is translated from; the page's own if it has no other."""
    source = page.subject.meta.source if isinstance(page.subject, TextPage) else None
    return f"page:{source.id}" if source and source.id else page.key


def counterpart(page: Page, pages: Mapping[str, Page]) -> Page | None:
    """Return the same page among another language's: the one with its id or translated from the same text, or the only
    one with its template; else None. `pages` are by key, and by the key of what they are translated from."""
    same = pages.get(original(page))
    if same is None and page.kind.text and page.kind.name != "page":
        same = next((other for other in pages.values() if other.kind is page.kind), None)
    return same


def _exercise_page(
    content: Content, exercise: Exercise, places: tuple[Place, ...], prefix: str, base: TextPage
) -> Page:
    meta = exercise.meta
    by_mode = {mode: sum(step.minutes for step in meta.steps if step.mode == mode) for mode in content.modes}
    context = {
        "sections": {section.key: section for section in exercise.body.sections},
        "minutes_by_mode": {mode: minutes for mode, minutes in by_mode.items() if minutes},
        "references": [content.references[key] for key in meta.references],
        "behaviours": [content.behaviours[key] for key in meta.trained_behaviours],
        "next_exercises": [content.exercises[key] for key in meta.next_exercises],
        "places": places,
    }
    return Page(
        key=f"exercise:{meta.id}",
        path=f"{prefix}{base.meta.id}/{meta.id}/index.html",
        template="pages/exercise.html",
        kind=PAGE_KINDS["exercise"],
        subject=exercise,
        title=meta.title,
        summary=meta.purpose,
        lang=content.lang,
        origin=exercise.origin,
        parent=f"page:{base.meta.id}",
        changed=meta.last_reviewed.isoformat(),
        context=context,
    )


def with_text(page: Page, item: Exercise | TextPage) -> Page:
    """Return the page of an exercise or a text with another text below the same facts."""
    sections = {section.key: section for section in item.body.sections}
    context = {**page.context, "sections": sections} if "sections" in page.context else page.context
    return replace(page, subject=item, context=context)


def _worksheet_page(exercise: Page, sheet: WorksheetMeta) -> Page:
    """Return the page of an exercise's worksheet, below the exercise's own."""
    folder = exercise.path.removesuffix("index.html") + language(exercise.lang).anchor("worksheet")
    return replace(
        exercise,
        key=exercise.key.replace("exercise:", "worksheet:"),
        path=f"{folder}/index.html",
        template="pages/worksheet.html",
        kind=PAGE_KINDS["worksheet"],
        parent=exercise.key,
        summary=sheet.how,
        context={**exercise.context, "sheet": sheet},
    )


def _places(content: Content) -> Mapping[str, list[Place]]:
    """Where each exercise stands in programs, by its id."""
    places: dict[str, list[Place]] = {}
    for program in content.programs.values():
        sequence = program.meta.sequence
        exercises = (None, *(content.exercises.get(item.exercise) for item in sequence), None)
        for item, before, after in zip(sequence, exercises, exercises[2:], strict=False):
            key = item_key(item.week, item.exercise)
            places.setdefault(item.exercise, []).append(Place(program, item.week, key, item.role, before, after))
    return places


def _program_page(content: Content, program: Program, prefix: str, base: TextPage) -> Page:
    meta = program.meta
    own_weeks = weeks(content, program)
    context = {
        "weeks": own_weeks,
        "average": round(sum(week.leader for week in own_weeks) / meta.weeks),
        "behaviours": [content.behaviours[key] for key in meta.focal_behaviours],
        "references": [content.references[key] for key in meta.references],
    }
    return Page(
        key=f"program:{meta.id}",
        path=f"{prefix}{base.meta.id}/{meta.id}/index.html",
        template="pages/program.html",
        kind=PAGE_KINDS["program"],
        subject=program,
        title=meta.title,
        summary=meta.goal,
        lang=content.lang,
        origin=program.origin,
        parent=f"page:{base.meta.id}",
        changed=meta.last_reviewed.isoformat(),
        context=context,
    )


def _guide_page(content: Content, guide: GuideFile, prefix: str, base: TextPage) -> Page:
    return Page(
        key="guide",
        path=f"{prefix}{guide.id}/index.html",
        template="pages/guide.html",
        kind=PAGE_KINDS["guide"],
        title=guide.page_title,
        summary=guide.summary,
        lang=content.lang,
        origin=content.origins["guide.yaml"],
        parent=f"page:{base.meta.id}",
    )


def _by_behaviour(content: Content) -> Mapping[str, tuple[Exercise, ...]]:
    every = content.exercises.values()
    return {key: tuple(e for e in every if key in e.meta.trained_behaviours) for key in content.behaviours}


def _by_area(content: Content) -> Mapping[str, tuple[Exercise, ...]]:
    every = content.exercises.values()
    return {key: tuple(e for e in every if e.meta.standard_area == key) for key in content.areas}


def _behaviour_pages(content: Content, prefix: str, base: TextPage) -> Iterator[Page]:
    exercises = _by_behaviour(content)
    for key, behaviour in content.behaviours.items():
        context = {
            "exercises": exercises[key],
            "references": [content.references[reference] for reference in behaviour.references],
        }
        yield Page(
            key=f"behaviour:{key}",
            path=f"{prefix}{base.meta.id}/{key.replace('_', '-')}/index.html",
            template="pages/behaviour.html",
            kind=PAGE_KINDS["behaviour"],
            subject=behaviour,
            title=behaviour.label,
            summary=behaviour.definition,
            lang=content.lang,
            origin=content.origins["behaviours.yaml"],
            parent=f"page:{base.meta.id}",
            context=context,
        )


def _area_pages(content: Content, prefix: str, base: TextPage) -> Iterator[Page]:
    exercises = _by_area(content)
    for key, area in content.areas.items():
        behaviours = [b for b in content.behaviours.values() if b.standard_area == key]
        yield Page(
            key=f"area:{key}",
            path=f"{prefix}{base.meta.id}/{key}/index.html",
            template="pages/area.html",
            kind=PAGE_KINDS["area"],
            subject=area,
            title=area.label,
            summary=" · ".join(behaviour.label for behaviour in behaviours),
            lang=content.lang,
            origin=content.origins["behaviours.yaml"],
            parent=f"page:{base.meta.id}",
            context={"exercises": exercises[key], "behaviours": behaviours},
        )


def file_page(site: Site, template: str, context: Mapping[str, Any] = MappingProxyType({})) -> Page:
    """Return a file for machines that lies in the root, such as robots.txt, called like its template in layouts/."""
    name, lang = template.rpartition("/")[2], site.config.languages[0]
    return Page(f"file:{name}", name, template, "", "", lang, site.config_origin, context=context)
