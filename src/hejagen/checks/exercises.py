"""Rules about exercises: their facts, and the sections of their texts."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from hejagen.languages import language
from hejagen.messages import say
from hejagen.model.site import Exercise, Site
from hejagen.problems import Finding, Location, did_you_mean

ADAPTATIONS = ("Remote or hybrid", "Accessibility", "Without writing or walking")
"""Labels of the bullets about adapting, in this order, for languages that define none."""
ADAPTED = (len(ADAPTATIONS), 4)
"""How many bullets about adapting an exercise has: three, or the four of exercises written before version 0.3."""
SECTIONS_ALWAYS = ("why", "before", "example", "steps", "reflect", "plan", "adapt", "care", "evidence")
"""The sections without which an exercise has no page."""
FACTS_SINCE = ("activity_form", "sector", "place", "large_group", "needs", "tested")
"""Keys that every exercise has had since version 0.3. Older ones are built without them."""

STRAIGHT = str.maketrans("“”„’‘‚", "\"\"\"'''")
"""Quotation marks of print, which Markdown makes of those of the keyboard, as those of the keyboard."""


def _exercises(site: Site) -> Iterator[Exercise]:
    return (exercise for content in site.contents.values() for exercise in content.exercises.values())


def step_minutes(site: Site) -> Iterator[Finding]:
    """The minutes of the steps do not add up to minutes.active."""
    for exercise in _exercises(site):
        steps = sum(step.minutes for step in exercise.meta.steps)
        stated = exercise.meta.minutes.active
        if steps != stated:
            message = say("the steps add up to {steps} minutes, but active is {stated}", steps=steps, stated=stated)
            yield Finding(
                exercise.origin.at("minutes", "active"),
                message,
                say("write active: {steps}, or change a step", steps=steps),
            )


def step_titles(site: Site) -> Iterator[Finding]:
    """The headings of the steps in the text differ from the titles in the front matter."""
    for exercise in _exercises(site):
        section = next((s for s in exercise.body.sections if s.key == "steps"), None)
        if section is None:
            continue
        written = [sub.title for sub in section.subsections]
        stated = [step.title for step in exercise.meta.steps]
        if written == stated:
            continue
        if len(written) != len(stated):
            message = say(
                "{written} steps in the text, {stated} in the front matter", written=len(written), stated=len(stated)
            )
            hint = say("write one ### heading for each step")
            yield Finding(exercise.origin.at("steps"), message, hint)
            continue
        for number, (here, there) in enumerate(zip(written, stated, strict=True)):
            if here.translate(STRAIGHT) != there.translate(STRAIGHT):
                at = exercise.origin.at("steps", number, "title")
                line = section.subsections[number].line
                yield Finding(
                    at,
                    say(
                        'step {number} is "{there}" here and "{here}" on line {line}',
                        number=number + 1,
                        there=there,
                        here=here,
                        line=line,
                    ),
                    say("use the same words"),
                )


def missing_section(site: Site) -> Iterator[Finding]:
    """An exercise lacks one of its fixed sections, or has a heading that is not one of them."""
    for content in site.contents.values():
        for exercise in content.exercises.values():
            yield from _section_findings(exercise, content.headings)


def _section_findings(exercise: Exercise, headings: Mapping[str, str]) -> Iterator[Finding]:
    keys = [section.key for section in exercise.body.sections]
    wanted = list(SECTIONS_ALWAYS)
    if exercise.meta.participation != "individual":
        wanted.insert(wanted.index("reflect"), "facilitator")
    unknown = [section for section in exercise.body.sections if section.key not in headings]
    for section in unknown:
        at = Location(exercise.origin.path, section.line)
        hint = did_you_mean(section.title, tuple(headings.values()), say("they are"))
        yield Finding(at, say('"{title}" is not one of the fixed headings', title=section.title), hint)
    missing = [key for key in wanted if key not in keys and not unknown]
    if missing == wanted:
        hint = say("write {headings}, each with its text", headings=", ".join(f"## {headings[key]}" for key in wanted))
        yield Finding(exercise.origin.at(), say("the exercise has no text below its facts"), hint)
        return
    for key in missing:
        message = say('the section "{heading}" is missing', heading=headings[key])
        yield Finding(exercise.origin.at(), message, say("write a line: ## {heading}", heading=headings[key]))


def repeated_section(site: Site) -> Iterator[Finding]:
    """An exercise has one of the fixed headings twice, and its page has one place for each."""
    for exercise in _exercises(site):
        lines: dict[str, int] = {}
        for section in exercise.body.sections:
            if section.key in lines:
                at = Location(exercise.origin.path, section.line)
                message = say(
                    'the heading "{title}" stands on line {line} too', title=section.title, line=lines[section.key]
                )
                yield Finding(at, message, say("put both texts under the first one"))
            lines.setdefault(section.key, section.line)


def section_order(site: Site) -> Iterator[Finding]:
    """The sections of an exercise stand in another order than readers meet them."""
    for content in site.contents.values():
        order = list(content.headings)
        for exercise in content.exercises.values():
            known = [section for section in exercise.body.sections if section.key in content.headings]
            for before, section in pairwise(known):
                if order.index(section.key) < order.index(before.key):
                    at = Location(exercise.origin.path, section.line)
                    message = say('"{title}" stands after "{before}"', title=section.title, before=before.title)
                    yield Finding(at, message, say('move it up, before "{title}"', title=before.title), "warning")


def older_exercise(site: Site) -> Iterator[Finding]:
    """An exercise lacks facts or sections that exercises have had since version 0.3. Its page is shown without them."""
    for content in site.contents.values():
        for exercise in content.exercises.values():
            facts = [key for key in FACTS_SINCE if getattr(exercise.meta, key) in (None, ())]
            written = {section.key for section in exercise.body.sections}
            sections = [f"## {content.headings[key]}" for key in _sections_since(exercise) if key not in written]
            if facts or sections:
                hint = say("write them when you next work on the exercise; docs/how-to/skriva-ovning.md says how")
                yield Finding(
                    exercise.origin.at(),
                    say("not there yet: {missing}", missing=", ".join([*facts, *sections])),
                    hint,
                    "warning",
                )


def _sections_since(exercise: Exercise) -> Iterator[str]:
    """Yield the keys of the sections that an exercise of its kind has had since version 0.3."""
    meta = exercise.meta
    together = meta.participation != "individual"
    conditions = {
        "invitation": together,
        "room": together and "onsite" in meta.formats,
        "stuck": together,
        "follow_up": True,
        "sizes": True,
        "law": bool(meta.laws),
    }
    yield from (key for key, needed in conditions.items() if needed)


def law_bullets(site: Site) -> Iterator[Finding]:
    """The section about the law does not have one bullet for each of the areas that the front matter names."""
    for content in site.contents.values():
        for exercise in content.exercises.values():
            section = next((s for s in exercise.body.sections if s.key == "law"), None)
            if section is None:
                continue
            stated = [content.laws[law] for law in exercise.meta.laws]
            written = [item.label for item in section.items]
            wanted = ", ".join(f"- **{name}:** …" for name in stated if name not in written)
            rest = ", ".join(f'"{name}"' for name in written if name not in stated)
            if wanted:
                at = Location(exercise.origin.path, section.line)
                yield Finding(
                    at,
                    say("laws has {count} areas, not all have a bullet", count=len(stated)),
                    say("write {wanted}", wanted=wanted),
                    "warning",
                )
            if rest:
                hint = say("add it to laws, or write one of {values}", values=", ".join(content.laws.values()))
                yield Finding(
                    exercise.origin.at("laws"),
                    say("{rest} is a bullet about the law, not in laws", rest=rest),
                    hint,
                    "warning",
                )


def missing_adaptation(site: Site) -> Iterator[Finding]:
    """The section on adapting does not have its bullets, each with a bold label."""
    for content in site.contents.values():
        first, *rest, last = language(content.lang).adaptations or ADAPTATIONS
        hint = say("write - **{first}:** …, and so for {rest} and {last}", first=first, rest=", ".join(rest), last=last)
        for exercise in content.exercises.values():
            for section in exercise.body.sections:
                labelled = [item for item in section.items if item.label]
                if section.key == "adapt" and not (len(labelled) == len(section.items) and len(labelled) in ADAPTED):
                    message = say(
                        "{labelled} of {bullets} bullets have a bold label, expected {expected}",
                        labelled=len(labelled),
                        bullets=len(section.items),
                        expected=len(ADAPTATIONS),
                    )
                    yield Finding(Location(exercise.origin.path, section.line), message, hint)


def plan_wording(site: Site) -> Iterator[Finding]:
    """The if-then plan starts with a word that the page adds automatically ("Om", "så")."""
    for content in site.contents.values():
        for exercise in content.exercises.values():
            plan = exercise.meta.if_then_plan
            for key, word in zip(("cue", "action"), language(content.lang).if_then, strict=True):
                value = getattr(plan, key)
                if word and value.lower().startswith(f"{word} "):
                    at = exercise.origin.at("if_then_plan", key)
                    message = say('the {key} starts with "{value}"', key=key, value=value[: len(word)])
                    yield Finding(at, message, say("leave that word out: the page adds it"))


def group_size(site: Site) -> Iterator[Finding]:
    """The smallest group is larger than the largest."""
    for exercise in _exercises(site):
        size = exercise.meta.group_size
        if size.min > size.max:
            yield Finding(
                exercise.origin.at("group_size"),
                say("min {min} is more than max {max}", min=size.min, max=size.max),
                say("swap them"),
            )
