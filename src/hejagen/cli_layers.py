"""The commands for those who have a layer of their own: `new layer` and `upgrade`."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from hejagen.cli_group import standing
from hejagen.problems import visible

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class _WithDefault(click.Group):
    """A group whose first subcommand is meant when none is named: `upgrade sundsvall` is `upgrade show sundsvall`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["show", *args])


@click.group(cls=_WithDefault)
def upgrade() -> None:
    """Tell what has changed below a layer since somebody last looked, in Swedish for the layer's editors.

    `hejagen upgrade LAYER` is short for `hejagen upgrade show LAYER`.
    """


@upgrade.command()
@click.argument("layer", required=False, type=FOLDER)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True,
              help="How the report is written.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write the report into.")
def show(layer: Path | None, form: str, out: Path | None) -> None:
    """Report, and end with 0 when there is nothing to do, 1 when there is something to look at, 2 for wrong usage.

    LAYER is the layer's folder; without it, the folder you stand in.
    """
    from hejagen import report
    from hejagen.cli import _told
    from hejagen.drift import drift
    from hejagen.templates import problem_of

    with _told("text"):
        found, top, lock, words = _open(layer)
        items = drift(found, top, lock)
        made = report.groups(found, top, items, words)
        if form == "html":
            try:
                text = report.as_html(found, made, top, words)
            except Exception as error:
                raise click.ClickException(str(problem_of(error, report.TEMPLATE).message)) from None
        else:
            text = {"text": report.as_text, "json": report.as_json}[form](made, top, words)
        if out:
            out.write_text(text + "\n", "utf-8")
        else:
            click.echo(text)
    raise SystemExit(1 if items else 0)


@upgrade.command("accept")
@click.argument("names", metavar="[ITEM]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Accept all that can be accepted.")
@click.option("--merge", is_flag=True, help="First take over what has changed below into your text.")
@click.option("--layer", type=FOLDER, help="The layer's folder; without it, the folder you stand in.")
def accept_items(names: tuple[str, ...], everything: bool, merge: bool, layer: Path | None) -> None:
    """Lock that you have looked at an ITEM, by the name that the report gives it, such as exercises/fredagsraden.

    Texts that are written over are kept in .upstream/before in the layer.
    """
    from hejagen.cli import _told
    from hejagen.drift import drift
    from hejagen.report import reason
    from hejagen.upgrade import accept, tidied

    if bool(names) == everything:
        raise click.UsageError("name the items to accept, or write --all")
    with _told("text"):
        found, top, lock, words = _open(layer)
        items = drift(found, top, lock)
        missing = [name for name in names if name not in {item.key for item in items}]
        if missing:
            said = words.gettext("there is nothing to accept called %(key)s") % {"key": missing[0]}
            raise click.UsageError(f"{said}{_like(missing[0], [item.key for item in items])}")
        chosen = tuple(item for item in items if everything or item.key in names)
        try:
            told = accept(found, top, tidied(found, top, lock) if everything else lock, chosen, merge=merge)
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    for item, left in told:
        click.echo(visible(f"{item.key}: {reason(left, words)}"))
    raise SystemExit(1 if any(left for _, left in told) else 0)


@click.command("layer")
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
    from hejagen.cli import _told
    from hejagen.layers import base_layer
    from hejagen.new import NotCreated
    from hejagen.new_layer import Owner, create_layer, fault, refuse
    from hejagen.pipeline import today

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
        with _told("text"):
            count = create_layer(name, Owner(organisation, actor, email, colour, phone, logo, extends), target, today())
    except NotCreated as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Made {target} with {count} files. Build it: hejagen build --layer {target}")


@click.command("copy")
@click.argument("item")
@click.option("--layer", type=FOLDER, help="The layer's folder; without it, the folder you stand in.")
def new_copy(item: str, layer: Path | None) -> None:
    """Start from a copy of what lies below, to change it in your layer.

    ITEM is such as exercises/fredagsraden or layouts/pages/page.html, as `hejagen layers` names it.
    """
    from hejagen.cli import _told
    from hejagen.upgrade import copy, patched_between

    with _told("text"):
        found, top, lock, _ = _open(layer)
        try:
            path = copy(found, top, lock, item)
        except FileExistsError as error:
            raise click.ClickException(f"{error} is there already; nothing was changed.") from None
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    if path is None:
        raise click.UsageError(f'nothing below is called "{item}"{_like(item, [step.key for step in found.steps])}')
    click.echo(f"Made {path}. Change it; hejagen upgrade tells when the text below has changed.")
    for step in patched_between(found, top, item):
        assert step.patched
        change = visible(f"{step.patched.key}, at {step.at}")
        click.echo(f"A layer between patches this, and your copy does not have it: {change}. Write it in, if it holds.")


def _like(name: str, known: list[str]) -> str:
    """A question to put after a message: the thing that ends or begins with a name, or is close to it; "" if none."""
    whole = [key for key in known if key.endswith(f"/{name}") or key.startswith(f"{name}#")]
    close = whole or [key for key in get_close_matches(name, known, n=1) if key != name]
    return f': "{close[0]}"?' if close else ""


def _open(layer: Path | None) -> tuple[Any, Any, Any, Any]:
    """The survey, the layer on top, its record and the words of the main language. Raises BuildStopped."""
    from hejagen.i18n import translator
    from hejagen.layers import NotALayer, is_layer, stack
    from hejagen.lock import read_lock
    from hejagen.problems import gate
    from hejagen.survey import survey

    folder = layer or standing()
    if not is_layer(folder):
        raise NotALayer(folder)
    found = survey(stack((folder,)))
    if len(found.layers.layers) == 1:
        raise click.UsageError("this is the base itself; name the folder of a layer")
    words, problems = translator(found.layers, found.settings.languages[0])
    lock, faults = read_lock(found.layers, found.layers.layers[-1])
    gate([*problems, *faults])
    return found, found.layers.layers[-1], lock, words
