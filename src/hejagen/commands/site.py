"""The commands that build, check and show a site: `build`, `check` and `serve`."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hejagen import __version__
from hejagen.commands.ui import (
    Command,
    EditionName,
    edition_option,
    format_option,
    fresh_option,
    layer_folders,
    layer_option,
    note_site_language,
    progress,
    show_problems,
    tell,
    words,
)
from hejagen.messages import Message, say, say_number
from hejagen.problems import BuildStopped, Problem

if TYPE_CHECKING:
    from hejagen.browser.finding import Level


@dataclass(frozen=True, slots=True)
class _Summary:
    """What `build` tells of a site that it built."""

    name: str
    language: str
    """The first language of the site; empty when no layer is chosen."""
    exercises: int
    programs: int
    pages: int
    files: int
    index: Path
    warnings: tuple[Problem, ...]


@click.command(cls=Command)
@layer_option
@format_option
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True, help="Folder to build into."
)
@edition_option
@click.option("--program", "programs", multiple=True, help="Only this program, and others so named. Default: all.")
@click.option("--exercise", "exercises", multiple=True, help="Only this exercise, and others so named. Default: all.")
@fresh_option
def build(
    layers: tuple[Path, ...],
    form: str,
    out: Path,
    editions: tuple[str, ...],
    programs: tuple[str, ...],
    exercises: tuple[str, ...],
) -> None:
    """Build the site. The last good build stays in place until the new one is whole.

    When nothing has changed since then, it is left as it is.
    """
    from hejagen.commands.today import today
    from hejagen.layers.folder import files_read
    from hejagen.store.last import last_result

    start = time.perf_counter()
    folders = layer_folders(layers)
    request = ("build", Path.cwd(), folders, out.absolute(), editions, programs, exercises, today())
    summary = last_result(request, files_read) or _build(request, folders, out, editions, programs, exercises, form)
    note_site_language(summary.language)
    show_problems(summary.warnings, form)
    if form == "text":
        tell(
            say(
                "Built {site}: {exercises} exercises, {programs} programs, {pages} pages ({files} files).",
                site=summary.name,
                exercises=summary.exercises,
                programs=summary.programs,
                pages=summary.pages,
                files=summary.files,
            )
        )
        seconds = f"{time.perf_counter() - start:.2f}"
        with_warnings = say("Time: {time} s, with {warnings} above.", time=seconds, warnings=_counted(summary.warnings))
        tell(with_warnings if summary.warnings else say("Time: {time} s.", time=seconds))
        tell(say("Look: open {page}, or run `serve` to preview while you write.", page=summary.index))


def _build(
    request: tuple[Any, ...],
    folders: tuple[Path, ...],
    out: Path,
    editions: tuple[str, ...],
    programs: tuple[str, ...],
    exercises: tuple[str, ...],
    form: str,
) -> _Summary:
    """Build, and keep what is told of it as the last result of a request."""
    from hejagen.editions import DEFAULT, EDITIONS
    from hejagen.layers.folder import files_read
    from hejagen.layers.stack import stack
    from hejagen.pipeline import build as run_build
    from hejagen.store.last import keep_result, sources_of

    chosen = tuple(EDITIONS[name] for name in editions) or DEFAULT
    sources = sources_of((str(layer.folder) for layer in stack(folders).layers), files_read)
    with progress(form) as report:
        built = run_build(folders, out, chosen, request[-1], report, programs, exercises)
    content = next(iter(built.site.contents.values()))
    index = min(
        (page for folder in built.folders[::-1] for page in folder.glob("*.html")),
        key=lambda page: page.name != "index.html",
        default=out,
    )
    summary = _Summary(
        built.site.config.name,
        built.site.config.languages[0] if folders else "",
        len(content.exercises),
        len(content.programs),
        built.pages,
        built.files,
        index,
        built.warnings,
    )
    keep_result(request, sources, (path.absolute() for path in (*built.folders, *built.beside)), summary)
    return summary


@click.command(cls=Command)
@layer_option
@format_option
@click.option("--record", is_flag=True, help="Write what is found into the top layer, for the accessibility statement.")
@click.option("--browser", is_flag=True, help="Also look at every page in Chromium, Chrome or Edge.")
@click.option(
    "--edition", type=EditionName(), default="web", show_default=True, help="The edition that --browser is for."
)
@click.option("--sample", is_flag=True, help="With --browser: two pages of each kind.")
@click.option("--page", "chosen", multiple=True, help="With --browser: only this page, and others so named.")
@click.option(
    "--fail-on",
    type=click.Choice(("A", "AA", "AAA", "best")),
    default="AA",
    show_default=True,
    help="With --browser: the level of WCAG up to which a fault ends with exit code 1.",
)
@click.option(
    "--report",
    "out",
    type=click.Path(path_type=Path),
    default=Path("check-report"),
    show_default=True,
    help="With --browser: folder for the report.",
)
@fresh_option
@click.pass_context
def check(
    context: click.Context,
    layers: tuple[Path, ...],
    form: str,
    record: bool,
    browser: bool,
    edition: str,
    sample: bool,
    chosen: tuple[str, ...],
    fail_on: "Level",
    out: Path,
) -> None:
    """Check content, templates and finished pages before they are published. Writes nothing, unless told to record, and
    with --browser a report.

    Unlike build, it fails when the assessment of accessibility or a recorded check is older than twelve months.
    """
    from hejagen.commands.today import today
    from hejagen.pipeline import check as run_check

    folders, day = layer_folders(layers), today()
    passed = True
    if browser:
        from hejagen.commands.check import Wanted, look_in_browser

        passed = look_in_browser(folders, day, Wanted(edition, sample, chosen, out, fail_on), form, record)
    if record:
        count, warnings = _recorded(folders, day, form)
    else:
        with progress(form) as report:
            count, warnings = run_check(folders, day, report=report)
    show_problems(warnings, form)
    if form == "text" and passed:
        tell(say("No errors in {count} pages; {warnings}.", count=count, warnings=_counted(warnings)))
        if not browser:
            tell(say("Not checked: what only a browser shows, such as focus, zoom and contrast. Add --browser."))
    if not passed:
        context.exit(1)


@click.command(cls=Command)
@layer_option
@format_option
def spelling(layers: tuple[Path, ...], form: str) -> None:
    """Check the spelling of all Swedish texts, those of the interface too. Writes nothing.

    A word that is right, but not in the dictionary, goes into content/sv/spelling.txt of the layer.
    """
    from hejagen.commands.today import today
    from hejagen.pipeline import check_spelling

    with progress(form):
        warnings = check_spelling(layer_folders(layers), today())
    show_problems(warnings, form)
    if form == "text":
        tell(say("No misspelling; {warnings}.", warnings=_counted(warnings)))


def _counted(warnings: tuple[Problem, ...]) -> Message:
    return say_number("{number} warning", "{number} warnings", len(warnings))


def _recorded(folders: tuple[Path, ...], day: date, form: str) -> tuple[int, tuple[Problem, ...]]:
    """Check, write what is found into the top layer, and then hold the site against that. Return as `check` does."""
    from hejagen.checks import PUBLISHING, RECORDING
    from hejagen.layers.fingerprint import fingerprint
    from hejagen.layers.stack import stack
    from hejagen.pipeline import check as run_check
    from hejagen.pipeline import read

    content = fingerprint(stack(folders))
    try:
        with progress(form) as report:
            pages, _ = run_check(folders, day, RECORDING, report)
    except BuildStopped as stopped:
        errors = sum(problem.level == "error" for problem in stopped.problems)
        _write_record(folders, day, content, 0, errors, form)
        raise
    _write_record(folders, day, content, pages, 0, form)
    return pages, read(folders, day, PUBLISHING).warnings


def _write_record(folders: tuple[Path, ...], day: date, content: str, pages: int, violations: int, form: str) -> None:
    from hejagen.content.record import write_record
    from hejagen.layers.stack import base_layer
    from hejagen.model.settings import CheckRun

    run = CheckRun(
        tool="hejagen",
        version=__version__,
        date=day,
        pages=pages,
        violations=violations,
        part="rules",
        of=pages,
        content=content,
    )
    file = write_record(folders[-1] if folders else base_layer().folder, (run,))
    if form == "text":
        tell(say("Recorded in {file}.", file=file))


@click.command(cls=Command)
@layer_option
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port on this computer; 0 = any."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True, help="Folder to build into."
)
@fresh_option
def serve(layers: tuple[Path, ...], port: int, out: Path) -> None:
    """Preview on this computer: rebuilds when a file changes and reloads the page by itself."""
    from hejagen.commands.today import today
    from hejagen.preview import serve as run_serve

    catalogue = words()
    run_serve(layer_folders(layers), out, port, click.echo, today, catalogue)
