"""The straight line: layers become a site, the site pages, pages files, files a folder. Read this file first."""

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from hejagen.checks import RECORDING_CHECKS, SITE_CHECKS, SiteCheck, run, run_on_made
from hejagen.checks.html import Made
from hejagen.content.load import load
from hejagen.content.selection import select
from hejagen.editions import DEFAULT
from hejagen.layers.stack import stack
from hejagen.layers.survey import Survey, survey
from hejagen.model.site import Site
from hejagen.output import File, new_folder, write
from hejagen.problems import Problem, gate
from hejagen.rendering.edition import Edition, in_order
from hejagen.rendering.pages import Page, pages
from hejagen.rendering.render import render
from hejagen.search.bundle import search_files
from hejagen.theme.assets import Assets, assets, with_scripts
from hejagen.words.translate import Translator, translators

Report = Callable[[str], None]
"""Called with the name of each stage as it begins."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A site that has passed the checks of its content, with what it was made of."""

    site: Site
    survey: Survey
    words: dict[str, Translator]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the folder of each edition, numbers for the report, and warnings; and what it was made of."""

    folders: tuple[Path, ...]
    site: Site
    survey: Survey
    pages: int
    files: int
    seconds: float
    warnings: tuple[Problem, ...]


def build(
    folders: tuple[Path, ...],
    dist: Path,
    editions: tuple[Edition, ...],
    report: Report = lambda stage: None,
    programs: tuple[str, ...] = (),
    exercises: tuple[str, ...] = (),
    day: date | None = None,
) -> Built:
    """Build the layers into `dist`, all editions or none. The last good build stays until the new one is whole.

    `programs` and `exercises` choose what is in it by id; none = everything. `day` = of the build, None = today.

    Raises BuildStopped with every problem of the first stage that has an error; WrongUsage for a folder that is no
    layer, a choice that does not exist and a `dist` that is somebody else's; HejagenError when `dist` cannot be written
    or there is no search index.
    """
    start = time.perf_counter()
    with _no_garbage_collection():
        report("reading")
        loaded = read(folders, day=day)
        loaded = replace(loaded, site=select(loaded.site, programs, exercises))
        every = pages(loaded.site)
        made = gather(loaded, every)
        count = 0
        downloads: dict[str, tuple[File, ...]] = {}
        with new_folder(dist) as new:
            for edition in in_order(editions):
                report(f"building {edition.name}")
                offered = tuple(file for other in edition.offers for file in downloads.get(other.name, ()))
                files = make(loaded, every, made, edition, offered)
                report(f"searching {edition.name}")
                files += search_files(files, made.engine) if edition.searched else ()
                report(f"writing {edition.name}")
                output = edition.finish(loaded.site, files, loaded.site.today)
                count += write(output.files, new / edition.name) + write(output.beside, new)
                downloads[edition.name] = output.downloads
    seconds = time.perf_counter() - start
    made_folders = tuple(dist / edition.name for edition in editions)
    return Built(made_folders, loaded.site, loaded.survey, len(every), count, seconds, loaded.warnings)


def check(
    folders: tuple[Path, ...], report: Report = lambda stage: None, *, recording: bool = False
) -> tuple[int, tuple[Problem, ...]]:
    """Return the number of pages, all checked, and the warnings. Raises BuildStopped and WrongUsage.

    While `recording` what the record says is not held against the statement.
    """
    report("reading")
    loaded = read(folders, RECORDING_CHECKS if recording else SITE_CHECKS)
    every = pages(loaded.site)
    made = gather(loaded, every)
    for number, edition in enumerate(DEFAULT, 1):
        report(f"checking {len(every)} pages, edition {number} of {len(DEFAULT)}")
        make(loaded, every, made, edition)
    return sum(page.path.endswith(".html") for page in every), loaded.warnings


def read(folders: tuple[Path, ...], checks: Sequence[SiteCheck] = SITE_CHECKS, day: date | None = None) -> Loaded:
    """Return the site of a stack of layers, checked, as of a day (None = today). Raises BuildStopped and WrongUsage."""
    surveyed = survey(stack(folders))
    words, problems = translators(surveyed.layers, surveyed.settings.languages, surveyed.origin)
    gate(problems)
    site, problems = load(surveyed, words, day or today())
    warnings = gate(problems)
    assert site is not None
    warnings += gate(run(checks, site))
    return Loaded(site, surveyed, words, warnings)


def gather(loaded: Loaded, every: tuple[Page, ...]) -> Assets:
    """Return the styles, scripts and covers that all editions share. Raises BuildStopped."""
    covers = [page.cover for page in every if page.cover and not page.key.startswith("page:")]
    made, problems = assets(loaded.site, loaded.survey.layers, covers)
    gate(problems)
    return made


def make(
    loaded: Loaded, every: tuple[Page, ...], shared: Assets, edition: Edition, offered: tuple[File, ...] = ()
) -> tuple[File, ...]:
    """Return the checked files of an edition, with the files that it offers for download. Raises BuildStopped."""
    layers = loaded.survey.layers
    shown, problems = edition.pages(loaded.site, layers, every)
    gate(problems)
    made, problems = with_scripts(shared, layers, edition.scripts)
    gate(problems)
    rendered, problems = render(loaded.site, shown, layers, made, edition, loaded.words, offered)
    gate(problems)
    files = (*rendered, *made.files, *offered)
    gate(run_on_made(Made(loaded.site, loaded.words, shown, files)))
    return files


def today() -> date:
    """Return the day of the build; of SOURCE_DATE_EPOCH (seconds since 1970, UTC) if set, to repeat a build."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    # A build makes many objects and drops few: looking for cycles costs a sixth of its time.
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
