"""The commands that begin something: `new exercise`, `program`, `page`, `layer` and `copy`."""

from pathlib import Path
from typing import Any

import click

from hejagen.commands.ui import FOLDER, current_folder, errors_shown, like, opened_layer
from hejagen.problems import visible


@click.group()
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
    from hejagen.start.content import NotCreated, create

    try:
        made = create(kind, title, lang, current_folder())
    except NotCreated as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Made {made}. Fill it in, then run check.")


@new.command("layer")
@click.argument("name")
@click.option("--organisation", help="Name of the organisation, such as Sundviks kommun.")
@click.option("--actor", help="Who answers for accessibility, if not the organisation itself.")
@click.option("--email", help="Address for questions and for what is not accessible.")
@click.option("--phone", help="Telephone; may be left out.")
@click.option("--colour", help="One colour of your own, such as #5a1846.")
@click.option(
    "--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="SVG or PNG; may be left out."
)
@click.option("--extends", type=FOLDER, help="Folder of the layer below. Default: the base.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to put it. Default: layers/NAME in the project, "
              "NAME elsewhere.")  # fmt: skip
def new_layer(name: str, logo: Path | None, extends: Path | None, folder: Path | None, **told: str | None) -> None:
    """Start a layer: an edition of your own, that builds at once. Asks for what is not told."""
    from hejagen.layers.stack import base_layer
    from hejagen.pipeline import today
    from hejagen.start.content import NotCreated
    from hejagen.start.layer import Owner, create_layer, fault, refuse

    def ask(text: str, key: str, **more: Any) -> Any:
        """Ask until the answer fits: nobody should have to begin again."""
        return click.prompt(text, value_proc=lambda value: fitting(key, value), **more)

    def fitting(key: str, value: str) -> str:
        if wrong := value and fault(key, value):
            raise click.UsageError(wrong)
        return value.strip()

    at_home = Path.cwd() == base_layer().folder
    target = folder or (Path("layers") / name if at_home else Path(name))
    try:
        refuse(name, target)
    except NotCreated as error:
        raise click.ClickException(str(error)) from None
    for key in ("email", "colour"):
        fitting(key, told[key] or "")
    asked = any(told[key] is None for key in ("organisation", "email", "colour"))
    organisation = told["organisation"] or click.prompt("Organisationens namn")
    actor = told["actor"] or (click.prompt("Ansvarig aktör", default=organisation) if asked else organisation)
    email = told["email"] or ask("E-post för frågor", "email")
    phone = told["phone"] or (click.prompt("Telefon (får vara tomt)", default="", show_default=False) if asked else "")
    colour = told["colour"] or ask("En färg, till exempel #5a1846", "colour")
    if asked and logo is None:
        named = ask("Logotyp, en fil (får vara tomt)", "logo", default="", show_default=False)
        logo = Path(named) if named else None
    try:
        with errors_shown("text"):
            count = create_layer(name, Owner(organisation, actor, email, colour, phone, logo, extends), target, today())
    except NotCreated as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Made {target} with {count} files. Build it: hejagen build --layer {target}")


@new.command("copy")
@click.argument("item")
@click.option("--layer", type=FOLDER, help="The layer's folder; without it, the folder you stand in.")
def new_copy(item: str, layer: Path | None) -> None:
    """Start from a copy of what lies below, to change it in your layer.

    ITEM is such as exercises/fredagsraden or layouts/pages/page.html, as `hejagen layers` names it.
    """
    from hejagen.upgrade.accept import copy, patched_between

    with errors_shown("text"):
        found, top, lock, _ = opened_layer(layer)
        try:
            path = copy(found, top, lock, item)
        except FileExistsError as error:
            raise click.ClickException(f"{error} is there already; nothing was changed.") from None
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    if path is None:
        raise click.UsageError(f'nothing below is called "{item}"{like(item, [step.key for step in found.steps])}')
    click.echo(f"Made {path}. Change it; hejagen upgrade tells when the text below has changed.")
    for step in patched_between(found, top, item):
        assert step.patched
        change = visible(f"{step.patched.key}, at {step.at}")
        click.echo(f"A layer between patches this, and your copy does not have it: {change}. Write it in, if it holds.")
