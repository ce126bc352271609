"""Rules about what names what: ids that are referred to, and titles, codes, addresses and languages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hejagen.messages import say
from hejagen.model.site import Content, Exercise, Origin, Program, Site, TextPage
from hejagen.problems import NOUNS, Finding, did_you_mean
from hejagen.reading.files import DEVICE
from hejagen.words.translate import is_language

RESERVED = ("assets", "search", "covers", "start", "vault", "robots", "sitemap", "feed")
"""Names of files and folders in the root of every site, in lower case because some file systems ignore case."""


def broken_reference(site: Site) -> Iterator[Finding]:
    """An id in front matter or YAML names an exercise, behaviour or reference that does not exist."""
    for content in site.contents.values():
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
    for content in site.contents.values():
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
    for content in site.contents.values():
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


def page_language(site: Site) -> Iterator[Finding]:
    """A page names an unknown language, or has one although its template has words in the language of the folder."""
    for content in site.contents.values():
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
    for content in site.contents.values():
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
