"""schema.org data of pages, for search engines: LearningResource and HowTo, Course, WebPage, BreadcrumbList."""

from typing import Any

from hejagen.model.site import Exercise, Program
from hejagen.rendering.links import Links, above
from hejagen.rendering.pages import Page
from hejagen.rendering.view import View

LEVELS = {"foundation": "Beginner", "intermediate": "Intermediate", "advanced": "Advanced"}


def structured(view: View, links: Links) -> dict[str, Any]:
    """Return the JSON-LD graph of a page."""
    page = view.page
    graph = [_trail(view, links)]
    if isinstance(page.subject, Exercise) and page.kind.practised:
        graph.append(_exercise(view, links, page.subject))
    elif isinstance(page.subject, Program):
        graph.append(_program(view, links, page.subject))
    else:
        graph.append({"@type": "WebPage", **_basics(page, links)})
    return {"@context": "https://schema.org", "@graph": graph}


def _basics(page: Page, links: Links) -> dict[str, Any]:
    basics: dict[str, Any] = {"name": page.title, "description": page.summary, "inLanguage": page.language}
    if address := links.absolute(page):
        basics["url"] = address
    if page.changed:
        basics["dateModified"] = page.changed
    return basics


def _learning(view: View, links: Links) -> dict[str, Any]:
    config = view.site.config
    return {
        **_basics(view.page, links),
        "license": config.licence_url,
        "isAccessibleForFree": True,
        "provider": {"@type": "Organization", "name": config.publisher.name},
    }


def _exercise(view: View, links: Links, exercise: Exercise) -> dict[str, Any]:
    page = view.page
    meta = exercise.meta
    sections = {section.key: section for section in exercise.body.sections}
    texts = [" ".join(block.text for block in sub.blocks) for sub in sections["steps"].subsections]
    steps = [
        {"@type": "HowToStep", "position": number, "name": step.title, "text": text}
        for number, (step, text) in enumerate(zip(meta.steps, texts, strict=True), 1)
    ]
    return {
        "@type": ["LearningResource", "HowTo"],
        **_learning(view, links),
        "learningResourceType": "exercise",
        "educationalLevel": LEVELS[meta.level],
        "timeRequired": f"PT{meta.minutes.total}M",
        "totalTime": f"PT{meta.minutes.total}M",
        "teaches": [behaviour.label for behaviour in page.context["behaviours"]],
        "supply": [{"@type": "HowToSupply", "name": thing} for thing in meta.materials],
        "step": steps,
    }


def _program(view: View, links: Links, program: Program) -> dict[str, Any]:
    page = view.page
    meta = program.meta
    minutes = sum(week.leader for week in page.context["weeks"])
    return {
        "@type": "Course",
        **_learning(view, links),
        "courseCode": meta.code,
        "timeRequired": f"P{meta.weeks}W",
        "teaches": [behaviour.label for behaviour in page.context["behaviours"]],
        "offers": {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "SEK"},
        "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "blended", "courseWorkload": f"PT{minutes}M"},
    }


def _trail(view: View, links: Links) -> dict[str, Any]:
    steps = [*above(view), (view.page.title, view.page)]
    items: list[dict[str, Any]] = []
    for number, (title, step) in enumerate(steps, 1):
        address = links.absolute(step)
        place = {"item": address} if address else {}
        items.append({"@type": "ListItem", "position": number, "name": title, **place})
    return {"@type": "BreadcrumbList", "itemListElement": items}
