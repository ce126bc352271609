"""A Site becomes Pages: which addresses exist, which template each one uses and the values it gets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from hejagen.content.weeks import item_key, weeks
from hejagen.model.base import ItemRole
from hejagen.model.site import Content, Exercise, Origin, Program, Site, TextPage
from hejagen.theme.covers.choose import covers
from hejagen.theme.covers.draw import CoverSpec


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
    context: Mapping[str, Any] = field(default_factory=dict)
    listed: bool = True
    """Whether sitemap and search know the page."""
    text_lang: str = ""
    """Language of title and text, if it is another than that of the interface."""

    @property
    def language(self) -> str:
        """The language that the page is written in."""
        return self.text_lang or self.lang


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
    for exercise in content.exercises.values():
        yield _exercise_page(content, exercise, prefix, bases["exercises"])
    for program in content.programs.values():
        yield _program_page(content, program, prefix, bases["programs"])
    yield from _behaviour_pages(content, prefix, bases["behaviours"])
    yield from _area_pages(content, prefix, bases["areas"])


def _text_page(content: Content, page: TextPage, prefix: str) -> Page:
    meta = page.meta
    path = {"index": "index.html", "404": "404.html"}.get(meta.id, f"{meta.id}/index.html")
    return Page(
        key=f"page:{meta.id}",
        path=prefix + path,
        template=f"pages/{meta.template}.html",
        title=meta.title,
        summary=meta.summary,
        lang=content.lang,
        origin=page.origin,
        parent=None if meta.template in ("home", "not-found", "no-network") else _home(content),
        text_lang=meta.language or "",
        changed=meta.last_reviewed.isoformat(),
        context={"text": page, "listing": _listing(content, meta.template)},
        listed=meta.template not in ("not-found", "no-network", "search"),
    )


def _home(content: Content) -> str:
    return next(f"page:{page.meta.id}" for page in content.pages.values() if page.meta.template == "home")


def page_of(content: Content, template: str) -> str:
    """Return the key of the page with a template that only one page has, such as "training"."""
    return next(f"page:{page.meta.id}" for page in content.pages.values() if page.meta.template == template)


def counterpart(page: Page, pages: Mapping[str, Page]) -> Page | None:
    """Return the same page among another language's: the one with its id, or the only one with its template; else
    None."""
    same = pages.get(page.key)
    if same is None and page.key.startswith("page:") and page.template != "pages/page.html":
        same = next((other for other in pages.values() if other.template == page.template), None)
    return same


def _listing(content: Content, template: str) -> Mapping[str, Any]:
    """What the list pages list."""
    if template in ("home", "training", "programs"):
        return {"weeks": {program.meta.id: weeks(content, program) for program in content.programs.values()}}
    if template in ("behaviours", "areas"):
        return {"by_behaviour": _by_behaviour(content), "by_area": _by_area(content)}
    if template == "assessment":
        return {"references": [content.references[key] for key in content.assessment.references]}
    if template == "glossary":
        return {"words": " ".join(f"{term.term} {term.definition}" for term in content.terms.values())}
    return {}


def _exercise_page(content: Content, exercise: Exercise, prefix: str, base: TextPage) -> Page:
    meta = exercise.meta
    by_mode = {mode: sum(step.minutes for step in meta.steps if step.mode == mode) for mode in content.modes}
    context = {
        "exercise": exercise,
        "sections": {section.key: section for section in exercise.body.sections},
        "minutes_by_mode": {mode: minutes for mode, minutes in by_mode.items() if minutes},
        "references": [content.references[key] for key in meta.references],
        "behaviours": [content.behaviours[key] for key in meta.trained_behaviours],
        "next_exercises": [content.exercises[key] for key in meta.next_exercises],
        "places": tuple(_places(content, exercise)),
    }
    return Page(
        key=f"exercise:{meta.id}",
        path=f"{prefix}{base.meta.id}/{meta.id}/index.html",
        template="pages/exercise.html",
        title=meta.title,
        summary=meta.purpose,
        lang=content.lang,
        origin=exercise.origin,
        parent=f"page:{base.meta.id}",
        changed=meta.last_reviewed.isoformat(),
        context=context,
    )


def _places(content: Content, exercise: Exercise) -> Iterator[Place]:
    for program in content.programs.values():
        sequence = program.meta.sequence
        for number, item in enumerate(sequence):
            if item.exercise == exercise.meta.id:
                before = sequence[number - 1].exercise if number else None
                after = sequence[number + 1].exercise if number + 1 < len(sequence) else None
                yield Place(
                    program,
                    item.week,
                    item_key(item.week, item.exercise),
                    item.role,
                    content.exercises.get(before or ""),
                    content.exercises.get(after or ""),
                )


def _program_page(content: Content, program: Program, prefix: str, base: TextPage) -> Page:
    meta = program.meta
    own_weeks = weeks(content, program)
    context = {
        "program": program,
        "weeks": own_weeks,
        "average": round(sum(week.leader for week in own_weeks) / meta.weeks),
        "behaviours": [content.behaviours[key] for key in meta.focal_behaviours],
        "references": [content.references[key] for key in meta.references],
    }
    return Page(
        key=f"program:{meta.id}",
        path=f"{prefix}{base.meta.id}/{meta.id}/index.html",
        template="pages/program.html",
        title=meta.title,
        summary=meta.goal,
        lang=content.lang,
        origin=program.origin,
        parent=f"page:{base.meta.id}",
        changed=meta.last_reviewed.isoformat(),
        context=context,
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
            "behaviour": behaviour,
            "exercises": exercises[key],
            "references": [content.references[reference] for reference in behaviour.references],
        }
        yield Page(
            key=f"behaviour:{key}",
            path=f"{prefix}{base.meta.id}/{key.replace('_', '-')}/index.html",
            template="pages/behaviour.html",
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
            title=area.label,
            summary=" · ".join(behaviour.label for behaviour in behaviours),
            lang=content.lang,
            origin=content.origins["behaviours.yaml"],
            parent=f"page:{base.meta.id}",
            context={"area": area, "exercises": exercises[key], "behaviours": behaviours},
        )


def file_page(site: Site, template: str, context: Mapping[str, Any] = MappingProxyType({})) -> Page:
    """Return a file for machines that lies in the root, such as robots.txt, called like its template in layouts/."""
    name, lang = template.rpartition("/")[2], site.config.languages[0]
    return Page(f"file:{name}", name, template, "", "", lang, site.config_origin, context=context, listed=False)
