"""The `hejagen` command."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from hejagen import __version__
from hejagen.cli_fleet import fleet
from hejagen.cli_group import Group, standing
from hejagen.cli_layers import new_copy, new_layer, upgrade
from hejagen.problems import FORMATS, BuildStopped, Problem, did_you_mean, visible

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Group, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="hejagen")
def main() -> None:
    """Build HEJA Innovation: learning content in, an accessible site out.

    Run in a folder with a site.yaml of your own, that folder is the layer on top.
    """


def _layer_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--layer", "layers", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A layer to put on top; may be repeated, the last is uppermost.",
    )(command)  # fmt: skip


def _format_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--format", "form", type=click.Choice(tuple(FORMATS)), default="text", show_default=True,
        help="How problems are written.",
    )(command)  # fmt: skip


@main.command()
@_layer_option
@_format_option
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True, help="Folder to build into."
)
@click.option("--edition", "names", multiple=True, help="Edition to build; may be repeated. Default: all but gallery.")
@click.option("--program", "programs", multiple=True, help="Only this program, and others so named. Default: all.")
@click.option("--exercise", "exercises", multiple=True, help="Only this exercise, and others so named. Default: all.")
def build(
    layers: tuple[Path, ...],
    form: str,
    out: Path,
    names: tuple[str, ...],
    programs: tuple[str, ...],
    exercises: tuple[str, ...],
) -> None:
    """Build the site. The last good build stays in place until the new one is whole."""
    from hejagen.editions import DEFAULT, EDITIONS
    from hejagen.pipeline import build as run_build

    chosen = tuple(EDITIONS[_known(name, tuple(EDITIONS))] for name in names) or DEFAULT
    with _told(form), _progress(form) as report:
        built = run_build(_folders(layers), out, chosen, report, programs, exercises)
    _say(built.warnings, form)
    content = next(iter(built.site.contents.values()))
    counts = f"{len(content.exercises)} exercises, {len(content.programs)} programs, {built.pages} pages"
    if form == "text":
        pages = [page for folder in built.folders[::-1] for page in folder.glob("*.html")]
        index = min(pages, key=lambda page: page.name != "index.html", default=out)
        click.echo(f"Built {built.site.config.name}: {counts} ({built.files} files).")
        click.echo(
            f"Time: {built.seconds:.2f} s"
            + (f", with {_counted(len(built.warnings), 'warning')} above." if built.warnings else ".")
        )
        click.echo(f"Look: open {index}, or run `serve` to preview while you write.")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _known(name: str, choices: tuple[str, ...]) -> str:

    if name not in choices:
        raise click.BadParameter(
            f'no edition "{name}"; {did_you_mean(name, choices, "there are")}', param_hint="--edition"
        )
    return name


def _folders(layers: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folder we stand in is a layer when it has a site.yaml; the base counts once."""
    here = Path.cwd() if layers else standing()
    return ((here,) if (here / "site.yaml").is_file() else ()) + layers


@main.command()
@_layer_option
@_format_option
@click.option("--record", is_flag=True, help="Write what is found into the top layer, for the accessibility statement.")
def check(layers: tuple[Path, ...], form: str, record: bool) -> None:
    """Check content, templates and finished pages. Writes nothing, unless told to record."""
    from hejagen.pipeline import check as run_check

    folders = _folders(layers)
    with _told(form):
        try:
            count, warnings = run_check(folders, recording=record)
        except BuildStopped as stopped:
            if record:
                _record(folders, 0, sum(problem.level == "error" for problem in stopped.problems), form)
            raise
        if record:
            _record(folders, count, 0, form)
    _say(warnings, form)
    if form == "text":
        click.echo(f"No errors in {count} pages; {_counted(len(warnings), 'warning')}.")


def _record(folders: tuple[Path, ...], pages: int, violations: int, form: str) -> None:
    from hejagen.layers import base_layer
    from hejagen.model import CheckRun
    from hejagen.pipeline import today
    from hejagen.record import write_record

    run = CheckRun(tool="hejagen", version=__version__, date=today(), pages=pages, violations=violations)
    file = write_record(folders[-1] if folders else base_layer().folder, run)
    if form == "text":
        click.echo(f"Recorded in {file}.")


@main.command()
@_layer_option
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port on this computer; 0 = any."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True, help="Folder to build into."
)
def serve(layers: tuple[Path, ...], port: int, out: Path) -> None:
    """Preview on this computer: rebuilds when a file changes and reloads the page by itself."""
    from hejagen.serve import NoPort
    from hejagen.serve import serve as run_serve

    with _told("text"):
        try:
            run_serve(_folders(layers), out, port, click.echo)
        except NoPort as error:
            raise click.BadParameter(
                f"port {port} cannot be used ({error}); try --port 0", param_hint="--port"
            ) from None


@main.group()
def new() -> None:
    """Start something new from a template."""


@new.command("exercise")
@click.argument("title")
@click.option("--lang", default="sv", show_default=True, help="Language folder.")
def new_exercise(title: str, lang: str) -> None:
    """Start an exercise: a file with all its sections, ready to fill in."""
    _create("exercise", title, lang)


@new.command("program")
@click.argument("title")
@click.option("--lang", default="sv", show_default=True, help="Language folder.")
def new_program(title: str, lang: str) -> None:
    """Start a program: a file with its facts, ready to fill in."""
    _create("program", title, lang)


@new.command("page")
@click.argument("title")
@click.option("--lang", default="sv", show_default=True, help="Language folder.")
def new_page(title: str, lang: str) -> None:
    """Start a page of text."""
    _create("page", title, lang)


def _create(kind: str, title: str, lang: str) -> None:
    from hejagen.new import NotCreated, create

    try:
        made = create(kind, title, lang, standing())
    except NotCreated as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Made {made}. Fill it in, then run check.")


@main.command()
@_layer_option
def layers(layers: tuple[Path, ...]) -> None:
    """Show the layers, and what each one adds, replaces, patches, hides or holds back."""
    from hejagen.layers import stack
    from hejagen.survey import survey

    with _told("text"):
        found = survey(stack(_folders(layers)))
    widest = max((len(step.key) for step in found.steps), default=0)
    for layer in found.layers.layers:
        click.echo(visible(f"{layer.name}  ({layer.folder}, {len(found.layers.own(layer))} files)"))
        for step in found.of(layer):
            if layer is not found.layers.layers[0]:
                click.echo(visible(f"  {step.verb:8} {step.key:{widest}} {step.at}"))


main.add_command(upgrade)
main.add_command(fleet)
new.add_command(new_layer)
new.add_command(new_copy)


@main.command()
@click.option("--write", is_flag=True, help="Write the files into docs/reference.")
def reference(write: bool) -> None:
    """Print the reference that is made from the program itself: rules, commands, schemas."""
    from hejagen.reference import reference_files

    for name, text in reference_files(main).items():
        if write:
            target = Path("docs/reference") / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        else:
            click.echo(f"=== {name}\n{text}")


def _say(problems: tuple[Problem, ...], form: str) -> None:
    for problem in problems:
        line = FORMATS[form](problem)
        if form == "text" and sys.stderr.isatty():
            line = _coloured(problem, line)
        click.echo(line, err=form == "text")


def _coloured(problem: Problem, line: str) -> str:
    first, _, hint = line.partition("\n")
    at = str(problem.at)
    colour = "red" if problem.level == "error" else "yellow"
    level = click.style(problem.level, fg=colour, bold=True)
    painted = click.style(at, bold=True) + first[len(at) :].replace(problem.level, level, 1)
    return f"{painted}\n{click.style(hint, dim=True)}" if hint else painted


@contextmanager
def _told(form: str) -> Iterator[None]:
    """Turn what can go wrong into messages: 1 = problems in the content, 2 = wrong usage. Our own faults keep their
    traceback, for whoever reports them."""
    from hejagen.layers import NotALayer
    from hejagen.output import NotOurs, NotWritten
    from hejagen.search_index import SearchFailed
    from hejagen.selection import NotThere

    try:
        yield
    except NotThere as error:
        kind, key, known = error.args
        raise click.BadParameter(
            f'no {kind} "{key}"; {did_you_mean(key, known, "there are")}', param_hint=f"--{kind}"
        ) from None
    except BuildStopped as stopped:
        _say(stopped.problems, form)
        if form == "text":
            errors = sum(problem.level == "error" for problem in stopped.problems)
            click.echo(f"Not built: {_counted(errors, 'error')}. The last good build is untouched.", err=True)
        raise SystemExit(1) from None
    except NotALayer as error:
        raise click.UsageError(f"{error} is not a layer: it has neither site.yaml, content/ nor layouts/.") from None
    except NotOurs as error:
        raise click.UsageError(
            f"{error} holds files that hejagen did not make. Choose another folder with --out."
        ) from None
    except SearchFailed as error:
        raise click.ClickException(
            f"The search index could not be made; the last good build is untouched.\n{error}"
        ) from None
    except OSError as error:
        what = "write" if isinstance(error, NotWritten) else "read"
        raise click.ClickException(
            f"Cannot {what} {error.filename or 'what is needed'}: {error.strerror or error}. "
            "The last good build is untouched."
        ) from None


@contextmanager
def _progress(form: str) -> Iterator[Callable[[str], None]]:
    """Show the stages: a live line on a terminal, nothing where the output is read by a program."""
    if form != "text" or not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update
