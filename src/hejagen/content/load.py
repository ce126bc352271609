"""Layers become a Site: every file is read, checked for its form and parsed once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel

from hejagen.content.brand_files import brand_paths, read_brand_files
from hejagen.content.drawings import read_drawings, unknown_motifs
from hejagen.content.pictures import read_pictures
from hejagen.content.record import read_record
from hejagen.content.spelling import WORD_LIST, read_word_lists
from hejagen.content.translations import changed_sources
from hejagen.languages import MAIN
from hejagen.layers.overlay import Overlay, hidden_by
from hejagen.layers.piece import Piece
from hejagen.layers.renamed import renamed_components
from hejagen.layers.stack import Layers
from hejagen.layers.survey import Survey
from hejagen.messages import Message, say
from hejagen.model.document import Document, Glossary
from hejagen.model.exercise import ExerciseMeta
from hejagen.model.guide import GuideFile
from hejagen.model.listing import AssessmentFile, BehavioursFile, GlossaryFile, PageMeta, ReferencesFile, Term
from hejagen.model.page_kinds import PAGE_KINDS
from hejagen.model.program import ProgramMeta
from hejagen.model.site import Content, Exercise, Origin, Program, Site, TextPage, Worksheet
from hejagen.model.worksheet import WorksheetMeta
from hejagen.problems import Location, Problem
from hejagen.reading.markdown import parse
from hejagen.reading.schema import validate
from hejagen.words.labels import LABELS
from hejagen.words.stale import stale_words, untranslated_words
from hejagen.words.translate import Translator

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T", Exercise, TextPage)
MAX_TEXT = 60_000
"""Characters in a Markdown text. Our longest has a tenth; what reads Markdown may take the square of it in time."""
LISTS: Mapping[str, type[BaseModel]] = {
    "behaviours.yaml": BehavioursFile,
    "references.yaml": ReferencesFile,
    "self-assessment.yaml": AssessmentFile,
    "glossary.yaml": GlossaryFile,
    "guide.yaml": GuideFile,
}
"""The files of a language that list things."""
OFFERED = frozenset(
    (".avi", ".csv", ".doc", ".docx", ".dotx", ".epub", ".gif", ".ics", ".jpeg", ".jpg", ".m4a", ".m4v", ".mkv", ".mov",
     ".mp3", ".mp4", ".odp", ".ods", ".odt", ".ogg", ".ogv", ".pdf", ".png", ".potx", ".ppt", ".pptx", ".rtf", ".srt",
     ".txt", ".vtt", ".wav", ".webm", ".webp", ".xls", ".xlsx", ".xltx", ".zip")
)  # fmt: skip
"""Endings of files for download. HTML and SVG are not among them: a script in them would run as one of the site's."""
RUN = re.compile(r"(?i)\.(asp|aspx|cgi|jsp|phar|php\d?|phtml|pl|py|shtml)(?=\.)")
"""An ending within a name, such as in a.php.pdf, for which some servers run the file (Apache, mod_mime)."""
OPTIONAL = frozenset({"guide.yaml"})
"""Those that need not be there. Every other must."""


@dataclass(slots=True)
class _Desk:
    """What one load works with: the layers, and the problems found so far."""

    layers: Layers
    problems: list[Problem] = field(default_factory=list)

    def model(self, piece: Piece, model: type[M]) -> M | None:
        """The piece's YAML as a model; None when it has an error. The problems are noted."""
        self.problems.extend([*piece.problems, *piece.reading.problems])
        if piece.problems or piece.reading.broken:
            return None
        value, problems = validate(model, piece.reading, piece.source.shown)
        self.problems.extend(problems)
        return value


def load(surveyed: Survey, words: Mapping[str, Translator], today: date) -> tuple[Site | None, list[Problem]]:
    """Return the Site, or None when something could not be read, and the problems of form.

    `words` holds a translator for each of the settings' languages; `today` is the day of the build.
    """
    layers, settings = surveyed.layers, surveyed.settings
    desk = _Desk(
        layers, [*layers.problems(), *renamed_components(layers), *surveyed.problems(), *changed_sources(surveyed)]
    )
    contents: dict[str, Content | None] = {}
    for lang, overlaid in surveyed.overlays.items():
        contents[lang] = _content(desk, overlaid, lang, words[lang])
    word_lists = (f"content/{lang}/{WORD_LIST}" for lang in settings.languages)
    desk.problems.extend(layers.unused({*surveyed.content, *word_lists}))
    complete = {lang: content for lang, content in contents.items() if content}
    drawings, problems = read_drawings(layers)
    desk.problems.extend(problems)
    if drawings is None or len(complete) < len(contents):
        return None, desk.problems
    for content in complete.values():
        desk.problems.extend(unknown_motifs(content, drawings))
    files, problems = read_brand_files(layers, settings.brand, surveyed.origin)
    desk.problems.extend([*layers.unused(brand_paths(settings.brand), "brand"), *stale_words(layers, settings)])
    desk.problems.extend(untranslated_words(layers, settings))
    record, more = read_record(layers)
    site = Site(settings, surveyed.origin, complete, today, files, record, surveyed.base, drawings)
    return site, [*desk.problems, *problems, *more]


def _content(desk: _Desk, overlaid: Overlay, lang: str, words: Translator) -> Content | None:
    folder = f"content/{lang}"
    lists, origins = _lists(desk, overlaid, folder)
    glossary = lists.get("glossary.yaml")
    explained = _glossary(glossary.terms) if isinstance(glossary, GlossaryFile) else None
    exercises = _texts(desk, overlaid.texts["exercises"], ExerciseMeta, Exercise, lang, explained, words.section_keys())
    before = len(desk.problems)
    pages = _texts(desk, overlaid.texts["pages"], PageMeta, TextPage, lang, explained, {})
    if len(desk.problems) == before:
        # A page that could not be read has its own message; that it is missing would be a second one.
        _single_pages(desk, folder, pages.values())
    worksheets = _worksheets(desk, overlaid.texts["worksheets"])
    programs = _programs(desk, overlaid.texts["programs"], lang, explained)
    for name in programs.keys() & exercises.keys():  # `hide` names an id alone, and covers are called so
        _duplicate(desk, name, programs[name].origin.at("id"), say("see {place}", place=exercises[name].origin.path))
    images, problems = read_pictures(desk.layers, f"{folder}/images")
    desk.problems.extend(problems)
    spelling, problems = read_word_lists(desk.layers, folder)
    desk.problems.extend(problems)
    if LISTS.keys() - OPTIONAL - lists.keys():
        return None
    return Content(
        lang=lang,
        exercises=exercises,
        programs=programs,
        worksheets=worksheets,
        pages=pages,
        areas=_entries(desk, lists, origins, "behaviours.yaml", "standard_areas"),
        modes=_entries(desk, lists, origins, "behaviours.yaml", "leadership_modes"),
        behaviours=_entries(desk, lists, origins, "behaviours.yaml", "behaviours"),
        references=_entries(desk, lists, origins, "references.yaml", "references"),
        terms=_entries(desk, lists, origins, "glossary.yaml", "terms"),
        assessment=lists["self-assessment.yaml"],  # type: ignore[arg-type]
        guide=lists.get("guide.yaml"),  # type: ignore[arg-type]
        headings={key: title for title, key in words.section_keys().items()},
        laws={law: words.label("law", law) for law in LABELS["law"]},
        images=images,
        files=_downloads(desk, f"{folder}/files"),
        origins=origins,
        spelling=spelling,
        hidden={key.removeprefix(f"{lang}/"): step.at for key, step in hidden_by(overlaid.steps).items()},
    )


def _downloads(desk: _Desk, folder: str) -> frozenset[str]:
    """The names of the files for download. One that a server or a browser could run is noted as a problem."""
    names = {path.removeprefix(f"{folder}/"): source for path, source in desk.layers.find(folder).items()}
    for name, source in names.items():
        ending = PurePosixPath(name.lower()).suffix
        run = RUN.search(name)
        if ending not in OFFERED or run:
            refused = run[0] if run else ending
            message = say('a file with "{ending}" in its name is not offered for download', ending=refused)
            hint = say("save it as PDF, as an office document, a picture, a film, sound, text or zip")
            desk.problems.append(Problem(Location(source.shown), "download-kind", message, hint))
    return frozenset(names)


def _lists(desk: _Desk, overlaid: Overlay, folder: str) -> tuple[dict[str, BaseModel], dict[str, Origin]]:
    found: dict[str, BaseModel] = {}
    origins: dict[str, Origin] = {}
    for name, model in LISTS.items():
        piece = overlaid.lists.get(name)
        if piece is None and name in OPTIONAL:
            continue
        if piece is None:
            at, model_file = Location(f"{folder}/{name}"), f"content/{MAIN}/{name}"
            hint = say("copy {file} and translate it", file=model_file)
            if at.path == model_file:
                hint = say("copy it from the base layer")
            desk.problems.append(Problem(at, "missing-file", say("the file is missing"), hint))
            continue
        value, origins[name] = desk.model(piece, model), _origin(piece)
        if value is not None:
            found[name] = value
    return found, origins


def _origin(piece: Piece) -> Origin:
    return Origin(piece.source.shown, piece.source.layer, piece.reading.root)


@lru_cache(maxsize=64)
def _glossary(terms: tuple[Term, ...]) -> Glossary:
    forms = {form.lower(): term.id for term in terms if term.link for form in (term.term, *term.forms)}
    return Glossary(forms)


def with_body(content: Content, item: T, piece: Piece) -> T:
    """Return an exercise or a page with the text of another state of its file, whose facts are the same."""
    written_in = item.meta.language or content.lang if isinstance(item, TextPage) else content.lang
    keys = {title: key for key, title in content.headings.items() if isinstance(item, Exercise)}
    explained = _glossary(tuple(content.terms.values()))
    document = parse(piece.body, written_in, offset=piece.offset, keys=keys, glossary=explained)
    return replace(item, body=document)


def _entries(
    desk: _Desk, lists: Mapping[str, BaseModel], origins: Mapping[str, Origin], file: str, key: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, entry in enumerate(getattr(lists[file], key)):
        if entry.id in found:
            _duplicate(desk, entry.id, origins[file].at(key, number, "id"), say("it stands above in the same file"))
        found[entry.id] = entry
    return found


def _duplicate(desk: _Desk, name: str, at: Location, where: Message) -> None:
    message = say('the id "{name}" is used twice: {where}', name=name, where=where)
    desk.problems.append(Problem(at, "duplicate-id", message, say("give one of them another id")))


def _texts(
    desk: _Desk,
    pieces: Iterable[Piece],
    model: type[Any],
    make: type[Any],
    lang: str,
    glossary: Glossary | None,
    keys: Mapping[str, str],
) -> dict[str, Any]:
    """Return Markdown files by id: front matter as `model`, all together as `make`."""
    found: dict[str, Any] = {}
    for piece in pieces:
        if len(piece.body) > MAX_TEXT:
            message = say(
                "the text has {count} characters, at most {max_text}", count=len(piece.body), max_text=MAX_TEXT
            )
            at = Location(piece.source.shown, piece.offset + 1)
            desk.problems.append(Problem(at, "too-long", message, say("make two pages of it")))
            continue
        meta = desk.model(piece, model)
        if not piece.problems:
            written_in = getattr(meta, "language", None) or lang  # a page may be in another language than its folder
            document = parse(piece.body, written_in, offset=piece.offset, keys=keys, glossary=glossary)
            if meta is not None:
                _add(desk, found, make(meta, document, _origin(piece)))
    return dict(sorted(found.items()))


def _add(desk: _Desk, found: dict[str, Any], item: Any) -> None:
    name, origin = item.meta.id, item.origin
    if name in found:
        _duplicate(desk, name, origin.at("id"), say("see {place}", place=found[name].origin.path))
    stem = PurePosixPath(origin.path).stem
    if stem != name:
        hint = say(
            "rename the file to {name}{suffix}, or change the id", name=name, suffix=PurePosixPath(origin.path).suffix
        )
        message = say('the id "{name}" differs from the file\'s name', name=name)
        desk.problems.append(Problem(origin.at("id"), "id-differs", message, hint, "warning"))
    found[name] = item


def _programs(desk: _Desk, pieces: Iterable[Piece], lang: str, glossary: Glossary | None) -> dict[str, Program]:
    found: dict[str, Program] = {}
    for piece in pieces:
        meta, origin = desk.model(piece, ProgramMeta), _origin(piece)
        if meta is not None:
            at = origin.at("introduction")
            document: Document = parse(meta.introduction, lang, offset=at.line, glossary=glossary)
            if not at.block:
                document = document.at_line(at.line)
            _add(desk, found, Program(meta, document, origin))
    return dict(sorted(found.items()))


def _worksheets(desk: _Desk, pieces: Iterable[Piece]) -> dict[str, Worksheet]:
    sheets: dict[str, Worksheet] = {}
    for piece in pieces:
        meta = desk.model(piece, WorksheetMeta)
        if meta is not None:
            _add(desk, sheets, Worksheet(meta, _origin(piece)))
    return dict(sorted(sheets.items()))


def _single_pages(desk: _Desk, folder: str, pages: Iterable[TextPage]) -> None:
    """Every language needs each of the pages that the rest of the site links to."""
    by_template: dict[str, TextPage] = {}
    for page in pages:
        template = page.meta.template
        if PAGE_KINDS[template].single and template in by_template:
            message = say(
                'a second page with template "{template}": see {path}',
                template=template,
                path=by_template[template].origin.path,
            )
            desk.problems.append(
                Problem(page.origin.at("template"), "duplicate-page", message, say("keep one of them"))
            )
        by_template[template] = page
    missing = [name for name, kind in PAGE_KINDS.items() if kind.single and name not in by_template]
    if missing:
        message = say("no page has the template {missing}", missing=", ".join(missing))
        hint = say("every language needs one page for each of them; is one hidden?")
        desk.problems.append(Problem(Location(f"{folder}/pages"), "missing-page", message, hint))
