"""The commands that begin something: `new exercise`, `program`, `page`, `layer` and `copy`."""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import get_args

import click

from hejagen.commands.ui import (
    FOLDER,
    Command,
    CommandGroup,
    ExistingPath,
    current_folder,
    like,
    note_layers,
    tell,
    words,
)
from hejagen.errors import WrongUsage
from hejagen.languages import MAIN
from hejagen.messages import say, told
from hejagen.model.choices import ActivityForm

FORMS: tuple[str, ...] = get_args(ActivityForm)
"""What people can do in an exercise, in the order of the list in docs/how-to/skriva-ovning.md."""
STARTERS: Mapping[str, str] = {
    "exercise": "Start an exercise: a file with all its sections, ready to fill in.",
    "program": "Start a program: a file with its facts, ready to fill in.",
    "page": "Start a page of text.",
}
"""What can be begun from a title, with the help text of its command."""


@click.group(cls=CommandGroup)
def new() -> None:
    """Start something new from a template."""


def _create(kind: str, title: str, lang: str, form: str | None = None, **given: str | None) -> None:
    from hejagen.start.companions import put_schemas
    from hejagen.start.content import QUESTIONS, create

    answers = {key: answer or "" for key, answer in given.items()}
    if kind == "exercise" and sys.stdin.isatty():
        form = form or _ask_form()
        for key, question in QUESTIONS.items():
            asked = told(question, words())
            answers[key] = answers[key] or click.prompt(asked, default="", show_default=False)
    folder = current_folder()
    headings = _headings(folder, lang) if kind == "exercise" and lang != MAIN else {}
    file = create(kind, title, lang, folder, form or "", answers, headings)
    put_schemas(folder)
    tell(say("Made {file}. Fill it in, then run check.", file=file))


def _headings(folder: Path, lang: str) -> dict[str, str]:
    """Return the headings of an exercise in a language, as far as the layers have words in it, by the Swedish ones."""
    from hejagen.layers.stack import stack
    from hejagen.words.translate import translator

    layers = stack((folder,))
    swedish, other = (translator(layers, name)[0].section_keys() for name in (MAIN, lang))
    of_key = {key: title for title, key in other.items()}
    return {title: of_key[key] for title, key in swedish.items()}


def _ask_form() -> str:
    """Return what people do most of the time in the exercise, chosen from a list."""
    from hejagen.start.content import USUAL_FORM

    click.echo(told(say("What do people do? One of: {forms}", forms=", ".join(FORMS)), words()))
    chosen: str = click.prompt(">", default=USUAL_FORM, type=click.Choice(FORMS), show_choices=False)
    return chosen


for kind, help_text in STARTERS.items():
    parameters: list[click.Parameter] = [
        click.Argument(["title"]),
        click.Option(["--lang"], default=MAIN, show_default=True, help="Language folder."),
    ]
    if kind == "exercise":
        parameters += [
            click.Option(["--form"], type=click.Choice(FORMS), help="What people do most of the time."),
            click.Option(["--sees"], help="What somebody sees who passes the window."),
            click.Option(["--left"], help="What is left on the table afterwards."),
            click.Option(["--trap"], help="How it usually goes wrong."),
            click.Option(["--differs"], help="How it differs from the exercise that is most like it."),
        ]
    new.add_command(Command(kind, callback=partial(_create, kind), params=parameters, help=help_text))


@new.command("layer")
@click.argument("name")
@click.option("--organisation", help="Name of the organisation, such as Sundviks kommun.")
@click.option("--actor", help="Who answers for accessibility, if not the organisation itself.")
@click.option("--email", help="Address for questions and for what is not accessible.")
@click.option("--phone", help="Telephone; may be left out.")
@click.option("--colour", help="One colour of your own, such as #5a1846.")
@click.option("--logo", type=ExistingPath(exists=True, dir_okay=False), help="SVG or PNG; may be left out.")
@click.option("--extends", type=FOLDER, help="Folder of the layer below. Default: the base.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to put it. Default: layers/NAME in the project, "
              "NAME elsewhere.")  # fmt: skip
def new_layer(name: str, extends: Path | None, folder: Path | None, **options: str | None) -> None:
    """Start a layer: an edition of your own, that builds at once. Asks for what is not told."""
    from hejagen.commands.today import today
    from hejagen.layers.stack import base_layer
    from hejagen.start.companions import put_schemas
    from hejagen.start.layer import Owner, create_layer, refuse

    at_home = Path.cwd() == base_layer().folder
    target = folder or (Path("layers") / name if at_home else Path(name))
    refuse(name, target)
    answers = _answers(options)
    logo = answers.pop("logo")
    owner = Owner(**answers, logo=Path(logo) if logo else None, extends=extends)
    count = create_layer(name, owner, target, today())
    put_schemas(target)
    tell(say("Made {folder} with {count} files. Build it: hejagen build --layer {folder}", folder=target, count=count))


def _answers(options: Mapping[str, str | None]) -> dict[str, str]:
    """Return an answer to each question: what the options told, else what is asked for.

    Whoever told all that must be told is not asked for the rest.
    """
    from hejagen.start.layer import QUESTIONS

    for key, answer in options.items():
        _fitting(key, answer or "")
    asked = any(options[key] is None for key in ("organisation", "email", "colour"))
    answers = {"organisation": options["organisation"] or _ask("organisation")}
    optional = {"actor": answers["organisation"], "phone": "", "logo": ""}
    for key in QUESTIONS:
        if key not in answers:
            default = optional.get(key)
            answers[key] = options[key] or (_ask(key, default) if asked or default is None else default)
    return answers


def _ask(key: str, default: str | None = None) -> str:
    """Ask until the answer fits: nobody should have to begin again."""
    from hejagen.start.layer import QUESTIONS

    answer: str = click.prompt(
        told(QUESTIONS[key], words()), default=default, show_default=bool(default), value_proc=partial(_fitting, key)
    )
    return answer


def _fitting(key: str, answer: str) -> str:
    from hejagen.start.layer import FORMS, fault

    if key in FORMS and answer and (wrong := fault(key, answer)):
        raise click.UsageError(told(wrong, words()))
    return answer.strip()


@new.command("copy")
@click.argument("item")
@click.option(
    "--layer", type=FOLDER, callback=note_layers, help="The layer's folder; without it, the folder you stand in."
)
def new_copy(item: str, layer: Path | None) -> None:
    """Start from a copy of what lies below, to change it in your layer.

    ITEM is such as exercises/fredagsraden or layouts/pages/page.html, as `hejagen layers` names it.
    """
    from hejagen.start.companions import put_schemas
    from hejagen.upgrade.accept import copy, patched_between
    from hejagen.upgrade.opened import open_layer

    opened = open_layer(layer or current_folder())
    path = copy(opened.survey, opened.layer, opened.lock, item)
    if path is None:
        keys = [step.key for step in opened.survey.steps]
        raise WrongUsage(say('Nothing below is called "{item}".', item=item), like(item, keys))
    put_schemas(opened.layer.folder)
    tell(say("Made {file}. Change it; hejagen upgrade tells when the text below has changed.", file=path))
    for step in patched_between(opened.survey, opened.layer, item):
        assert step.patched
        tell(
            say(
                "A layer between patches this, and your copy does not have it: {key}, at {place}. "
                "Write it in, if it holds.",
                key=step.patched.key,
                place=step.at,
            )
        )
