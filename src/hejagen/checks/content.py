"""Rules about exercises, programs and the facts that they state."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from hejagen.content.weeks import planned_minutes, weeks
from hejagen.languages import language
from hejagen.messages import say
from hejagen.model.site import Content, Exercise, Origin, Program, Site, TextPage
from hejagen.problems import NOUNS, Finding, Location, did_you_mean
from hejagen.reading.files import DEVICE
from hejagen.words.translate import is_language

MAX_WEEK_MINUTES = 100
"""Most minutes in a week, including preparation. Managers give up when a week takes longer."""
ADAPTATIONS = ("Remote or hybrid", "Accessibility", "Without writing or walking")
"""Labels of the bullets about adapting, in this order, for languages that define none."""
ADAPTED = (len(ADAPTATIONS), 4)
"""How many bullets about adapting an exercise has: three, or the four of exercises written before version 0.3."""
SECTIONS_ALWAYS = ("why", "before", "example", "steps", "reflect", "plan", "adapt", "care", "evidence")
"""The sections without which an exercise has no page."""
LOAD_PARTS = ("exercises", "retrieval", "follow_ups", "partner", "manager_talks", "own_check")
"""The keys of a program's load that its total is the sum of."""
FACTS_SINCE = ("activity_form", "sector", "place", "large_group", "needs", "tested")
"""Keys that every exercise has had since version 0.3. Older ones are built without them."""


def _contents(site: Site) -> Iterable[Content]:
    return site.contents.values()


def _exercises(site: Site) -> Iterator[Exercise]:
    return (exercise for content in _contents(site) for exercise in content.exercises.values())


def broken_reference(site: Site) -> Iterator[Finding]:
    """An id in front matter or YAML names an exercise, behaviour or reference that does not exist."""
    for content in _contents(site):
        for exercise in content.exercises.values():
            yield from _references(content, exercise.origin, exercise.meta)
            if exercise.meta.id in exercise.meta.next_exercises:
                number = exercise.meta.next_exercises.index(exercise.meta.id)
                at = exercise.origin.at("next_exercises", number)
                yield Finding(at, say("the exercise names itself as the next one"), say("name another exercise"))
        for program in content.programs.values():
            yield from _references(content, program.origin, program.meta)
            for number, item in enumerate(program.meta.sequence):
                at = program.origin.at("sequence", number, "exercise")
                yield from _exercise(at, item.exercise, content)
        for page in content.pages.values():
            yield from _page_references(content, page)
        origin = content.origins["behaviours.yaml"]
        for number, behaviour in enumerate(content.behaviours.values()):
            for place, name in enumerate(behaviour.references):
                at = origin.at("behaviours", number, "references", place)
                yield from _known(at, name, content.references, "reference")
        yield from _assessment_references(content)


def _references(content: Content, origin: Origin, meta: Any) -> Iterator[Finding]:
    tables: Mapping[str, tuple[Mapping[str, Any], str]] = {
        "trained_behaviours": (content.behaviours, "behaviour"),
        "focal_behaviours": (content.behaviours, "behaviour"),
        "references": (content.references, "reference"),
        "next_exercises": (content.exercises, "exercise"),
    }
    sheet = getattr(meta, "worksheet", None)
    if sheet is not None and f"worksheets/{sheet}" not in content.hidden:  # a layer that hides one hides only its page
        yield from _known(origin.at("worksheet"), sheet, content.worksheets, "worksheet")
    for key, (table, what) in tables.items():
        for number, name in enumerate(getattr(meta, key, ())):
            yield from _known(origin.at(key, number), name, table, what)


def _page_references(content: Content, page: TextPage) -> Iterator[Finding]:
    for number, need in enumerate(page.meta.needs):
        yield from _exercise(page.origin.at("needs", number, "exercise"), need.exercise, content)
    if page.meta.unsure:
        yield from _exercise(page.origin.at("unsure"), page.meta.unsure, content)
    for number, way in enumerate(page.meta.ways):
        kind, _, name = way.link.partition("?")[0].partition(":")
        tables: Mapping[str, Mapping[str, Any]] = {"program": content.programs, "page": content.pages}
        at = page.origin.at("ways", number, "link")
        yield from _exercise(at, name, content) if kind == "exercise" else _known(at, name, tables[kind], kind)
        if way.cover and not content.hidden.keys() & {f"exercises/{way.cover}", f"programs/{way.cover}"}:
            known = {**content.exercises, **content.programs}
            yield from _known(page.origin.at("ways", number, "cover"), way.cover, known, "exercise or program")


def _assessment_references(content: Content) -> Iterator[Finding]:
    origin = content.origins["self-assessment.yaml"]
    scales = {scale.id: scale for scale in content.assessment.scales}
    for number, item in enumerate(content.assessment.items):
        yield from _known(origin.at("items", number, "behaviour"), item.behaviour, content.behaviours, "behaviour")
        yield from _known(origin.at("items", number, "scale"), item.scale, scales, "scale")
    for number, name in enumerate(content.assessment.references):
        yield from _known(origin.at("references", number), name, content.references, "reference")


def _exercise(at: Any, name: str, content: Content) -> Iterator[Finding]:
    if name not in content.exercises and (where := content.hidden.get(f"exercises/{name}")):
        hint = say("patch this file, hide it too, or show the exercise again")
        yield Finding(
            at, say('the exercise "{name}" is hidden or held back: see {where}', name=name, where=where), hint
        )
    else:
        yield from _known(at, name, content.exercises, "exercise")


def _known(at: Any, name: str, table: Mapping[str, Any], what: str) -> Iterator[Finding]:
    if name not in table:
        yield Finding(
            at,
            say('there is no {what} "{name}"', what=NOUNS[what], name=name),
            did_you_mean(name, tuple(table), say("there are")),
        )


def unused_worksheet(site: Site) -> Iterator[Finding]:
    """No exercise names a worksheet, and nobody would find it."""
    for content in _contents(site):
        used = {exercise.meta.worksheet for exercise in content.exercises.values()}
        for name, sheet in content.worksheets.items():
            if name not in used:
                hint = say("write worksheet: {name} in an exercise", name=name)
                yield Finding(
                    sheet.origin.at("id"), say('no exercise has the worksheet "{name}"', name=name), hint, "warning"
                )


def duplicate_title(site: Site) -> Iterator[Finding]:
    """Two exercises, programs or pages have the same title, and readers cannot tell them apart."""
    yield from _repeated(
        site,
        "title",
        lambda content: (*content.exercises.values(), *content.programs.values(), *content.pages.values()),
    )


def duplicate_code(site: Site) -> Iterator[Finding]:
    """Two exercises or two programs have the same code."""
    yield from _repeated(site, "code", lambda content: (*content.exercises.values(), *content.programs.values()))


def _repeated(site: Site, key: str, items: Callable[[Content], tuple[Any, ...]]) -> Iterator[Finding]:
    for content in _contents(site):
        seen: dict[str, Origin] = {}
        for item in items(content):
            value = getattr(item.meta, key)
            if first := seen.get(value.lower()):
                yield Finding(
                    item.origin.at(key),
                    say('the {key} "{value}" is taken by {path}', key=key, value=value, path=first.path),
                    say("give one of them another {key}", key=key),
                )
            seen.setdefault(value.lower(), item.origin)


RESERVED = ("assets", "search", "covers", "start", "vault", "robots", "sitemap", "feed")
"""Names of files and folders in the root of every site, in lower case because some file systems ignore case."""


def page_language(site: Site) -> Iterator[Finding]:
    """A page names an unknown language, or has one although its template has words in the language of the folder."""
    for content in _contents(site):
        for page in content.pages.values():
            at = page.origin.at("language")
            if page.meta.language and not is_language(page.meta.language):
                hint = say("write the two letters of ISO 639-1, such as se for Northern Sami")
                yield Finding(at, say('"{language}" is no language', language=page.meta.language), hint)
            elif page.meta.language and page.meta.template != "page":
                message = say(
                    'a page with the template "{template}" has the language of its folder', template=page.meta.template
                )
                yield Finding(at, message, say("take the language away, or write template: page"))


def reserved_id(site: Site) -> Iterator[Finding]:
    """An id is the address of a folder or file that every site has, or a name that Windows does not allow."""
    for content in _contents(site):
        items: tuple[Exercise | Program | TextPage, ...] = (*content.exercises.values(), *content.programs.values())
        for item in (*items, *content.pages.values()):
            name = item.meta.id
            # The covers of pages are called page-…
            taken = name in (*RESERVED, *site.contents) if isinstance(item, TextPage) else name.startswith("page-")
            if taken or DEVICE.fullmatch(name):
                message = say('the address "{name}" is no name in Windows', name=name)
                if taken:
                    message = say('the address "{name}" is taken by the site itself', name=name)
                yield Finding(item.origin.at("id"), message, say("choose another id, and name the file the same"))


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
            if here != there:
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
    for content in _contents(site):
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
        message = say('the section "{headings}" is missing', headings=headings[key])
        yield Finding(exercise.origin.at(), message, say("write a line: ## {headings}", headings=headings[key]))


def repeated_section(site: Site) -> Iterator[Finding]:
    """An exercise has one of the fixed headings twice, and its page has one place for each."""
    for exercise in _exercises(site):
        lines: dict[str, int] = {}
        for section in exercise.body.sections:
            if section.key in lines:
                at = Location(exercise.origin.path, section.line)
                message = say(
                    'the heading "{title}" stands on line {lines} too', title=section.title, lines=lines[section.key]
                )
                yield Finding(at, message, say("put both texts under the first one"))
            lines.setdefault(section.key, section.line)


def section_order(site: Site) -> Iterator[Finding]:
    """The sections of an exercise stand in another order than readers meet them."""
    for content in _contents(site):
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
    for content in _contents(site):
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
    for content in _contents(site):
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
    for content in _contents(site):
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
    for content in _contents(site):
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


def _programs(site: Site) -> Iterator[tuple[Content, Program]]:
    """Yield the programs whose exercises all exist. Another rule reports the others."""
    for content in _contents(site):
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
                    "{what} {minutes} minutes, but {key} is {load}",
                    what=what,
                    minutes=minutes,
                    key=key,
                    load=getattr(load, key),
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
