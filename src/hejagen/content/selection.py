"""Reduce a site to chosen programs and exercises, with the pages around them."""

from collections.abc import Iterable, Set
from dataclasses import replace

from hejagen.errors import WrongUsage
from hejagen.messages import say
from hejagen.model.site import Content, Exercise, Site, TextPage
from hejagen.problems import NOUNS, did_you_mean


def select(site: Site, programs: Iterable[str], exercises: Iterable[str]) -> Site:
    """Return the site with only the chosen programs, their exercises and the chosen exercises, in every language.

    Pages and lists stay, without their references to what is left out. If nothing is chosen, return the whole site.
    Raises WrongUsage for an id that no language has.
    """
    wanted_programs, wanted_exercises = frozenset(programs), frozenset(exercises)
    if not wanted_programs and not wanted_exercises:
        return site
    for kind, wanted in (("program", wanted_programs), ("exercise", wanted_exercises)):
        known = {key for content in site.contents.values() for key in getattr(content, f"{kind}s")}
        for key in sorted(wanted - known):
            raise WrongUsage(
                say('There is no {what} "{name}":', what=NOUNS[kind], name=key),
                did_you_mean(key, tuple(known), say("there are")),
            )
    return replace(
        site,
        contents={
            lang: _content(content, wanted_programs, wanted_exercises) for lang, content in site.contents.items()
        },
    )


def _content(content: Content, programs: frozenset[str], exercises: frozenset[str]) -> Content:
    selected = {key: program for key, program in content.programs.items() if key in programs}
    within = {item.exercise for program in selected.values() for item in program.meta.sequence if item.exercise}
    chosen = {key: exercise for key, exercise in content.exercises.items() if key in exercises | within}
    used = {exercise.meta.worksheet for exercise in chosen.values()}
    return replace(
        content,
        programs=selected,
        worksheets={key: sheet for key, sheet in content.worksheets.items() if key in used},
        exercises={key: _exercise(exercise, chosen.keys()) for key, exercise in chosen.items()},
        pages={key: _page(page, chosen.keys()) for key, page in content.pages.items()},
    )


def _exercise(exercise: Exercise, exercises: Set[str]) -> Exercise:
    following = tuple(key for key in exercise.meta.next_exercises if key in exercises)
    return replace(exercise, meta=exercise.meta.model_copy(update={"next_exercises": following}))


def _page(page: TextPage, exercises: Set[str]) -> TextPage:
    needs = tuple(need for need in page.meta.needs if need.exercise in exercises)
    unsure = page.meta.unsure if page.meta.unsure and page.meta.unsure in exercises else None
    ways = tuple(way for way in page.meta.ways if way.link.startswith("page:"))
    return replace(page, meta=page.meta.model_copy(update={"needs": needs, "unsure": unsure, "ways": ways}))
