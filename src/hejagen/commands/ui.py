"""What all commands share: where they run, their options, how they show progress and problems, and how they stop."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from hejagen import STOPPED
from hejagen.problems import FORMATS, BuildStopped, Problem, did_you_mean

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class Group(click.Group):
    """Says the same sentence whenever it is stopped, also while it is still loading."""

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo(f"\n{STOPPED}", err=True)
            raise SystemExit(130) from None


def layer_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --layer, which may be repeated, as the parameter `layers`."""
    text = "A layer to put on top; may be repeated, the last is uppermost."
    return click.option("--layer", "layers", multiple=True, type=FOLDER, help=text)(command)


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --format as the parameter `form`, a key of FORMATS."""
    choices = click.Choice(tuple(FORMATS))
    text = "How problems are written."
    return click.option("--format", "form", type=choices, default="text", show_default=True, help=text)(command)


def current_folder() -> Path:
    """Return the folder we stand in.

    Raises UsageError where another seems to be meant: else the base would be built, and the layer's editor be told that
    all is well.
    """
    here = Path.cwd()
    if not (here / "site.yaml").exists():
        if other := sorted(path.name for path in here.glob("site.y*ml*")):
            raise click.UsageError(f"{other[0]} is not read: call it site.yaml")
        if above := next((folder for folder in here.parents if os.path.lexists(folder / "site.yaml")), None):
            raise click.UsageError(f"site.yaml is not here but in {above}: go there first, cd {os.path.relpath(above)}")
    return here


def layer_folders(layers: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the folders of the layers to build, lowest first: the folder we stand in if it has a site.yaml, then
    those named."""
    here = Path.cwd() if layers else current_folder()
    return ((here,) if (here / "site.yaml").is_file() else ()) + layers


def known_edition(name: str, choices: tuple[str, ...]) -> str:
    """Return the name of an edition. Raises BadParameter when there is none of that name."""
    if name not in choices:
        hint = did_you_mean(name, choices, "there are")
        raise click.BadParameter(f'no edition "{name}"; {hint}', param_hint="--edition")
    return name


def counted(number: int, what: str) -> str:
    """Return a number with a noun, such as 1 warning or 3 warnings."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


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


@contextmanager
def errors_shown(form: str) -> Iterator[None]:
    """Turn what can go wrong into messages: 1 = problems in the content, 2 = wrong usage. Our own faults keep their
    traceback, for whoever reports them."""
    from hejagen.content.selection import NotThere
    from hejagen.layers.stack import NotALayer
    from hejagen.output import NotOurs, NotWritten
    from hejagen.search.pagefind import SearchFailed

    try:
        yield
    except NotThere as error:
        kind, key, known = error.args
        hint = did_you_mean(key, known, "there are")
        raise click.BadParameter(f'no {kind} "{key}"; {hint}', param_hint=f"--{kind}") from None
    except BuildStopped as stopped:
        show_problems(stopped.problems, form)
        if form == "text":
            errors = sum(problem.level == "error" for problem in stopped.problems)
            click.echo(f"Not built: {counted(errors, 'error')}. The last good build is untouched.", err=True)
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
def progress(form: str) -> Iterator[Callable[[str], None]]:
    """Show the stages: a live line on a terminal, nothing where the output is read by a program."""
    if form != "text" or not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def like(name: str, known: list[str]) -> str:
    """A question to put after a message: the thing that ends or begins with a name, or is close to it; "" if none."""
    whole = [key for key in known if key.endswith(f"/{name}") or key.startswith(f"{name}#")]
    close = whole or [key for key in get_close_matches(name, known, n=1) if key != name]
    return f': "{close[0]}"?' if close else ""


def opened_layer(layer: Path | None) -> tuple[Any, Any, Any, Any]:
    """The survey, the layer on top, its record and the words of the main language. Raises BuildStopped."""
    from hejagen.layers.lock import read_lock
    from hejagen.layers.stack import NotALayer, is_layer, stack
    from hejagen.layers.survey import survey
    from hejagen.problems import gate
    from hejagen.words.translate import translator

    folder = layer or current_folder()
    if not is_layer(folder):
        raise NotALayer(folder)
    found = survey(stack((folder,)))
    if len(found.layers.layers) == 1:
        raise click.UsageError("this is the base itself; name the folder of a layer")
    words, problems = translator(found.layers, found.settings.languages[0])
    lock, faults = read_lock(found.layers, found.layers.layers[-1])
    gate([*problems, *faults])
    return found, found.layers.layers[-1], lock, words
