"""What `hejagen check --browser` does: builds an edition, looks at its pages in a browser, and reports."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hejagen import __version__
from hejagen.commands.ui import progress, show_problems, tell, words
from hejagen.errors import WrongUsage
from hejagen.messages import say, say_number
from hejagen.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from hejagen.browser.finding import Level
    from hejagen.browser.run import Examination
    from hejagen.layers.stack import Layers
    from hejagen.layers.survey import Survey
    from hejagen.rendering.pages import Page

PAGE, DATA = "index.html", "report.json"
"""The report in its folder: for people and for programs."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be looked at: an edition, all pages or a sample or those named, and where the report is written."""

    edition: str
    sample: bool
    pages: tuple[str, ...]
    out: Path
    fail_on: "Level"


def look_in_browser(folders: tuple[Path, ...], day: date, wanted: Wanted, form: str, record: bool) -> bool:
    """Look at the pages, write the report, and tell what was found; record it for the statement when asked to.

    Returns whether nothing was found at the level that fails. Raises HejagenError when something is missing, and
    BuildStopped when the site cannot be built.
    """
    from hejagen.browser.run import look, sampled, served
    from hejagen.browser.start import tools
    from hejagen.browser.states import STATES
    from hejagen.checks import RECORDING
    from hejagen.editions import EDITIONS
    from hejagen.editions.single import route
    from hejagen.layers.fingerprint import fingerprint
    from hejagen.layers.stack import stack
    from hejagen.output import MARKER, put, refuse_others
    from hejagen.pipeline import build
    from hejagen.rendering.pages import pages

    found, edition = tools(), EDITIONS[wanted.edition]
    refuse_others(wanted.out)
    wanted.out.mkdir(parents=True, exist_ok=True)
    put(wanted.out, MARKER, b"This folder is made by hejagen.\n")
    content = fingerprint(stack(folders))
    with tempfile.TemporaryDirectory(prefix="hejagen-") as temporary, progress(form) as report:
        built = build(folders, Path(temporary) / "site", (*edition.offers, edition), day, report, checks=RECORDING)
        folder = built.folders[-1]
        every = tuple(sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html")))
        if edition.medium.one_page:
            shown, _ = edition.pages(built.site, built.survey.layers, pages(built.site))
            known = {f"{every[0]}#/{route(page.path)}": page for page in shown}
            every = tuple(known)
        else:
            known = _placed(pages(built.site), every)
        kinds = {path: page.kind.name for path, page in known.items()}
        if edition.offers:  # a download lies beside the pages, and is an edition of its own
            every = tuple(path for path in every if path in known)
        chosen = tuple(_named(name, every) for name in wanted.pages) or every
        if wanted.sample:
            chosen = sampled(chosen, kinds)
        if edition.medium.from_disk:
            start = folder.resolve().as_uri() + "/"
            # What a state begins with is found by the first element that has it, which in one page is hidden.
            uses = {} if edition.medium.one_page else STATES
            seen = look(edition.name, folder, start, chosen, len(every), wanted.out, found, report, kinds, uses)
        else:
            with served(folder, urlsplit(built.site.config.url or "/").path.rstrip("/") + "/") as start:
                seen = look(edition.name, folder, start, chosen, len(every), wanted.out, found, report, kinds)
    _write(built.survey, seen, day, wanted.out)
    if record and edition.offers and chosen == every:  # the statement is about the hosted site, and all of it
        _record(folders, seen, day, content, form)
    origins = {path: page.origin.path for path, page in known.items()}
    return _tell(seen, wanted, origins, built.survey.layers if folders else None, form)


def _placed(pages: "Iterable[Page]", every: tuple[str, ...]) -> "dict[str, Page]":
    """Return the pages of a site by where they lie in an edition: below its only folder, if it has only one."""
    from hejagen.editions.disk import START

    folder = every[0].partition("/")[0] + "/" if every else ""
    below = folder if all(path.startswith(folder) for path in every) else ""
    placed = {page.path: page for page in pages}
    placed[START] = placed["index.html"]
    return {f"{below}{path}": page for path, page in placed.items() if f"{below}{path}" in every}


def _named(name: str, every: tuple[str, ...]) -> str:
    path = name.strip("/")
    part = f"{every[0].partition('#')[0]}#/{path}/" if path else every[0]
    for candidate in (path, f"{path}/index.html".lstrip("/"), part):
        if candidate in every:
            return candidate
    raise WrongUsage(say('There is no page "{name}".', name=name), did_you_mean(name, every, say("there are")))


def _write(surveyed: "Survey", seen: "Examination", day: date, out: Path) -> None:
    from hejagen.browser.report import as_html, as_json
    from hejagen.output import put
    from hejagen.problems import gate
    from hejagen.words.translate import translator

    spoken, problems = translator(surveyed.layers, surveyed.settings.languages[0])
    gate(problems)
    put(out, DATA, as_json(seen, day).encode())
    put(out, PAGE, as_html(surveyed, spoken, words(), seen, day).encode("utf-8", "replace"))


def _record(folders: tuple[Path, ...], seen: "Examination", day: date, content: str, form: str) -> None:
    from hejagen.content.record import write_record
    from hejagen.layers.stack import base_layer

    file = write_record(folders[-1] if folders else base_layer().folder, seen.runs(day, __version__, content))
    if form == "text":
        tell(say("Recorded in {file}.", file=file))


def written_by(layers: "Layers | None") -> dict[str, str]:
    """Return the texts of the styles, scripts and templates of the top layer, by the name that messages give them."""
    if layers is None:
        return {}
    own = layers.files[layers.layers[-1].name]
    wanted = (source for path, source in own.items() if path.endswith((".css", ".js", ".html")))
    return {source.shown: layers.text(source)[0] for source in wanted}


def _tell(seen: "Examination", wanted: Wanted, origins: dict[str, str], layers: "Layers | None", form: str) -> bool:
    from hejagen.browser.blame import blamed
    from hejagen.browser.finding import LEVELS, note
    from hejagen.browser.report import faults

    texts = written_by(layers)

    failing = LEVELS[: LEVELS.index(wanted.fail_on) + 1]
    problems = []
    for fault in faults({page.path: page.findings for page in seen.pages}):
        row, first = fault.found, fault.pages[0]
        message = say(
            "page {path}: {note} ({level} {criterion}, {count} in all)",
            path=first,
            note=note(row),
            level=row.level,
            criterion=row.criterion,
            count=say_number("{number} page", "{number} pages", fault.count),
        )
        level = "error" if row.level in failing else "warning"
        hint = say("spot: {selector}", selector=row.selector) if row.selector else say("look at the page")
        at = Location(*(blamed(texts, row.selector) or (origins.get(first, first),)))
        problems.append(Problem(at, row.rule, message, hint, level))  # type: ignore[arg-type]
    show_problems(tuple(problems), form)
    errors = sum(problem.level == "error" for problem in problems)
    if form == "text":
        tell(
            say(
                "Looked at {count} of {of} pages in {browser} in {seconds} s: {errors} at level {level} or below.",
                count=len(seen.pages),
                of=seen.of,
                browser=seen.browser,
                seconds=f"{seen.seconds:.0f}",
                errors=say_number("{number} fault", "{number} faults", errors),
                level=wanted.fail_on,
            )
        )
        tell(say("The report: {page}", page=wanted.out / PAGE))
    return not errors
