"""Reduce a site to chosen programs and exercises, or to those that are no drafts, with the pages around them."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from hejagen.errors import WrongUsage
from hejagen.messages import say
from hejagen.model.site import Content, Exercise, Program, Site, TextPage
from hejagen.problems import NOUNS, Problem, did_you_mean


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
    contents = {}
    for lang, content in site.contents.items():
        chosen = content.programs.keys() & wanted_programs
        within = {item.exercise for key in chosen for item in content.programs[key].meta.sequence}
        contents[lang] = _only(content, chosen, wanted_exercises | within)
    return replace(site, contents=contents)


def publish(site: Site) -> tuple[Site, list[Problem]]:
    """Return the site without its drafts, and the problems: a warning for each draft, and an error for each program
    that is none but has an exercise that is one. Other references to drafts are left out with them."""
    contents = dict(site.contents)
    problems: list[Problem] = []
    for lang, content in site.contents.items():
        every: tuple[Exercise | Program, ...] = (*content.exercises.values(), *content.programs.values())
        if drafts := {item.meta.id: item for item in every if item.meta.status == "draft"}:
            problems += map(_unseen, drafts.values())
            problems += [problem for program in content.programs.values() for problem in _unready(program, content)]
            contents[lang] = _only(content, content.programs.keys() - drafts, content.exercises.keys() - drafts)
    return replace(site, contents=contents), problems


def _unseen(item: Exercise | Program) -> Problem:
    message, hint = say("a draft: only a preview shows it"), say("write status: reviewed when it is ready")
    return Problem(item.origin.at("status"), "draft", message, hint, "warning")


def _unready(program: Program, content: Content) -> Iterator[Problem]:
    for number, item in enumerate(program.meta.sequence):
        exercise = content.exercises.get(item.exercise)
        if exercise and exercise.meta.status == "draft" != program.meta.status:
            at, place = program.origin.at("sequence", number, "exercise"), str(exercise.origin.at("status"))
            message = say('the exercise "{name}" is a draft, which only a preview shows', name=item.exercise)
            hint = say("write status: reviewed in {place}, or status: draft in this program", place=place)
            yield Problem(at, "draft", message, hint)


def _only(content: Content, programs: Set[str], exercises: Set[str]) -> Content:
    chosen = {key: exercise for key, exercise in content.exercises.items() if key in exercises}
    used = {exercise.meta.worksheet for exercise in chosen.values()}
    return replace(
        content,
        programs={key: program for key, program in content.programs.items() if key in programs},
        worksheets={key: sheet for key, sheet in content.worksheets.items() if key in used},
        exercises={key: _exercise(exercise, chosen.keys()) for key, exercise in chosen.items()},
        pages={key: _page(page, programs | chosen.keys()) for key, page in content.pages.items()},
    )


def _exercise(exercise: Exercise, exercises: Set[str]) -> Exercise:
    following = tuple(key for key in exercise.meta.next_exercises if key in exercises)
    return replace(exercise, meta=exercise.meta.model_copy(update={"next_exercises": following}))


def _page(page: TextPage, there: Set[str]) -> TextPage:
    needs = tuple(need for need in page.meta.needs if need.exercise in there)
    unsure = page.meta.unsure if page.meta.unsure in there else None
    ways = tuple(way for way in page.meta.ways if way.link.startswith("page:") or way.link.partition(":")[2] in there)
    return replace(page, meta=page.meta.model_copy(update={"needs": needs, "unsure": unsure, "ways": ways}))
