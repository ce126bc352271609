"""Rules about the guide on the start page: that it names what exists, and has an answer to every choice."""

from collections.abc import Iterable, Iterator
from itertools import product

from hejagen.content.guide import Choice, recommend
from hejagen.messages import say
from hejagen.model.guide import GuideFile
from hejagen.model.site import Content, Origin, Site
from hejagen.problems import NOUNS, Finding, did_you_mean


def _guides(site: Site) -> Iterator[tuple[Content, GuideFile, Origin]]:
    for content in site.contents.values():
        if content.guide:
            yield content, content.guide, content.origins["guide.yaml"]


def guide_reference(site: Site) -> Iterator[Finding]:
    """The guide names an exercise or a behaviour that does not exist, has an id twice, or the address of a page."""
    for content, guide, origin in _guides(site):
        lists: dict[tuple[str | int, ...], tuple[str, ...]]
        lists = {("first",): guide.first, ("in_any_group",): guide.in_any_group}
        lists |= {("needs", number, "exercises"): need.exercises for number, need in enumerate(guide.needs)}
        for path, names in lists.items():
            for number, name in enumerate(names):
                if name not in content.exercises and f"exercises/{name}" not in content.hidden:
                    hint = did_you_mean(name, tuple(content.exercises), say("there are"))
                    yield Finding(
                        origin.at(*path, number),
                        say('there is no {what} "{name}"', what=NOUNS["exercise"], name=name),
                        hint,
                    )
        for number, need in enumerate(guide.needs):
            for place, name in enumerate(need.behaviours):
                if name not in content.behaviours:
                    hint = did_you_mean(name, tuple(content.behaviours), say("there are"))
                    at = origin.at("needs", number, "behaviours", place)
                    yield Finding(at, say('there is no {what} "{name}"', what=NOUNS["behaviour"], name=name), hint)
        for key in ("times", "people", "places", "needs"):
            yield from _repeated(origin, key, [entry.id for entry in getattr(guide, key)])
        if guide.id in content.pages:
            message = say(
                'the address "{name}" is taken by {path}', name=guide.id, path=content.pages[guide.id].origin.path
            )
            yield Finding(origin.at("id"), message, say("choose another id"))


def _repeated(origin: Origin, key: str, ids: Iterable[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, name in enumerate(ids):
        if name in seen:
            yield Finding(
                origin.at(key, number, "id"),
                say('the id "{name}" stands above too', name=name),
                say("give one another id"),
            )
        seen.add(name)


def guide_answer(site: Site) -> Iterator[Finding]:
    """The guide has no exercise for a choice of time and people."""
    for content, guide, origin in _guides(site):
        # Place and need only order the answers: they need not be combined with these.
        for time, people in product((None, *guide.times), (None, *guide.people)):
            choice = Choice(time, people)
            if not recommend(content, guide, choice):
                at = origin.at("times", guide.times.index(time)) if time else origin.at("people")
                words = choice.words or say("nothing chosen")
                hint = say("write an exercise for it, name one in in_any_group, or take a choice away")
                yield Finding(at, say("no exercise fits: {words}", words=words), hint, "warning")
