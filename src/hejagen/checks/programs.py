"""Rules about programs: their weeks, and the time that they take."""

from collections.abc import Iterator

from hejagen.content.weeks import planned_minutes, weeks
from hejagen.messages import say
from hejagen.model.site import Content, Program, Site
from hejagen.problems import Finding

MAX_WEEK_MINUTES = 100
"""Most minutes in a week, including preparation. Managers give up when a week takes longer."""
LOAD_PARTS = ("exercises", "retrieval", "follow_ups", "partner", "manager_talks", "own_check")
"""The keys of a program's load that its total is the sum of."""


def _programs(site: Site) -> Iterator[tuple[Content, Program]]:
    """Yield the programs whose exercises all exist. Another rule reports the others."""
    for content in site.contents.values():
        for program in content.programs.values():
            if all(item.exercise in content.exercises for item in program.meta.sequence):
                yield content, program


def week_range(site: Site) -> Iterator[Finding]:
    """A program has something in a week after its last."""
    for _, program in _programs(site):
        for key in ("sequence", "retrieval_checks"):
            for number, item in enumerate(getattr(program.meta, key)):
                if item.week > program.meta.weeks:
                    at = program.origin.at(key, number, "week")
                    yield Finding(
                        at,
                        say("week {week} of a program with {weeks} weeks", week=item.week, weeks=program.meta.weeks),
                        say("change one of them"),
                    )
        if program.meta.self_assessment.after_week > program.meta.weeks:
            at = program.origin.at("self_assessment", "after_week")
            yield Finding(
                at,
                say("the self-assessment comes after the last week"),
                say("write {weeks} or less", weeks=program.meta.weeks),
            )


def week_load(site: Site) -> Iterator[Finding]:
    """A week of a program takes more time than a manager has."""
    for content, program in _programs(site):
        for week in weeks(content, program):
            if week.leader > MAX_WEEK_MINUTES:
                message = say(
                    "week {number} takes {leader} minutes, at most {most} is wise",
                    number=week.number,
                    leader=week.leader,
                    most=MAX_WEEK_MINUTES,
                )
                yield Finding(
                    program.origin.at("sequence"), message, say("move an exercise to another week"), "warning"
                )


def load_sum(site: Site) -> Iterator[Finding]:
    """The minutes that a program states do not add up, or are not those of its exercises."""
    for content, program in _programs(site):
        load, origin = program.meta.load, program.origin
        if load is None:
            continue
        sequence = program.meta.sequence
        exercises = sum(planned_minutes(item, content.exercises[item.exercise]) for item in sequence)
        total = sum(getattr(load, part) for part in LOAD_PARTS)
        per_week = (2 * load.total + program.meta.weeks) // (2 * program.meta.weeks)
        stated = (("exercises", exercises, say("the exercises take")), ("total", total, say("the parts add up to")))
        for key, minutes, what in (*stated, ("per_week", per_week, say("a week has"))):
            if getattr(load, key) != minutes:
                message = say(
                    "{what} {minutes} minutes, but {key} is {stated}",
                    what=what,
                    minutes=minutes,
                    key=key,
                    stated=getattr(load, key),
                )
                hint = say("write {key}: {minutes}, or change the rest", key=key, minutes=minutes)
                yield Finding(origin.at("load", key), message, hint, "warning")  # a layer may have changed an exercise


def repeated_item(site: Site) -> Iterator[Finding]:
    """A program has the same exercise or two recall questions in one week: progress could not tell them apart."""
    for _, program in _programs(site):
        for key in ("sequence", "retrieval_checks"):
            seen: set[tuple[int, str]] = set()
            for number, item in enumerate(getattr(program.meta, key)):
                name = (item.week, getattr(item, "exercise", ""))
                if name in seen:
                    at = program.origin.at(key, number)
                    yield Finding(
                        at,
                        say("the same exercise twice in week {week}", week=item.week)
                        if key == "sequence"
                        else say("the same question twice in week {week}", week=item.week),
                        say("move one of them to another week"),
                    )
                seen.add(name)
