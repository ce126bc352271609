"""Layers become a Site: every file is read, checked for its form and parsed once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel

from hejagen.brand_files import read_brand_files
from hejagen.document import Document, Glossary
from hejagen.i18n import Translator
from hejagen.layers import SETTINGS, Layers, Source
from hejagen.markdown import parse
from hejagen.model import (
    AssessmentFile,
    BehavioursFile,
    Content,
    Exercise,
    ExerciseMeta,
    GlossaryFile,
    Origin,
    PageMeta,
    Program,
    ProgramMeta,
    ReferencesFile,
    Site,
    SiteFile,
    TextPage,
)
from hejagen.palette import ROLES
from hejagen.problems import Location, Problem
from hejagen.record import base_of, read_record
from hejagen.schema import validate
from hejagen.yaml_reader import Reading, read_yaml

M = TypeVar("M", bound=BaseModel)
LISTS: Mapping[str, type[BaseModel]] = {
    "behaviours.yaml": BehavioursFile,
    "references.yaml": ReferencesFile,
    "self-assessment.yaml": AssessmentFile,
    "glossary.yaml": GlossaryFile,
}
"""The files of a language that list things. Every one must be there."""
SINGLE_PAGES = (
    "home", "exercises", "programs", "behaviours", "areas", "search", "training",
    "accessibility", "assessment", "glossary", "feedback", "not-found", "no-network",
)  # fmt: skip
"""Templates that exactly one page of each language uses."""


@dataclass(slots=True)
class _Desk:
    """What one load works with: the layers, and the problems found so far."""

    layers: Layers
    hidden: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    def yaml(self, source: Source, model: type[M]) -> tuple[M | None, Origin]:
        text, problems = self.layers.text(source)
        self.problems.extend(problems)
        if problems:
            return None, Origin(source.shown, source.layer)
        reading = read_yaml(text, source.shown)
        return self.model(source, model, reading), Origin(source.shown, source.layer, reading.marks)

    def model(self, source: Source, model: type[M], reading: Reading) -> M | None:
        self.problems.extend(reading.problems)
        if reading.problems:
            return None
        value, problems = validate(model, reading, source.shown)
        self.problems.extend(problems)
        return value


def load_settings(layers: Layers) -> tuple[SiteFile | None, Origin, list[Problem]]:
    """Return site.yaml, merged key by key and one level deep over the layers, the top layer last."""
    desk, merged, origin = _Desk(layers), Reading(data={}), Origin(SETTINGS, "base")
    for source in layers.all_of(SETTINGS):
        text, problems = layers.text(source)
        reading = read_yaml(text, source.shown)
        desk.problems.extend([*problems, *reading.problems])
        if isinstance(reading.data, dict):
            _merge(merged, reading)
        origin = Origin(source.shown, source.layer, merged.marks)
        if () in reading.marks:
            merged.marks[()] = reading.marks[()]
    if desk.problems:
        return None, origin, desk.problems
    settings, problems = validate(SiteFile, merged, origin.path)
    return settings, origin, problems


def _merge(below: Reading, above: Reading) -> None:
    for key, value in above.data.items():
        old = below.data.get(key)
        if key == "brand" and isinstance(old, dict) and isinstance(value, dict) and "colour" in value:
            # A colour is the start of a scheme of its own: what is set by hand further down does not belong to it.
            old = {name: given for name, given in old.items() if name not in ROLES}
            for role in ROLES:
                below.marks.pop((key, role), None)
        mergeable = isinstance(old, dict) and isinstance(value, dict) and old.get("kind") == value.get("kind")
        below.data[key] = {**old, **value} if mergeable and old else value
    below.marks.update(above.marks)
    below.keys.update(above.keys)


def load(
    layers: Layers, settings: SiteFile, origin: Origin, words: Mapping[str, Translator], today: date
) -> tuple[Site | None, list[Problem]]:
    """Return the Site, or None when something could not be read, and the problems of form.

    `words` holds a translator for each of the settings' languages; `today` is the day of the build.
    """
    desk = _Desk(layers, frozenset(settings.hide), list(layers.problems()))
    contents = {lang: _content(desk, lang, words[lang]) for lang in settings.languages}
    desk.problems.extend(layers.unused())
    complete = {lang: content for lang, content in contents.items() if content}
    if len(complete) < len(contents):
        return None, desk.problems
    files, problems = read_brand_files(layers, settings.brand, origin)
    record, more = read_record(layers)
    site = Site(settings, origin, complete, today, files, record, base_of(layers))
    return site, [*desk.problems, *problems, *more]


def _content(desk: _Desk, lang: str, words: Translator) -> Content | None:
    folder = f"content/{lang}"
    if not desk.layers.find(folder):
        hint = "make the folder, or take the language out of site.yaml"
        desk.problems.append(Problem(Location(folder), "missing-file", "there is nothing in this language", hint))
        return None
    lists, origins = _lists(desk, folder)
    glossary = lists.get("glossary.yaml")
    explained = _glossary(glossary, words) if isinstance(glossary, GlossaryFile) else None
    exercises = _texts(desk, f"{folder}/exercises", ExerciseMeta, Exercise, explained, words.section_keys())
    before = len(desk.problems)
    pages = _texts(desk, f"{folder}/pages", PageMeta, TextPage, explained, {})
    if len(desk.problems) == before:
        # A page that could not be read has its own message; that it is missing would be a second one.
        _single_pages(desk, folder, pages.values())
    programs = _programs(desk, f"{folder}/programs", explained)
    if len(lists) < len(LISTS):
        return None
    behaviours: Any = lists["behaviours.yaml"]
    return Content(
        lang=lang,
        exercises=exercises,
        programs=programs,
        pages=pages,
        areas=_by_id(desk, behaviours.standard_areas, origins["behaviours.yaml"], "standard_areas"),
        modes=_by_id(desk, behaviours.leadership_modes, origins["behaviours.yaml"], "leadership_modes"),
        behaviours=_by_id(desk, behaviours.behaviours, origins["behaviours.yaml"], "behaviours"),
        references=_by_id(
            desk, _field(lists, "references.yaml", "references"), origins["references.yaml"], "references"
        ),
        terms=_by_id(desk, _field(lists, "glossary.yaml", "terms"), origins["glossary.yaml"], "terms"),
        assessment=lists["self-assessment.yaml"],  # type: ignore[arg-type]
        headings={key: title for title, key in words.section_keys().items()},
        images=_names(desk.layers, f"{folder}/images"),
        files=_names(desk.layers, f"{folder}/files"),
        origins=origins,
    )


def _names(layers: Layers, folder: str) -> frozenset[str]:
    return frozenset(path.removeprefix(f"{folder}/") for path in layers.find(folder))


def _field(lists: Mapping[str, BaseModel], name: str, key: str) -> Any:
    return getattr(lists[name], key)


def _lists(desk: _Desk, folder: str) -> tuple[dict[str, BaseModel], dict[str, Origin]]:
    found: dict[str, BaseModel] = {}
    origins: dict[str, Origin] = {}
    for name, model in LISTS.items():
        sources = desk.layers.all_of(f"{folder}/{name}")
        if not sources:
            at = Location(f"{folder}/{name}")
            desk.problems.append(Problem(at, "missing-file", "the file is missing", "copy it from the base layer"))
            continue
        value, origins[name] = desk.yaml(sources[-1], model)
        if value is not None:
            found[name] = value
    return found, origins


def _glossary(glossary: GlossaryFile, words: Translator) -> Glossary:
    forms = {
        form.lower(): (term.id, term.definition)
        for term in glossary.terms
        if term.link
        for form in (term.term, *term.forms)
    }
    return Glossary(forms, words.gettext("More in the glossary"))


def _by_id(desk: _Desk, entries: Iterable[Any], origin: Origin, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, entry in enumerate(entries):
        if entry.id in found:
            _duplicate(desk, entry.id, origin.at(name, number, "id"), "it stands above in the same file")
        found[entry.id] = entry
    return found


def _duplicate(desk: _Desk, name: str, at: Location, where: str) -> None:
    message = f'the id "{name}" is used twice: {where}'
    desk.problems.append(Problem(at, "duplicate-id", message, "give one of them another id"))


def _texts(
    desk: _Desk,
    folder: str,
    model: type[Any],
    make: type[Any],
    glossary: Glossary | None,
    keys: Mapping[str, str],
) -> dict[str, Any]:
    """Return the Markdown files of a folder by id: front matter as `model`, all together as `make`."""
    found: dict[str, Any] = {}
    for source in desk.layers.find(folder, ".md").values():
        text, problems = desk.layers.text(source)
        desk.problems.extend(problems)
        if problems:
            continue
        front, body, offset = _split(text)
        if front is None:
            hint = "start the file with a line ---, then the facts, then a line ---"
            desk.problems.append(
                Problem(Location(source.shown), "front-matter", "the facts at the top are missing", hint)
            )
            continue
        reading = read_yaml(front, source.shown, offset=1)
        meta = desk.model(source, model, reading)
        document = parse(body, offset=offset, keys=keys, glossary=glossary)
        if meta is not None:
            _add(desk, found, make(meta, document, Origin(source.shown, source.layer, reading.marks)))
    return dict(sorted(found.items()))


def _split(text: str) -> tuple[str | None, str, int]:
    """Return front matter, body and the number of lines before the body."""
    if not text.startswith("---\n"):
        return None, text, 0
    end = text.find("\n---\n", 3)
    if end < 0:
        if not text.endswith("\n---"):
            return None, text, 0
        end = len(text) - 4
    front = text[4 : end + 1]
    return front, text[end + 5 :], front.count("\n") + 2


def _add(desk: _Desk, found: dict[str, Any], item: Any) -> None:
    name, origin = item.meta.id, item.origin
    if name in desk.hidden:
        return
    if name in found:
        _duplicate(desk, name, origin.at("id"), f"see {found[name].origin.path}")
    stem = PurePosixPath(origin.path).stem
    if stem != name:
        hint = f"rename the file to {name}{PurePosixPath(origin.path).suffix}, or change the id"
        message = f'the id "{name}" differs from the file\'s name'
        desk.problems.append(Problem(origin.at("id"), "id-differs", message, hint, "warning"))
    found[name] = item


def _programs(desk: _Desk, folder: str, glossary: Glossary | None) -> dict[str, Program]:
    found: dict[str, Program] = {}
    for source in desk.layers.find(folder, ".yaml").values():
        meta, origin = desk.yaml(source, ProgramMeta)
        if meta is not None:
            offset = origin.at("introduction").line
            document: Document = parse(meta.introduction, offset=offset, glossary=glossary)
            _add(desk, found, Program(meta, document, origin))
    return dict(sorted(found.items()))


def _single_pages(desk: _Desk, folder: str, pages: Iterable[TextPage]) -> None:
    """Every language needs each of the pages that the rest of the site links to."""
    by_template: dict[str, TextPage] = {}
    for page in pages:
        template = page.meta.template
        if template in SINGLE_PAGES and template in by_template:
            message = f'a second page with template "{template}": see {by_template[template].origin.path}'
            desk.problems.append(Problem(page.origin.at("template"), "duplicate-page", message, "keep one of them"))
        by_template[template] = page
    missing = [name for name in SINGLE_PAGES if name not in by_template]
    if missing:
        message = f"no page has the template {', '.join(missing)}"
        hint = "every language needs one page for each of them; is one hidden?"
        desk.problems.append(Problem(Location(f"{folder}/pages"), "missing-page", message, hint))
