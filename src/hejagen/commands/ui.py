"""What all commands share: where they run, their options, how they show progress and problems, and how they stop."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import click

from hejagen.errors import UNTOUCHED, HejagenError, Stopped, WrongUsage, cannot
from hejagen.problems import FORMATS, BuildStopped, Problem, did_you_mean, visible

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
CLEARED = "\r\x1b[K"
"""What takes the cursor back and clears the line (ECMA-48, EL)."""
FORM = "hejagen.form"
"""Under this name click's context knows how problems are written."""


class Group(click.Group):
    """The root of all commands: whatever error ends one of them, the same words are said in the same way."""

    def invoke(self, context: click.Context) -> object:
        """Run the command. Our own faults keep their traceback, for whoever reports them."""
        try:
            return super().invoke(context)
        except HejagenError as error:
            ending = error
        except OSError as error:
            ending = cannot("read", error)
        except MemoryError:
            ending = HejagenError("The computer has too little memory for this.", UNTOUCHED)
        except KeyboardInterrupt:
            click.echo(err=True)
            ending = Stopped()
        show_error(ending, context.meta.get(FORM, "text"))
        context.exit(ending.exit_code)


def layer_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --layer, which may be repeated, as the parameter `layers`."""
    text = "A layer to put on top; may be repeated, the last is uppermost."
    return click.option("--layer", "layers", multiple=True, type=FOLDER, help=text)(command)


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --format as the parameter `form`, a key of FORMATS."""

    def note(context: click.Context, parameter: click.Parameter, form: str) -> str:
        context.meta[FORM] = form  # for an error that ends the command
        return form

    choices = click.Choice(tuple(FORMATS))
    text = "How problems are written."
    return click.option("--format", "form", type=choices, default="text", show_default=True, callback=note, help=text)(
        command
    )


def edition_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --edition, which may be repeated, as the parameter `editions`."""
    text = "Edition to build; may be repeated. Default: all but gallery."
    return click.option("--edition", "editions", type=_EditionName(), multiple=True, help=text)(command)


class _EditionName(click.ParamType[str]):
    """The name of an edition. They are loaded when one is named, so that help texts come at once."""

    name = "edition"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or end with the one that may be meant."""
        from hejagen.editions import EDITIONS

        if value not in EDITIONS:
            self.fail(f'there is no edition "{value}"; {did_you_mean(value, tuple(EDITIONS), "there are")}', param, ctx)
        return value


def current_folder() -> Path:
    """Return the folder we stand in.

    Raises WrongUsage where another seems to be meant: else the base would be built, and the layer's editor be told that
    all is well.
    """
    here = Path.cwd()
    if not (here / "site.yaml").exists():
        if other := sorted(path.name for path in here.glob("site.y*ml*")):
            raise WrongUsage(f"{other[0]} is not read.", "Call it site.yaml.")
        if above := next((folder for folder in here.parents if os.path.lexists(folder / "site.yaml")), None):
            raise WrongUsage(f"site.yaml is not here but in {above}.", f"Go there first: cd {os.path.relpath(above)}")
    return here


def layer_folders(layers: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the folders of the layers to build, lowest first: the folder we stand in if it has a site.yaml, then
    those named."""
    here = Path.cwd() if layers else current_folder()
    return ((here,) if (here / "site.yaml").is_file() else ()) + layers


def show_problems(problems: tuple[Problem, ...], form: str) -> None:
    """Write problems: as text to stderr, in colour on a terminal; in the other formats to stdout."""
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


def show_error(error: HejagenError, form: str) -> None:
    """Write an error to stderr. The problems that stop a build come first, as `form` has it; in the other formats they
    are all that is written."""
    if isinstance(error, BuildStopped):
        show_problems(error.problems, form)
    if form == "text" or not isinstance(error, BuildStopped):
        click.echo(visible(str(error)), err=True)


@contextmanager
def progress(form: str) -> Iterator[Callable[[str], None]]:
    """Yield what shows how far long work has come: on a terminal a line that is rewritten, with the seconds so far.

    Elsewhere nothing is shown: a log is no place for it. Before other lines are written, show "", which clears it.
    """
    start = time.perf_counter()
    shown = form == "text" and sys.stderr.isatty()

    def show(stage: str) -> None:
        if shown:
            line = f"{stage}, {time.perf_counter() - start:.0f} s" if stage else ""
            click.echo(f"{CLEARED}{line}", nl=False, err=True)

    try:
        yield show
    finally:
        show("")


def like(name: str, known: list[str]) -> str:
    """A question to put after a message: the thing that ends or begins with a name, or is close to it; "" if none."""
    whole = [key for key in known if key.endswith(f"/{name}") or key.startswith(f"{name}#")]
    close = whole or [key for key in get_close_matches(name, known, n=1) if key != name]
    return f': "{close[0]}"?' if close else ""
