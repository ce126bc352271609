"""Rules about exercises as a collection: that they differ, and that each keeps to the writing guide part by part.

They only warn, and only `check` runs them: a person decides, and a build should be quick.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from statistics import fmean, pstdev

from babel.dates import get_day_names, get_month_names

from hejagen.checks.language import readability, sentences, word_pattern
from hejagen.languages import language
from hejagen.languages.language import PlainLanguage
from hejagen.messages import Message, say
from hejagen.model.site import Content, Exercise, Origin, Site
from hejagen.problems import Finding, Location

SHARED_WORDS = 9
"""Fewest words in a row that two exercises should not share."""
SENTENCES, EVEN = 20, 0.45
"""Fewest sentences of a text whose lengths are compared, and their least spread: standard deviation by mean. Of the
sixty exercises that were read aloud, none is below 0.58."""
SECTION_WORDS = 25
"""Fewest words of a section whose LIX says anything."""
COLLECTION = 20
"""Fewest exercises of a layer that are a collection, with a share for each form and sector."""
MOST_OF_A_FORM, MOST_OF_A_SECTOR = 0.2, 1 / 15
"""Largest shares: twelve and four of sixty."""
NAME = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-])")
"""A name, if its first letter is a capital."""
YEAR = re.compile(r"(?<![\d:/§–-])20\d\d(?![\d:–-])")
SPOKEN = re.compile("”[^”]*”")


def _exercises(site: Site) -> Iterator[tuple[Content, Exercise, PlainLanguage]]:
    """Yield the exercises in languages that have a writing guide."""
    for content in site.contents.values():
        guide = language(content.lang).plain
        for exercise in content.exercises.values() if guide else ():
            assert guide
            yield content, exercise, guide


def _passages(exercise: Exercise, key: str) -> tuple[tuple[int, str], ...]:
    """Return the passages below a heading with their lines, without the headings themselves."""
    begins = {section.key: section.line for section in exercise.body.sections}
    if key not in begins:
        return ()
    end = min((line for line in begins.values() if line > begins[key]), default=1 << 31)
    headings = {heading.line for heading in exercise.body.headings}
    return tuple((n, text) for n, text in exercise.body.passages if begins[key] < n < end and n not in headings)


def _warning(origin: Origin, line: int, message: Message, hint: Message) -> Finding:
    return Finding(Location(origin.path, line), message, hint, "warning")


def reused_name(site: Site) -> Iterator[Finding]:
    """A name in an example stands in the example of another exercise too. A first name is used once in all."""
    for content in site.contents.values():
        everyday = {
            word
            for of, exercise, _ in _exercises(site)
            for _, text in (exercise.body.passages if of is content else ())
            for word in word_pattern(content.lang).findall(text)
            if word[:1].islower()
        }
        places: dict[str, dict[str, Location]] = defaultdict(dict)
        inside: dict[str, str] = {}
        for of, exercise, _ in _exercises(site):
            for line, text in _passages(exercise, "example") if of is content else ():
                for match in filter(lambda match: match[0][0].isupper(), NAME.finditer(text)):
                    name = match[0].removesuffix("s")
                    if not {name.lower(), match[0].lower()} & everyday:
                        places[name].setdefault(exercise.meta.id, Location(exercise.origin.path, line))
                        if text[: match.start()].rstrip()[-1:] not in ("", *".!?:”…–"):
                            inside.setdefault(name, match[0])
        for name, written in sorted(inside.items()):
            first, *others = places[name].values()
            for at in others:
                message = say('the name "{name}" stands in {place} too', name=written, place=first)
                yield Finding(at, message, say("choose a name that no exercise has"), "warning")


def section_lix(site: Site) -> Iterator[Finding]:
    """A section of an exercise is harder to read than the writing guide allows, which is LIX 38."""
    for content, exercise, guide in _exercises(site):
        for section in exercise.body.sections:
            texts = tuple(text for _, text in _passages(exercise, section.key))
            if sum(len(text.split()) for text in texts) < SECTION_WORDS:
                continue
            measured = round(readability(texts, content.lang))
            if measured > guide.lix_section:
                message = say(
                    "LIX {measured} in this section, at most {most}", measured=measured, most=guide.lix_section
                )
                yield _warning(exercise.origin, section.line, message, say("write shorter sentences and shorter words"))


def even_sentences(site: Site) -> Iterator[Finding]:
    """All sentences of an exercise are about as long, which sounds like a machine."""
    for _, exercise, _ in _exercises(site):
        lengths = [len(words) for _, _, words in sentences(exercise.body) if words]
        if len(lengths) >= SENTENCES and pstdev(lengths) / fmean(lengths) < EVEN:
            message = say("nearly all sentences have about {count} words", count=round(fmean(lengths)))
            yield Finding(
                exercise.origin.at(), message, say("join what belongs together, and let a short one stand"), "warning"
            )


def writing_steps(site: Site) -> Iterator[Finding]:
    """More than every fifth step of an exercise begins with the word for writing."""
    for _, exercise, guide in _exercises(site):
        written = [line for line, first in _openings(exercise) if first == guide.write]
        if written and len(written) * 5 > max(5, len(exercise.meta.steps)):
            message = say("{count} of {all} steps begin with writing", count=len(written), all=len(exercise.meta.steps))
            yield _warning(
                exercise.origin, written[0], message, say("let people say, show, move, draw or count instead")
            )


def _openings(exercise: Exercise) -> Iterator[tuple[int, str]]:
    """Yield the line of each step's text and the first word of it, in small letters."""
    passages = _passages(exercise, "steps")
    for section in exercise.body.sections:
        for step in section.subsections if section.key == "steps" else ():
            line, text = next(((line, text) for line, text in passages if line > step.line), (step.line, step.title))
            first = word_pattern(exercise.body.lang).search(text)
            yield line, first[0].lower() if first else ""


def opening_verbs(site: Site) -> Iterator[Finding]:
    """The steps of two exercises begin with the same verbs in the same order: they may be one exercise told twice."""
    seen: dict[tuple[str, ...], Exercise] = {}
    for content, exercise, _ in _exercises(site):
        openings = tuple(_openings(exercise))
        verbs = (content.lang, *(first for _, first in openings))
        if len(openings) > 2 and verbs in seen:
            message = say(
                "the steps begin as those of {path}: {verbs}", path=seen[verbs].origin.path, verbs=", ".join(verbs[1:])
            )
            yield _warning(
                exercise.origin, openings[0][0], message, say("is it the same exercise? Let people do another thing")
            )
        seen.setdefault(verbs, exercise)


def quota(site: Site) -> Iterator[Finding]:
    """A collection of twenty exercises or more has too many of one form, or too many examples from one sector."""
    for content in site.contents.values():
        for name in dict.fromkeys(exercise.origin.layer for exercise in content.exercises.values()):
            collection = [exercise for exercise in content.exercises.values() if exercise.origin.layer == name]
            if len(collection) >= COLLECTION:
                yield from _over(collection, "activity_form", MOST_OF_A_FORM)
                yield from _over(collection, "sector", MOST_OF_A_SECTOR)


def _over(collection: list[Exercise], key: str, share: float) -> Iterator[Finding]:
    most = max(1, int(len(collection) * share))
    counts: Counter[str] = Counter()
    for exercise in collection:
        value = getattr(exercise.meta, key)
        counts[value] += value is not None
        if value is not None and counts[value] == most + 1:
            number = sum(getattr(each.meta, key) == value for each in collection)
            message = say(
                '{number} exercises have {key} "{value}", at most {most}',
                number=number,
                key=key,
                value=value,
                most=most,
            )
            yield Finding(exercise.origin.at(key), message, say("choose another for some of them"), "warning")


def evidence_facts(site: Site) -> Iterator[Finding]:
    """The section about evidence does not say what was studied, or on whom."""
    for _, exercise, guide in _exercises(site):
        texts = " ".join(text for _, text in _passages(exercise, "evidence"))
        line = next((section.line for section in exercise.body.sections if section.key == "evidence"), 1)
        asked: Mapping[str, Message] = {guide.studied: say("what was studied"), guide.whom: say("on whom")}
        missing = [what for pattern, what in asked.items() if not re.search(pattern, texts, re.IGNORECASE)]
        if texts and missing:
            message = say("it does not say {what}", what=missing[0])
            yield _warning(
                exercise.origin, line, message, say("say what was studied, on whom and where, in this order")
            )


def mixed_address(site: Site) -> Iterator[Finding]:
    """The steps address a group as one reader, or a single reader as a group."""
    for _, exercise, guide in _exercises(site):
        texts = _passages(exercise, "steps")
        words = Counter(
            word.lower() for _, text in texts for word in word_pattern(exercise.body.lang).findall(SPOKEN.sub("", text))
        )
        one, many = (sum(words[word] for word in group) for group in (guide.one, guide.many))
        alone = exercise.meta.participation == "individual"
        if (alone and many > one) or (exercise.meta.participation == "team" and one > 1 and not many):
            wrong, right = (guide.many, guide.one) if alone else (guide.one, guide.many)
            message = say('the steps say "{wrong}" to who does it', wrong=wrong[0])
            yield _warning(exercise.origin, texts[0][0], message, say('write "{right}"', right=right[0]))


def ageing_year(site: Site) -> Iterator[Finding]:
    """An exercise names a year that is soon over or long gone, outside of what it says of research."""
    for _, exercise, _ in _exercises(site):
        studied = {line for line, _ in _passages(exercise, "evidence")}
        for line, text in exercise.body.passages:
            for match in YEAR.finditer(text) if line not in studied else ():
                if int(match[0]) + 1 < site.today.year:
                    message = say(
                        'the year {year}: "{text}…"', year=match[0], text=text[max(0, match.start() - 40) :][:50]
                    )
                    yield _warning(
                        exercise.origin, line, message, say("does it still hold? Write it anew, or leave the year out")
                    )


def invitation_day(site: Site) -> Iterator[Finding]:
    """An invitation names a day, a date or a time, which cannot be true of everyone who pastes it."""
    for content, exercise, _ in _exercises(site):
        title = exercise.meta.title.lower()
        for line, text in _passages(exercise, "invitation"):
            for match in _day_pattern(content.lang).finditer(text):
                if match[0].lower() not in title:
                    message = say('the invitation says "{day}"', day=match[0])
                    yield _warning(
                        exercise.origin, line, message, say("leave it out: people paste the invitation unchanged")
                    )


@cache
def _day_pattern(lang: str) -> re.Pattern[str]:
    """Return the pattern of days of the week, dates and times of the clock in a language, by the names in the CLDR."""
    days, months = (
        "|".join(re.escape(name) for name in names("wide", "stand-alone", locale=lang).values())
        for names in (get_day_names, get_month_names)
    )
    return re.compile(
        rf"\b(?:{days})|\b\d{{1,2}}\.? (?:{months})|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[.:]\d\d\b", re.IGNORECASE
    )


def similar_sentence(site: Site) -> Iterator[Finding]:
    """Two exercises share nine words in a row, outside of what they say of research."""
    first: dict[tuple[str, ...], Location] = {}
    for content, exercise, _ in _exercises(site):
        studied = {line for line, _ in _passages(exercise, "evidence")}
        reported: set[str] = set()
        for line, sentence, words in sentences(exercise.body):
            for start in range(len(words) - SHARED_WORDS + 1 if line not in studied else 0):
                run = (content.lang, *words[start : start + SHARED_WORDS])
                place = first.setdefault(run, Location(exercise.origin.path, line))
                if place.path != exercise.origin.path and sentence not in reported:
                    reported.add(sentence)
                    message = say('nine words as in {place}: "{words}"', place=place, words=" ".join(run[1:]))
                    yield _warning(exercise.origin, line, message, say("say it in another way in one of them"))


def unused_reference(site: Site) -> Iterator[Finding]:
    """Nothing names a reference, and no reader will see it."""
    for content in site.contents.values():
        used = set(content.assessment.references)
        for items in (content.exercises.values(), content.programs.values()):
            used |= {name for item in items for name in getattr(item.meta, "references", ())}
        used |= {name for behaviour in content.behaviours.values() for name in behaviour.references}
        origin = content.origins["references.yaml"]
        for number, name in enumerate(content.references):
            if name not in used:
                hint = say("name it where it is used, or take it out")
                yield Finding(
                    origin.at("references", number, "id"), say('nothing names "{name}"', name=name), hint, "warning"
                )
