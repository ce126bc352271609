"""Rules about the guide on the start page: that it names what exists, and has an answer to every choice."""

from collections.abc import Iterable, Iterator
from itertools import product

from hejagen.content.guide import Choice, recommend
from hejagen.model.guide import GuideFile
from hejagen.model.site import Content, Origin, Site
from hejagen.problems import Finding, did_you_mean


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
                    hint = did_you_mean(name, tuple(content.exercises), "there are")
                    yield Finding(origin.at(*path, number), f'there is no exercise "{name}"', hint)
        for number, need in enumerate(guide.needs):
            for place, name in enumerate(need.behaviours):
                if name not in content.behaviours:
                    hint = did_you_mean(name, tuple(content.behaviours), "there are")
                    at = origin.at("needs", number, "behaviours", place)
                    yield Finding(at, f'there is no behaviour "{name}"', hint)
        for key in ("times", "people", "places", "needs"):
            yield from _repeated(origin, key, [entry.id for entry in getattr(guide, key)])
        if guide.id in content.pages:
            message = f'the address "{guide.id}" is taken by {content.pages[guide.id].origin.path}'
            yield Finding(origin.at("id"), message, "choose another id")


def _repeated(origin: Origin, key: str, ids: Iterable[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, name in enumerate(ids):
        if name in seen:
            yield Finding(origin.at(key, number, "id"), f'the id "{name}" stands above too', "give one another id")
        seen.add(name)


def guide_answer(site: Site) -> Iterator[Finding]:
    """The guide has no exercise for a choice of time and people."""
    for content, guide, origin in _guides(site):
        # Place and need only order the answers: they need not be combined with these.
        for time, people in product((None, *guide.times), (None, *guide.people)):
            choice = Choice(time, people)
            if not recommend(content, guide, choice):
                at = origin.at("times", guide.times.index(time)) if time else origin.at("people")
                words = choice.words or "nothing chosen"
                hint = "write an exercise for it, name one in in_any_group, or take a choice away"
                yield Finding(at, f"no exercise fits: {words}", hint, "warning")
