"""What all commands share: where they run, their options, how they show progress and problems, and how they stop."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any, TypeVar

import click

from hejagen.commands.click_words import give_words
from hejagen.errors import UNTOUCHED, HejagenError, Stopped, WrongUsage, cannot
from hejagen.messages import ENGLISH, NOTHING, SPOKEN, Message, Words, say, told
from hejagen.problems import FORMATS, LEVELS, BuildStopped, Problem, did_you_mean, visible

LayerValue = TypeVar("LayerValue", bound=tuple[Path, ...] | Path | None)


class ExistingPath(click.Path):
    """A file or a folder that must be there. Its kind is named in the language of messages."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; click tells what is wrong with it."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            kind = "directory" if self.dir_okay else "file"
            self.name = words().gettext(kind)
            return super().convert(value, param, ctx)


FOLDER = ExistingPath(exists=True, file_okay=False, path_type=Path)
CLEARED = "\r\x1b[K"
"""What takes the cursor back and clears the line (ECMA-48, EL)."""
FORM = "hejagen.form"
"""Under this name click's context knows how problems are written."""
LANG = "hejagen.lang"
"""Under this name click's context knows the language of messages, once it is chosen."""
VARIABLE = "HEJAGEN_LANG"
"""The environment variable with the language of messages."""
LAYERS = "hejagen.layers"
"""Under this name click's context knows the folders of the layers that the command is about."""


def help_message(text: str) -> Message:
    """Return a help text as a message. Its paragraphs are put on one line each, as they stand in the catalogue."""
    return Message("\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).strip())


def in_language(command: click.Command, catalogue: Words) -> click.Command:
    """Return a copy of a command, and of those below it, with help texts in the language of a catalogue."""
    spoken = copy(command)
    spoken.help = told(help_message(command.help), catalogue) if command.help else command.help
    spoken._help_option = None  # click makes it anew, in that language
    spoken.params = [copy(parameter) for parameter in command.params]
    for parameter in spoken.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = told(help_message(parameter.help), catalogue)
    if isinstance(spoken, click.Group):
        spoken.commands = {name: in_language(below, catalogue) for name, below in spoken.commands.items()}
    return spoken


class Command(click.Command):
    """A command whose help is in the language of messages."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # Else click makes it when a command begins, and asks for its words: their language takes a while to find out.
        click.help_option("-h", "--help")(self)
        self._help_option = self.params.pop()  # type: ignore[assignment]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        click.Command.format_help(in_language(self, words()), ctx, formatter)


class CommandGroup(Command, click.Group):
    """A group of commands whose help is in the language of messages."""

    command_class = Command


class Group(CommandGroup):
    """The root of all commands: whatever error ends one of them, the same words are said in the same way."""

    def invoke(self, context: click.Context) -> object:
        """Run the command. Our own faults keep their traceback, for whoever reports them."""
        try:
            return super().invoke(context)
        except HejagenError as error:
            ending = error
        except click.ClickException as error:
            error.show()  # while it is known which language messages have
            context.exit(error.exit_code)
        except OSError as error:
            ending = cannot("read", error)
        except MemoryError:
            ending = HejagenError(say("The computer has too little memory for this."), UNTOUCHED)
        except KeyboardInterrupt:
            click.echo(err=True)
            ending = Stopped()
        show_error(ending, context.meta.get(FORM, "text"))
        context.exit(ending.exit_code)


def layer_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --layer, which may be repeated, as the parameter `layers`."""
    text = "A layer to put on top; may be repeated, the last is uppermost."
    return click.option("--layer", "layers", multiple=True, type=FOLDER, callback=note_layers, help=text)(command)


def note_language(context: click.Context, parameter: click.Parameter, lang: str | None) -> None:
    """Note the language of messages that is asked for."""
    context.meta[LANG] = lang


def note_layers(context: click.Context, parameter: click.Parameter, value: LayerValue) -> LayerValue:
    """Note which layers a command is about, to choose the language of its messages."""
    context.meta[LAYERS] = value if isinstance(value, tuple) else (value,) if value else ()
    return value


def words() -> Words:
    """Return the catalogue of messages for the running command: the language of --lang, else of the variable
    HEJAGEN_LANG, else the first one of the uppermost layer, else the system's."""
    context = click.get_current_context(silent=True)
    if context is not None and not context.meta.get(LANG) and os.environ.get(VARIABLE) in SPOKEN:
        context.meta[LANG] = os.environ[VARIABLE]
    if context is None or context.meta.get(LANG) == "en":
        return ENGLISH
    # What finds out the language takes a while to load, and may be what was interrupted.
    from hejagen.words.messages import language_for, speaker

    if not context.meta.get(LANG):
        here = (Path.cwd(),) if os.path.lexists(Path.cwd() / "site.yaml") else ()
        context.meta[LANG] = language_for(here + context.meta.get(LAYERS, ()))
    return speaker(context.meta[LANG])


give_words(words)


def note_site_language(first: str) -> None:
    """Note the first language of the site that a command is about, so that nothing has to be read to find it."""
    from hejagen.words.messages import spoken

    context = click.get_current_context()
    if not context.meta.get(LANG) and os.environ.get(VARIABLE) not in SPOKEN:
        context.meta[LANG] = spoken(first)


def tell(message: Message, *, err: bool = False) -> None:
    """Write a message in the language of the command: to stdout, or to stderr."""
    click.echo(visible(told(message, words())), err=err)


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


def fresh_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --fresh, which lets the store read nothing."""

    def note(context: click.Context, parameter: click.Parameter, fresh: bool) -> None:
        from hejagen.store.folder import store

        store().fresh = fresh

    text = "Make everything anew, and use nothing that earlier runs have made."
    return click.option("--fresh", is_flag=True, expose_value=False, callback=note, help=text)(command)


def edition_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --edition, which may be repeated, as the parameter `editions`."""
    text = "Edition to build; may be repeated. Default: all but gallery."
    return click.option("--edition", "editions", type=EditionName(), multiple=True, help=text)(command)


class EditionName(click.ParamType[str]):
    """The name of an edition. They are loaded when one is named, so that help texts come at once."""

    name = "edition"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or end with the one that may be meant."""
        from hejagen.editions import EDITIONS

        if value not in EDITIONS:
            self.fail(
                f'there is no edition "{value}"; {did_you_mean(value, tuple(EDITIONS), say("there are"))}', param, ctx
            )
        return value


def current_folder() -> Path:
    """Return the folder we stand in.

    Raises WrongUsage where another seems to be meant: else the base would be built, and the layer's editor be told that
    all is well.
    """
    here = Path.cwd()
    if not os.path.lexists(here / "site.yaml"):
        if other := sorted(path.name for path in here.glob("site.y*ml*")):
            raise WrongUsage(say("{file} is not read.", file=other[0]), say("Call it site.yaml."))
        if above := next((folder for folder in here.parents if os.path.lexists(folder / "site.yaml")), None):
            hint = say("Go there first: cd {folder}", folder=os.path.relpath(above))
            raise WrongUsage(say("site.yaml is not here but in {folder}.", folder=above), hint)
    return here


def layer_folders(layers: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the folders of the layers to build, lowest first: the folder we stand in if it has a site.yaml, then
    those named."""
    here = Path.cwd() if layers else current_folder()
    return ((here,) if os.path.lexists(here / "site.yaml") else ()) + layers


def show_problems(problems: tuple[Problem, ...], form: str) -> None:
    """Write problems: as text to stderr, in colour on a terminal; in the other formats to stdout."""
    for problem in problems:
        line = FORMATS[form](problem, words())
        if form == "text" and sys.stderr.isatty():
            line = _coloured(problem, line)
        click.echo(line, err=form == "text")


def _coloured(problem: Problem, line: str) -> str:
    first, _, hint = line.partition("\n")
    at = str(problem.at)
    colour = "red" if problem.level == "error" else "yellow"
    name = told(LEVELS[problem.level], words())
    painted = click.style(at, bold=True) + first[len(at) :].replace(name, click.style(name, fg=colour, bold=True), 1)
    return f"{painted}\n{click.style(hint, dim=True)}" if hint else painted


def show_error(error: HejagenError, form: str) -> None:
    """Write an error to stderr. The problems that stop a build come first, as `form` has it; in the other formats they
    are all that is written."""
    if isinstance(error, BuildStopped):
        show_problems(error.problems, form)
    if form == "text" or not isinstance(error, BuildStopped):
        tell(error.sentences, err=True)


@contextmanager
def progress(form: str) -> Iterator[Callable[[Message], None]]:
    """Yield what shows how far long work has come: on a terminal a line that is rewritten, with the seconds so far.

    Elsewhere nothing is shown: a log is no place for it. Before other lines are written, show "", which clears it.
    """
    start = time.perf_counter()
    shown = form == "text" and sys.stderr.isatty()

    def show(stage: Message) -> None:
        if shown:
            line = f"{told(stage, words())}, {time.perf_counter() - start:.0f} s" if stage else ""
            click.echo(f"{CLEARED}{line}", nl=False, err=True)

    try:
        yield show
    finally:
        show(NOTHING)


def like(name: str, known: list[str]) -> Message:
    """A hint for a wrong name: the thing that ends or begins with it, or is close to it; nothing if none."""
    from difflib import get_close_matches  # loaded when something is wrong

    whole = [key for key in known if key.endswith(f"/{name}") or key.startswith(f"{name}#")]
    close = whole or [key for key in get_close_matches(name, known, n=1) if key != name]
    return say('Did you mean "{choice}"?', choice=close[0]) if close else NOTHING
