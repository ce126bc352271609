"""The straight line: layers become a site, the site pages, pages files, files a folder. Read this file first."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from hejagen.checks import BUILDING, LAYER_CHECKS, PUBLISHING, SPELLING, Checks, rule, run, run_on_edition, run_on_site
from hejagen.checks.edition import FinishedEdition
from hejagen.checks.page_policy import page_policy
from hejagen.checks.spelling import misspelling, misspelling_in_catalogues
from hejagen.content.load import load, with_body
from hejagen.content.selection import publish, select
from hejagen.editions import DEFAULT
from hejagen.layers.stack import stack
from hejagen.layers.survey import Survey, read_again, survey
from hejagen.messages import Message, say
from hejagen.model.site import Site
from hejagen.output import File, new_folder, write
from hejagen.problems import Problem, gate
from hejagen.rendering.catalogue import catalogue_scripts
from hejagen.rendering.edition import Edition, in_order
from hejagen.rendering.pages import Page, pages, with_text
from hejagen.rendering.reads import watched
from hejagen.rendering.render import Templates, render, render_page, rendering_of
from hejagen.rendering.shelf import page_digests
from hejagen.rendering.trace import tracer
from hejagen.search.bundle import search_files, without_marks
from hejagen.store.folder import store, trimmed
from hejagen.store.key import Digests
from hejagen.theme.assets import Assets, assets, with_files, with_scripts
from hejagen.words.translate import Translator, translators

Report = Callable[[Message], None]
"""Called with the name of each stage as it begins."""
Search = Callable[[tuple[File, ...], str], tuple[File, ...]]
"""Returns the files of the search over an edition's files, see `search_files`."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A site that has passed the checks of its content, with what it was made of."""

    site: Site
    survey: Survey
    words: dict[str, Translator]
    warnings: tuple[Problem, ...]
    digests: Digests = field(default_factory=page_digests)
    """The digests of what pages are made from, each made once for all editions."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the folder of each edition, numbers for the report, and warnings; and what it was made of."""

    folders: tuple[Path, ...]
    beside: tuple[Path, ...]
    """Files that were written beside those folders."""
    site: Site
    survey: Survey
    pages: int
    files: int
    seconds: float
    warnings: tuple[Problem, ...]


class Shared(NamedTuple):
    """What all editions share: the templates; and the styles, scripts, covers and the catalogue."""

    templates: Templates
    assets: Assets


class Made(NamedTuple):
    """The files of an edition, and the warnings about them."""

    files: tuple[File, ...]
    warnings: tuple[Problem, ...]


class Snapshot(NamedTuple):
    """What an edition was built from, what it offers for download, and its files before the last step."""

    loaded: Loaded
    pages: tuple[Page, ...]
    shared: Shared
    edition: Edition
    offered: tuple[File, ...]
    files: tuple[File, ...]


def build(
    folders: tuple[Path, ...],
    dist: Path,
    editions: tuple[Edition, ...],
    day: date,
    report: Report = lambda stage: None,
    programs: tuple[str, ...] = (),
    exercises: tuple[str, ...] = (),
    checks: Checks = BUILDING,
    search: Search = search_files,
    drafts: bool = False,
    keep: Callable[[Snapshot], None] = lambda snapshot: None,
) -> Built:
    """Build the layers into `dist` as of a day, all editions or none.

    The last good build stays until the new one is whole. `programs` and `exercises` choose what is in it by id; none =
    everything. `search` makes the search: a preview has one that is in less hurry, shows drafts as well, and keeps what
    each edition was built from.

    Raises BuildStopped with every problem of the first stage that has an error; WrongUsage for a folder that is no
    layer, a choice that does not exist and a `dist` that is somebody else's; HejagenError when `dist` cannot be written
    or there is no search index.
    """
    start = time.perf_counter()
    with _no_garbage_collection(), trimmed():
        report(say("reading"))
        loaded = read(folders, day, checks)
        loaded = loaded if drafts else published(loaded)
        loaded = replace(loaded, site=watched(select(loaded.site, programs, exercises)))
        every = pages(loaded.site)
        shared = gather(loaded, every)
        count = 0
        beside: list[Path] = []
        downloads: dict[str, tuple[File, ...]] = {}
        warnings = dict.fromkeys(loaded.warnings)
        with new_folder(dist, loaded.site.config.id) as new:
            for edition in in_order(editions):
                report(say("building {edition}", edition=edition.name))
                offered = tuple(file for other in edition.offers for file in downloads.get(other.name, ()))
                files, about_pages = make(loaded, every, shared, edition, offered)
                warnings.update(dict.fromkeys(about_pages))
                report(say("making the search of {edition}", edition=edition.name))
                files = (*without_marks(files), *search(files, shared.assets.engine)) if edition.searched else files
                report(say("writing {edition}", edition=edition.name))
                keep(Snapshot(loaded, every, shared, edition, offered, files))
                output = edition.finish(loaded.site, files, loaded.site.today)
                count += write(output.files, new / edition.name, dist / edition.name) + write(output.beside, new, dist)
                beside.extend(dist / file.path for file in output.beside)
                downloads[edition.name] = output.downloads
    seconds = time.perf_counter() - start
    made_folders = tuple(dist / edition.name for edition in editions)
    return Built(made_folders, tuple(beside), loaded.site, loaded.survey, len(every), count, seconds, tuple(warnings))


def page_ahead(snapshot: Snapshot, file: Path) -> File | None:
    """Return the page of an exercise or a text whose file was saved, ahead of the build: with today's text, and all
    else as it was in the last build.

    None when more has changed than the text below the facts, or when the build may have something to say of it.
    """
    loaded, every, shared, edition, offered, files = snapshot
    site, layers = loaded.site, loaded.survey.layers
    saved = read_again(loaded.survey, file)
    if saved is None:
        return None
    lang, kind, piece = saved
    content, name = site.contents[lang], piece.key.rpartition("/")[2]
    key = f"{'exercise' if kind == 'exercises' else 'page'}:{name}"
    page = next((page for page in every if page.key == key and page.lang == lang), None)
    if page is None:  # a draft, or not chosen
        return None
    item = with_body(content, getattr(content, kind)[name], piece)
    shown, _ = edition.pages(site, layers, every)
    made, _ = with_scripts(shared.assets, layers, edition.scripts)
    rendering = rendering_of(site, shown, made.paths, edition, loaded.words, shared.templates, offered)
    rendered = render_page(rendering, with_text(page, item), layers, shared.templates)
    if item.body.raw_html or rendered is None:
        return None
    new = without_marks((rendered,)) if edition.searched else (rendered,)
    output = edition.finish(site, (*(other for other in files if other.path != page.path), *new), site.today)
    return next(other for other in output.files if other.path == page.path)


def check(
    folders: tuple[Path, ...], day: date, checks: Checks = PUBLISHING, report: Report = lambda stage: None
) -> tuple[int, tuple[Problem, ...]]:
    """Return the number of pages, all checked as of a day, and the warnings. Raises BuildStopped and WrongUsage."""
    report(say("reading"))
    loaded = published(read(folders, day, checks))
    loaded = replace(loaded, site=watched(loaded.site))
    every = pages(loaded.site)
    shared = gather(loaded, every)
    warnings = dict.fromkeys(loaded.warnings)
    for number, edition in enumerate(DEFAULT, 1):
        message = say(
            "checking {pages} pages, edition {number} of {all}", pages=len(every), number=number, all=len(DEFAULT)
        )
        report(message)
        warnings.update(dict.fromkeys(make(loaded, every, shared, edition).warnings))
    store().trim()
    return sum(page.path.endswith(".html") for page in every), tuple(warnings)


def check_spelling(folders: tuple[Path, ...], day: date) -> tuple[Problem, ...]:
    """Return the warnings about the spelling of a site and of the words of its interface.

    Raises BuildStopped with the misspellings, WrongUsage, and HejagenError when there is no dictionary.
    """
    loaded = read(folders, day, Checks(()))
    problems = run_on_site(SPELLING, loaded.site)
    for content in loaded.site.contents.values():
        findings = misspelling_in_catalogues(content, loaded.survey.layers)
        problems += [finding.problem(rule(misspelling)) for finding in findings]
    return gate(problems)


def read(folders: tuple[Path, ...], day: date, checks: Checks = BUILDING) -> Loaded:
    """Return the site of a stack of layers, checked as of a day. Raises BuildStopped and WrongUsage."""
    surveyed = survey(stack(folders).reading_once())
    words, problems = translators(surveyed.layers, surveyed.settings.languages, surveyed.origin)
    gate(problems)
    site, problems = load(surveyed, words, day)
    warnings = gate(problems)
    assert site is not None
    warnings += gate(run(LAYER_CHECKS, surveyed.layers))
    warnings += gate(run_on_site(checks, site))
    return Loaded(site, surveyed, words, warnings)


def published(loaded: Loaded) -> Loaded:
    """Return a site without its drafts, which are checked like all else. Raises BuildStopped."""
    site, problems = publish(loaded.site)
    return replace(loaded, site=site, warnings=loaded.warnings + gate(problems))


def gather(loaded: Loaded, every: tuple[Page, ...]) -> Shared:
    """Return what all editions share. Raises BuildStopped."""
    covers = [page.cover for page in every if page.cover and page.kind.practised]
    made, problems = assets(loaded.site, loaded.survey.layers, covers)
    gate(problems)
    made = with_files(made, dict(catalogue_scripts(loaded.site, every, loaded.words, made.catalogue, made.paths)))
    return Shared(Templates.of(loaded.site, loaded.survey.layers, loaded.words), made)


def make(
    loaded: Loaded, every: tuple[Page, ...], shared: Shared, edition: Edition, offered: tuple[File, ...] = ()
) -> Made:
    """Return the checked files of an edition, with the files that it offers for download, and the warnings about them.

    Raises BuildStopped.
    """
    layers = loaded.survey.layers
    shown, problems = edition.pages(loaded.site, layers, every)
    gate(problems)
    made, problems = with_scripts(shared.assets, layers, edition.scripts)
    gate(problems)
    rendered, problems = render(
        loaded.site, shown, layers, shared.templates, made, edition, loaded.words, offered, loaded.digests
    )
    gate(problems)
    files = (*rendered, *made.files, *offered)
    trace = tracer(loaded.site, shown, layers, made, edition, loaded.words, offered)
    problems = run_on_edition(FinishedEdition(edition.name, loaded.site, layers, loaded.words, shown, files, trace))
    return Made(files, gate([*problems, *page_policy(layers, rendered, edition.policy(loaded.site))]))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    # A build makes many objects and drops few: looking for cycles costs a sixth of its time.
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
